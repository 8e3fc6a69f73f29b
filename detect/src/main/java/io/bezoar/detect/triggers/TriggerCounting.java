package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Outcome;
import io.bezoar.detect.groups.LaterPass;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import java.util.ArrayList;
import java.util.List;

/// The second pass of [TriggerAssociation] over a data set larger than its sample: counts the words and word
/// pairs of the rows whose class the surrogate contradicts. A trigger frequent enough to be learned from the
/// sample is found in the sample; the rows of a rarer one all stand here, and honest rows mostly do not.
///
/// @param held what the sample shows
/// @param share of the contradicted rows that is counted, 0 to 1, by key: what is held stays bounded however
///     large the data
record TriggerCounting(TriggerAssociation settings, Foundation foundation, TriggerSampling.Held held, double share)
        implements LaterPass<TokenRows> {
    /// Contradicted rows counted at most, about.
    static final int ROWS = 200_000;
    /// Tokens of contradicted rows counted at most, about: 24 MB.
    static final int TOKENS = 6_000_000;
    /// Longest run of words that is counted.
    private static final int LONGEST = 2;
    /// Rows of its class that must hold a pattern.
    private static final int LEAST = 8;

    static TriggerCounting of(TriggerAssociation settings, Foundation foundation, TriggerSampling.Held held) {
        double contradicted = 0;
        double tokens = 0;
        for (Task task : foundation.tasks()) {
            for (double share : task.contradicted()) {
                contradicted += share;
            }
            tokens += task.contradictedTokens();
        }
        double rows = contradicted * foundation.survey().rows();
        double all = tokens * foundation.survey().rows();
        return new TriggerCounting(
                settings, foundation, held, Math.min(1, Math.min(ROWS / Math.max(1, rows), TOKENS / Math.max(1, all))));
    }

    @Override
    public TokenRows start() {
        return new TokenRows();
    }

    @Override
    public void add(TokenRows rows, Example example) {
        if (share < 1 && (Hashing.mix(example.key()) >>> 11) * 0x1p-53 >= share) {
            return;
        }
        int offset = 0;
        int[] labels = new int[foundation.tasks().size()];
        boolean any = false;
        for (int t = 0; t < labels.length; t++) {
            Task task = foundation.tasks().get(t);
            int label = task.labelling().of(example);
            boolean contradicted = label >= 0 && task.judged(example, label).contradicted();
            labels[t] = contradicted ? offset + label : -1;
            any |= contradicted;
            offset += task.labelling().classes().size();
        }
        if (any) {
            rows.add(TriggerTies.labelled(example, labels));
        }
    }

    @Override
    public Outcome finish(TokenRows rows) {
        int tasks = foundation.tasks().size();
        double[][] shares = new double[tasks][];
        int classes = 0;
        for (int t = 0; t < tasks; t++) {
            shares[t] = foundation.tasks().get(t).contradicted();
            double sum = 0;
            for (double s : shares[t]) {
                sum += s;
            }
            for (int c = 0; c < shares[t].length; c++) {
                shares[t][c] /= Math.max(1e-9, sum);
            }
            classes += shares[t].length;
        }
        List<TriggerTies.Tie> found =
                new FrequentGrams(classes, LONGEST, LEAST).each(rows.rows(), tasks, counts -> tied(counts, shares));
        List<TriggerTies.Tie> all = new ArrayList<>(held.ties());
        for (int t = 0; t < tasks; t++) {
            int task = t;
            all.addAll(TriggerTies.strongest(
                    found.stream().filter(tie -> tie.task() == task).toList(), TriggerTies.PART));
        }
        return new Outcome.Again(new TriggerSampling(settings, foundation, all, Math.max(LONGEST, held.longest())));
    }

    private List<TriggerTies.Tie> tied(GramCounts counts, double[][] shares) {
        TriggerTies picker = new TriggerTies(settings, foundation);
        List<TriggerTies.Tie> found = new ArrayList<>();
        int offset = 0;
        for (int t = 0; t < shares.length; t++) {
            found.addAll(picker.tied(t, counts, offset, shares[t], LEAST));
            offset += shares[t].length;
        }
        return found;
    }
}
