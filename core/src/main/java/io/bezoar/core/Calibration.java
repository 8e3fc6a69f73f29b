package io.bezoar.core;

import java.util.Optional;

/// What the tests of a [Detector] are measured against.
///
/// @param hypothesis what its tests assume, the null hypothesis: a sentence without its end, "the labels
///     have nothing to do with the inputs". Empty if it makes no test: then its groups are proposals and
///     its scores an order
/// @param chance that a data set in which the hypothesis holds gives it any group, at most; 1 without a
///     test
public record Calibration(Optional<String> hypothesis, double chance) {
    /// Of an honest data set, whatever its hypotheses, a detector has at most this share of the rows
    /// flagged for review or quarantine.
    public static final double ROWS = 0.005;

    public Calibration {
        if (!(chance > 0 && chance <= 1)) {
            throw new IllegalArgumentException("a chance is above 0 and at most 1, not " + chance);
        }
    }

    /// Of a detector that makes no test.
    public static Calibration none() {
        return new Calibration(Optional.empty(), 1);
    }

    /// Of a detector that tests.
    public static Calibration of(String hypothesis, double chance) {
        return new Calibration(Optional.of(hypothesis), chance);
    }
}
