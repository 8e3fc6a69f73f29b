package io.bezoar.history;

/// What a run counted for one demand, in numbers that can be added up over runs.
public sealed interface Tally {
    /// What was counted; equal names in two runs mean the same demand.
    String name();

    /// Hits among trials, against a bound.
    ///
    /// @param name `average: all items`, `triggered: cf`
    /// @param hits 0 to `trials`
    /// @param trials 0 or more
    /// @param bound the share that is asked for, 0 to 1
    /// @param good must the share be at least the bound (true), or at most (false)?
    record Share(String name, long hits, long trials, double bound, boolean good) implements Tally {
        public Share {
            if (hits < 0 || hits > trials || !(bound >= 0 && bound <= 1)) {
                throw new IllegalArgumentException(
                        "a share needs 0 to " + trials + " hits and a bound of 0 to 1, not " + hits + " and " + bound);
            }
        }
    }

    /// Items that changed between two models.
    ///
    /// @param broken right before, wrong now
    /// @param fixed wrong before, right now
    /// @param items all that were compared
    /// @param margin how much the share of right answers may fall, 0 to 1
    record Change(String name, long broken, long fixed, long items, double margin) implements Tally {
        public Change {
            if (broken < 0 || fixed < 0 || broken + fixed > items || !(margin >= 0 && margin <= 1)) {
                throw new IllegalArgumentException("a change needs broken and fixed items among " + items
                        + " and a margin of 0 to 1, not " + broken + ", " + fixed + " and " + margin);
            }
        }
    }
}
