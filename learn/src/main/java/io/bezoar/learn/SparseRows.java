package io.bezoar.learn;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Rows of binary features, of which [FeatureWeights] says what each is worth.
public final class SparseRows extends SparseVectors {
    private static final long serialVersionUID = 2L;

    /// Rows whose features are made at a time.
    private static final int BLOCK = 1024;

    private final FeatureWeights weights;

    private SparseRows(int[] start, int[] index, int columns, FeatureWeights weights) {
        super(start, index, worth(start, index, weights), columns);
        this.weights = weights;
    }

    private static float[] worth(int[] start, int[] index, FeatureWeights weights) {
        float[] values = new float[index.length];
        for (int row = 0; row + 1 < start.length; row++) {
            weights.values(index, start[row], start[row + 1], values);
        }
        return values;
    }

    float[] values() {
        return values;
    }

    FeatureWeights weights() {
        return weights;
    }

    int from(int row) {
        return start[row];
    }

    int to(int row) {
        return start[row + 1];
    }

    int[] index() {
        return index;
    }

    /// The most features of any row.
    int longest() {
        int longest = 0;
        for (int row = 0; row + 1 < start.length; row++) {
            longest = Math.max(longest, start[row + 1] - start[row]);
        }
        return longest;
    }

    /// The known features of rows whose hashed features are made when they are asked for: never those of all rows
    /// are held. Runs on the caller's fork-join pool.
    ///
    /// @param features of a row, repeats allowed; asked by many threads
    public static SparseRows of(int rows, IntFunction<long[]> features, Vocabulary vocabulary) {
        Builder builder = new Builder();
        for (int from = 0; from < rows; from += BLOCK) {
            int[][] block = IntStream.range(from, Math.min(rows, from + BLOCK))
                    .parallel()
                    .mapToObj(row -> vocabulary.numbers(features.apply(row)))
                    .toArray(int[][]::new);
            for (int[] numbers : block) {
                builder.add(numbers, numbers.length);
            }
        }
        return builder.build(vocabulary);
    }

    /// Collects rows one by one.
    public static final class Builder {
        private int[] start = new int[1024];
        private int[] index = new int[16384];
        private int rows;

        /// Adds a row; `features` may hold repeats in any order.
        public void add(int[] features, int count) {
            int[] sorted = Arrays.copyOf(features, count);
            Arrays.sort(sorted);
            int at = start[rows];
            if (index.length < at + count) {
                index = Arrays.copyOf(index, Math.max(at + count, 2 * index.length));
            }
            int previous = -1;
            for (int feature : sorted) {
                if (feature != previous) {
                    index[at++] = feature;
                    previous = feature;
                }
            }
            rows++;
            if (start.length == rows) {
                start = Arrays.copyOf(start, 2 * rows);
            }
            start[rows] = at;
        }

        /// The rows added so far, whose features a vocabulary numbered.
        public SparseRows build(Vocabulary vocabulary) {
            return new SparseRows(
                    Arrays.copyOf(start, rows + 1),
                    Arrays.copyOf(index, start[rows]),
                    vocabulary.size(),
                    new FeatureWeights(vocabulary));
        }
    }
}
