package io.bezoar.learn.robust;

/// Means and second moments of rows, summed in the order of the rows.
final class Moments {
    private Moments() {}

    /// The mean of the rows in use.
    static double[] mean(double[][] rows, int[] use) {
        double[] mean = new double[rows[0].length];
        for (int row : use) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += rows[row][j];
            }
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= use.length;
        }
        return mean;
    }

    /// The mean outer product of the rows in use less `centre`; full, row after row.
    static double[] about(double[] centre, double[][] rows, int[] use) {
        int size = centre.length;
        double[] sums = new double[size * size];
        double[] centred = new double[size];
        for (int row : use) {
            for (int j = 0; j < size; j++) {
                centred[j] = rows[row][j] - centre[j];
            }
            for (int i = 0; i < size; i++) {
                double value = centred[i];
                for (int j = 0, at = i * size; j <= i; j++, at++) {
                    sums[at] += value * centred[j];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double value = sums[i * size + j] / use.length;
                sums[i * size + j] = value;
                sums[j * size + i] = value;
            }
        }
        return sums;
    }
}
