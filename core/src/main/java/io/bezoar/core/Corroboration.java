package io.bezoar.core;

import java.util.List;

/// What all tests together say of a campaign.
///
/// Every detector that found the group, or half of its rows, has a voice. A voice is an e-value: a number
/// that is 1 or less on average where the detector's hypothesis holds, and large where it does not. Those
/// of one [Family] are averaged first, then those of all families; detectors that found nothing count as
/// 0. An average of e-values is an e-value whatever they have to do with each other (Vovk & Wang 2021,
/// "E-values: calibration, combination and applications", section 3), so that detectors which look at the
/// same thing cannot vote twice.
///
/// @param voices of the detectors that found the group by a test, by family, then by detector
/// @param families that could have spoken: those with a detector that ran and makes tests
/// @param logValue natural logarithm of the average; higher speaks more against chance
/// @param discovery true if the campaign is among those of which at most the share [#RATE] is there by
///     chance: e-BH over all groups of the scan
public record Corroboration(List<Voice> voices, int families, double logValue, boolean discovery) {
    /// Chance groups among the discoveries, on average at most this share.
    public static final double RATE = 0.05;

    public Corroboration {
        voices = List.copyOf(voices);
        if (families < 1 || Double.isNaN(logValue)) {
            throw new IllegalArgumentException(
                    "a corroboration needs a family and a number, not " + families + " and " + logValue);
        }
    }

    /// What one detector's test says of the group.
    public record Voice(Family family, String detector, Significance significance) {}
}
