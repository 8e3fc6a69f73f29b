package io.bezoar.learn.robust;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The directions in which some rows vary most, found exactly: for a few dozen columns.
///
/// @param mean of the rows
/// @param directions orthonormal, greatest variance first; none if the rows do not vary
/// @param variances along them
public record OwnAxes(double[] mean, double[][] directions, double[] variances) implements Serializable {
    /// Directions with less than this share of the largest variance are left out.
    private static final double LEAST = 1e-12;

    /// @param rows of one length, at least one
    /// @param most how many directions at most
    public static OwnAxes of(double[][] rows, int most) {
        int[] all = IntStream.range(0, rows.length).toArray();
        double[] mean = Moments.mean(rows, all);
        SymmetricEigen eigen = SymmetricEigen.of(Moments.about(mean, rows, all), mean.length);
        double[] values = eigen.values();
        double largest = Arrays.stream(values).max().orElse(0);
        int[] order = IntStream.range(0, mean.length)
                .boxed()
                .filter(k -> values[k] > LEAST * largest)
                .sorted(Comparator.comparingDouble((Integer k) -> -values[k]).thenComparing(k -> k))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
        return new OwnAxes(
                mean,
                Arrays.stream(order).mapToObj(eigen::vector).toArray(double[][]::new),
                Arrays.stream(order).mapToDouble(k -> values[k]).toArray());
    }

    /// How many directions there are.
    public int count() {
        return directions.length;
    }

    /// The row's place along every direction, from the mean.
    public double[] of(double[] row) {
        double[] out = new double[directions.length];
        for (int k = 0; k < out.length; k++) {
            for (int j = 0; j < mean.length; j++) {
                out[k] += directions[k][j] * (row[j] - mean[j]);
            }
        }
        return out;
    }

    /// The rows' places.
    public double[][] of(double[][] rows) {
        return Arrays.stream(rows).map(this::of).toArray(double[][]::new);
    }
}
