package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/// Six ways to say how far rows lie from their middle that a share of poison can hardly turn all: what
/// [RobustCovariance] starts from (Hubert, Rousseeuw & Verdonck 2012, section 3.2).
///
/// Each gives a shape matrix of the columns, whose axes alone are used: along them the spread is measured
/// again by the median absolute deviation, and the middle is the median.
final class ShapeStarts {
    private static final double NORMAL = 1.4826;

    private ShapeStarts() {}

    /// Squared distances of every row, by each start.
    ///
    /// @param scaled columns less their median, in units of their median absolute deviation
    static List<double[]> distances(double[][] scaled) {
        int[][] ranks = ranks(scaled);
        int n = scaled.length;
        return List.of(
                byAxes(scaled, correlation(each(scaled, StrictMath::tanh))),
                byAxes(scaled, correlation(ranked(ranks, rank -> rank))),
                byAxes(scaled, correlation(ranked(ranks, rank -> score((rank - 1.0 / 3) / (n + 1.0 / 3))))),
                byAxes(scaled, about0(signs(scaled))),
                byAxes(scaled, halfNearest(scaled)),
                byAxes(scaled, pairwise(scaled)));
    }

    /// The distances by the axes of a shape.
    private static double[] byAxes(double[][] rows, double[] shape) {
        int size = rows[0].length;
        SymmetricEigen eigen = SymmetricEigen.of(shape, size);
        double[] distances = new double[rows.length];
        for (int k = 0; k < size; k++) {
            double[] axis = eigen.vector(k);
            double[] along = new double[rows.length];
            for (int r = 0; r < along.length; r++) {
                for (int j = 0; j < size; j++) {
                    along[r] += axis[j] * rows[r][j];
                }
            }
            double median = Quantile.median(along);
            double spread = spread(along, median);
            for (int r = 0; r < along.length && spread > 0; r++) {
                double place = (along[r] - median) / spread;
                distances[r] += place * place;
            }
        }
        return distances;
    }

    private static double spread(double[] values, double median) {
        return NORMAL
                * Quantile.median(Arrays.stream(values)
                        .map(value -> Math.abs(value - median))
                        .toArray());
    }

    private static double[][] each(double[][] rows, DoubleUnaryOperator change) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(change).toArray())
                .toArray(double[][]::new);
    }

    /// The rank of every value in its column, from 1; equal values share the mean of theirs, doubled so
    /// that it is whole.
    private static int[][] ranks(double[][] rows) {
        int[][] ranks = new int[rows.length][rows[0].length];
        for (int j = 0; j < rows[0].length; j++) {
            int column = j;
            int[] order = IntStream.range(0, rows.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer r) -> rows[r][column]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int from = 0; from < order.length; ) {
                int to = from;
                while (to < order.length && rows[order[to]][j] == rows[order[from]][j]) {
                    to++;
                }
                for (int i = from; i < to; i++) {
                    ranks[order[i]][j] = from + to + 1;
                }
                from = to;
            }
        }
        return ranks;
    }

    private static double[][] ranked(int[][] ranks, DoubleUnaryOperator score) {
        return Arrays.stream(ranks)
                .map(row -> Arrays.stream(row)
                        .mapToDouble(rank -> score.applyAsDouble(rank / 2.0))
                        .toArray())
                .toArray(double[][]::new);
    }

    /// The normal number below which a share lies, by bisection of [NormalTail].
    private static double score(double share) {
        double low = -9;
        double high = 9;
        for (int step = 0; step < 40; step++) {
            double middle = (low + high) / 2;
            if (1 - NormalTail.upper(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /// The correlations of the columns; a column that does not vary has none.
    private static double[] correlation(double[][] rows) {
        int[] all = IntStream.range(0, rows.length).toArray();
        double[] matrix = Moments.about(Moments.mean(rows, all), rows, all);
        int size = rows[0].length;
        double[] spread = new double[size];
        for (int j = 0; j < size; j++) {
            spread[j] = Math.sqrt(matrix[j * size + j]);
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double scale = spread[i] * spread[j];
                matrix[i * size + j] = scale > 0 ? matrix[i * size + j] / scale : i == j ? 1 : 0;
            }
        }
        return matrix;
    }

    private static double[] about0(double[][] rows) {
        return Moments.about(
                new double[rows[0].length],
                rows,
                IntStream.range(0, rows.length).toArray());
    }

    private static double square(double[] row) {
        return Arrays.stream(row).map(x -> x * x).sum();
    }

    private static double[][] signs(double[][] rows) {
        return Arrays.stream(rows)
                .map(row -> {
                    double length = Math.sqrt(square(row));
                    return Arrays.stream(row)
                            .map(x -> length > 0 ? x / length : 0)
                            .toArray();
                })
                .toArray(double[][]::new);
    }

    /// The covariance of the half of the rows nearest the middle.
    private static double[] halfNearest(double[][] rows) {
        double[] squares = Arrays.stream(rows).mapToDouble(ShapeStarts::square).toArray();
        int[] near = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer r) -> squares[r]).thenComparing(r -> r))
                .limit((rows.length + 1) / 2)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return Moments.about(Moments.mean(rows, near), rows, near);
    }

    /// What two columns share, from the robust spreads of their sum and difference (Gnanadesikan &
    /// Kettenring 1972; the raw matrix of Maronna & Zamar 2002).
    private static double[] pairwise(double[][] rows) {
        int size = rows[0].length;
        double[] matrix = new double[size * size];
        double[] sum = new double[rows.length];
        double[] difference = new double[rows.length];
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] = 1;
            for (int j = 0; j < i; j++) {
                for (int r = 0; r < rows.length; r++) {
                    sum[r] = rows[r][i] + rows[r][j];
                    difference[r] = rows[r][i] - rows[r][j];
                }
                double more = spread(sum, Quantile.median(sum));
                double less = spread(difference, Quantile.median(difference));
                double shared = (more * more - less * less) / 4;
                matrix[i * size + j] = shared;
                matrix[j * size + i] = shared;
            }
        }
        return matrix;
    }
}
