package io.bezoar.learn.influence;

import io.bezoar.learn.Features;
import java.util.Comparator;
import java.util.stream.IntStream;

/// The Shapley value of every training row for a classifier by nearest neighbours, exactly (Jia et al.
/// 2019, "Efficient task-specific data valuation for nearest neighbor algorithms", theorem 1). The
/// worth of a set of rows is the share of the `neighbours` nearest of them, over `neighbours`, that
/// bear the query's label; the values add up to the worth of all rows less that of none. Positive rows
/// help.
public final class NearestNeighbourShapley {
    private static final int AT_ONCE = 64; // queries whose values are held at a time

    private NearestNeighbourShapley() {}

    /// The values for one query.
    ///
    /// @param distances of each row from the query; ties go by row number
    /// @param labels of the rows
    /// @param label of the query
    /// @param neighbours how many vote, at least 1
    public static double[] of(double[] distances, int[] labels, int label, int neighbours) {
        if (neighbours < 1) {
            throw new IllegalArgumentException("at least 1 neighbour must vote, not " + neighbours);
        }
        int n = distances.length;
        double[] values = new double[n];
        if (n == 0) {
            return values;
        }
        for (int row = 0; row < n; row++) {
            if (!Double.isFinite(distances[row])) {
                throw new IllegalArgumentException(
                        "row " + row + " is " + distances[row] + " away: distances must be finite");
            }
        }
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> distances[row])
                        .thenComparingInt(row -> row))
                .mapToInt(Integer::intValue)
                .toArray();
        // of fewer rows than neighbours every one votes with 1 / neighbours whatever comes before it
        int last = order[n - 1];
        values[last] = same(labels[last], label) * Math.min(1.0, (double) neighbours / n) / neighbours;
        for (int k = n - 2; k >= 0; k--) {
            int row = order[k];
            int next = order[k + 1];
            values[row] = values[next]
                    + (same(labels[row], label) - same(labels[next], label))
                            / neighbours
                            * Math.min(neighbours, k + 1)
                            / (k + 1);
        }
        return values;
    }

    /// The mean of the values over many queries, by Euclidean distance. Runs on the caller's fork-join
    /// pool; the same bits on any number of threads.
    ///
    /// @param asked the queries, of the same features as `rows`
    /// @param answers the label of each query
    public static double[] mean(Features rows, int[] labels, Features asked, int[] answers, int neighbours) {
        int n = labels.length;
        double[] norms = new double[n];
        for (int row = 0; row < n; row++) {
            norms[row] = rows.squaredNorm(row);
        }
        double[] sums = new double[n];
        for (int from = 0; from < answers.length; from += AT_ONCE) {
            int first = from;
            double[][] some = IntStream.range(from, Math.min(answers.length, from + AT_ONCE))
                    .parallel()
                    .mapToObj(query -> {
                        double[] features = new double[rows.columns()];
                        asked.add(query, 1, features, 0);
                        double[] distances = new double[n];
                        for (int row = 0; row < n; row++) {
                            distances[row] = norms[row] - 2 * rows.dot(row, features, 0);
                        }
                        return of(distances, labels, answers[query], neighbours);
                    })
                    .toArray(double[][]::new);
            for (int k = 0; first + k < answers.length && k < some.length; k++) {
                for (int row = 0; row < n; row++) {
                    sums[row] += some[k][row] / answers.length;
                }
            }
        }
        return sums;
    }

    private static double same(int a, int b) {
        return a == b ? 1 : 0;
    }
}
