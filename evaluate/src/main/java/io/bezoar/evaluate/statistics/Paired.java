package io.bezoar.evaluate.statistics;

import org.hipparchus.distribution.discrete.BinomialDistribution;

/// Two models on the same items.
public final class Paired {
    /// The 97.5th percentile of the normal distribution.
    private static final double NORMAL_95 = 1.959963984540054;
    /// So often halved, an interval of length 2 is below the spacing of doubles near 1.
    private static final int HALVINGS = 60;

    private Paired() {}

    /// The exact two-sided test that as many items broke as were fixed (McNemar 1947, in its exact
    /// binomial form): only items on which the two differ count. With fewer than 6 of them it cannot
    /// reach 0.05.
    ///
    /// @param broken items the old model had right and the new has wrong
    /// @param fixed the other way round
    /// @return the p-value, 0 to 1
    public static double mcNemar(int broken, int fixed) {
        int differing = broken + fixed;
        return differing == 0
                ? 1
                : Math.min(
                        1, 2 * new BinomialDistribution(differing, 0.5).cumulativeProbability(Math.min(broken, fixed)));
    }

    /// A difference and its 95 % interval.
    ///
    /// @param estimate share of right answers of the new model minus that of the old, -1 to 1
    /// @param low the lower end, at most `estimate`
    /// @param high the upper end, at least `estimate`
    public record Difference(double estimate, double low, double high) {}

    /// The change of the share of right answers with its 95 % score interval (Tango 1998, Statistics in Medicine
    /// 17:891, section 3): the differences that the score test does not reject. Items on which nothing differs
    /// still leave it a width, of about 3.84 items to each side, so that few items never show that nothing broke.
    ///
    /// @param broken items the old model had right and the new has wrong
    /// @param fixed the other way round
    /// @param items all items, `broken + fixed` or more; the interval is -1 to 1 if there are none
    public static Difference score(int broken, int fixed, int items) {
        if (broken < 0 || fixed < 0 || (long) broken + fixed > items) {
            throw new IllegalArgumentException(
                    "expected broken and fixed items among " + items + ", came " + broken + " and " + fixed);
        }
        if (items == 0) {
            return new Difference(0, -1, 1);
        }
        double estimate = (double) (fixed - broken) / items;
        return new Difference(
                estimate, end(broken, fixed, items, estimate, -1), end(broken, fixed, items, estimate, 1));
    }

    /// The difference from the estimate towards `far` at which the test begins to reject.
    private static double end(int broken, int fixed, int items, double estimate, double far) {
        double near = estimate;
        double outer = far;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (near + outer) / 2;
            if (Math.abs(statistic(broken, fixed, items, middle)) < NORMAL_95) {
                near = middle;
            } else {
                outer = middle;
            }
        }
        return outer;
    }

    /// The score statistic of a difference: how far the counts are from it, in standard errors under it.
    private static double statistic(int broken, int fixed, int items, double difference) {
        double n = items;
        double a = 2 * n;
        double b = -broken - fixed + (2 * n - fixed + broken) * difference;
        double c = -broken * difference * (1 - difference);
        double breaking = (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a); // likeliest share of broken items
        double variance = n * (2 * breaking + difference * (1 - difference));
        double distance = fixed - broken - n * difference;
        return distance == 0 ? 0 : distance / Math.sqrt(Math.max(Double.MIN_NORMAL, variance));
    }
}
