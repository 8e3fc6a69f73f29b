package io.bezoar.evaluate.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Many tests at once.
public final class Many {
    private Many() {}

    /// p-values made comparable with one level however many there are: the chance of even one false
    /// alarm stays below it (Holm 1979). For few tests that were named before.
    public static double[] holm(double[] p) {
        int[] order = ascending(p);
        double[] adjusted = new double[p.length];
        double least = 0;
        for (int i = 0; i < order.length; i++) {
            least = Math.max(least, Math.min(1, (p.length - i) * p[order[i]]));
            adjusted[order[i]] = least;
        }
        return adjusted;
    }

    /// p-values made comparable with one share of false alarms among all alarms (Benjamini & Hochberg
    /// 1995). For searching.
    public static double[] benjaminiHochberg(double[] p) {
        int[] order = ascending(p);
        double[] adjusted = new double[p.length];
        double most = 1;
        for (int i = order.length - 1; i >= 0; i--) {
            most = Math.min(most, p[order[i]] * p.length / (i + 1));
            adjusted[order[i]] = most;
        }
        return adjusted;
    }

    private static int[] ascending(double[] p) {
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(i -> i)
                .toArray();
    }
}
