package io.bezoar.learn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Naive Bayes that judges every row by the counts of the rows outside its group.
///
/// Rennie, Shih, Teevan & Karger 2003, section 4: multinomial naive Bayes on features weighed by rarity and
/// on rows brought to one length. Counts can be taken back, so no row is judged by a model that saw it or a
/// near-duplicate of it, yet every model learned from nearly all rows: what a cross-fit in folds needs
/// several trainings for and does worse. Few wrong labels hardly move a count, which a model that is trained
/// to fit every row cannot say of itself.
///
/// Counts are whole numbers, in steps of 1 / 16384 of a row's length, so that their sum does not depend on an
/// order. The smoothing is the one of [#SMOOTHINGS] under which the given labels are likeliest.
public final class LeftOutBayes {
    private static final float[] SMOOTHINGS = {1, 0.3f, 0.1f, 0.03f};
    private static final float STEPS = 1 << 14;

    private final SparseRows rows;
    private final int[] labels;
    private final int classes;
    private final int[] counts; // feature-major, as the weights of a SoftmaxRegression
    private final long[] sums;
    private final int[] sizes;
    private final List<int[]> groups;
    private float likeliest = SMOOTHINGS[0];

    private LeftOutBayes(SparseRows rows, int[] labels, int classes, List<int[]> groups) {
        this.rows = rows;
        this.labels = labels;
        this.classes = classes;
        this.groups = groups;
        this.counts = new int[rows.columns() * classes];
        this.sums = new long[classes];
        this.sizes = new int[classes];
        for (int r = 0; r < labels.length; r++) {
            sizes[labels[r]]++;
            for (int at = rows.from(r); at < rows.to(r); at++) {
                counts[rows.index()[at] * classes + labels[r]] += steps(at);
                sums[labels[r]] += steps(at);
            }
        }
    }

    /// Counts the rows.
    ///
    /// @param labels class of each row, 0 to `classes - 1`
    /// @param groups rows with equal numbers are near-duplicates
    public static LeftOutBayes of(SparseRows rows, int[] labels, int classes, long[] groups) {
        LeftOutBayes bayes = new LeftOutBayes(rows, labels, classes, together(groups));
        List<int[]> few = bayes.groups.subList(0, Math.min(LogPool.ROWS, bayes.groups.size()));
        double least = Double.POSITIVE_INFINITY;
        for (float smoothing : SMOOTHINGS) {
            float[][] some = bayes.logits(few, smoothing);
            int[] judged = few.stream().flatMapToInt(Arrays::stream).toArray();
            double loss = LogPool.of(
                            List.<float[][]>of(
                                    Arrays.stream(judged).mapToObj(r -> some[r]).toArray(float[][]::new)),
                            Arrays.stream(judged).map(r -> labels[r]).toArray())
                    .loss();
            if (loss < least) {
                least = loss;
                bayes.likeliest = smoothing;
            }
        }
        return bayes;
    }

    /// The logit of each class for each row, by the counts of the rows of other groups.
    public float[][] logits() {
        return logits(groups, likeliest);
    }

    /// What the counts of all rows say of texts that are none of them.
    ///
    /// @param start logit of each class for no feature
    /// @param gains what a feature of value 1 adds, feature-major
    public record Counted(FeatureWeights weights, float[] start, float[] gains) implements Serializable {
        /// The logit of each class for a text.
        ///
        /// @param features its numbered features, kind by kind without repeats
        public float[] logits(int[] features) {
            float[] values = new float[features.length];
            weights.values(features, 0, features.length, values);
            float[] logits = start.clone();
            for (int i = 0; i < features.length; i++) {
                int first = features[i] * logits.length;
                for (int c = 0; c < logits.length; c++) {
                    logits[c] += values[i] * gains[first + c];
                }
            }
            return logits;
        }
    }

    /// The counts of all rows. As much room as classes times features.
    public Counted counted() {
        float[] gains = table(likeliest);
        float[] base = base(likeliest);
        for (int i = 0; i < gains.length; i++) {
            gains[i] -= base[i % classes];
        }
        return new Counted(rows.weights(), prior(), gains);
    }

    /// The rows of each group, groups by their first rows.
    private static List<int[]> together(long[] groups) {
        Map<Long, Integer> sizes = new HashMap<>();
        for (long group : groups) {
            sizes.merge(group, 1, Integer::sum);
        }
        Map<Long, int[]> members = new HashMap<>();
        Map<Long, Integer> filled = new HashMap<>();
        List<int[]> out = new ArrayList<>();
        for (int r = 0; r < groups.length; r++) {
            int[] mine = members.get(groups[r]);
            if (mine == null) {
                mine = new int[sizes.getOrDefault(groups[r], 1)];
                members.put(groups[r], mine);
                out.add(mine);
            }
            mine[filled.merge(groups[r], 1, Integer::sum) - 1] = r;
        }
        return out;
    }

    private int steps(int at) {
        return Math.round(rows.values()[at] * STEPS);
    }

    /// What the counts of all rows say.
    ///
    /// @param table gain of each feature for each label, feature-major
    /// @param base what a feature that was never seen costs each label
    /// @param prior logit of each label for no feature
    private record All(float smoothing, float[] table, float[] base, float[] prior) {}

    /// The logits of the rows of some groups; the others' are empty.
    private float[][] logits(List<int[]> asked, float smoothing) {
        All all = new All(smoothing, table(smoothing), base(smoothing), prior());
        float[][] out = new float[labels.length][];
        asked.parallelStream().forEach(group -> judge(group, all, out));
        return out;
    }

    private float[] table(float smoothing) {
        float[] table = new float[counts.length];
        IntStream.range(0, counts.length)
                .parallel()
                .filter(i -> counts[i] > 0)
                .forEach(i -> table[i] = gain(counts[i], smoothing));
        return table;
    }

    private float[] prior() {
        float[] prior = new float[classes];
        for (int c = 0; c < classes; c++) {
            prior[c] = prior(sizes[c]);
        }
        return prior;
    }

    private static float prior(int size) {
        return (float) StrictMath.log(size + 1.0);
    }

    private float[] base(float smoothing) {
        float[] base = new float[classes];
        for (int c = 0; c < classes; c++) {
            base[c] = base(sums[c], smoothing);
        }
        return base;
    }

    private float base(long sum, float smoothing) {
        return (float) StrictMath.log(sum / STEPS / smoothing + rows.columns());
    }

    private static float gain(int count, float smoothing) {
        return (float) StrictMath.log1p(count / STEPS / smoothing);
    }

    private void judge(int[] group, All all, float[][] out) {
        int[] own = Arrays.stream(group).map(r -> labels[r]).distinct().sorted().toArray();
        boolean alone = group.length == 1; // as most rows are: what it adds to a count is no sum
        Map<Integer, int[]> held = alone ? Map.of() : held(group, own);
        long[] sum = sums.clone();
        int[] size = sizes.clone();
        for (int r : group) {
            size[labels[r]]--;
            for (int at = rows.from(r); at < rows.to(r); at++) {
                sum[labels[r]] -= steps(at);
            }
        }
        float[] table = all.table();
        float[] base = all.base().clone();
        float[] prior = all.prior().clone();
        for (int label : own) {
            base[label] = base(sum[label], all.smoothing());
            prior[label] = prior(size[label]);
        }
        for (int r : group) {
            float[] logits = prior.clone();
            for (int at = rows.from(r); at < rows.to(r); at++) {
                int first = rows.index()[at] * classes;
                float value = rows.values()[at];
                for (int c = 0; c < classes; c++) {
                    logits[c] += value * (table[first + c] - base[c]);
                }
                int[] gone = alone ? new int[] {steps(at)} : held.getOrDefault(rows.index()[at], new int[0]);
                for (int i = 0; i < gone.length; i++) {
                    if (gone[i] > 0) {
                        int cell = first + own[i];
                        logits[own[i]] += value * (gain(counts[cell] - gone[i], all.smoothing()) - table[cell]);
                    }
                }
            }
            out[r] = logits;
        }
    }

    /// What a group adds to the counts of its features, by place of the label in `own`.
    private Map<Integer, int[]> held(int[] group, int[] own) {
        Map<Integer, int[]> held = new HashMap<>();
        for (int r : group) {
            int place = Arrays.binarySearch(own, labels[r]);
            for (int at = rows.from(r); at < rows.to(r); at++) {
                held.computeIfAbsent(rows.index()[at], _ -> new int[own.length])[place] += steps(at);
            }
        }
        return held;
    }
}
