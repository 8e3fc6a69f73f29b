package io.bezoar.detect.counting;

/// How much better a 2 x 2 table is explained if its sides have to do with each other (Dunning 1993, section 4).
public final class LikelihoodRatio {
    private LikelihoodRatio() {}

    /// The signed root of the likelihood ratio G²: about normal where the sides are independent, above 0 where they
    /// go together.
    ///
    /// @param both rows that hold a and b
    /// @param a rows that hold a
    /// @param b rows that hold b
    /// @param n all rows
    public static double signedRoot(double both, double a, double b, double n) {
        double g = term(both, a * b / n)
                + term(a - both, a * (n - b) / n)
                + term(b - both, (n - a) * b / n)
                + term(n - a - b + both, (n - a) * (n - b) / n);
        double root = Math.sqrt(Math.max(0, 2 * g));
        return both * n > a * b ? root : -root;
    }

    private static double term(double seen, double expected) {
        return seen <= 0 ? 0 : seen * StrictMath.log(seen / expected);
    }
}
