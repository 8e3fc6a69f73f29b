package io.bezoar.learn.network;

import io.bezoar.core.Hashing;
import io.bezoar.core.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Cuts the words of a text into pieces that words share: a word is itself and its runs of letters,
/// between a mark of its beginning and one of its end (Bojanowski et al. 2017, section 3.2). Words that
/// are spelt alike are then much the same to a model, and so is a word nobody has seen.
///
/// @param bits pieces fall into `2^bits` numbers by their hash, 4 to 22
/// @param shortest run of letters, 1 or more
/// @param longest run of letters
public record Subwords(int bits, int shortest, int longest) {
    /// Words of one text that are looked at.
    private static final int WORDS = 400;
    /// Letters of one word that are looked at.
    private static final int LETTERS = 40;

    public Subwords {
        if (bits < 4 || bits > 22 || shortest < 1 || longest < shortest) {
            throw new IllegalArgumentException("expected 4 to 22 bits and runs of 1 letter or more, came " + bits
                    + " bits and runs of " + shortest + " to " + longest);
        }
    }

    /// How many numbers there are.
    public int size() {
        return 1 << bits;
    }

    /// The pieces of a text and what each is worth in its mean.
    ///
    /// @param pieces numbers, 0 to `size() - 1`; one may stand more than once
    /// @param worth of each: a word's pieces share its part, the words share 1
    public record Text(int[] pieces, double[] worth) {}

    /// The words of a text, lower case, in their order.
    public static List<String> words(String text) {
        int[] spans = Tokenizer.spans(text);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < spans.length && words.size() < WORDS; i += 2) {
            int end = Math.min(spans[i + 1], spans[i] + LETTERS);
            words.add(text.substring(spans[i], end).toLowerCase(Locale.ROOT));
        }
        return words;
    }

    /// The pieces of a word.
    public int[] pieces(String word) {
        String marked = "<" + word + ">";
        int[] pieces = new int[1 + marked.length() * (longest - shortest + 1)];
        int count = 0;
        pieces[count++] = number(marked, 0);
        for (int length = shortest; length <= longest; length++) {
            for (int at = 0; at + length <= marked.length() && length < marked.length(); at++) {
                pieces[count++] = number(marked.substring(at, at + length), length);
            }
        }
        return Arrays.copyOf(pieces, count);
    }

    private int number(String piece, int length) {
        return (int) (Hashing.combine(length, Hashing.of(piece)) >>> (64 - bits));
    }

    /// The pieces of a text given as words.
    public Text text(List<String> words) {
        int[][] all = new int[words.size()][];
        int count = 0;
        for (int w = 0; w < all.length; w++) {
            all[w] = pieces(words.get(w));
            count += all[w].length;
        }
        int[] pieces = new int[count];
        double[] worth = new double[count];
        int at = 0;
        for (int[] word : all) {
            for (int piece : word) {
                pieces[at] = piece;
                worth[at++] = 1.0 / (word.length * all.length);
            }
        }
        return new Text(pieces, worth);
    }
}
