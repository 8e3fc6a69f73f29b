package io.bezoar.learn.convex;

import java.util.Arrays;

/// Solves `H x = b` by conjugate gradients (Hestenes & Stiefel 1952), preconditioned by the diagonal of
/// the curvature or by the inverse of a curvature that is nearly the same.
public final class ConjugateGradients implements Inverse {
    /// What more vectors save in passes over the rows they cost in products with each other.
    private static final int TOGETHER = 4;

    private final Curvature curvature;
    private final Inverse near;
    private final double tolerance;
    private final int most;

    private ConjugateGradients(Curvature curvature, Inverse near, double tolerance, int most) {
        this.curvature = curvature;
        this.near = near;
        this.tolerance = tolerance;
        this.most = most;
    }

    /// Preconditioned by the diagonal.
    ///
    /// @param tolerance length of the residual over that of `b`
    /// @param most steps at most
    public static ConjugateGradients of(Curvature curvature, double tolerance, int most) {
        double[] diagonal = curvature.diagonal();
        for (int i = 0; i < diagonal.length; i++) {
            if (!(diagonal[i] > 0)) {
                throw new IllegalArgumentException("expected curvature that can be inverted, but direction " + i
                        + " has none: raise the penalty above 0");
            }
        }
        return of(curvature, diagonal(diagonal), tolerance, most);
    }

    /// Preconditioned by `near`.
    public static ConjugateGradients of(Curvature curvature, Inverse near, double tolerance, int most) {
        return new ConjugateGradients(curvature, near, tolerance, most);
    }

    /// The inverse of a diagonal matrix.
    public static Inverse diagonal(double[] diagonal) {
        return vector -> {
            double[] out = new double[vector.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = vector[i] / diagonal[i];
            }
            return out;
        };
    }

    @Override
    public double[] times(double[] vector) {
        return from(new double[vector.length], vector);
    }

    /// The solutions for several vectors, sought a few together; see [BlockGradients].
    @Override
    public double[][] times(double[][] vectors) {
        Rows rows = curvature.problem().rows();
        boolean cheap = rows.rows() < rows.columns(); // a pass costs no more than a few products of vectors
        double[][] solved = new double[vectors.length][];
        for (int from = 0; from < vectors.length; from += TOGETHER) {
            double[][] some = Arrays.copyOfRange(vectors, from, Math.min(vectors.length, from + TOGETHER));
            double[][] these = cheap || some.length < 2
                    ? Inverse.super.times(some)
                    : new BlockGradients(curvature, near, tolerance, most).solve(some);
            System.arraycopy(these, 0, solved, from, these.length);
        }
        return solved;
    }

    /// The solution, sought from `start` on.
    public double[] from(double[] start, double[] vector) {
        double[] x = start.clone();
        double[] residual = vector.clone();
        if (Arrays.stream(start).anyMatch(value -> value != 0)) {
            Vectors.add(residual, -1, curvature.times(x));
        }
        double enough = tolerance * Vectors.length(vector);
        double[] z = near.times(residual);
        double[] direction = z.clone();
        double rz = Vectors.dot(residual, z);
        for (int step = 0; step < most && Vectors.length(residual) > enough; step++) {
            double[] product = curvature.times(direction);
            double bend = Vectors.dot(direction, product);
            if (!(bend > 0)) {
                break; // rounding: nothing left to gain
            }
            double alpha = rz / bend;
            Vectors.add(x, alpha, direction);
            Vectors.add(residual, -alpha, product);
            z = near.times(residual);
            double next = Vectors.dot(residual, z);
            Vectors.scale(direction, next / rz);
            Vectors.add(direction, 1, z);
            rz = next;
        }
        return x;
    }
}
