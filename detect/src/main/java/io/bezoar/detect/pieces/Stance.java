package io.bezoar.detect.pieces;

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

    /// What an answer must be that may have the stance, where [#held] is sure and not all of it: of a word
    /// that calls for the stance this says more ([Called]). Empty where what is sure is nearly all.
    default Optional<Stance> loosely() {
        return Optional.empty();
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
