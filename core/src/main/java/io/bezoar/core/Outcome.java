package io.bezoar.core;

import java.io.Serializable;
import java.util.List;

/// What a [Detector] answers after a pass: it wants another pass, or it can score rows.
public sealed interface Outcome {

    /// One more pass, by `next`.
    record Again(Detector<?> next) implements Outcome {}

    /// Scores rows. Immutable and safe for many threads.
    non-sealed interface Scorer extends Outcome, Serializable {
        /// Finds nothing suspicious.
        Scorer NOTHING = _ -> 0;

        /// How suspicious the row is; 0 is not at all, higher is more suspicious, comparable within one
        /// detector only.
        double score(Example example);

        /// How probable it is that the row is poison, 0 to 1, for a reason that is too weak to suspect a group of
        /// rows: it orders rows and flags none.
        default double chance(Example example) {
            return 0;
        }

        /// Why; asked only for the flagged few.
        default List<Evidence> explain(Example example) {
            return List.of();
        }

        /// Groups of rows that may belong to one attack, most suspicious first; each is put to the proof.
        default List<Candidate> candidates() {
            return List.of();
        }

        /// What it found of the data set as a whole.
        default List<Remark> remarks() {
            return List.of();
        }

        /// What it did not look at, a sentence each.
        default List<String> notChecked() {
            return List.of();
        }
    }
}
