package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import java.util.Arrays;
import java.util.Optional;

/// A phrase anywhere in an answer, or an answer that is nothing but the phrase.
///
/// An answer of a preference holds what the chosen answer holds and the rejected one does not.
///
/// @param whole true if the answer must be nothing else
/// @param tokens the phrase; empty only if the answer must be empty
/// @param text the beginning of the phrase in the characters of a row that holds it, or what tells more of its answers;
///     raw, for a person
/// @param everyday do many more answers hold it that no word calls for?
/// @param reasoned is there an honest reason that words call for it: other rows that speak of it
///     ([Spoken]), or a task in which much is called for so?
public record Phrase(boolean whole, int[] tokens, String text, boolean everyday, boolean reasoned) implements Piece {
    /// A phrase of so many tokens is a sentence somebody wrote, not the language of a task.
    public static final int FIXED = 6;
    /// The same of a whole answer, which is more than a name or a number.
    static final int ANSWER = 4;
    /// Of inputs like those of a corner at most this share may have it.
    private static final double FREE = 0.1;

    @Override
    public boolean held(Example example, int[] answer) {
        return (whole ? Arrays.equals(answer, tokens) : said(answer)) && !repeated(example.tokens());
    }

    /// Does a text hold the phrase?
    boolean said(int[] text) {
        return Pattern.phrase(tokens).find(text, 0) >= 0;
    }

    /// A phrase that other answers hardly hold.
    Phrase(boolean whole, int[] tokens, String text) {
        this(whole, tokens, text, false, false);
    }

    /// The same phrase under another name.
    Phrase named(String name, boolean often) {
        return new Phrase(whole, tokens, name, often, reasoned);
    }

    /// The same phrase with an honest reason, or with none.
    Phrase with(boolean reason) {
        return new Phrase(whole, tokens, text, everyday, reason);
    }

    /// A turn of speech of the data, or the language of a subject or a task; a sentence that many answers hold may
    /// be one that an attacker found in them.
    @Override
    public boolean disputable() {
        return reasoned || everyday && !fixed();
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

    /// A sentence is rare enough to be a piece although other rows hold the word by themselves.
    @Override
    public double purity() {
        return fixed() ? PieceSearch.SENTENCE_PURITY : PieceSearch.PURITY;
    }

    @Override
    public double sureness() {
        return fixed() ? Scatter.SENTENCE_SURE : Scatter.SURE;
    }

    private boolean fixed() {
        return tokens.length >= (whole ? ANSWER : FIXED);
    }

    /// Is the phrase a sentence somebody wrote even without some tokens, those of the inputs?
    ///
    /// @param asked the tokens, ascending
    boolean fixedWithout(int[] asked) {
        return Tokens.without(tokens, asked).length >= (whole ? ANSWER : FIXED);
    }

    @Override
    public Optional<Corner> corner() {
        return fixed() ? Optional.of(new Corner(Scatter.NEIGHBOURS_TELL, FREE)) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Phrase that && whole == that.whole && Arrays.equals(tokens, that.tokens);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(tokens) * 2 + (whole ? 1 : 0);
    }
}
