package io.bezoar.learn;

import java.io.Serializable;

/// Rows of real features, which a linear model multiplies: dense vectors or sparse text features alike.
/// Rows are `0 .. rows() - 1`, features `0 .. columns() - 1`. Immutable.
public interface Features extends Serializable {
    /// Number of rows.
    int rows();

    /// Number of features.
    int columns();

    /// The inner product of `row` with `weights[offset .. offset + columns())`, summed in ascending feature order.
    double dot(int row, double[] weights, int offset);

    /// Adds `scale` times `row` to `into[offset .. offset + columns())`.
    void add(int row, double scale, double[] into, int offset);

    /// The squared Euclidean length of `row`.
    double squaredNorm(int row);
}
