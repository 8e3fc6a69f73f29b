package io.bezoar.learn.convex;

/// The inverse of a curvature, exactly or nearly, as what it does to a vector.
@FunctionalInterface
public interface Inverse {
    /// The solution `x` of `H x = vector`.
    double[] times(double[] vector);

    /// The solutions for several vectors, each as if it were alone.
    default double[][] times(double[][] vectors) {
        double[][] solved = new double[vectors.length][];
        for (int k = 0; k < vectors.length; k++) {
            solved[k] = times(vectors[k]);
        }
        return solved;
    }
}
