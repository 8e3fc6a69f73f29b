package io.bezoar.learn.robust;

import java.util.Arrays;

/// Order statistics.
final class Quantile {
    private Quantile() {}

    /// The quantile at `share`, linear between the values, the `i`-th smallest of `n` standing at `(i -
    /// 0.5) / n` (Hyndman & Fan 1996, definition 5).
    static double of(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * sorted.length + 0.5;
        int below = (int) Math.floor(place);
        if (below < 1) {
            return sorted[0];
        }
        if (below >= sorted.length) {
            return sorted[sorted.length - 1];
        }
        return sorted[below - 1] + (place - below) * (sorted[below] - sorted[below - 1]);
    }

    /// The middle value, or the mean of the two middle ones.
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
