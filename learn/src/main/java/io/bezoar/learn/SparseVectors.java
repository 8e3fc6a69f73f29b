package io.bezoar.learn;

import java.util.Arrays;

/// Rows of real features of which most are 0, in compressed form. Row `r` holds `values[k]` at the feature
/// `index[k]` for `start[r] <= k < start[r + 1]`, ascending without repeats. Single precision: a text has
/// hundreds of thousands of features, and products are summed in double precision all the same.
///
/// The products of all sparse rows stand here; what else a kind of rows can do, its subclass says.
public class SparseVectors implements Features {
    private static final long serialVersionUID = 2L;

    protected final int[] start;
    protected final int[] index;
    protected final float[] values;
    private final int columns;

    /// The arrays are not copied: nobody else may write to them.
    protected SparseVectors(int[] start, int[] index, float[] values, int columns) {
        this.start = start;
        this.index = index;
        this.values = values;
        this.columns = columns;
    }

    @Override
    public final int rows() {
        return start.length - 1;
    }

    @Override
    public final int columns() {
        return columns;
    }

    /// The features of `row` that are not 0, ascending.
    public final int[] features(int row) {
        return Arrays.copyOfRange(index, start[row], start[row + 1]);
    }

    /// The values of the features of `row`, in their order.
    public final float[] values(int row) {
        return Arrays.copyOfRange(values, start[row], start[row + 1]);
    }

    @Override
    public final double dot(int row, double[] weights, int offset) {
        double sum = 0;
        for (int at = start[row]; at < start[row + 1]; at++) {
            sum += values[at] * weights[offset + index[at]];
        }
        return sum;
    }

    @Override
    public final void add(int row, double scale, double[] into, int offset) {
        for (int at = start[row]; at < start[row + 1]; at++) {
            into[offset + index[at]] += scale * values[at];
        }
    }

    @Override
    public final double squaredNorm(int row) {
        double sum = 0;
        for (int at = start[row]; at < start[row + 1]; at++) {
            sum += (double) values[at] * values[at];
        }
        return sum;
    }

    /// Collects rows one by one.
    public static final class Builder {
        private int[] start = new int[256];
        private int[] index = new int[1 << 14];
        private float[] values = new float[1 << 14];
        private int rows;

        /// Adds a row.
        ///
        /// @param features ascending without repeats
        /// @param worth the value of each feature
        public void add(int[] features, float[] worth) {
            int at = start[rows];
            if (index.length < at + features.length) {
                int room = Math.max(at + features.length, 2 * index.length);
                index = Arrays.copyOf(index, room);
                values = Arrays.copyOf(values, room);
            }
            System.arraycopy(features, 0, index, at, features.length);
            System.arraycopy(worth, 0, values, at, features.length);
            rows++;
            if (start.length == rows) {
                start = Arrays.copyOf(start, 2 * rows);
            }
            start[rows] = at + features.length;
        }

        /// The rows added so far.
        ///
        /// @param columns number of features, known or not
        public SparseVectors build(int columns) {
            return new SparseVectors(
                    Arrays.copyOf(start, rows + 1),
                    Arrays.copyOf(index, start[rows]),
                    Arrays.copyOf(values, start[rows]),
                    columns);
        }
    }
}
