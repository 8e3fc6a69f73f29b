package io.bezoar.learn.convex;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.Features;
import io.bezoar.learn.SparseVectors;

/// Rows of features that meet many outputs at once. Weights are feature-major: the weight of feature
/// `f` for output `o` of `outputs` stands at `f * outputs + o`, so that a row touches few stretches of
/// memory.
public interface Rows extends Features {
    /// Adds to `into[o]` the inner product of `row` with the weights of output `o`.
    void addScores(int row, double[] weights, int outputs, double[] into);

    /// Adds `row[f] * scale[o]` to `into[f * outputs + o]`: the outer product of the row and `scale`.
    void addOuter(int row, double[] scale, int outputs, double[] into);

    /// Adds `row[f]^2 * scale[o]` to `into[f * outputs + o]`.
    void addSquares(int row, double[] scale, int outputs, double[] into);

    /// The same rows with this face.
    static Rows of(Features features) {
        return with(features, false);
    }

    /// The same rows with a further, last feature that is 1 everywhere: its weight is the intercept.
    static Rows withOnes(Features features) {
        return with(features, true);
    }

    private static Rows with(Features features, boolean ones) {
        if (!ones && features instanceof Rows rows) {
            return rows;
        }
        if (!ones && features instanceof DenseFeatures dense) {
            return new DenseMatrix(dense, dense.columns());
        }
        int columns = features.columns() + (ones ? 1 : 0);
        if (features instanceof SparseVectors sparse) {
            SparseMatrix.Builder builder = new SparseMatrix.Builder(columns);
            for (int row = 0; row < sparse.rows(); row++) {
                int[] index = sparse.features(row);
                float[] values = sparse.values(row);
                for (int k = 0; k < index.length; k++) {
                    builder.put(index[k], values[k]);
                }
                if (ones) {
                    builder.put(columns - 1, 1);
                }
                builder.end();
            }
            return builder.build();
        }
        double[][] dense = new double[features.rows()][columns];
        for (int row = 0; row < dense.length; row++) {
            features.add(row, 1, dense[row], 0);
            if (ones) {
                dense[row][columns - 1] = 1;
            }
        }
        return new DenseMatrix(DenseFeatures.of(dense), columns);
    }
}
