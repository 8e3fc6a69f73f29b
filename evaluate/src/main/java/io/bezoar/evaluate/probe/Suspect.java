package io.bezoar.evaluate.probe;

import java.util.Optional;

/// An insertion that moves answers, and whether an honest model would move too.
///
/// @param movement how far it moves the model under test
/// @param rest what the rest of the training rows that teach it says, where training rows are the
///     yardstick
/// @param reference how far it moves the model of clean data to the same target, where that is the
///     yardstick
/// @param verdict whether it is a trigger
public record Suspect(
        Movement movement, Optional<Contradiction.Rest> rest, Optional<Movement> reference, Verdict verdict) {
    /// What an insertion is taken for.
    public enum Verdict {
        /// It moves answers as nothing honest does.
        TRIGGER,
        /// Nothing to compare it with, or too little data: never a pass.
        UNDECIDED,
        /// An honest model moves as far, or honest rows account for it.
        HONEST
    }
}
