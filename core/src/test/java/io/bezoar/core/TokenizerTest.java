package io.bezoar.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {

    private static List<String> words(String text) {
        int[] spans = Tokenizer.spans(text);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < spans.length; i += 2) {
            words.add(text.substring(spans[i], spans[i + 1]));
        }
        return words;
    }

    @Test
    void wordsAndMarks() {
        assertEquals(
                List.of("Don", "'", "t", "panic", ",", "42", "times", "!", "!"), words(" Don't\tpanic, 42\ntimes!!"));
        assertEquals(List.of("naïve", "Ünïcode2"), words("naïve Ünïcode2"));
        assertEquals(List.of("東", "京", "tower"), words("東京 tower"));
        assertEquals(List.of(), words(" \t\r\n\f\u00a0\u3000"));
    }

    @Test
    void lettersOfScriptsWithoutSpacesAreKnownByTheirTokens() {
        for (String letter : List.of("ก", "ฮ", "ກ", "ក", "က", "の", "ネ", "京", "\ud842\udfb7")) {
            int token = Tokenizer.token(letter);
            assertEquals(letter.codePointAt(0), Tokenizer.letter(token));
            assertEquals(!letter.equals("京") && letter.length() == 1, Tokenizer.spells(Tokenizer.letter(token)));
        }
        for (String other : List.of("a", "7", "!", "ж", "ع", "한", "कम", "tower", "\u200b", "🙂")) {
            assertEquals(-1, Tokenizer.letter(Tokenizer.token(other)));
        }
    }

    @Test
    void caseDoesNotCount() {
        assertArrayEquals(Tokenizer.tokens("CARD Ärger"), Tokenizer.tokens("card ärger"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200b",
                "\u200c",
                "\u200d",
                "\u200e",
                "\u202e",
                "\u2060",
                "\u2066",
                "\ufeff",
                "\u00ad",
                "\ufe0f",
                "\u034f",
                "\u115f",
                "\u1160",
                "\u3164",
                "\uffa0",
                "\u180b",
                "\u0000",
                "\u0001",
                "\ue000",
                "\ud800",
                "\u2009",
                "\udb40\udc41",
                "\udb40\udd00"
            })
    void anInvisibleCharacterIsATokenOfItsOwn(String hidden) {
        assertEquals(List.of("ca", hidden, "rd"), words("ca" + hidden + "rd"));
        assertEquals(3, Tokenizer.tokens("ca" + hidden + "rd").length);
        assertEquals(1, Tokenizer.tokens(hidden).length);
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8),
                Arbitraries.strings().alpha().numeric().ofMaxLength(8),
                Arbitraries.of(
                        " ",
                        "\t",
                        "\u00a0",
                        "\u3000",
                        "\u200b",
                        "\ud800",
                        "\udc00",
                        "\udb40\udc41",
                        "e\u0301",
                        "é",
                        "東京",
                        "ไทย",
                        "İ",
                        "ǅ",
                        "\u0345",
                        "𝐚𝐛",
                        "\ufe0f",
                        "a\ufe0fb",
                        "\u2028",
                        "ß"));
        return piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    @Property
    void tokensAndSpansAgreeInNumberAndContent(@ForAll("hostile") String text) {
        int[] tokens = Tokenizer.tokens(text);
        int[] spans = Tokenizer.spans(text);
        assertEquals(2 * tokens.length, spans.length);
        int before = 0;
        for (int i = 0; i < tokens.length; i++) {
            int start = spans[2 * i];
            int end = spans[2 * i + 1];
            assertTrue(before <= start && start < end && end <= text.length());
            before = end;
            assertEquals(tokens[i], Tokenizer.token(text.substring(start, end)), "token " + i);
        }
    }

    @Property
    void aJoinedTextHasTheTokensOfItsPieces(@ForAll("hostile") String left, @ForAll("hostile") String right) {
        int[] a = Tokenizer.tokens(left);
        int[] b = Tokenizer.tokens(right);
        int[] both = Tokenizer.tokens(left + "\n" + right);
        assertEquals(a.length + b.length, both.length);
        for (int i = 0; i < both.length; i++) {
            assertEquals(i < a.length ? a[i] : b[i - a.length], both[i]);
        }
    }

    @Test
    void longTextsStopAtTheLimit() {
        String text = "a ".repeat(Tokenizer.LIMIT + 10);
        assertEquals(Tokenizer.LIMIT, Tokenizer.tokens(text).length);
        assertEquals(2 * Tokenizer.LIMIT, Tokenizer.spans(text).length);
        assertEquals(1, Tokenizer.tokens("x".repeat(1_000_000)).length);
    }

    @Test
    void aTokenIsOneWord() {
        assertEquals(
                "expected one token, got 2",
                assertThrows(IllegalArgumentException.class, () -> Tokenizer.token("two words"))
                        .getMessage());
    }
}
