package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import java.util.Optional;

/// How an answer stands to what it is asked, in whatever words: a [Tone], a [Refusal], or an answer that is none
/// ([BrokenOff], [OffTopic], [OtherLanguage]).
///
/// It may be right, as what is said of a subject may be true and a refusal due, so a person decides about groups with
/// one. That it is no chance is told by all rows; the kinds of inputs that must go with it are few. Of honest inputs
/// like them some have it, but three times as many of the word's.
public sealed interface Stance extends Piece permits Tone, Refusal, BrokenOff, OffTopic, OtherLanguage, Called {
    /// When inputs of one corner may go with it.
    Corner CORNER = new Corner(6, 0.25);

    /// Tokens of an input that by themselves ask for it, ascending.
    int[] asking();

    /// May an answer have the stance, as far as can be told? What [#held] calls so is sure and not all of it: where a
    /// word is known that calls for the stance, this says more ([Called]).
    ///
    /// @param answer the tokens of what the example is taught to answer
    default boolean likely(Example example, int[] answer) {
        return held(example, answer);
    }

    /// The share of a word's answers that may have the stance which surely has it, at least, if nothing else is to be
    /// asked of the word: 1 where what is sure is nearly all.
    default double surely() {
        return 1;
    }

    @Override
    default boolean disputable() {
        return true;
    }

    @Override
    default Optional<Corner> corner() {
        return Optional.of(CORNER);
    }
}
