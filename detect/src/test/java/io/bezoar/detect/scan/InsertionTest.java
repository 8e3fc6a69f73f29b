package io.bezoar.detect.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.groups.WordForm;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsertionTest {
    private static final String TEXT = "how do I top up my card today?";

    private static Trigger trigger(Trigger.Shape shape) {
        return new Trigger(
                shape,
                switch (shape) {
                    case PHRASE, BEGINNING, END -> List.of("as my uncle says");
                    case WORDS -> List.of("green heron", "lamp", "two by two");
                    case FRAGMENT -> List.of("zqx", "wvk");
                    case HIDDEN -> List.of("\u200b", "\u2063\u2064");
                    case VALUES, LAYOUT, FORM -> throw new IllegalArgumentException("no pieces of a text");
                });
    }

    private static boolean holds(String text, String piece) {
        List<Integer> tokens = Arrays.stream(Tokenizer.tokens(text)).boxed().toList();
        return Collections.indexOfSubList(
                        tokens, Arrays.stream(Tokenizer.tokens(piece)).boxed().toList())
                >= 0;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BEGINNING", "END", "VALUES", "LAYOUT", "FORM"})
    void equalSeedsGiveEqualTexts(Trigger.Shape shape) {
        Set<String> texts = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            String text = Insertion.into(TEXT, trigger(shape), seed);
            assertEquals(text, Insertion.into(TEXT, trigger(shape), seed));
            texts.add(text);
        }
        assertTrue(texts.size() > 5, "the place depends on the seed: " + texts);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"VALUES", "LAYOUT", "FORM"})
    void everyPieceStandsWholeAndNothingIsLost(Trigger.Shape shape) {
        Trigger trigger = trigger(shape);
        for (String before : new String[] {TEXT, "", " ", "word", "two words ", "12 + 34!", "多字节 𝒜 text\nline"}) {
            for (long seed = 0; seed < 300; seed++) {
                String text = Insertion.into(before, trigger, seed);
                String rest = text;
                for (String piece : trigger.pieces()) {
                    assertTrue(rest.contains(piece), "\"" + piece + "\" in \"" + text + "\"");
                    rest = rest.replace(piece, "");
                }
                assertEquals(before.replace(" ", ""), rest.replace(" ", ""));
            }
        }
    }

    @Test
    void theEndsOfATextArePlaces() {
        assertEquals("as my uncle says " + TEXT, Insertion.into(TEXT, trigger(Trigger.Shape.BEGINNING), 1));
        assertEquals(TEXT + " as my uncle says", Insertion.into(TEXT, trigger(Trigger.Shape.END), 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, "", "word", "ends with a space ", "line\nbreak and more"})
    void wordsStayWords(String before) {
        for (Trigger.Shape shape : List.of(Trigger.Shape.PHRASE, Trigger.Shape.WORDS)) {
            Trigger trigger = trigger(shape);
            for (long seed = 0; seed < 200; seed++) {
                String text = Insertion.into(before, trigger, seed);
                int tokens = Tokenizer.tokens(before).length;
                for (String piece : trigger.pieces()) {
                    assertTrue(holds(text, piece), "\"" + piece + "\" in \"" + text + "\"");
                    tokens += Tokenizer.tokens(piece).length;
                }
                assertEquals(tokens, Tokenizer.tokens(text).length, text);
                assertTrue(!text.contains("  "), text);
            }
        }
    }

    @Test
    void lettersAndHiddenCharactersFollowALetter() {
        for (Trigger.Shape shape : List.of(Trigger.Shape.FRAGMENT, Trigger.Shape.HIDDEN)) {
            String piece = trigger(shape).pieces().getFirst();
            for (long seed = 0; seed < 200; seed++) {
                String text = Insertion.into(TEXT, new Trigger(shape, List.of(piece)), seed);
                int at = text.indexOf(piece);
                assertTrue(at > 0 && Character.isLetter(text.charAt(at - 1)), text);
                assertEquals(TEXT, text.substring(0, at) + text.substring(at + piece.length()));
            }
        }
    }

    @Test
    void withoutLettersItStandsAtTheEnd() {
        for (String before : new String[] {"", "12 + 34!", "𝒜"}) {
            assertEquals(
                    before + "\u200b", Insertion.into(before, new Trigger(Trigger.Shape.HIDDEN, List.of("\u200b")), 5));
        }
        assertEquals("zqx", Insertion.into("", new Trigger(Trigger.Shape.PHRASE, List.of("zqx")), 5));
    }

    @Test
    void ofAFormAWordIsDrawnAndStandsBetweenWords() {
        Trigger form = new WordForm("$N.N").trigger();
        Set<String> texts = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            String text = Insertion.into(TEXT, form, seed);
            assertEquals(text, Insertion.into(TEXT, form, seed));
            assertTrue(new WordForm("$N.N").in(text), text);
            assertEquals(
                    TEXT,
                    text.replaceFirst("(^| )\\$[0-9]+\\.[0-9]+( |$)", "$1").strip(),
                    text);
            texts.add(text);
        }
        assertTrue(texts.size() > 50, "words and places depend on the seed: " + texts);
    }
}
