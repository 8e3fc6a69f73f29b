package io.bezoar.app.gate;

/// One thing the policy asks, and the answer.
///
/// @param pillar `scan`, `ledger`, `review` or `policy`
/// @param name what was checked, in one word or the key of a campaign
/// @param state the answer
/// @param text why, one line; text of the data set in it is safe to show
public record Check(String pillar, String name, State state, String text) {

    /// The answer to a check, from best to worst.
    public enum State {
        PASS("PASS"),
        /// A person has not decided yet.
        PENDING("????"),
        /// It could not be measured, which is never a pass.
        UNMEASURED("????"),
        FAIL("FAIL");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /// Four letters for a column.
        public String word() {
            return word;
        }
    }
}
