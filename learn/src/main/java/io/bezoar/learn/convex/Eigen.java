package io.bezoar.learn.convex;

/// The eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations (Golub & Van
/// Loan, Matrix Computations, section 8.5): slow for large matrices, exact to the last digits for all,
/// and always in the same order.
///
/// @param values in the order of the vectors, not sorted
/// @param vectors `size * size`, row-major; column `j` is the vector of value `j`; its largest entry is
///     positive
/// @param size rows of the matrix
public record Eigen(double[] values, double[] vectors, int size) {
    /// Takes a matrix apart.
    ///
    /// @param matrix `size * size`, row-major, symmetric
    public static Eigen of(double[] matrix, int size) {
        double[] a = matrix.clone();
        double[] v = new double[size * size];
        for (int i = 0; i < size; i++) {
            v[i * size + i] = 1;
        }
        double whole = Vectors.dot(a, a);
        for (int sweep = 0; sweep < 60 && outside(a, size) > 1e-30 * whole; sweep++) {
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotate(a, v, size, p, q);
                }
            }
        }
        double[] values = new double[size];
        for (int j = 0; j < size; j++) {
            values[j] = a[j * size + j];
            int most = 0;
            for (int i = 1; i < size; i++) {
                if (Math.abs(v[j * size + i]) > Math.abs(v[j * size + most])) {
                    most = i;
                }
            }
            if (v[j * size + most] < 0) {
                for (int i = 0; i < size; i++) {
                    v[j * size + i] = -v[j * size + i];
                }
            }
        }
        double[] columns = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                columns[i * size + j] = v[j * size + i];
            }
        }
        return new Eigen(values, columns, size);
    }

    private static double outside(double[] a, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                sum += 2 * a[i * size + j] * a[i * size + j];
            }
        }
        return sum;
    }

    /// `v` holds the vectors as rows.
    private static void rotate(double[] a, double[] v, int size, int p, int q) {
        double apq = a[p * size + q];
        if (apq == 0) {
            return;
        }
        double theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
        double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        int rowP = p * size;
        int rowQ = q * size;
        for (int k = 0; k < size; k++) {
            double x = a[rowP + k];
            double y = a[rowQ + k];
            a[rowP + k] = c * x - s * y;
            a[rowQ + k] = s * x + c * y;
        }
        for (int k = 0, at = 0; k < size; k++, at += size) {
            double x = a[at + p];
            double y = a[at + q];
            a[at + p] = c * x - s * y;
            a[at + q] = s * x + c * y;
        }
        for (int k = 0; k < size; k++) {
            double x = v[rowP + k];
            double y = v[rowQ + k];
            v[rowP + k] = c * x - s * y;
            v[rowQ + k] = s * x + c * y;
        }
    }
}
