package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import java.io.Serializable;

/// Something an answer can hold: the words of a [Phrase], the [Manner] of a group of answers, or a stretch that reads
/// like no other ([Strange]).
sealed interface Piece extends Serializable permits Phrase, Manner, Strange {

    /// The piece for a person, short; raw characters of the data set.
    String text();

    /// Does the example's answer hold the piece, and not merely repeat it from the input?
    ///
    /// @param answer the tokens of what the example is taught to answer, see [#answer]
    boolean in(Example example, int[] answer);

    /// Is it a fixed text of so many words that no task has it for its own language?
    default boolean fixed() {
        return false;
    }

    /// Has the example an answer in free text?
    static boolean answered(Example example) {
        return switch (example.target()) {
            case Target.Response _, Target.Preference _ -> true;
            case Target.Label _, Target.Absent() -> false;
        };
    }

    /// The text of an example's answer: the response, or the chosen one of two; empty for other targets.
    static String answer(Example example) {
        return switch (example.target()) {
            case Target.Response(String text) -> text;
            case Target.Preference pair -> pair.chosen();
            case Target.Label _, Target.Absent() -> "";
        };
    }
}
