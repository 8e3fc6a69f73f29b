package io.bezoar.learn.robust;

import io.bezoar.learn.DenseFeatures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/// Centre and covariance of the rows that lie closest together: the minimum covariance determinant
/// (Rousseeuw & Van Driessen 1999, section 3).
///
/// From a start the `keep` rows of least Mahalanobis distance are taken, their centre and covariance
/// found, and again, until nothing changes; the determinant never rises. Departure: the starts are not
/// drawn at random but are the six of the deterministic variant (Hubert, Rousseeuw & Verdonck 2012,
/// section 3.2; [ShapeStarts]), each first concentrated on the half of the rows that it finds nearest;
/// the one with the smallest determinant counts, the first of equal ones. Scales are median absolute
/// deviations instead of `Qn`. No factor for consistency is applied: the covariance is that of the rows
/// kept.
///
/// @param epsilon share of poison to expect, above 0 and below 0.5: that many rows are left out
public record RobustCovariance(double epsilon) {
    private static final int ROUNDS = 100;
    private static final double NORMAL = 1.4826; // of the median absolute deviation

    public RobustCovariance {
        Epsilon.checked(epsilon);
    }

    /// What was found.
    ///
    /// @param covariance `columns²` values, of the rows kept
    /// @param rows ascending
    /// @param distances squared Mahalanobis distance of every row, kept or not
    /// @param logDeterminant of the covariance
    public record Kept(double[] mean, double[] covariance, int[] rows, double[] distances, double logDeterminant) {}

    /// Finds them.
    ///
    /// @throws PositiveSystem.SingularCurvature if the rows kept lie in a plane
    /// @throws IllegalArgumentException if there are too few rows: five a column are wanted
    public Kept of(DenseFeatures rows) {
        int n = rows.rows();
        int keep = (int) Math.ceil((1 - epsilon) * n);
        if (n < 5L * rows.columns() || rows.columns() == 0) {
            throw new IllegalArgumentException("expected at least five rows for each of " + rows.columns()
                    + " features, came " + n + "; project them first");
        }
        double[][] scaled = scaled(rows);
        int[] all = IntStream.range(0, n).toArray();
        Kept best = null;
        for (double[] start : ShapeStarts.distances(scaled)) {
            int[] half = nearest(all, start, Math.max((n + 1) / 2, Math.min(keep, rows.columns() + 1)));
            double[] mean = RobustMean.mean(rows, half);
            double[] covariance = RobustMean.covariance(rows, half, mean);
            Kept found = concentrated(
                    rows, nearest(all, distances(rows, mean, PositiveSystem.factor(covariance, rows.columns())), keep));
            best = best == null || found.logDeterminant() < best.logDeterminant() ? found : best;
        }
        return Objects.requireNonNull(best);
    }

    private static Kept concentrated(DenseFeatures rows, int[] start) {
        int[] active = start;
        int[] all = IntStream.range(0, rows.rows()).toArray();
        for (int round = 0; ; round++) {
            double[] mean = RobustMean.mean(rows, active);
            double[] covariance = RobustMean.covariance(rows, active, mean);
            PositiveSystem system = PositiveSystem.factor(covariance.clone(), rows.columns());
            double[] distances = distances(rows, mean, system);
            int[] next = nearest(all, distances, active.length);
            if (Arrays.equals(next, active) || round == ROUNDS) {
                return new Kept(mean, covariance, active, distances, system.logDeterminant());
            }
            active = next;
        }
    }

    private static double[] distances(DenseFeatures rows, double[] mean, PositiveSystem system) {
        int columns = rows.columns();
        double[] distances = new double[rows.rows()];
        double[] centred = new double[columns];
        double[] solved = new double[columns];
        for (int row = 0; row < distances.length; row++) {
            for (int j = 0; j < columns; j++) {
                centred[j] = rows.get(row, j) - mean[j];
                solved[j] = centred[j];
            }
            system.solve(solved);
            for (int j = 0; j < columns; j++) {
                distances[row] += centred[j] * solved[j];
            }
        }
        return distances;
    }

    /// The rows of least distance, ascending; of equal ones the earlier.
    private static int[] nearest(int[] rows, double[] distances, int count) {
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> distances[row])
                        .thenComparing(row -> row))
                .limit(count)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /// Each column less its median, in units of its median absolute deviation; a column without one is
    /// 0.
    private static double[][] scaled(DenseFeatures rows) {
        double[][] out = new double[rows.rows()][rows.columns()];
        for (int j = 0; j < rows.columns(); j++) {
            int column = j;
            double[] values = IntStream.range(0, out.length)
                    .mapToDouble(row -> rows.get(row, column))
                    .toArray();
            double median = Quantile.median(values);
            double spread = NORMAL
                    * Quantile.median(Arrays.stream(values)
                            .map(value -> Math.abs(value - median))
                            .toArray());
            for (int row = 0; row < out.length; row++) {
                out[row][j] = spread > 0 ? (values[row] - median) / spread : 0;
            }
        }
        return out;
    }
}
