package io.bezoar.detect.answers;

import java.util.Arrays;
import java.util.OptionalDouble;

/// Where shares, 0 to 1, fall into two kinds: the lowest point of their density between its first and its
/// last peak.
///
/// The density is that of a normal kernel of width `1.06 sd n^(-1/5)` (Silverman 1986, section 3.4.2), of the
/// values counted on a grid. The upper kind is at most half of all: a first peak with more above it, or with
/// fewer than `least` values beside it, is passed over for the next one; so is a last peak of fewer.
final class Valley {
    private static final int STEPS = 1000;
    /// The grid goes on beyond 0 and 1 by so many steps, as a peak at either end does.
    private static final int BEYOND = 100;
    /// The narrowest kernel, in steps: narrower ones see the grid.
    private static final double NARROWEST = 2;
    /// Kernels end here, in widths.
    private static final int REACH = 8;

    private Valley() {}

    /// The lowest point; empty if there is one kind of value alone.
    ///
    /// @param shares 0 to 1
    /// @param least values of either kind, at least 1
    static OptionalDouble of(double[] shares, int least) {
        if (shares.length < 2 * least) {
            return OptionalDouble.empty();
        }
        int[] counts = new int[STEPS + 1 + 2 * BEYOND];
        for (double share : shares) {
            counts[BEYOND + (int) Math.round(STEPS * share)]++;
        }
        double[] density = density(counts, width(shares));
        int[] peaks = peaks(density);
        int first = 0;
        int last = peaks.length - 1;
        while (first < last) {
            int cut = lowest(density, peaks[first], peaks[last]);
            int below = Arrays.stream(counts, 0, cut + 1).sum();
            if (below < least || 2 * below < shares.length) {
                first++;
            } else if (shares.length - below < least) {
                last--;
            } else {
                return OptionalDouble.of((cut + 0.5 - BEYOND) / STEPS);
            }
        }
        return OptionalDouble.empty();
    }

    /// The width of the kernel, in steps.
    private static double width(double[] shares) {
        double mean = Arrays.stream(shares).sum() / shares.length;
        double squares = 0;
        for (double share : shares) {
            squares += (share - mean) * (share - mean);
        }
        double deviation = Math.sqrt(squares / (shares.length - 1));
        return Math.max(NARROWEST, STEPS * 1.06 * deviation * StrictMath.pow(shares.length, -0.2));
    }

    private static double[] density(int[] counts, double width) {
        double[] kernel = new double[(int) Math.ceil(REACH * width) + 1];
        Arrays.setAll(kernel, i -> StrictMath.exp(-0.5 * (i / width) * (i / width)));
        double[] density = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            for (int j = Math.max(0, i - kernel.length + 1); counts[i] > 0 && j < counts.length; j++) {
                int far = Math.abs(i - j);
                if (far >= kernel.length) {
                    break;
                }
                density[j] += counts[i] * kernel[far];
            }
        }
        return density;
    }

    /// The places of the peaks, ascending; of a level one its middle.
    private static int[] peaks(double[] density) {
        int[] peaks = new int[density.length];
        int count = 0;
        boolean rising = true;
        int level = 0;
        for (int i = 1; i <= density.length; i++) {
            double next = i < density.length ? density[i] : Double.NEGATIVE_INFINITY;
            if (next > density[i - 1]) {
                rising = true;
                level = i;
            } else if (next < density[i - 1]) {
                if (rising && density[i - 1] > 0) {
                    peaks[count++] = (level + i - 1) / 2;
                }
                rising = false;
            }
        }
        return Arrays.copyOf(peaks, count);
    }

    /// The lowest place between two; of a level one its middle.
    private static int lowest(double[] density, int from, int to) {
        int lowest = from;
        for (int i = from; i <= to; i++) {
            lowest = density[i] < density[lowest] ? i : lowest;
        }
        int end = lowest;
        while (end < to && density[end + 1] == density[lowest]) {
            end++;
        }
        return (lowest + end) / 2;
    }
}
