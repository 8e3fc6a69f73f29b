package io.bezoar.learn.convex;

/// The inverse of a curvature, exactly or nearly, as what it does to a vector.
@FunctionalInterface
public interface Inverse {
    /// The solution `x` of `H x = vector`.
    double[] times(double[] vector);
}
