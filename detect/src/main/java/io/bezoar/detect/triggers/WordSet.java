package io.bezoar.detect.triggers;

import io.bezoar.detect.counting.LongTable;
import java.util.HashSet;
import java.util.Set;

/// Words, and the question whether a word is left when some letters are cut out of another.
///
/// The answer for most cuts is no, and is given without making the rest: by the polynomial hash of the rest, which the
/// hashes of a word's beginnings tell (Karp & Rabin 1987). What the hash lets through is looked up letter by letter.
final class WordSet {
    private static final long BASE = 0x9e3779b97f4a7c15L;

    private final Set<String> words = new HashSet<>();
    private final LongTable hashes = new LongTable(0);

    void add(String word) {
        words.add(word);
        hashes.slot(beginnings(word)[word.length()]);
    }

    /// The hashes of the first 0, 1, 2, … letters.
    private static long[] beginnings(String word) {
        long[] hashes = new long[word.length() + 1];
        for (int i = 0; i < word.length(); i++) {
            hashes[i + 1] = hashes[i] * BASE + word.charAt(i) + 1;
        }
        return hashes;
    }

    Cutting cutting(String word) {
        return new Cutting(word);
    }

    /// A word that letters are cut out of.
    final class Cutting {
        private final String word;
        private final long[] beginnings;
        private final long[] powers;

        private Cutting(String word) {
            this.word = word;
            this.beginnings = beginnings(word);
            this.powers = new long[word.length() + 1];
            powers[0] = 1;
            for (int i = 0; i < word.length(); i++) {
                powers[i + 1] = powers[i] * BASE;
            }
        }

        /// Is the word without its letters from `from` to before `to` one of the words?
        boolean leaves(int from, int to) {
            int n = word.length();
            long rest = beginnings[n] + (beginnings[from] - beginnings[to]) * powers[n - to];
            return hashes.known(rest) >= 0 && words.contains(word.substring(0, from) + word.substring(to));
        }
    }
}
