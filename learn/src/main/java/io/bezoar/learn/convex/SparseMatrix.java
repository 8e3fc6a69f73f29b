package io.bezoar.learn.convex;

import io.bezoar.learn.SparseVectors;
import java.util.Arrays;

/// Sparse rows that meet many outputs at once: text by its hashed runs of words, differences of two texts.
public final class SparseMatrix extends SparseVectors implements Rows {
    private static final long serialVersionUID = 2L;

    private SparseMatrix(int columns, int[] start, int[] index, float[] values) {
        super(start, index, values, columns);
    }

    @Override
    public void addScores(int row, double[] weights, int outputs, double[] into) {
        for (int k = start[row]; k < start[row + 1]; k++) {
            double x = values[k];
            int at = index[k] * outputs;
            for (int o = 0; o < outputs; o++) {
                into[o] += x * weights[at + o];
            }
        }
    }

    @Override
    public void addOuter(int row, double[] scale, int outputs, double[] into) {
        for (int k = start[row]; k < start[row + 1]; k++) {
            double x = values[k];
            int at = index[k] * outputs;
            for (int o = 0; o < outputs; o++) {
                into[at + o] += x * scale[o];
            }
        }
    }

    @Override
    public void addSquares(int row, double[] scale, int outputs, double[] into) {
        for (int k = start[row]; k < start[row + 1]; k++) {
            double square = (double) values[k] * values[k];
            int at = index[k] * outputs;
            for (int o = 0; o < outputs; o++) {
                into[at + o] += square * scale[o];
            }
        }
    }

    /// Collects rows value by value.
    public static final class Builder {
        private final int columns;
        private int[] start = new int[256];
        private int[] index = new int[4096];
        private float[] value = new float[4096];
        private int rows;
        private int count;

        public Builder(int columns) {
            this.columns = columns;
        }

        /// Puts a value into the present row; features come in ascending order.
        public void put(int feature, double x) {
            if (feature < 0 || feature >= columns || count > start[rows] && index[count - 1] >= feature) {
                throw new IllegalArgumentException(
                        "expected ascending features below " + columns + ", came " + feature);
            }
            if (!Double.isFinite(x)) {
                throw new IllegalArgumentException(
                        "row " + rows + ", feature " + feature + " is " + x + ": features must be finite");
            }
            if (count == index.length) {
                index = Arrays.copyOf(index, 2 * count);
                value = Arrays.copyOf(value, 2 * count);
            }
            index[count] = feature;
            value[count++] = (float) x;
        }

        /// Ends the present row.
        public void end() {
            rows++;
            if (rows == start.length) {
                start = Arrays.copyOf(start, 2 * rows);
            }
            start[rows] = count;
        }

        /// The rows so far.
        public SparseMatrix build() {
            return new SparseMatrix(
                    columns, Arrays.copyOf(start, rows + 1), Arrays.copyOf(index, count), Arrays.copyOf(value, count));
        }
    }
}
