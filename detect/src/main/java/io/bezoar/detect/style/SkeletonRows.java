package io.bezoar.detect.style;

import io.bezoar.learn.SoftmaxRegression;
import io.bezoar.learn.Vocabulary;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Rows as the features of their [Skeleton]s, each row of length 1 and all its features of equal worth.
///
/// @param features per row the numbers of its features, ascending without repeats
record SkeletonRows(Vocabulary vocabulary, int[][] features) implements Serializable {
    /// A feature of fewer rows is not looked at.
    private static final int LEAST_ROWS = 3;

    static SkeletonRows of(List<Skeleton> skeletons) {
        Vocabulary vocabulary =
                Vocabulary.of(skeletons.size(), row -> skeletons.get(row).features(), LEAST_ROWS);
        return new SkeletonRows(
                vocabulary,
                skeletons.parallelStream()
                        .map(row -> numbers(vocabulary, row.features()))
                        .toArray(int[][]::new));
    }

    private static int[] numbers(Vocabulary vocabulary, long[] hashes) {
        return Arrays.stream(vocabulary.numbers(hashes)).sorted().distinct().toArray();
    }

    int size() {
        return features.length;
    }

    int columns() {
        return vocabulary.size();
    }

    /// What each feature of a row is worth.
    static float worth(int[] row) {
        return row.length == 0 ? 0 : (float) (1 / Math.sqrt(row.length));
    }

    /// Four sums side by side: in one the processor would wait for each addition before the next.
    static float dot(int[] row, float[] weights) {
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int k = 0;
        for (; k + 4 <= row.length; k += 4) {
            first += weights[row[k]];
            second += weights[row[k + 1]];
            third += weights[row[k + 2]];
            fourth += weights[row[k + 3]];
        }
        for (; k < row.length; k++) {
            first += weights[row[k]];
        }
        return (first + second + (third + fourth)) * worth(row);
    }

    /// For each feature the rows that hold it, ascending.
    int[][] holders() {
        int[] counts = new int[columns()];
        for (int[] row : features) {
            for (int feature : row) {
                counts[feature]++;
            }
        }
        int[][] holders = new int[counts.length][];
        Arrays.setAll(holders, f -> new int[counts[f]]);
        Arrays.fill(counts, 0);
        for (int r = 0; r < features.length; r++) {
            for (int feature : features[r]) {
                holders[feature][counts[feature]++] = r;
            }
        }
        return holders;
    }

    /// The mean of some rows.
    float[] mean(int[] rows) {
        float[] mean = new float[columns()];
        for (int r : rows) {
            float worth = worth(features[r]);
            for (int feature : features[r]) {
                mean[feature] += worth;
            }
        }
        for (int f = 0; f < mean.length; f++) {
            mean[f] /= Math.max(1, rows.length);
        }
        return mean;
    }

    float[] mean() {
        return mean(IntStream.range(0, size()).toArray());
    }

    /// A logistic model that tells some rows from others.
    ///
    /// @param weights per feature
    record Model(float[] weights, float bias) implements Serializable {
        private static final int EPOCHS = 4;
        private static final float RATE = 0.2f;

        /// Trains by AdaGrad (Duchi, Hazan & Singer 2011), rows in their order. The roots of a row's features
        /// are made in an array of their own: there the JVM works on many numbers at once.
        ///
        /// @param wanted is a row one of those to tell?
        /// @param offset per row what is known of it already, in logits
        /// @param use the rows to train on
        static Model train(SkeletonRows rows, boolean[] wanted, float[] offset, int[] use) {
            float[] weights = new float[rows.columns()];
            float[] squares = new float[weights.length];
            Arrays.fill(squares, 1e-2f);
            float bias = 0;
            float biasSquares = 1e-2f;
            float[] steps = new float[longest(rows.features, use)];
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                for (int r : use) {
                    int[] row = rows.features[r];
                    float worth = worth(row);
                    float logit = bias + offset[r] + dot(row, weights);
                    float gradient = SoftmaxRegression.logistic(logit) - (wanted[r] ? 1 : 0);
                    biasSquares += gradient * gradient;
                    bias -= 0.1f * RATE * gradient / (float) Math.sqrt(biasSquares);
                    float change = gradient * worth;
                    float square = change * change;
                    for (int k = 0; k < row.length; k++) {
                        float sum = squares[row[k]] + square;
                        squares[row[k]] = sum;
                        steps[k] = sum;
                    }
                    divide(RATE * change, steps, row.length);
                    for (int k = 0; k < row.length; k++) {
                        weights[row[k]] -= steps[k];
                    }
                }
            }
            return new Model(weights, bias);
        }

        private static int longest(int[][] features, int[] use) {
            int longest = 0;
            for (int r : use) {
                longest = Math.max(longest, features[r].length);
            }
            return longest;
        }

        /// Puts in the place of each square what its root divides `change` to.
        private static void divide(float change, float[] squares, int count) {
            for (int k = 0; k < count; k++) {
                squares[k] = change / (float) Math.sqrt(squares[k]);
            }
        }

        float logit(int[] row) {
            return bias + dot(row, weights);
        }
    }

    /// The known features of any text.
    int[] of(Skeleton skeleton) {
        return numbers(vocabulary, skeleton.features());
    }
}
