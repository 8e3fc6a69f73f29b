package io.bezoar.learn.robust;

/// The normal distribution's upper tail.
final class NormalTail {
    private static final double SERIES = 3;

    private NormalTail() {}

    /// The chance that a standard normal number exceeds `x`, relative error below 1e-12.
    static double upper(double x) {
        if (x < 0) {
            return 1 - upper(-x);
        }
        double density = StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        if (x < SERIES) { // Marsaglia 2004: the series of x + x^3/3 + x^5/15 + …
            double term = x;
            double sum = x;
            for (int k = 3; Math.abs(term) > 1e-17 * sum; k += 2) {
                term *= x * x / k;
                sum += term;
            }
            return 0.5 - density * sum;
        }
        double fraction = 0; // Laplace's continued fraction x + 1/(x + 2/(x + 3/(x + …
        for (int k = 200; k >= 1; k--) {
            fraction = k / (x + fraction);
        }
        return density / (x + fraction);
    }
}
