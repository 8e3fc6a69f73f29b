package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.detect.counting.LongTable;
import java.io.Serializable;
import java.util.List;

/// How well a token foretells the next: a bigram model of some inputs with absolute discounting,
/// interpolated with single tokens (Ney, Essen & Kneser 1994). The beginning and the end of a text are
/// tokens.
///
/// Reads only after construction: safe for many threads.
final class Bigrams implements Serializable {
    private static final long serialVersionUID = 1L;

    static final long START = 1;
    static final long END = 2;

    private static final double DISCOUNT = 0.75;
    /// No neighbour is ever held to be foretold so well that nothing else may stand there.
    private static final double LEAST_LEFT = 0.05;

    private static final int ROWS = 0;
    private static final int KINDS = 1;

    private final LongTable tokens = new LongTable(2);
    private final LongTable pairs = new LongTable(1);
    private double all;

    /// @param rows whose inputs are the language
    Bigrams(List<Example> rows) {
        for (Example row : rows) {
            int[] text = row.tokens();
            long left = START;
            see(left);
            for (int i = 0; i <= text.length; i++) {
                long right = i == text.length ? END : word(text[i]);
                see(right);
                int slot = pairs.slot(Hashing.combine(left, right));
                if (pairs.get(slot, 0) == 0) {
                    tokens.add(tokens.known(left), KINDS, 1);
                }
                pairs.add(slot, 0, 1);
                left = right;
            }
            all += text.length + 2;
        }
    }

    private void see(long token) {
        tokens.add(tokens.slot(token), ROWS, 1);
    }

    /// A token of a text as a word of the language.
    static long word(int token) {
        return (token & 0xffffffffL) + 3;
    }

    /// How often a word stands in the language.
    int count(long word) {
        int slot = tokens.known(word);
        return slot < 0 ? 0 : tokens.get(slot, ROWS);
    }

    /// Its share of all words of the language, 0 to 1.
    double share(long word) {
        return all == 0 ? 0 : count(word) / all;
    }

    /// `log P(right | left) / P(right)`; 0 where nothing is known of the left word.
    ///
    /// @param out how many times the pair is left out of what was counted
    double foretold(long left, long right, int out) {
        int slot = tokens.known(left);
        int known = slot < 0 ? 0 : tokens.get(slot, ROWS) - out;
        if (known <= 0) {
            return 0;
        }
        int pair = pairs.known(Hashing.combine(left, right));
        return foretold((pair < 0 ? 0 : pairs.get(pair, 0)) - out, known, tokens.get(slot, KINDS), count(right) - out);
    }

    /// The same from counts.
    ///
    /// @param together how often the neighbour was seen there
    /// @param seen how often any was
    /// @param kinds how many different ones
    /// @param anywhere how often the neighbour is in the language
    double foretold(int together, int seen, int kinds, int anywhere) {
        double share = Math.max(0.5, anywhere) / all;
        double rest = Math.clamp(DISCOUNT * kinds / seen, LEAST_LEFT, 1);
        return StrictMath.log(Math.max(0, together - DISCOUNT) / seen / share + rest);
    }
}
