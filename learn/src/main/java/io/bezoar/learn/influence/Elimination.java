package io.bezoar.learn.influence;

/// Small systems of linear equations by Gaussian elimination with partial pivoting.
final class Elimination {
    private Elimination() {}

    /// Solves `matrix x = right`; both are overwritten.
    static double[] solve(double[] matrix, double[] right) {
        int size = right.length;
        for (int k = 0; k < size; k++) {
            int pivot = k;
            for (int i = k + 1; i < size; i++) {
                if (Math.abs(matrix[i * size + k]) > Math.abs(matrix[pivot * size + k])) {
                    pivot = i;
                }
            }
            if (matrix[pivot * size + k] == 0) {
                throw new IllegalArgumentException(
                        "a row alone decides a direction of the model: without it there is no optimum; raise the"
                                + " penalty");
            }
            if (pivot != k) {
                for (int j = k; j < size; j++) {
                    double swap = matrix[k * size + j];
                    matrix[k * size + j] = matrix[pivot * size + j];
                    matrix[pivot * size + j] = swap;
                }
                double swap = right[k];
                right[k] = right[pivot];
                right[pivot] = swap;
            }
            for (int i = k + 1; i < size; i++) {
                double times = matrix[i * size + k] / matrix[k * size + k];
                if (times != 0) {
                    for (int j = k; j < size; j++) {
                        matrix[i * size + j] -= times * matrix[k * size + j];
                    }
                    right[i] -= times * right[k];
                }
            }
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int j = i + 1; j < size; j++) {
                right[i] -= matrix[i * size + j] * right[j];
            }
            right[i] /= matrix[i * size + i];
        }
        return right;
    }
}
