package io.bezoar.learn.robust;

import io.bezoar.core.Hashing;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// The largest eigenvalue of a positive semidefinite operator and its eigenvector, by Lanczos' iteration
/// (Golub & Van Loan 2013, section 10.1) with full reorthogonalisation from a fixed start.
///
/// @param value 0 or more
/// @param vector of length 1, its entry of largest size positive; empty for an operator that is 0
record Lanczos(double value, double[] vector) {
    private static final int STEPS = 60;
    private static final int CHECKED = 6;
    private static final double PRECISION = 1e-9;

    /// @param times the operator; gives a new array
    /// @param size of its vectors
    static Lanczos top(UnaryOperator<double[]> times, int size) {
        return top(times, size, PRECISION);
    }

    /// @param precision what the next step may turn the vector by, as a share of the value
    static Lanczos top(UnaryOperator<double[]> times, int size, double precision) {
        int steps = Math.min(STEPS, size);
        double[][] basis = new double[steps][];
        double[] diagonal = new double[steps];
        double[] beside = new double[steps];
        double[] next = new double[size];
        Arrays.setAll(next, i -> (Hashing.mix(i + 1L) >>> 11) * 0x1p-53 - 0.5);
        double length = Math.sqrt(product(next, next));
        double largest = 0;
        int made = 0;
        for (int step = 0; step < steps && length > 1e-13 * largest; step++) {
            double[] vector = next;
            for (int i = 0; i < size; i++) {
                vector[i] /= length;
            }
            basis[made++] = vector;
            next = times.apply(vector);
            diagonal[step] = product(vector, next);
            largest = Math.max(largest, Math.abs(diagonal[step]));
            for (int twice = 0; twice < 2; twice++) {
                for (int k = 0; k <= step; k++) {
                    double along = product(basis[k], next);
                    for (int i = 0; i < size; i++) {
                        next[i] -= along * basis[k][i];
                    }
                }
            }
            length = Math.sqrt(product(next, next));
            beside[step] = length;
            if (made % CHECKED == 0 && settled(diagonal, beside, made, precision)) {
                break;
            }
        }
        return largest == 0 ? new Lanczos(0, new double[0]) : ritz(basis, diagonal, beside, made, size);
    }

    /// The operator in the space of the steps made.
    private static SymmetricEigen small(double[] diagonal, double[] beside, int made) {
        double[] small = new double[made * made];
        for (int k = 0; k < made; k++) {
            small[k * made + k] = diagonal[k];
            if (k + 1 < made) {
                small[k * made + k + 1] = beside[k];
                small[(k + 1) * made + k] = beside[k];
            }
        }
        return SymmetricEigen.of(small, made);
    }

    /// What a further step can turn the vector by is the last step's length times its last entry.
    private static boolean settled(double[] diagonal, double[] beside, int made, double precision) {
        SymmetricEigen eigen = small(diagonal, beside, made);
        int best = Classifier.best(eigen.values());
        return beside[made - 1] * Math.abs(eigen.vector(best)[made - 1]) <= precision * eigen.values()[best];
    }

    private static Lanczos ritz(double[][] basis, double[] diagonal, double[] beside, int made, int size) {
        SymmetricEigen eigen = small(diagonal, beside, made);
        int best = Classifier.best(eigen.values());
        double[] weights = eigen.vector(best);
        double[] vector = new double[size];
        int longest = 0;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < made; k++) {
                vector[i] += weights[k] * basis[k][i];
            }
            longest = Math.abs(vector[i]) > Math.abs(vector[longest]) ? i : longest;
        }
        double sign = vector[longest] < 0 ? -1 : 1;
        for (int i = 0; i < size; i++) {
            vector[i] *= sign;
        }
        return new Lanczos(eigen.values()[best], vector);
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
