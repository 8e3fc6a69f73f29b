package io.bezoar.core;

/// What the test that found a group says: its p-value, corrected for all tests that were made with it.
///
/// @param test which test it was, and what it is corrected for; completes "p by …"
/// @param logChance natural logarithm of the corrected p-value: at most 0, lower is more improbable.
///     Among all groups that one [Detector] finds in a data set where its [Calibration#hypothesis()]
///     holds, the chance that any has a p-value of `p` or less is at most `p`
public record Significance(String test, double logChance) implements java.io.Serializable {
    public Significance {
        if (!(logChance <= 0)) {
            throw new IllegalArgumentException("the logarithm of a p-value is at most 0, not " + logChance);
        }
    }

    /// The corrected p-value, 0 to 1; 0 where it is too small for a number.
    public double chance() {
        return StrictMath.exp(logChance);
    }
}
