package io.bezoar.learn.evidence;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Which of many hypotheses are given up, each with an e-value against it.
public final class Discoveries {
    private Discoveries() {}

    /// The e-BH procedure (Wang & Ramdas 2022, "False discovery rate control with e-values"): the largest
    /// number of hypotheses `k` of which each has a value of at least `m / (k * rate)`. On average at
    /// most the share `rate` of the discoveries is false, whatever the values have to do with each other;
    /// if no hypothesis is false at all, the chance of any discovery is at most `rate`. Both hold at any
    /// time one cares to stop where the values are those of e-processes.
    ///
    /// @param logValues natural logarithms of the e-values, one a hypothesis
    /// @param rate of false discoveries among discoveries, above 0 and at most 1
    /// @return per hypothesis: is it given up?
    public static boolean[] of(double[] logValues, double rate) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("a rate of false discoveries is above 0 and at most 1, not " + rate);
        }
        int[] order = IntStream.range(0, logValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -logValues[i]))
                .mapToInt(i -> i)
                .toArray();
        int found = 0;
        for (int k = 1; k <= order.length; k++) {
            if (logValues[order[k - 1]] >= StrictMath.log(order.length / (k * rate))) {
                found = k;
            }
        }
        boolean[] given = new boolean[logValues.length];
        for (int k = 0; k < found; k++) {
            given[order[k]] = true;
        }
        return given;
    }
}
