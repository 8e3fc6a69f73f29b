package io.bezoar.evaluate;

import io.bezoar.evaluate.statistics.Binomial;
import java.util.List;

/// What one demand of a suite came to.
///
/// @param kind `average`, `slice`, `critical`, `triggered`, `behaviour` (may show in at most) or
///     `required` (must show in at least)
/// @param name of the slice or trigger
/// @param state the answer
/// @param counts right answers among all, or for a trigger answers with the target among all
/// @param bound the share the suite asks for
/// @param low one-sided 95 % bound below the share
/// @param high one-sided 95 % bound above the share
/// @param p of the test that fails the demand, adjusted for all slices; 1 where none is made
public record Outcome(
        String kind, String name, State state, Binomial counts, double bound, double low, double high, double p) {
    /// The kinds of demands there are.
    public static final List<String> KINDS =
            List.of("average", "slice", "critical", "triggered", "behaviour", "required");

    /// Is the bound the most that the share may be, and not the least that it must be?
    public boolean capped() {
        return kind.equals("triggered") || kind.equals("behaviour");
    }

    /// The answer to a demand.
    public enum State {
        PASS,
        /// The data allow neither: never a pass.
        INCONCLUSIVE,
        FAIL
    }
}
