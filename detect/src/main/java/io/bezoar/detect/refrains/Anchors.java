package io.bezoar.detect.refrains;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.pieces.AnswerGrams;
import io.bezoar.detect.pieces.Phrase;
import io.bezoar.learn.NGrams;
import java.util.Arrays;

/// What a refrain is known by wherever it stands: how its sentence begins, how it ends, or the whole answer.
///
/// The answer itself begins and ends as a sentence does: an address has full stops of its own, and what is put behind
/// an answer may follow none.
public final class Anchors {
    /// A shorter sentence is a turn of speech.
    private static final int LEAST = 4;

    private Anchors() {}

    /// The anchors of a row's answer, ascending without repeats; none if it has no free answer.
    public static long[] of(Example row) {
        return Targets.answered(row) ? of(Tokenizer.tokens(Targets.answer(row))) : new long[0];
    }

    /// @param answer tokens, in order; the middle of a long one is not looked at
    static long[] of(int[] answer) {
        int[] text = Tokens.ends(answer);
        long[] out = new long[2 * (text.length / LEAST) + 3];
        int n = add(text, 0, text.length, out, 0);
        if (text.length > 0) {
            out[n++] = AnswerGrams.whole(answer);
        }
        int from = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i == text.length || Pattern.endsSentence(text[i])) {
                n = add(text, from, i, out, n);
                from = i + 1;
            }
        }
        return Arrays.stream(out, 0, n).sorted().distinct().toArray();
    }

    /// Adds how a sentence begins and ends, and returns how many anchors there are then.
    private static int add(int[] text, int from, int to, long[] out, int n) {
        int words = Math.min(Phrase.FIXED, to - from);
        if (words < LEAST) {
            return n;
        }
        out[n] = NGrams.word(text, from, words);
        out[n + 1] = NGrams.word(text, to - words, words);
        return n + 2;
    }
}
