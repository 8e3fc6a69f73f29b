package io.bezoar.learn.influence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// How well predicted effects agree with true ones.
public final class Measures {
    private Measures() {}

    /// Pearson's correlation, -1 to 1; 0 where one side is constant.
    public static double pearson(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElse(0);
        double meanB = Arrays.stream(b).average().orElse(0);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
    }

    /// The least-squares slope of `of` on `on`.
    public static double slope(double[] of, double[] on) {
        double meanOf = Arrays.stream(of).average().orElse(0);
        double meanOn = Arrays.stream(on).average().orElse(0);
        double both = 0;
        double square = 0;
        for (int i = 0; i < of.length; i++) {
            both += (of[i] - meanOf) * (on[i] - meanOn);
            square += (on[i] - meanOn) * (on[i] - meanOn);
        }
        return both / square;
    }

    /// Spearman's correlation: Pearson's of the ranks, ties sharing their mean rank.
    public static double spearman(double[] a, double[] b) {
        return pearson(ranks(a), ranks(b));
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int k = from; k < to; k++) {
                ranks[order[k]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
