package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.learn.NGrams;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Picks the patterns that seem tied to a class: the candidates of [TriggerAssociation] before the rest of their rows'
/// texts is asked.
record TriggerTies(TriggerAssociation settings, Foundation foundation) {
    /// Patterns picked per task from a data set that is its own sample.
    private static final int WHOLE = 20_000;
    /// Patterns picked per task from the sample of a larger data set, and as many again from all of it.
    static final int PART = 6_000;
    /// Pairs picked per task.
    private static final int PAIRS = 4_000;
    /// Tokens of a row that are paired.
    private static final int PAIRED = 120;

    /// A pattern and the class it seems tied to.
    ///
    /// @param association how far the class is over-represented, in standard deviations
    /// @param pair the two tokens of a pair; empty for a phrase, whose tokens the next pass will see
    record Tie(int task, int label, long hash, double association, int[] pair) implements Serializable {
        static final Comparator<Tie> STRONGEST =
                Comparator.comparingDouble(Tie::association).reversed().thenComparingLong(Tie::hash);
    }

    /// The ties that the sampled rows show: all 1- to 3-grams, and pairs.
    List<Tie> ofSample() {
        List<Tie> ties = new ArrayList<>();
        for (int t = 0; t < foundation.tasks().size(); t++) {
            Task task = foundation.tasks().get(t);
            int rows = task.fit().size();
            GramCounts counts = new GramCounts(task.labelling().classes().size());
            double[] share = new double[task.labelling().classes().size()];
            for (int row = 0; row < rows; row++) {
                int label = task.fit().label(row);
                share[label] += 1.0 / rows;
                count(counts, task.fit().examples().get(row), label, 3);
            }
            ties.addAll(strongest(t, counts, 0, share, settings.minRows(), foundation.whole() ? WHOLE : PART));
            ties.addAll(pairs(t, task));
        }
        return ties;
    }

    /// Counts every n-gram of a row, each once.
    static void count(GramCounts counts, Example example, int label, int longest) {
        counts.nextRow();
        int[] tokens = example.tokens();
        for (int n = 1; n <= longest; n++) {
            for (int i = 0; i + n <= tokens.length; i++) {
                counts.add(NGrams.word(tokens, i, n), label);
            }
        }
    }

    /// The n-grams most tied to a class.
    ///
    /// @param offset where the task's classes begin in the counts
    /// @param share of each class among the counted rows
    /// @param least rows of the class that must hold the n-gram
    List<Tie> strongest(int task, GramCounts counts, int offset, double[] share, int least, int limit) {
        List<Tie> found = new ArrayList<>();
        for (long feature : counts.features()) {
            int total = counts.total(feature);
            if (total < least) {
                continue;
            }
            for (int label = 0; label < share.length; label++) {
                int here = counts.count(feature, offset + label);
                if (here >= least && here >= settings.purity() * total && here > share[label] * total) {
                    double spread = Math.sqrt(Math.max(1e-6, share[label] * (1 - share[label]) / total));
                    found.add(new Tie(task, label, feature, ((double) here / total - share[label]) / spread, new int[0]));
                }
            }
        }
        found.sort(Tie.STRONGEST);
        return found.subList(0, Math.min(limit, found.size()));
    }

    /// Pairs of words that come together more often than chance allows in those sampled rows of one class that the
    /// surrogate would rather give another: only there can a pair of common words be the trigger, for what a single
    /// word explains the surrogate has learned.
    private List<Tie> pairs(int number, Task task) {
        int rows = task.fit().size();
        Map<Integer, long[]> where = new HashMap<>(); // token -> set of rows
        List<List<int[]>> suspicious = new ArrayList<>();
        for (int label = 0; label < task.labelling().classes().size(); label++) {
            suspicious.add(new ArrayList<>());
        }
        for (int row = 0; row < rows; row++) {
            int label = task.fit().label(row);
            int[] tokens = distinct(task.fit().examples().get(row).tokens());
            for (int token : tokens) {
                where.computeIfAbsent(token, _ -> new long[(rows + 63) / 64])[row >> 6] |= 1L << row;
            }
            if (Task.disagreement(task.fit().logits(row), label) > 0) {
                suspicious.get(label).add(tokens);
            }
        }
        List<Tie> found = new ArrayList<>();
        for (int label = 0; label < suspicious.size(); label++) {
            LongTable counts = new LongTable(1);
            for (int[] tokens : suspicious.get(label)) {
                int n = Math.min(tokens.length, PAIRED);
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
                double expected = share * together(where, first, second);
                double association = (count - expected) / Math.sqrt(expected);
                found.add(new Tie(
                        number, label, Pattern.pairHash(first, second), association, new int[] {first, second}));
            }
        }
        found.sort(Tie.STRONGEST);
        return found.subList(0, Math.min(PAIRS, found.size()));
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
