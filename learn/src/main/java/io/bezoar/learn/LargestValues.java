package io.bezoar.learn;

/// The largest eigenvalues of a symmetric matrix, without the vectors: Householder's reduction to three
/// diagonals (Golub & Van Loan, Matrix Computations, section 8.3.1), then bisection by the signs of Sturm's
/// sequence (section 8.4.2). Where all of them with their vectors ([io.bezoar.learn.convex.Eigen]) take minutes
/// this takes a second, and it always takes the same steps.
public final class LargestValues {
    private static final int HALVINGS = 200;

    private LargestValues() {}

    /// The largest values, descending.
    ///
    /// @param matrix `size * size`, row-major, symmetric, finite
    /// @param count how many, at most `size`
    public static double[] of(double[] matrix, int size, int count) {
        double[] diagonal = new double[size];
        double[] beside = new double[size]; // entry i stands right of diagonal entry i
        reduce(matrix.clone(), size, diagonal, beside);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double reach = Math.abs(beside[i]) + (i == 0 ? 0 : Math.abs(beside[i - 1]));
            low = Math.min(low, diagonal[i] - reach);
            high = Math.max(high, diagonal[i] + reach);
        }
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            double from = low;
            double to = high;
            for (int halving = 0; halving < HALVINGS; halving++) {
                double middle = from + (to - from) / 2;
                if (middle <= from || middle >= to) {
                    break;
                }
                if (size - below(diagonal, beside, middle) > k) {
                    from = middle;
                } else {
                    to = middle;
                }
            }
            values[k] = from + (to - from) / 2;
            high = to;
        }
        return values;
    }

    /// How many values are less than `x`.
    private static int below(double[] diagonal, double[] beside, double x) {
        int count = 0;
        double quotient = 1;
        for (int i = 0; i < diagonal.length; i++) {
            double side = i == 0 ? 0 : beside[i - 1];
            quotient = diagonal[i] - x - (side == 0 ? 0 : side * (side / quotient));
            if (quotient == 0) {
                quotient = Double.MIN_NORMAL;
            }
            if (quotient < 0) {
                count++;
            }
        }
        return count;
    }

    private static void reduce(double[] a, int size, double[] diagonal, double[] beside) {
        double[] v = new double[size];
        double[] w = new double[size];
        for (int k = 0; k + 1 < size; k++) {
            double squares = 0;
            for (int i = k + 1; i < size; i++) {
                v[i] = a[i * size + k];
                squares += v[i] * v[i];
            }
            double beyond = squares - v[k + 1] * v[k + 1];
            double norm = Math.sqrt(squares);
            if (beyond <= 0 || norm == 0) {
                beside[k] = v[k + 1];
                continue;
            }
            double image = v[k + 1] > 0 ? -norm : norm;
            beside[k] = image;
            v[k + 1] -= image;
            double scale = 2 / (beyond + v[k + 1] * v[k + 1]);
            double along = 0;
            for (int i = k + 1; i < size; i++) {
                double sum = 0;
                for (int j = k + 1; j < size; j++) {
                    sum += a[i * size + j] * v[j];
                }
                w[i] = scale * sum;
                along += w[i] * v[i];
            }
            for (int i = k + 1; i < size; i++) {
                w[i] -= scale / 2 * along * v[i];
            }
            for (int i = k + 1; i < size; i++) {
                for (int j = k + 1; j < size; j++) {
                    a[i * size + j] -= v[i] * w[j] + w[i] * v[j];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            diagonal[i] = a[i * size + i];
        }
    }
}
