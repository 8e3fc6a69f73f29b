package io.bezoar.learn.convex;

import java.util.Arrays;

/// Rows of real features most of which are 0: text by its hashed runs of words, differences of two
/// texts. Row `r` holds `value[k]` at feature `index[k]` for `start[r] <= k < start[r + 1]`, ascending
/// without repeats.
public final class SparseMatrix implements Rows {
    private static final long serialVersionUID = 1L;

    private final int columns;
    private final int[] start;
    private final int[] index;
    private final float[] value;

    private SparseMatrix(int columns, int[] start, int[] index, float[] value) {
        this.columns = columns;
        this.start = start;
        this.index = index;
        this.value = value;
    }

    @Override
    public int rows() {
        return start.length - 1;
    }

    @Override
    public int columns() {
        return columns;
    }

    /// Which features of `row` are not 0, ascending.
    public int[] features(int row) {
        return Arrays.copyOfRange(index, start[row], start[row + 1]);
    }

    @Override
    public double dot(int row, double[] weights, int offset) {
        double sum = 0;
        for (int k = start[row]; k < start[row + 1]; k++) {
            sum += value[k] * weights[offset + index[k]];
        }
        return sum;
    }

    @Override
    public void add(int row, double scale, double[] into, int offset) {
        for (int k = start[row]; k < start[row + 1]; k++) {
            into[offset + index[k]] += scale * value[k];
        }
    }

    @Override
    public double squaredNorm(int row) {
        double sum = 0;
        for (int k = start[row]; k < start[row + 1]; k++) {
            sum += (double) value[k] * value[k];
        }
        return sum;
    }

    @Override
    public void addScores(int row, double[] weights, int outputs, double[] into) {
        for (int k = start[row]; k < start[row + 1]; k++) {
            double x = value[k];
            int at = index[k] * outputs;
            for (int o = 0; o < outputs; o++) {
                into[o] += x * weights[at + o];
            }
        }
    }

    @Override
    public void addOuter(int row, double[] scale, int outputs, double[] into) {
        for (int k = start[row]; k < start[row + 1]; k++) {
            double x = value[k];
            int at = index[k] * outputs;
            for (int o = 0; o < outputs; o++) {
                into[at + o] += x * scale[o];
            }
        }
    }

    @Override
    public void addSquares(int row, double[] scale, int outputs, double[] into) {
        for (int k = start[row]; k < start[row + 1]; k++) {
            double square = (double) value[k] * value[k];
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
