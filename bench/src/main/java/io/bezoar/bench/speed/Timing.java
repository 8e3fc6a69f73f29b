package io.bezoar.bench.speed;

import java.util.Arrays;
import java.util.Locale;

/// How long several runs of the same command took, in seconds.
record Timing(double[] seconds) {
    Timing {
        seconds = seconds.clone();
        Arrays.sort(seconds);
    }

    double least() {
        return seconds[0];
    }

    double median() {
        int n = seconds.length;
        return (seconds[(n - 1) / 2] + seconds[n / 2]) / 2;
    }

    double most() {
        return seconds[seconds.length - 1];
    }

    /// `least | median | most`, as cells of a Markdown table.
    String cells() {
        return String.format(Locale.ROOT, "%.2f | %.2f | %.2f", least(), median(), most());
    }
}
