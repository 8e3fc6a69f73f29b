package io.bezoar.evaluate.monitor;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Which of many monitors raise an alarm.
public final class Alarms {
    private Alarms() {}

    /// The e-BH procedure (Wang & Ramdas 2022, "False discovery rate control with e-values"): the
    /// largest number of monitors `k` of which each has a value of at least `m / (k * rate)`. On
    /// average at most the share `rate` of the alarms is false, whatever the monitors have to do with
    /// each other, at any time one cares to stop; if nothing departs at all, the chance of any alarm at
    /// any time is at most `rate`.
    ///
    /// @param logValues of [Evidence], one a monitor
    /// @param rate of false alarms among alarms, above 0 and at most 1
    /// @return per monitor: does it raise an alarm?
    public static boolean[] of(double[] logValues, double rate) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("a rate of false alarms is above 0 and at most 1, not " + rate);
        }
        int[] order = IntStream.range(0, logValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -logValues[i]))
                .mapToInt(i -> i)
                .toArray();
        int alarms = 0;
        for (int k = 1; k <= order.length; k++) {
            if (logValues[order[k - 1]] >= StrictMath.log(order.length / (k * rate))) {
                alarms = k;
            }
        }
        boolean[] raised = new boolean[logValues.length];
        for (int k = 0; k < alarms; k++) {
            raised[order[k]] = true;
        }
        return raised;
    }
}
