package io.bezoar.learn;

import io.bezoar.core.Hashing;
import java.io.Serializable;
import java.util.Arrays;

/// Hashed n-gram features of a text.
///
/// @param words longest word n-gram, 1 to 3
/// @param shortest shortest character n-gram, in UTF-16 code units
/// @param longest longest character n-gram; 0 for none
public record NGrams(int words, int shortest, int longest) implements Serializable {
    /// Characters of a text beyond this number give no character n-grams.
    public static final int CHARACTER_LIMIT = 2000;

    /// Words and word pairs.
    public static final NGrams WORDS = new NGrams(2, 0, 0);

    /// Words, word pairs and character 3- and 4-grams across the text.
    public static final NGrams WORDS_AND_CHARACTERS = new NGrams(2, 3, 4);

    public NGrams {
        if (words < 1 || words > 3) {
            throw new IllegalArgumentException("words must be 1 to 3, not " + words);
        }
        if (longest != 0 && (shortest < 1 || longest < shortest)) {
            throw new IllegalArgumentException(
                    "character n-grams need 1 <= shortest <= longest, not " + shortest + " and " + longest);
        }
    }

    /// The hash of the word n-gram of `n` tokens that starts at `from`.
    public static long word(int[] tokens, int from, int n) {
        long hash = tokens[from];
        for (int i = 1; i < n; i++) {
            hash = Hashing.combine(hash, tokens[from + i]);
        }
        return inBlock(Hashing.mix(hash * 4 + n), n == 1 ? 0 : 1);
    }

    /// How many kinds of feature there are: words, runs of words, runs of characters.
    public static final int BLOCKS = 3;

    /// The kind of a feature: 0 word, 1 run of words, 2 run of characters. It stands in the top two bits of
    /// the hash.
    public static int block(long hash) {
        return (int) (hash >>> 62);
    }

    private static long inBlock(long hash, int block) {
        return hash >>> 2 | (long) block << 62;
    }

    /// The hashes of all features of a text, with repeats, in order of place.
    ///
    /// @param tokens the text's tokens
    /// @param text the text itself; looked at only for character n-grams
    public long[] of(int[] tokens, String text) {
        int characters = longest == 0 ? 0 : Math.min(text.length(), CHARACTER_LIMIT);
        long[] out = new long[tokens.length * words + characters * (longest == 0 ? 0 : longest - shortest + 1)];
        int count = 0;
        for (int n = 1; n <= words; n++) {
            for (int i = 0; i + n <= tokens.length; i++) {
                out[count++] = word(tokens, i, n);
            }
        }
        if (characters > 0) {
            char[] folded = new char[characters];
            int length = 0;
            boolean space = true;
            for (int i = 0; i < characters; i++) {
                char c = text.charAt(i);
                if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                    if (!space) {
                        folded[length++] = ' ';
                    }
                    space = true;
                } else {
                    folded[length++] =
                            c < 128 ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c) : Character.toLowerCase(c);
                    space = false;
                }
            }
            for (int i = 0; i < length; i++) {
                long hash = 0x51ed270b9f3c1d27L;
                for (int n = 1; n <= longest && i + n <= length; n++) {
                    hash = (hash ^ folded[i + n - 1]) * 0x9e3779b97f4a7c15L;
                    if (n >= shortest) {
                        out[count++] = inBlock(Hashing.mix(hash + n), 2);
                    }
                }
            }
        }
        return count == out.length ? out : Arrays.copyOf(out, count);
    }
}
