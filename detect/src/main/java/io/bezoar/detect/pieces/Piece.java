package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import java.io.Serializable;
import java.util.Optional;

/// Something an answer can hold: the words of a [Phrase], the [Manner] of a group of answers, a stretch that reads
/// like no other ([Strange]), or a [Stance].
public sealed interface Piece extends Serializable permits Phrase, Manner, Strange, Stance {

    /// The piece for a person, short; raw characters of the data set.
    String text();

    /// Does the example's answer hold the piece, and not merely repeat it from the input? Of a preference the rejected
    /// answer must not hold it.
    ///
    /// @param answer the tokens of what the example is taught to answer, see `Targets.answer`
    default boolean in(Example example, int[] answer) {
        return held(example, answer)
                && !(example.target() instanceof Target.Preference pair
                        && held(example, Tokenizer.tokens(pair.rejected())));
    }

    /// The same of one of two answers.
    boolean held(Example example, int[] answer);

    /// The share of a pattern's rows that holds the piece, at least, if the pattern is a switch for it: a half to 1.
    default double purity() {
        return PieceSearch.PURITY;
    }

    /// How sure it must be that the inputs come from everywhere ([Scatter]), in standard errors.
    default double sureness() {
        return Scatter.SURE;
    }

    /// May honest answers to a word have it, so that a person decides?
    default boolean disputable() {
        return false;
    }

    /// Under what conditions inputs of one corner of the data may go with it, too, and not only inputs from everywhere:
    /// with a fixed text of so many words that no task has it for its own language, or with a stance. Else empty.
    default Optional<Corner> corner() {
        return Optional.empty();
    }

    /// What holds if inputs of one corner go with a piece that is not the corner's own.
    ///
    /// @param kinds of inputs, at least
    /// @param free of the inputs most like them at most this share goes with the piece, 0 to 1
    record Corner(int kinds, double free) {}
}
