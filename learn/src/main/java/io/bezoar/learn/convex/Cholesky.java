package io.bezoar.learn.convex;

import java.util.stream.IntStream;

/// The factor `L` of a symmetric positive definite matrix `L L'`.
public final class Cholesky implements Inverse {
    private final int size;
    private final double[] factor; // row-major, lower triangle

    private Cholesky(int size, double[] factor) {
        this.size = size;
        this.factor = factor;
    }

    /// Factors a matrix, of which the lower triangle is read.
    ///
    /// @param matrix `size * size`, row-major
    /// @throws IllegalArgumentException if the matrix is not positive definite
    public static Cholesky of(double[] matrix, int size) {
        double[] l = matrix.clone();
        double most = 0;
        for (int i = 0; i < size; i++) {
            most = Math.max(most, l[i * size + i]);
        }
        for (int j = 0; j < size; j++) {
            int at = j * size;
            double pivot = l[at + j];
            for (int k = 0; k < j; k++) {
                pivot -= l[at + k] * l[at + k];
            }
            if (!(pivot > most * 1e-14)) {
                throw new IllegalArgumentException("expected curvature that can be inverted, but direction " + j
                        + " has none: raise the penalty, or leave out features that are sums of others");
            }
            double root = Math.sqrt(pivot);
            l[at + j] = root;
            int column = j;
            IntStream rest = IntStream.range(j + 1, size);
            ((size - j) * (long) j > 100_000 ? rest.parallel() : rest).forEach(i -> {
                int row = i * size;
                double even = 0;
                double odd = 0;
                int k = 0;
                for (; k + 1 < column; k += 2) {
                    even += l[row + k] * l[at + k];
                    odd += l[row + k + 1] * l[at + k + 1];
                }
                if (k < column) {
                    even += l[row + k] * l[at + k];
                }
                l[row + column] = (l[row + column] - (even + odd)) / root;
            });
        }
        return new Cholesky(size, l);
    }

    @Override
    public double[] times(double[] vector) {
        double[] x = vector.clone();
        for (int i = 0; i < size; i++) {
            double sum = x[i];
            int row = i * size;
            for (int k = 0; k < i; k++) {
                sum -= factor[row + k] * x[k];
            }
            x[i] = sum / factor[row + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            int row = i * size;
            double value = x[i] / factor[row + i];
            x[i] = value;
            for (int k = 0; k < i; k++) {
                x[k] -= factor[row + k] * value;
            }
        }
        return x;
    }

    /// The inverse as a matrix, `size * size`, row-major.
    public double[] inverse() {
        double[] inverse = new double[size * size];
        IntStream.range(0, size).parallel().forEach(column -> {
            double[] unit = new double[size];
            unit[column] = 1;
            System.arraycopy(times(unit), 0, inverse, column * size, size); // symmetric: a row is a column
        });
        return inverse;
    }
}
