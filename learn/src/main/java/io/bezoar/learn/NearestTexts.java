package io.bezoar.learn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// What the nearest rows of other groups say about each row's class: k nearest neighbours under the cosine of
/// weighed features, each neighbour voting by its similarity (Yang & Liu 1999, section 3.2; as a test of labels
/// Wilson 1972).
///
/// Neighbours are found by an inverted index. Words that many rows share cost most and tell least, so features
/// are taken from the rarest on while comparing all rows takes at most [#WORK] steps; on short texts and few
/// rows these are all.
public final class NearestTexts implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int NEAREST = 30;
    private static final long WORK = 1L << 26;
    /// Votes, in similarity, that the classes' shares of all rows have beside the neighbours.
    private static final float PRIOR = 0.3f;
    private static final int BLOCK = 128;
    /// The least logit: of one in a million.
    private static final double LEAST = StrictMath.log(1e-6);

    private final SparseRows rows;
    private final int[] start; // per feature its place in `holders`; the last entry ends them
    private final int[] holders;
    private final float[] values;
    private final int[] labels;
    private final float[] prior;
    private final double[] logPrior;

    private NearestTexts(SparseRows rows, int[] labels, int classes) {
        this.rows = rows;
        this.labels = labels;
        this.prior = new float[classes];
        for (int label : labels) {
            prior[label] += PRIOR / labels.length;
        }
        this.logPrior = IntStream.range(0, classes)
                .mapToDouble(c -> StrictMath.log(prior[c]))
                .toArray();
        int[] count = new int[rows.columns() + 1];
        for (int feature : rows.index()) {
            count[feature]++;
        }
        int most = most(count);
        start = new int[rows.columns() + 1];
        for (int f = 0; f < rows.columns(); f++) {
            start[f + 1] = start[f] + (count[f] <= most ? count[f] : 0);
        }
        holders = new int[start[rows.columns()]];
        values = new float[holders.length];
        int[] next = start.clone();
        for (int r = 0; r < rows.rows(); r++) {
            for (int at = rows.from(r); at < rows.to(r); at++) {
                int feature = rows.index()[at];
                if (count[feature] <= most) {
                    holders[next[feature]] = r;
                    values[next[feature]++] = rows.values()[at];
                }
            }
        }
    }

    /// The number of rows that a feature may stand in.
    private static int most(int[] count) {
        int[] ascending = count.clone();
        Arrays.sort(ascending);
        long work = 0;
        for (int rows : ascending) {
            work += (long) rows * rows;
            if (work > WORK) {
                return rows - 1;
            }
        }
        return Integer.MAX_VALUE;
    }

    /// Takes the rows in.
    ///
    /// @param labels class of each row, 0 to `classes - 1`
    public static NearestTexts of(SparseRows rows, int[] labels, int classes) {
        return new NearestTexts(rows, labels, classes);
    }

    /// The logit of each class for each row, by its nearest rows of other groups.
    ///
    /// @param groups rows with equal numbers are near-duplicates
    public float[][] logits(long[] groups) {
        float[][] out = new float[labels.length][];
        IntStream.range(0, (labels.length + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
            float[] similarity = new float[labels.length];
            int[] met = new int[labels.length];
            for (int r = block * BLOCK; r < Math.min(labels.length, (block + 1) * BLOCK); r++) {
                long mine = groups[r];
                out[r] = logits(
                        rows.index(),
                        rows.values(),
                        rows.from(r),
                        rows.to(r),
                        other -> groups[other] != mine,
                        similarity,
                        met);
            }
        });
        return out;
    }

    /// The logit of each class for a text that is none of the rows, by its nearest rows.
    ///
    /// @param features its numbered features, kind by kind without repeats
    public float[] logits(int[] features) {
        float[] mine = new float[features.length];
        rows.weights().values(features, 0, features.length, mine);
        return logits(features, mine, 0, mine.length, _ -> true, new float[labels.length], new int[labels.length]);
    }

    /// @param index features, and their values, from `from` to `to - 1`
    /// @param other may a row be a neighbour?
    /// @param similarity of every row to this one, all 0; left so
    /// @param met room for the rows that share a feature with this one
    private float[] logits(
            int[] index, float[] value, int from, int to, IntPredicate other, float[] similarity, int[] met) {
        int count = 0;
        for (int at = from; at < to; at++) {
            float mine = value[at];
            for (int i = start[index[at]]; i < start[index[at] + 1]; i++) {
                int holder = holders[i];
                if (similarity[holder] == 0) {
                    met[count++] = holder;
                }
                similarity[holder] += mine * values[i];
            }
        }
        int[] nearest = new int[NEAREST];
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = met[i];
            float near = similarity[row];
            if (other.test(row) && (found < NEAREST || nearer(near, row, similarity, nearest[found - 1]))) {
                found = Math.min(found + 1, NEAREST);
                int at = found - 1;
                while (at > 0 && nearer(near, row, similarity, nearest[at - 1])) {
                    nearest[at] = nearest[at - 1];
                    at--;
                }
                nearest[at] = row;
            }
        }
        float[] votes = prior.clone();
        float all = PRIOR;
        for (int i = 0; i < found; i++) {
            votes[labels[nearest[i]]] += similarity[nearest[i]];
            all += similarity[nearest[i]];
        }
        for (int i = 0; i < count; i++) {
            similarity[met[i]] = 0;
        }
        double logAll = StrictMath.log(all);
        for (int c = 0; c < votes.length; c++) { // with many classes most have no vote, and their logarithm is known
            double log = votes[c] == prior[c] ? logPrior[c] : StrictMath.log(votes[c]);
            votes[c] = (float) Math.max(LEAST, log - logAll);
        }
        return votes;
    }

    private static boolean nearer(float near, int row, float[] similarity, int other) {
        return near > similarity[other] || near == similarity[other] && row < other;
    }
}
