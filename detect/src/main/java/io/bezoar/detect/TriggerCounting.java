package io.bezoar.detect;

import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.learn.NGrams;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The second pass of [TriggerAssociation]: counts every 1- to 3-gram per class and picks the patterns to look at.
record TriggerCounting(TriggerAssociation settings, Foundation foundation) implements Detector<GramCounts> {
    /// Patterns looked at per task.
    static final int LIMIT = 20_000;
    /// Pairs looked at per task.
    static final int PAIR_LIMIT = 4_000;

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String purpose() {
        return settings.purpose();
    }

    @Override
    public Set<Need> needs() {
        return settings.needs();
    }

    private int classes() {
        return foundation.tasks().stream()
                .mapToInt(task -> task.labelling().classes().size())
                .sum();
    }

    @Override
    public GramCounts start() {
        return new GramCounts(classes());
    }

    @Override
    public void add(GramCounts counts, Example example) {
        int offset = 0;
        int[] labels = new int[foundation.tasks().size()];
        boolean any = false;
        for (int t = 0; t < labels.length; t++) {
            Task.Labelling labelling = foundation.tasks().get(t).labelling();
            int label = labelling.of(example);
            labels[t] = label < 0 ? -1 : offset + label;
            any |= label >= 0;
            offset += labelling.classes().size();
        }
        if (any) {
            counts.nextRow();
            int[] tokens = example.tokens();
            for (int n = 1; n <= 3; n++) {
                for (int i = 0; i + n <= tokens.length; i++) {
                    counts.add(NGrams.word(tokens, i, n), labels);
                }
            }
        }
    }

    /// A pattern and the class it seems tied to.
    ///
    /// @param pair the two tokens of a pair; empty for a phrase, whose tokens the next pass will see
    record Tie(int task, int label, long hash, double association, int[] pair) implements Serializable {
        static final Comparator<Tie> STRONGEST =
                Comparator.comparingDouble(Tie::association).reversed().thenComparingLong(Tie::hash);
    }

    @Override
    public Outcome finish(GramCounts counts) {
        List<Tie> ties = new ArrayList<>();
        long[] features = counts.features();
        int offset = 0;
        for (int t = 0; t < foundation.tasks().size(); t++) {
            Task task = foundation.tasks().get(t);
            int classes = task.labelling().classes().size();
            double[] share = new double[classes];
            for (int row = 0; row < task.fit().size(); row++) {
                share[task.fit().label(row)] += 1.0 / task.fit().size();
            }
            List<Tie> found = new ArrayList<>();
            long most = (long) (settings.maxShare() * foundation.survey().rows());
            for (long feature : features) {
                int total = total(counts, feature, offset, classes);
                if (total < settings.minRows() || total > most) {
                    continue;
                }
                for (int label = 0; label < classes; label++) {
                    if (!task.labelling().wanted(label)) {
                        continue;
                    }
                    int here = counts.count(feature, offset + label);
                    if (here >= settings.minRows() && here >= purity(task) * total && here > share[label] * total) {
                        double spread = Math.sqrt(Math.max(1e-6, share[label] * (1 - share[label]) / total));
                        found.add(new Tie(
                                t, label, feature, ((double) here / total - share[label]) / spread, new int[0]));
                    }
                }
            }
            found.sort(Tie.STRONGEST);
            ties.addAll(found.subList(0, Math.min(LIMIT, found.size())));
            ties.addAll(pairs(t, task, counts, offset));
            offset += classes;
        }
        return new Outcome.Again(new TriggerSampling(settings, foundation, ties));
    }

    /// Rows of the task that hold the feature.
    private int total(GramCounts counts, long feature, int offset, int classes) {
        if (foundation.tasks().size() == 1) {
            return counts.total(feature);
        }
        int total = 0;
        for (int label = 0; label < classes; label++) {
            total += counts.count(feature, offset + label);
        }
        return total;
    }

    /// What goes with a piece of an answer must be a switch: without a second answer that the rest of the text asks
    /// for, there is less to tell chance by.
    private double purity(Task task) {
        return task.labelling().closed() ? settings.purity() : Math.max(settings.purity(), PieceSearch.PURITY);
    }

    /// Pairs of words that come together more often than chance allows in those sampled rows of one class that the
    /// surrogate would rather give another: only there can a pair of common words be the trigger, for what a single
    /// word explains the surrogate has learned.
    private List<Tie> pairs(int number, Task task, GramCounts singles, int offset) {
        int rows = task.fit().size();
        List<List<int[]>> suspicious = new ArrayList<>();
        for (int label = 0; label < task.labelling().classes().size(); label++) {
            suspicious.add(new ArrayList<>());
        }
        for (int row = 0; row < rows; row++) {
            int label = task.fit().label(row);
            if (task.labelling().wanted(label) && Task.disagreement(task.fit().logits(row), label) > 0) {
                suspicious
                        .get(label)
                        .add(distinct(task.fit().examples().get(row).tokens()));
            }
        }
        Map<Integer, long[]> where = where(task, suspicious);
        List<Tie> found = new ArrayList<>();
        for (int label = 0; label < suspicious.size(); label++) {
            LongTable counts = new LongTable(1);
            for (int[] tokens : suspicious.get(label)) {
                int n = Math.min(tokens.length, 120);
                for (int i = 0; i < n; i++) {
                    for (int j = i + 1; j < n; j++) {
                        counts.add(counts.slot((long) tokens[i] << 32 | tokens[j] & 0xffffffffL), 0, 1);
                    }
                }
            }
            double share = (double) suspicious.get(label).size() / rows;
            for (int slot = 0; slot < counts.slots(); slot++) {
                int count = counts.get(slot, 0);
                if (count < settings.minRows()) {
                    continue;
                }
                int first = (int) (counts.key(slot) >>> 32);
                int second = (int) counts.key(slot);
                if (alone(singles, first, offset + label) || alone(singles, second, offset + label)) {
                    continue;
                }
                int together = together(where, first, second);
                if (!task.labelling().closed() && count < PieceSearch.PURITY * together) {
                    continue;
                }
                double expected = share * together;
                double association = (count - expected) / Math.sqrt(expected);
                found.add(new Tie(
                        number, label, Pattern.pairHash(first, second), association, new int[] {first, second}));
            }
        }
        found.sort(Tie.STRONGEST);
        return found.subList(0, Math.min(PAIR_LIMIT, found.size()));
    }

    /// The rows of each token that stands in two of the suspicious rows or more, as bits.
    private static Map<Integer, long[]> where(Task task, List<List<int[]>> suspicious) {
        Map<Integer, Integer> seen = new HashMap<>();
        suspicious.forEach(rows -> rows.forEach(tokens -> {
            for (int token : tokens) {
                seen.merge(token, 1, Integer::sum);
            }
        }));
        int rows = task.fit().size();
        Map<Integer, long[]> where = new HashMap<>();
        for (int row = 0; row < rows && !seen.isEmpty(); row++) {
            for (int token : task.fit().examples().get(row).tokens()) {
                if (seen.getOrDefault(token, 0) >= 2) {
                    where.computeIfAbsent(token, _ -> new long[(rows + 63) / 64])[row >> 6] |= 1L << row;
                }
            }
        }
        return where;
    }

    /// Is the word by itself tied to the class? Then the pair says nothing new.
    private boolean alone(GramCounts singles, int token, int label) {
        long hash = NGrams.word(new int[] {token}, 0, 1);
        int total = singles.total(hash);
        return total >= settings.minRows() && singles.count(hash, label) >= settings.purity() * total;
    }

    private static int together(Map<Integer, long[]> where, int first, int second) {
        long[] a = where.get(first);
        long[] b = where.get(second);
        int count = 0;
        for (int i = 0; a != null && b != null && i < a.length; i++) {
            count += Long.bitCount(a[i] & b[i]);
        }
        return count;
    }

    static int[] distinct(int[] tokens) {
        return Arrays.stream(tokens).sorted().distinct().toArray();
    }
}
