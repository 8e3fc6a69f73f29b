package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import io.bezoar.learn.SparseVectors;
import java.util.Arrays;

/// Rows of real features in compressed form: row `r` holds the values `value[start[r] .. start[r + 1])`
/// at the features `index[start[r] .. start[r + 1])`, which ascend.
///
/// In double precision, unlike [SparseVectors]: vectors lie here too, whose published certificates and
/// robust fits are met to the digit, and their kernels are inverted.
public final class SparseFeatures implements Features {
    private static final long serialVersionUID = 1L;

    private final int columns;
    private final int[] start;
    private final int[] index;
    private final double[] value;

    private SparseFeatures(int columns, int[] start, int[] index, double[] value) {
        this.columns = columns;
        this.start = start;
        this.index = index;
        this.value = value;
    }

    /// Copies rows given by their features, ascending without repeats, and the finite values at them.
    public static SparseFeatures of(int columns, int[][] features, double[][] values) {
        int[] start = new int[features.length + 1];
        for (int row = 0; row < features.length; row++) {
            start[row + 1] = Math.addExact(start[row], features[row].length);
        }
        int[] index = new int[start[features.length]];
        double[] value = new double[index.length];
        for (int row = 0; row < features.length; row++) {
            int previous = -1;
            for (int k = 0; k < features[row].length; k++) {
                int feature = features[row][k];
                if (feature <= previous || feature >= columns) {
                    throw new IllegalArgumentException("row " + row + " holds feature " + feature + " after feature "
                            + previous + ": expected ascending features below " + columns);
                }
                if (!Double.isFinite(values[row][k])) {
                    throw new IllegalArgumentException("row " + row + ", feature " + feature + " is " + values[row][k]
                            + ": features must be finite");
                }
                previous = feature;
                index[start[row] + k] = feature;
                value[start[row] + k] = values[row][k];
            }
        }
        return new SparseFeatures(columns, start, index, value);
    }

    /// The same rows in this form. Features that are 0 are left out.
    public static SparseFeatures copy(Features rows) {
        if (rows instanceof SparseFeatures already) {
            return already;
        }
        double[] scratch = new double[rows.columns()];
        int[] start = new int[rows.rows() + 1];
        int[] index = new int[16];
        double[] value = new double[16];
        int[] every = new int[rows.columns()];
        Arrays.setAll(every, i -> i);
        for (int row = 0; row < rows.rows(); row++) {
            int at = start[row];
            int[] held = rows instanceof SparseVectors sparse ? sparse.features(row) : every;
            rows.add(row, 1, scratch, 0);
            if (index.length < at + held.length) {
                int length = Math.max(at + held.length, 2 * index.length);
                index = Arrays.copyOf(index, length);
                value = Arrays.copyOf(value, length);
            }
            for (int feature : held) {
                if (scratch[feature] != 0) {
                    index[at] = feature;
                    value[at++] = scratch[feature];
                    scratch[feature] = 0;
                }
            }
            start[row + 1] = at;
        }
        return new SparseFeatures(
                rows.columns(),
                start,
                Arrays.copyOf(index, start[rows.rows()]),
                Arrays.copyOf(value, start[rows.rows()]));
    }

    /// The given rows, in the order given; repeats are allowed.
    public SparseFeatures select(int[] rows) {
        int[] begin = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            begin[i + 1] = Math.addExact(begin[i], start[rows[i] + 1] - start[rows[i]]);
        }
        int[] kept = new int[begin[rows.length]];
        double[] values = new double[kept.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(index, start[rows[i]], kept, begin[i], begin[i + 1] - begin[i]);
            System.arraycopy(value, start[rows[i]], values, begin[i], begin[i + 1] - begin[i]);
        }
        return new SparseFeatures(columns, begin, kept, values);
    }

    /// The features that occur in any row, ascending.
    public int[] used() {
        int[] sorted = index.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /// The same rows with features renumbered by their place in `known`; features that are not in it are
    /// left out.
    ///
    /// @param known feature numbers, ascending
    public SparseFeatures renumbered(int[] known) {
        int[] places = new int[columns]; // place + 1; 0 is unknown
        for (int place = 0; place < known.length; place++) {
            places[known[place]] = place + 1;
        }
        int[] begin = new int[start.length];
        int[] kept = new int[index.length];
        double[] values = new double[index.length];
        int at = 0;
        for (int row = 0; row + 1 < start.length; row++) {
            for (int k = start[row]; k < start[row + 1]; k++) {
                if (places[index[k]] > 0) {
                    kept[at] = places[index[k]] - 1;
                    values[at++] = value[k];
                }
            }
            begin[row + 1] = at;
        }
        return new SparseFeatures(known.length, begin, Arrays.copyOf(kept, at), Arrays.copyOf(values, at));
    }

    /// The features of all rows one after the other.
    int[] features() {
        return index;
    }

    /// The same rows with each feature's values multiplied by its factor.
    SparseFeatures scaled(double[] factors) {
        double[] values = value.clone();
        for (int k = 0; k < values.length; k++) {
            values[k] *= factors[index[k]];
        }
        return new SparseFeatures(columns, start, index, values);
    }

    @Override
    public int rows() {
        return start.length - 1;
    }

    @Override
    public int columns() {
        return columns;
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
            sum += value[k] * value[k];
        }
        return sum;
    }

    /// The inner product of a row of this and a row of `other`, both with the same features.
    public double dot(int row, SparseFeatures other, int otherRow) {
        double sum = 0;
        int a = start[row];
        int b = other.start[otherRow];
        while (a < start[row + 1] && b < other.start[otherRow + 1]) {
            int difference = Integer.compare(index[a], other.index[b]);
            if (difference == 0) {
                sum += value[a] * other.value[b];
            }
            a += difference <= 0 ? 1 : 0;
            b += difference >= 0 ? 1 : 0;
        }
        return sum;
    }
}
