package io.bezoar.learn.influence;

import java.util.Comparator;
import java.util.stream.IntStream;

/// The Shapley value of every training row for a classifier by nearest neighbours, exactly (Jia et al.
/// 2019, "Efficient task-specific data valuation for nearest neighbor algorithms", theorem 1). The
/// worth of a set of rows is the share of the `neighbours` nearest of them, over `neighbours`, that
/// bear the query's label; the values add up to the worth of all rows less that of none. Positive rows
/// help.
public final class NearestNeighbourShapley {
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

    private static double same(int a, int b) {
        return a == b ? 1 : 0;
    }
}
