package io.bezoar.lab;

import io.bezoar.core.Proportion;

/// What was measured at one count of poisoned rows.
public sealed interface Measured {

    /// What a model trained on the poisoned rows does.
    ///
    /// @param success held-out rows answered as the attacker wants; for an attack without a trigger,
    ///     held-out rows answered rightly before and wrongly now
    /// @param accuracy clean held-out rows answered rightly
    record Learned(Proportion success, Proportion accuracy) implements Measured {}

    /// What the defence does with the poisoned rows.
    ///
    /// @param found poisoned rows, without those that only hide others, that it set aside
    /// @param lost honest rows that it set aside, without those that it sets aside before any is
    ///     poisoned
    record Judged(Proportion found, Proportion lost) implements Measured {
        /// Is the attack found? Half of its rows are set aside and at most one honest row in a thousand.
        public boolean detected() {
            return 2 * found.hits() >= found.trials() && 1000 * lost.hits() <= lost.trials();
        }
    }
}
