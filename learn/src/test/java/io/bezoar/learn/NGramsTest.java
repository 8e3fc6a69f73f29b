package io.bezoar.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Tokenizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NGramsTest {
    private static long[] of(NGrams features, String text) {
        return features.of(Tokenizer.tokens(text), text);
    }

    private static long[] block(long[] hashes, int block) {
        return Arrays.stream(hashes).filter(hash -> NGrams.block(hash) == block).toArray();
    }

    private static long[] characters(String text) {
        return block(of(NGrams.WORDS_AND_CHARACTERS, text), 2);
    }

    @Test
    void theKindStandsInTheTopBits() {
        long[] hashes = of(new NGrams(3, 3, 4), "one two three four");
        assertEquals(4, block(hashes, 0).length);
        assertEquals(3 + 2, block(hashes, 1).length);
        assertEquals(16 + 15, block(hashes, 2).length);
        assertEquals(4 + 5 + 31, hashes.length);
        for (long hash : block(hashes, 1)) {
            assertEquals(1, hash >>> 62);
        }
    }

    @Test
    void wordsComeFirstThenLongerRuns() {
        int[] tokens = Tokenizer.tokens("one two three");
        assertArrayEquals(
                new long[] {
                    NGrams.word(tokens, 0, 1),
                    NGrams.word(tokens, 1, 1),
                    NGrams.word(tokens, 2, 1),
                    NGrams.word(tokens, 0, 2),
                    NGrams.word(tokens, 1, 2)
                },
                NGrams.WORDS.of(tokens, "not looked at"));
    }

    @Test
    void aRunIsKnownByItsWordsAndTheirOrder() {
        int[] tokens = Tokenizer.tokens("a b a b b a a a b");
        assertEquals(NGrams.word(tokens, 0, 2), NGrams.word(tokens, 2, 2));
        assertNotEquals(NGrams.word(tokens, 0, 2), NGrams.word(tokens, 1, 2));
        assertEquals(NGrams.word(tokens, 0, 1), NGrams.word(tokens, 2, 1));
        Set<Long> distinct = new HashSet<>();
        for (int n = 1; n <= 3; n++) {
            for (int i = 0; i + n <= tokens.length; i++) {
                distinct.add(NGrams.word(tokens, i, n));
            }
        }
        // a b; ab ba bb aa; aba bab abb bba baa aaa aab
        assertEquals(2 + 4 + 7, distinct.size());
    }

    @Test
    void textsWithoutTokensHaveNoFeatures() {
        assertEquals(0, of(NGrams.WORDS, "").length);
        assertEquals(0, of(NGrams.WORDS_AND_CHARACTERS, "").length);
        assertEquals(0, of(NGrams.WORDS_AND_CHARACTERS, " \n\t ").length);
        assertEquals(1, of(NGrams.WORDS, "word").length);
        assertEquals(1, of(NGrams.WORDS_AND_CHARACTERS, "ab").length);
    }

    @Test
    void charactersAreBounded() {
        String text = "abcdefghij".repeat(NGrams.CHARACTER_LIMIT / 10);
        long[] limit = characters(text);
        assertEquals(NGrams.CHARACTER_LIMIT - 2 + NGrams.CHARACTER_LIMIT - 3, limit.length);
        assertArrayEquals(limit, characters(text + "never looked at".repeat(1000)));
    }

    @Test
    void caseAndWhiteSpaceFold() {
        String text = "  Ä kind\r\n\tOF Text\u00a0Îx ";
        assertArrayEquals(characters("ä kind of text\u00a0îx "), characters(text));
        assertArrayEquals(of(NGrams.WORDS, text.toLowerCase(Locale.ROOT)), of(NGrams.WORDS, text));
        assertNotEquals(characters("abc")[0], characters("abd")[0]);
        Locale before = Locale.getDefault();
        long[] here = characters("TITLE");
        try {
            Locale.setDefault(Locale.of("tr"));
            assertArrayEquals(here, characters("TITLE"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void ofDifferentCharactersDifferentHashes() {
        Set<Long> distinct = new HashSet<>();
        int count = 0;
        for (char a = 'a'; a <= 'z'; a++) {
            for (char b = 'a'; b <= 'z'; b++) {
                for (char c = 'a'; c <= 'z'; c++) {
                    long[] hashes = characters("" + a + b + c);
                    assertEquals(1, hashes.length);
                    distinct.add(hashes[0]);
                    count++;
                }
            }
        }
        assertEquals(count, distinct.size());
    }

    @Test
    void impossibleLengthsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new NGrams(0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new NGrams(4, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new NGrams(1, 0, 3));
        String message = assertThrows(IllegalArgumentException.class, () -> new NGrams(1, 4, 3))
                .getMessage();
        assertTrue(message.contains("4 and 3"), message);
    }
}
