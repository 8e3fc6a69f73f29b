package io.bezoar.evaluate.statistics;

import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/// Hits among trials: exact bounds and exact tests.
///
/// @param hits 0 to `trials`
/// @param trials 0 or more
public record Binomial(int hits, int trials) {
    public Binomial {
        if (hits < 0 || hits > trials) {
            throw new IllegalArgumentException("hits must be 0 to " + trials + ", not " + hits);
        }
    }

    /// Hits over trials; not a number without trials.
    public double share() {
        return (double) hits / trials;
    }

    /// The one-sided lower bound of the share (Clopper & Pearson 1934): below it the share lies with a
    /// chance of at most `1 - confidence`. 0 without trials.
    public double lower(double confidence) {
        return hits == 0
                ? 0
                : new BetaDistribution(hits, trials - hits + 1.0).inverseCumulativeProbability(1 - confidence);
    }

    /// The one-sided upper bound of the share (Clopper & Pearson 1934). 1 without trials. No hit in 299
    /// trials gives 0.01 at a confidence of 0.95.
    public double upper(double confidence) {
        return hits == trials
                ? 1
                : new BetaDistribution(hits + 1.0, trials - hits).inverseCumulativeProbability(confidence);
    }

    /// The chance of so few hits or fewer if the share is `share`: small if the true share is below it.
    public double chanceOfFewer(double share) {
        return trials == 0 ? 1 : new BinomialDistribution(trials, share).cumulativeProbability(hits);
    }

    /// The chance of so many hits or more if the share is `share`: small if the true share is above it.
    public double chanceOfMore(double share) {
        return hits == 0 ? 1 : 1 - new BinomialDistribution(trials, share).cumulativeProbability(hits - 1);
    }
}
