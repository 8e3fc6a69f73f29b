package io.bezoar.learn.certify;

import io.bezoar.learn.Features;

/// Randomised smoothing against label flips (Rosenfeld, Winston, Ravikumar & Kolter 2020, section 4) of
/// ridge regression with two classes: the answer most likely if each training label is flipped by
/// chance. For comparison: on the same model [RidgeFlips] is exact.
///
/// The chance of the other answer is bounded by Chernoff, analytically and in logarithms; the radius is
/// the one from the divergence of Bernoulli variables, not the somewhat larger one of Neyman and
/// Pearson.
public final class RandomizedSmoothing {
    private static final int STEPS = 100;

    private final RidgeFlips ridge;
    private final int[] labels;
    private final double flip;

    /// @param labels 0 or 1 of each training row of `ridge`
    /// @param flip chance that a label is flipped, above 0 and below 0.5
    public RandomizedSmoothing(RidgeFlips ridge, int[] labels, double flip) {
        if (!(flip > 0 && flip < 0.5)) {
            throw new IllegalArgumentException(
                    "expected an epsilon, the chance of a flipped label, between 0 and 0.5, came " + flip);
        }
        this.ridge = ridge;
        this.labels = labels;
        this.flip = flip;
    }

    /// The certificate of one row of `asked`.
    public Certificate of(Features asked, int row) {
        double[] weights = ridge.weights(asked, row);
        double below = tail(weights, 1);
        double above = tail(weights, -1);
        return new Certificate(below <= above ? 1 : 0, radius(Math.min(below, above)));
    }

    /// The radius for a chance of error with logarithm `error`.
    private int radius(double error) {
        double chance = StrictMath.exp(error);
        if (!(chance < 0.5)) {
            return 0;
        }
        double divergence = StrictMath.log(4) + error + StrictMath.log1p(-chance);
        double each = 2 * (1 - 2 * flip) * StrictMath.log(flip / (1 - flip));
        double radius = divergence / each;
        return (int) Math.min(labels.length, Math.max(0, Math.floor(radius)));
    }

    /// A bound on the logarithm of the chance that the score falls on the wrong side of a half: below it
    /// for `side` 1, above it for -1. The bound's logarithm is convex in the tilt; its least is found by
    /// halving an interval.
    private double tail(double[] weights, int side) {
        double high = 1;
        while (slope(weights, side, high) < 0 && high < 1e9) {
            high *= 2;
        }
        double low = 0;
        for (int step = 0; step < STEPS; step++) {
            double middle = (low + high) / 2;
            if (slope(weights, side, middle) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.min(0, bound(weights, side, low));
    }

    private double bound(double[] weights, int side, double tilt) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double one = labels[i] == 1 ? 1 - flip : flip; // chance that the label is 1
            double exponent = -tilt * side * weights[i];
            double most = Math.max(0, exponent);
            sum += most + StrictMath.log((1 - one) * StrictMath.exp(-most) + one * StrictMath.exp(exponent - most));
        }
        return sum + tilt * side * 0.5;
    }

    private double slope(double[] weights, int side, double tilt) {
        double sum = 0.5 * side;
        for (int i = 0; i < weights.length; i++) {
            double one = labels[i] == 1 ? 1 - flip : flip;
            double exponent = -tilt * side * weights[i];
            double most = Math.max(0, exponent);
            double up = one * StrictMath.exp(exponent - most);
            double down = (1 - one) * StrictMath.exp(-most);
            sum -= side * weights[i] * up / (up + down);
        }
        return sum;
    }
}
