package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Outcome;
import java.util.ArrayList;
import java.util.List;

/// The second pass of [TriggerAssociation] over a data set larger than its sample: counts the words and word
/// pairs of the rows whose class the surrogate contradicts. A trigger frequent enough to be learned from the
/// sample is found in the sample; the rows of a rarer one all stand here, and honest rows mostly do not.
///
/// @param share of the contradicted rows that is counted, 0 to 1, by key: the table stays bounded however
///     large the data
record TriggerCounting(TriggerAssociation settings, Foundation foundation, List<TriggerTies.Tie> ties, double share)
        implements LaterPass<GramCounts> {
    /// Contradicted rows counted at most, about.
    static final int ROWS = 200_000;
    /// Rows of its class that must hold a pattern.
    private static final int LEAST = 8;

    static TriggerCounting of(TriggerAssociation settings, Foundation foundation, List<TriggerTies.Tie> ties) {
        double contradicted = 0;
        for (Task task : foundation.tasks()) {
            for (double share : task.contradicted()) {
                contradicted += share;
            }
        }
        double rows = contradicted * foundation.survey().rows();
        return new TriggerCounting(settings, foundation, ties, rows <= ROWS ? 1 : ROWS / rows);
    }

    @Override
    public GramCounts start() {
        return new GramCounts(foundation.tasks().stream()
                .mapToInt(task -> task.labelling().classes().size())
                .sum());
    }

    @Override
    public void add(GramCounts counts, Example example) {
        if (share < 1 && (Hashing.mix(example.key()) >>> 11) * 0x1p-53 >= share) {
            return;
        }
        int offset = 0;
        int[] labels = new int[foundation.tasks().size()];
        boolean any = false;
        for (int t = 0; t < labels.length; t++) {
            Task task = foundation.tasks().get(t);
            int label = task.labelling().of(example);
            boolean contradicted = label >= 0 && Task.disagreement(task.fit().logits(example), label) > 0;
            labels[t] = contradicted ? offset + label : -1;
            any |= contradicted;
            offset += task.labelling().classes().size();
        }
        if (any) {
            TriggerTies.count(counts, example, labels, 2);
        }
    }

    @Override
    public Outcome finish(GramCounts counts) {
        List<TriggerTies.Tie> all = new ArrayList<>(ties);
        TriggerTies picker = new TriggerTies(settings, foundation);
        int offset = 0;
        for (int t = 0; t < foundation.tasks().size(); t++) {
            double[] share = foundation.tasks().get(t).contradicted();
            double sum = 0;
            for (double s : share) {
                sum += s;
            }
            for (int c = 0; c < share.length; c++) {
                share[c] /= Math.max(1e-9, sum);
            }
            all.addAll(picker.strongest(t, counts, offset, share, LEAST, TriggerTies.PART));
            offset += share.length;
        }
        return new Outcome.Again(new TriggerSampling(settings, foundation, all));
    }
}
