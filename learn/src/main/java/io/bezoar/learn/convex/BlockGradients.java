package io.bezoar.learn.convex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Solves `H x = b` for several `b` at once by block conjugate gradients (O'Leary 1980, section 3). A step
/// searches the directions of all of them together, so that each is solved in fewer steps than alone, and
/// multiplies them by the curvature in one pass over the rows.
///
/// Departure: the directions are made orthonormal each step, and what is left of one that the others hold
/// already is dropped, as are those of vectors that are solved: near the end directions grow dependent, and
/// their Gram matrix, which the method inverts, singular.
final class BlockGradients {
    private static final double DEPENDENT = 1e-10;

    private final Curvature curvature;
    private final Inverse near;
    private final double tolerance;
    private final int most;

    BlockGradients(Curvature curvature, Inverse near, double tolerance, int most) {
        this.curvature = curvature;
        this.near = near;
        this.tolerance = tolerance;
        this.most = most;
    }

    /// The solutions, to a residual of `tolerance` times the length of each vector.
    double[][] solve(double[][] vectors) {
        int count = vectors.length;
        double[][] x = new double[count][vectors[0].length];
        double[][] residuals = new double[count][];
        double[] enough = new double[count];
        for (int k = 0; k < count; k++) {
            residuals[k] = vectors[k].clone();
            enough[k] = tolerance * Vectors.length(vectors[k]);
        }
        double[][] directions = orthonormal(open(residuals, enough));
        for (int step = 0; step < most && directions.length > 0; step++) {
            double[][] products = curvature.times(directions);
            Cholesky bend;
            try {
                bend = Cholesky.of(gram(directions, products), directions.length);
            } catch (IllegalArgumentException _) {
                break; // rounding: nothing left to gain
            }
            for (int k = 0; k < count; k++) {
                double[] along = bend.times(inner(directions, residuals[k]));
                for (int d = 0; d < directions.length; d++) {
                    Vectors.add(x[k], along[d], directions[d]);
                    Vectors.add(residuals[k], -along[d], products[d]);
                }
            }
            double[][] next = open(residuals, enough);
            for (double[] direction : next) {
                double[] along = bend.times(inner(products, direction));
                for (int d = 0; d < directions.length; d++) {
                    Vectors.add(direction, -along[d], directions[d]);
                }
            }
            directions = orthonormal(next);
        }
        return x;
    }

    /// The preconditioned residuals of the vectors that are not solved yet.
    private double[][] open(double[][] residuals, double[] enough) {
        List<double[]> open = new ArrayList<>();
        for (int k = 0; k < residuals.length; k++) {
            if (Vectors.length(residuals[k]) > enough[k]) {
                open.add(near.times(residuals[k]));
            }
        }
        return open.toArray(double[][]::new);
    }

    /// The same directions at right angles (Gram & Schmidt, twice where much was taken away), without those
    /// the others hold.
    private static double[][] orthonormal(double[][] directions) {
        double[][] kept = new double[directions.length][];
        int count = 0;
        for (double[] direction : directions) {
            double before = Vectors.length(direction);
            double length = before;
            boolean again = true;
            for (int pass = 0; pass < 2 && again; pass++) {
                double was = length;
                for (int d = 0; d < count; d++) {
                    Vectors.add(direction, -Vectors.dot(kept[d], direction), kept[d]);
                }
                length = Vectors.length(direction);
                again = length < was / 2;
            }
            if (length > DEPENDENT * before) {
                Vectors.scale(direction, 1 / length);
                kept[count++] = direction;
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static double[] inner(double[][] directions, double[] vector) {
        double[] inner = new double[directions.length];
        for (int d = 0; d < inner.length; d++) {
            inner[d] = Vectors.dot(directions[d], vector);
        }
        return inner;
    }

    private static double[] gram(double[][] directions, double[][] products) {
        int size = directions.length;
        double[] gram = new double[size * size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
                gram[a * size + b] = Vectors.dot(directions[a], products[b]);
                gram[b * size + a] = gram[a * size + b];
            }
        }
        return gram;
    }
}
