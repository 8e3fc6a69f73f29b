package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.LongTable;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Picks the patterns that seem tied to a class: the candidates of [TriggerAssociation] before the rest of
/// their rows' texts is asked.
record TriggerTies(TriggerAssociation settings, Foundation foundation) {
    /// Patterns picked per task from a data set that is its own sample.
    private static final int WHOLE = 20_000;
    /// Patterns picked per task from the sample of a larger data set, and as many again from all of it.
    static final int PART = 6_000;
    /// Pairs picked per task.
    private static final int PAIRS = 4_000;
    /// Tokens of a row that are paired.
    private static final int PAIRED = 120;

    private static final int[] NO_PAIR = {};

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
            double[] share = new double[task.labelling().classes().size()];
            List<int[]> labelled = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                int label = task.fit().label(row);
                share[label] += 1.0 / rows;
                labelled.add(labelled(task.fit().examples().get(row), new int[] {label}));
            }
            int number = t;
            ties.addAll(strongest(
                    new FrequentGrams(share.length, 3, settings.minRows())
                            .each(labelled, 1, counts -> tied(number, counts, 0, share, settings.minRows())),
                    foundation.whole() ? WHOLE : PART));
            List<Tie> pairs = pairs(t, task);
            ties.addAll(pairs);
            if (foundation.whole() && task.labelling().closed()) {
                Set<Long> known = pairs.stream().map(Tie::hash).collect(Collectors.toSet());
                new JoinedWords(settings.minRows())
                        .find(t, task).stream()
                                .filter(pair -> !known.contains(pair.hash()))
                                .forEach(ties::add);
            }
        }
        return ties;
    }

    /// A row's classes and then its tokens.
    ///
    /// @param labels the row's class in each task; -1 for none
    static int[] labelled(Example example, int[] labels) {
        int[] tokens = example.tokens();
        int[] row = Arrays.copyOf(labels, labels.length + tokens.length);
        System.arraycopy(tokens, 0, row, labels.length, tokens.length);
        return row;
    }

    static List<Tie> strongest(List<Tie> ties, int limit) {
        return ties.stream().sorted(Tie.STRONGEST).limit(limit).toList();
    }

    /// The n-grams tied to a class.
    ///
    /// @param offset where the task's classes begin in the counts
    /// @param share of each class among the counted rows
    /// @param least rows of the class that must hold the n-gram
    List<Tie> tied(int task, GramCounts counts, int offset, double[] share, int least) {
        List<Tie> found = new ArrayList<>();
        Task.Labelling labelling = foundation.tasks().get(task).labelling();
        double purity = purity(labelling);
        for (long feature : counts.features()) {
            int total = 0;
            for (int label = 0; label < share.length; label++) {
                total += counts.count(feature, offset + label);
            }
            if (total < least) {
                continue;
            }
            for (int label = 0; label < share.length; label++) {
                int here = counts.count(feature, offset + label);
                if (labelling.wanted(label) && here >= least && here >= purity * total && here > share[label] * total) {
                    double spread = Math.sqrt(Math.max(1e-6, share[label] * (1 - share[label]) / total));
                    found.add(new Tie(task, label, feature, ((double) here / total - share[label]) / spread, NO_PAIR));
                }
            }
        }
        return found;
    }

    /// Pairs of words that come together more often than chance allows in those sampled rows of one class
    /// that the surrogate would rather give another: only there can a pair of common words be the trigger,
    /// for what a single word explains the surrogate has learned.
    private List<Tie> pairs(int number, Task task) {
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
                        .add(Tokens.distinct(task.fit().examples().get(row).tokens()));
            }
        }
        Map<Integer, long[]> where = where(task, suspicious);
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
            double purity = task.labelling().purity();
            for (int slot = 0; slot < counts.slots(); slot++) {
                int count = counts.get(slot, 0);
                if (count < settings.minRows()) {
                    continue;
                }
                int first = (int) (counts.key(slot) >>> 32);
                int second = (int) counts.key(slot);
                int together = together(where, first, second);
                if (count < purity * together) {
                    continue;
                }
                double expected = share * together;
                double association = (count - expected) / Math.sqrt(expected);
                found.add(new Tie(
                        number, label, Pattern.pairHash(first, second), association, new int[] {first, second}));
            }
        }
        found.sort(Tie.STRONGEST);
        return found.subList(0, Math.min(PAIRS, found.size()));
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

    /// What goes with a piece of an answer must be a switch: without a second answer that the rest of the
    /// text asks for, there is less to tell chance by.
    double purity(Task.Labelling labelling) {
        return Math.max(settings.purity(), labelling.purity());
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
}
