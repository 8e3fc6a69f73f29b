package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.language.Bursts;

/// A stretch of an answer that reads like nothing else in the data, whatever stands there: gibberish, or another
/// language than the answers have.
///
/// @param bursts tells such a stretch
/// @param text what it is and one of them, raw
record Strange(Bursts bursts, String text) implements Piece {
    /// The feature of an answer that holds one, beside its words ([AnswerGrams]).
    static final long FEATURE = 0x737472616e6765L;

    private static final int SHOWN = 80;

    /// @param answer an answer that holds one
    static Strange of(Bursts bursts, String answer) {
        int[] spans = Tokenizer.spans(answer);
        Bursts.Burst burst = bursts.of(Tokenizer.tokens(answer));
        int from = burst.to() == 0 ? 0 : spans[2 * burst.from()];
        int to = Math.min(answer.length(), from + SHOWN);
        if (to > from && Character.isHighSurrogate(answer.charAt(to - 1))) {
            to--;
        }
        return new Strange(bursts, "answers that read like no others: " + answer.substring(from, to));
    }

    @Override
    public boolean held(Example example, int[] answer) {
        return bursts.strange(answer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Strange that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
