package io.bezoar.detect;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import java.io.Serializable;
import java.util.Arrays;

/// Something an answer can hold: a phrase anywhere, or nothing but the phrase.
///
/// An answer of a preference holds what the chosen answer holds and the rejected one does not.
///
/// @param whole true if the answer must be nothing else
/// @param tokens the phrase; empty only if the answer must be empty
/// @param text the beginning of the phrase in the characters of a row that holds it; raw, for a person
record Piece(boolean whole, int[] tokens, String text) implements Serializable {

    /// Does the example's answer hold the piece, and not merely repeat it from the input?
    ///
    /// @param answer the tokens of what the example is taught to answer, see [#answer]
    boolean in(Example example, int[] answer) {
        return holds(answer)
                && !repeated(example.tokens())
                && !(example.target() instanceof Target.Preference pair && holds(Tokenizer.tokens(pair.rejected())));
    }

    private boolean holds(int[] answer) {
        return whole ? Arrays.equals(answer, tokens) : Pattern.phrase(tokens).find(answer, 0) >= 0;
    }

    /// Does the input hold every token of the piece?
    private boolean repeated(int[] input) {
        for (int token : tokens) {
            if (!Pattern.holds(input, token)) {
                return false;
            }
        }
        return tokens.length > 0;
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Piece that && whole == that.whole && Arrays.equals(tokens, that.tokens);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(tokens) * 2 + (whole ? 1 : 0);
    }
}
