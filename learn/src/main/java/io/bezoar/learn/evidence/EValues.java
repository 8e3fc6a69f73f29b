package io.bezoar.learn.evidence;

/// E-values: numbers, 0 or more, that are at most 1 on average where a hypothesis holds. They are given
/// by their natural logarithms, so that a very large one is a number like any other.
public final class EValues {
    private EValues() {}

    /// The e-value of a p-value: the integral of `k p^(k-1)` over `k` from 0 to 1, which is `(1 - p + p
    /// ln p) / (p (ln p)^2)` (Vovk & Wang 2021, "E-values: calibration, combination and applications",
    /// equation 2). It chooses no `k` and loses little more than the square of the logarithm: a p-value
    /// of 0.001 becomes 20.8, one of 1e-6 becomes 5,239; 1 becomes one half.
    ///
    /// @param logChance natural logarithm of the p-value, at most 0
    /// @return natural logarithm of the e-value
    public static double ofChance(double logChance) {
        if (!(logChance <= 0)) {
            throw new IllegalArgumentException("the logarithm of a p-value is at most 0, not " + logChance);
        }
        double x = -logChance;
        if (x == Double.POSITIVE_INFINITY) {
            return x;
        }
        if (x < 1e-3) { // (e^x - 1 - x) / x^2 loses its digits where x is small
            return StrictMath.log(0.5 + x / 6 + x * x / 24);
        }
        return x - 2 * StrictMath.log(x) + StrictMath.log1p(-(1 + x) * StrictMath.exp(-x));
    }

    /// The logarithm of the mean of values that are given by their logarithms. A mean of e-values is an
    /// e-value, whatever they have to do with each other.
    ///
    /// @param logs at least one; minus infinity stands for 0
    public static double mean(double... logs) {
        double most = Double.NEGATIVE_INFINITY;
        for (double log : logs) {
            most = Math.max(most, log);
        }
        if (Double.isInfinite(most)) {
            return most;
        }
        double sum = 0;
        for (double log : logs) {
            sum += StrictMath.exp(log - most);
        }
        return most + StrictMath.log(sum / logs.length);
    }
}
