package io.bezoar.learn.robust;

import io.bezoar.learn.DenseFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The mean of rows of which a share is poison, by the filter of Diakonikolas, Kamath, Kane, Li, Moitra
/// & Stewart (2017, "Being robust (in high dimensions) can be practical", section 3.1).
///
/// Honest rows are taken to have the identity for covariance; rows that have not are to be whitened
/// first. While the variance in some direction is more than such rows with `epsilon` of poison can have,
/// the rows whose distance from the median in that direction is more frequent than a normal tail allows
/// are dropped.
///
/// @param epsilon share of poison to expect, above 0 and below 0.5
/// @param tau chance of failure, above 0 and below 1
/// @param slack factor on the normal tail, at least 1
public record RobustMean(double epsilon, double tau, double slack) {
    private static final int MOST_COLUMNS = 4096;

    /// The authors' settings.
    public RobustMean(double epsilon) {
        this(epsilon, 0.1, 2.5);
    }

    public RobustMean {
        Epsilon.checked(epsilon);
        if (!(tau > 0 && tau < 1) || !(slack >= 1)) {
            throw new IllegalArgumentException(
                    "expected a tau between 0 and 1 and a slack of 1 or more, came " + tau + " and " + slack);
        }
    }

    /// A mean and the rows it is the mean of.
    ///
    /// @param rows ascending
    /// @param directions those in which rows were dropped, of length 1, in their order
    public record Kept(double[] mean, int[] rows, List<double[]> directions) {
        public Kept {
            directions = List.copyOf(directions);
        }
    }

    /// Filters.
    ///
    /// @param rows at least one, of at most 4096 columns: the covariance is formed
    public Kept of(DenseFeatures rows) {
        int columns = rows.columns();
        if (columns > MOST_COLUMNS || rows.rows() == 0) {
            throw new IllegalArgumentException("expected rows of at most " + MOST_COLUMNS + " features, came "
                    + rows.rows() + " rows of " + columns + "; project them first");
        }
        int[] active = IntStream.range(0, rows.rows()).toArray();
        List<double[]> directions = new ArrayList<>();
        while (true) {
            double[] mean = mean(rows, active);
            double[] covariance = covariance(rows, active, mean);
            Lanczos top = Lanczos.top(vector -> times(covariance, vector), columns);
            if (top.value() < 1 + 3 * epsilon * StrictMath.log(1 / epsilon)) {
                return new Kept(mean, active, directions);
            }
            int[] near = near(rows, active, top.vector());
            if (near.length <= 1 || near.length == active.length) {
                return new Kept(mean, active, directions);
            }
            directions.add(top.vector());
            active = near;
        }
    }

    /// The rows up to the first, going outward, beyond which lie more than a normal tail allows.
    private int[] near(DenseFeatures rows, int[] active, double[] direction) {
        int n = active.length;
        double[] along = Arrays.stream(active)
                .mapToDouble(row -> rows.dot(row, direction, 0))
                .toArray();
        double median = Quantile.median(along);
        Integer[] outward = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(outward, Comparator.comparingDouble((Integer i) -> Math.abs(along[i] - median)));
        int columns = rows.columns();
        double floor = epsilon / (columns * StrictMath.log(columns * epsilon / tau));
        for (int i = 0; i < n; i++) {
            double distance = Math.abs(along[outward[i]] - median) - 2 * epsilon;
            if (n - i - 1 > slack * n * (NormalTail.upper(distance) + floor)) {
                return IntStream.rangeClosed(0, i)
                        .map(k -> active[outward[k]])
                        .sorted()
                        .toArray();
            }
        }
        return active;
    }

    static double[] mean(DenseFeatures rows, int[] use) {
        double[] mean = new double[rows.columns()];
        for (int row : use) {
            rows.add(row, 1, mean, 0);
        }
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= use.length;
        }
        return mean;
    }

    /// The covariance of the rows in use about `mean`, divided by their number; full, row after row.
    static double[] covariance(DenseFeatures rows, int[] use, double[] mean) {
        int columns = rows.columns();
        double[] sums = new double[columns * columns];
        double[] centred = new double[columns];
        for (int row : use) {
            for (int j = 0; j < columns; j++) {
                centred[j] = rows.get(row, j) - mean[j];
            }
            for (int j = 0; j < columns; j++) {
                double value = centred[j];
                for (int k = 0, at = j * columns; k <= j; k++, at++) {
                    sums[at] += value * centred[k];
                }
            }
        }
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k <= j; k++) {
                double value = sums[j * columns + k] / use.length;
                sums[j * columns + k] = value;
                sums[k * columns + j] = value;
            }
        }
        return sums;
    }

    private static double[] times(double[] matrix, double[] vector) {
        int n = vector.length;
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += matrix[i * n + j] * vector[j];
            }
            out[i] = sum;
        }
        return out;
    }
}
