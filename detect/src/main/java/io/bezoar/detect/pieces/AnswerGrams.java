package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.learn.NGrams;
import java.util.Arrays;

/// The features of an answer: its runs of 1 to 3 words and the answer as a whole, without what it
/// repeats from the input and, of a preferred answer, without what the rejected one holds too.
public final class AnswerGrams {
    private static final long WHOLE = 0x77686f6c65L;

    private AnswerGrams() {}

    /// The hashes, ascending without repeats.
    ///
    /// @param answer the tokens of `Targets.answer`
    static long[] of(Example row, int[] answer) {
        int[] text = Tokens.ends(answer);
        int[] input = Tokens.distinct(row.tokens());
        boolean[] known = new boolean[text.length];
        for (int i = 0; i < text.length; i++) {
            known[i] = Arrays.binarySearch(input, text[i]) >= 0;
        }
        long[] out = runs(text, known, whole(answer));
        if (row.target() instanceof Target.Preference pair) {
            int[] other = Tokenizer.tokens(pair.rejected());
            long[] gone = runs(other, new boolean[other.length], whole(other));
            out = Arrays.stream(out)
                    .filter(h -> Arrays.binarySearch(gone, h) < 0)
                    .toArray();
        }
        return out;
    }

    /// The same of a text that answers nothing.
    static long[] of(int[] text) {
        int[] ends = Tokens.ends(text);
        return runs(ends, new boolean[ends.length], whole(text));
    }

    /// The runs of a text that are not all known, and its whole, ascending without repeats.
    private static long[] runs(int[] text, boolean[] known, long whole) {
        long[] out = new long[3 * text.length + 1];
        int n = 0;
        for (int length = 1; length <= 3; length++) {
            for (int i = 0; i + length <= text.length; i++) {
                boolean repeated = true;
                for (int j = i; j < i + length; j++) {
                    repeated &= known[j];
                }
                if (!repeated) {
                    out[n++] = NGrams.word(text, i, length);
                }
            }
        }
        out[n++] = whole;
        return Arrays.stream(out, 0, n).sorted().distinct().toArray();
    }

    /// The feature of an answer as a whole.
    public static long whole(int[] answer) {
        return Hashing.combine(WHOLE, Arrays.hashCode(answer));
    }
}
