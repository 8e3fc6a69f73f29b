package io.bezoar.learn.robust;

/// Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations in a fixed cyclic
/// order (Golub & Van Loan 2013, section 8.5).
final class SymmetricEigen {
    private static final int SWEEPS = 60;

    private final double[] values;
    private final double[] vectors; // column k belongs to value k

    private SymmetricEigen(double[] values, double[] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /// The eigenvalues, in no order.
    double[] values() {
        return values;
    }

    /// The eigenvector of value `k`.
    double[] vector(int k) {
        int n = values.length;
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = vectors[i * n + k];
        }
        return out;
    }

    /// All of them.
    ///
    /// @param matrix `size * size` values; overwritten
    static SymmetricEigen of(double[] matrix, int size) {
        double[] vectors = new double[size * size];
        for (int i = 0; i < size; i++) {
            vectors[i * size + i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && rotated(matrix, vectors, size); sweep++) {}
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = matrix[i * size + i];
        }
        return new SymmetricEigen(values, vectors);
    }

    private static boolean rotated(double[] a, double[] vectors, int n) {
        boolean any = false;
        for (int p = 0; p < n; p++) {
            for (int q = p + 1; q < n; q++) {
                double off = a[p * n + q];
                double scale = Math.abs(a[p * n + p]) + Math.abs(a[q * n + q]);
                if (Math.abs(off) <= 1e-16 * scale || off == 0) {
                    continue;
                }
                any = true;
                double tau = (a[q * n + q] - a[p * n + p]) / (2 * off);
                double t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
                double c = 1 / Math.sqrt(1 + t * t);
                double s = t * c;
                for (int k = 0; k < n; k++) {
                    double kp = a[k * n + p];
                    double kq = a[k * n + q];
                    a[k * n + p] = c * kp - s * kq;
                    a[k * n + q] = s * kp + c * kq;
                }
                for (int k = 0; k < n; k++) {
                    double pk = a[p * n + k];
                    double qk = a[q * n + k];
                    a[p * n + k] = c * pk - s * qk;
                    a[q * n + k] = s * pk + c * qk;
                }
                for (int k = 0; k < n; k++) {
                    double kp = vectors[k * n + p];
                    double kq = vectors[k * n + q];
                    vectors[k * n + p] = c * kp - s * kq;
                    vectors[k * n + q] = s * kp + c * kq;
                }
            }
        }
        return any;
    }
}
