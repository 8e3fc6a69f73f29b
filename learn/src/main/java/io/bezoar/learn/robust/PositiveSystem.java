package io.bezoar.learn.robust;

/// A symmetric positive definite system `A x = b`, solved by Cholesky's factors (Golub & Van Loan 2013,
/// section 4.2) in a fixed order of plain arithmetic.
public final class PositiveSystem {
    private final double[] factor; // lower triangle, row after row
    private final int size;

    private PositiveSystem(double[] factor, int size) {
        this.factor = factor;
        this.size = size;
    }

    /// Factors `matrix`, `size * size` values row after row, of which the lower triangle is read;
    /// overwrites it.
    ///
    /// @throws SingularCurvature if a pivot is not clearly above 0
    public static PositiveSystem factor(double[] matrix, int size) {
        double largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, Math.abs(matrix[i * size + i]));
        }
        double least = largest * size * 0x1p-52;
        for (int i = 0; i < size; i++) {
            int row = i * size;
            for (int j = 0; j <= i; j++) {
                int other = j * size;
                double sum = matrix[row + j];
                for (int k = 0; k < j; k++) {
                    sum -= matrix[row + k] * matrix[other + k];
                }
                if (i == j) {
                    if (!(sum > least)) {
                        throw new SingularCurvature(i, size);
                    }
                    matrix[row + i] = Math.sqrt(sum);
                } else {
                    matrix[row + j] = sum / matrix[other + j];
                }
            }
        }
        return new PositiveSystem(matrix, size);
    }

    /// Solves for one right-hand side, in place.
    public void solve(double[] right) {
        for (int i = 0; i < size; i++) {
            double sum = right[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * size + k] * right[k];
            }
            right[i] = sum / factor[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            double value = right[i] / factor[i * size + i];
            right[i] = value;
            for (int k = 0; k < i; k++) {
                right[k] -= factor[i * size + k] * value;
            }
        }
    }

    /// The logarithm of the determinant of the matrix.
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += 2 * StrictMath.log(factor[i * size + i]);
        }
        return sum;
    }

    /// A curvature that has no inverse: features that say the same, and no penalty to choose between
    /// them.
    public static final class SingularCurvature extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        SingularCurvature(int column, int size) {
            super("expected a curvature that can be inverted, but it is singular at column " + column + " of " + size
                    + ": features repeat each other; give a penalty above 0");
        }
    }
}
