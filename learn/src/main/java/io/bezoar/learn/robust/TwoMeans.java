package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Rows in two clusters (Lloyd 1982). The start is not drawn at random: the rows on either side of their
/// mean along the direction in which they vary most.
///
/// @param second is row `i` in the second cluster?
/// @param means of the two clusters; of an empty one the mean of all
/// @param sizes of the two clusters
public record TwoMeans(boolean[] second, double[][] means, int[] sizes) {
    private static final int ROUNDS = 100;

    /// @param rows of one length, at least one
    public static TwoMeans of(double[][] rows) {
        int[] all = IntStream.range(0, rows.length).toArray();
        double[] mean = Moments.mean(rows, all);
        double[] covariance = Moments.about(mean, rows, all);
        int size = mean.length;
        double[] top = Lanczos.top(vector -> times(covariance, vector), size).vector();
        boolean[] second = new boolean[rows.length];
        for (int r = 0; r < rows.length; r++) {
            double along = 0;
            for (int j = 0; j < top.length; j++) {
                along += top[j] * (rows[r][j] - mean[j]);
            }
            second[r] = along > 0;
        }
        TwoMeans split = means(rows, second, mean);
        for (int round = 0; round < ROUNDS && split.sizes[0] > 0 && split.sizes[1] > 0; round++) {
            boolean[] next = new boolean[rows.length];
            for (int r = 0; r < rows.length; r++) {
                next[r] = split.nearer(rows[r]) > 0;
            }
            if (Arrays.equals(next, split.second)) {
                return split;
            }
            split = means(rows, next, mean);
        }
        return split;
    }

    private static TwoMeans means(double[][] rows, boolean[] second, double[] mean) {
        double[][] means = new double[2][mean.length];
        int[] sizes = new int[2];
        for (int r = 0; r < rows.length; r++) {
            int cluster = second[r] ? 1 : 0;
            sizes[cluster]++;
            for (int j = 0; j < mean.length; j++) {
                means[cluster][j] += rows[r][j];
            }
        }
        for (int cluster = 0; cluster < 2; cluster++) {
            for (int j = 0; j < mean.length; j++) {
                means[cluster][j] = sizes[cluster] == 0 ? mean[j] : means[cluster][j] / sizes[cluster];
            }
        }
        return new TwoMeans(second, means, sizes);
    }

    /// By how much a row's squared distance to the first mean exceeds that to the second.
    public double nearer(double[] row) {
        double difference = 0;
        for (int j = 0; j < row.length; j++) {
            double first = row[j] - means[0][j];
            double other = row[j] - means[1][j];
            difference += first * first - other * other;
        }
        return difference;
    }

    /// By how much two means explain the rows better than one: the mean squared distance from the mean of
    /// all less that from the own mean, 0 or more.
    public double gain() {
        double between = 0;
        for (int j = 0; j < means[0].length; j++) {
            double gap = means[0][j] - means[1][j];
            between += gap * gap;
        }
        double all = (double) sizes[0] + sizes[1];
        return between * sizes[0] * sizes[1] / (all * all);
    }

    private static double[] times(double[] matrix, double[] vector) {
        int n = vector.length;
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out[i] += matrix[i * n + j] * vector[j];
            }
        }
        return out;
    }
}
