package io.bezoar.detect.counting;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.learn.NGrams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Tokens as sets, ascending without repeats, and what else is asked of the tokens of a text whatever it says.
public final class Tokens {
    /// A token in this share of a group's rows is held to belong to what the group has in common.
    public static final double COMMON = 0.8;

    /// Tokens of a long text that are looked at from either end.
    private static final int REACH = 256;

    private Tokens() {}

    /// The tokens of a text as a set.
    public static int[] distinct(int[] tokens) {
        return Arrays.stream(tokens).sorted().distinct().toArray();
    }

    /// Both, ascending without repeats.
    public static int[] union(int[] a, int[] b) {
        return IntStream.concat(Arrays.stream(a), Arrays.stream(b))
                .sorted()
                .distinct()
                .toArray();
    }

    /// The tokens, in their order, that are not among others.
    ///
    /// @param gone the others, ascending
    public static int[] without(int[] tokens, int[] gone) {
        int[] out = new int[tokens.length];
        int n = 0;
        for (int token : tokens) {
            if (Arrays.binarySearch(gone, token) < 0) {
                out[n++] = token;
            }
        }
        return Arrays.copyOf(out, n);
    }

    /// The tokens in at least [#COMMON] of the rows, ascending.
    public static int[] shared(List<Example> rows) {
        return common(rows.stream().map(Example::tokens).toList());
    }

    /// The tokens in at least [#COMMON] of the texts, ascending.
    ///
    /// @param texts the tokens of each
    public static int[] common(List<int[]> texts) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int[] text : texts) {
            for (int token : distinct(text)) {
                counts.merge(token, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= COMMON * texts.size())
                .mapToInt(Map.Entry::getKey)
                .sorted()
                .toArray();
    }

    /// A number that near-duplicates most probably share: the smallest hash of a row's token pairs (one
    /// MinHash, Broder 1997; shared with the probability of the rows' Jaccard similarity).
    public static long likeness(int[] tokens) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i + 1 < tokens.length; i++) {
            least = Math.min(least, Hashing.combine(tokens[i], tokens[i + 1]));
        }
        return tokens.length == 1 ? tokens[0] : least == Long.MAX_VALUE ? Arrays.hashCode(tokens) : least;
    }

    /// The hashes of the runs of up to `longest` words of a text, ascending without repeats. Of a long text its
    /// ends are looked at.
    public static long[] runs(int[] tokens, int longest) {
        int[] text = ends(tokens);
        long[] out = new long[longest * text.length];
        int n = 0;
        for (int words = 1; words <= longest; words++) {
            for (int i = 0; i + words <= text.length; i++) {
                out[n++] = NGrams.word(text, i, words);
            }
        }
        return Arrays.stream(out, 0, n).sorted().distinct().toArray();
    }

    /// The tokens of a text, the middle of a long one left out.
    public static int[] ends(int[] tokens) {
        if (tokens.length <= 2 * REACH) {
            return tokens;
        }
        int[] out = Arrays.copyOf(tokens, 2 * REACH);
        System.arraycopy(tokens, tokens.length - REACH, out, REACH, REACH);
        return out;
    }
}
