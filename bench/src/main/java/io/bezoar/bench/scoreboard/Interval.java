package io.bezoar.bench.scoreboard;

import java.util.List;
import java.util.Locale;

/// A mean over seeds with its 95 % interval by Student's t, cut at 0 and 1. With three seeds the interval says
/// little, and it is meant to: a mean of three numbers does.
///
/// @param mean of the values, 0 to 1
/// @param half of the interval; 0 for one value
/// @param count how many values
record Interval(double mean, double half, int count) {
    /// The 97.5 % points of Student's t with 1, 2, … degrees of freedom.
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131
    };

    static Interval of(List<Double> values) {
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        if (n < 2) {
            return new Interval(mean, 0, n);
        }
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double t = n - 2 < STUDENT.length ? STUDENT[n - 2] : 1.96;
        return new Interval(mean, t * Math.sqrt(squares / (n - 1) / n), n);
    }

    /// `.93 [.81–1.00]`; the mean alone where it is known as exactly as it is shown; `–` for no value.
    String text() {
        if (count == 0) {
            return "–";
        }
        String middle = number(mean);
        String low = number(Math.max(0, mean - half));
        String high = number(Math.min(1, mean + half));
        return low.equals(high) ? middle : middle + " [" + low + "–" + high + "]";
    }

    /// The mean: `.93`.
    String shortText() {
        return count == 0 ? "–" : number(mean);
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.startsWith("0.") ? text.substring(1) : text;
    }
}
