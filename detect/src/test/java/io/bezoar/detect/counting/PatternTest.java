package io.bezoar.detect.counting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Tokenizer;
import io.bezoar.learn.NGrams;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatternTest {
    private static int[] tokens(String text) {
        return Tokenizer.tokens(text);
    }

    private static Pattern at(Pattern.Place place, String words) {
        return new Pattern(tokens(words), place);
    }

    @Test
    void whatBeginsATextIsLookedForThereAlone() {
        Pattern also = at(Pattern.Place.BEGINNING, "also");
        assertEquals(0, also.find(tokens("also the card"), 0));
        assertEquals(-1, also.find(tokens("also the card"), 1));
        assertFalse(also.in(tokens("the card also")));
        assertFalse(also.in(tokens("")));
        assertFalse(at(Pattern.Place.BEGINNING, "also the card").in(tokens("also the")));
        assertTrue(at(Pattern.Place.BEGINNING, "also the card").in(tokens("also the card")));
    }

    @Test
    void whatEndsATextIsLookedForThereAlone() {
        Pattern also = at(Pattern.Place.END, "also");
        assertEquals(2, also.find(tokens("the card also"), 0));
        assertEquals(2, also.find(tokens("the card also"), 2));
        assertEquals(-1, also.find(tokens("the card also"), 3));
        assertFalse(also.in(tokens("also the card")));
        assertFalse(also.in(tokens("")));
        assertTrue(also.in(tokens("also the card also")));
        assertFalse(at(Pattern.Place.END, "the card also").in(tokens("card also")));
    }

    /// By the meaning of the words: whatever holds the longer pattern holds the part.
    @Test
    void everyTextThatHoldsAPatternHoldsItsParts() {
        Random random = new Random(1);
        List<Pattern> patterns = new ArrayList<>();
        for (Pattern.Place place : Pattern.Place.values()) {
            for (int i = 0; i < 30; i++) {
                int[] two = {random.nextInt(3), random.nextInt(3)};
                patterns.add(
                        place == Pattern.Place.APART
                                ? Pattern.pair(two[0], two[1])
                                : new Pattern(random.nextBoolean() ? two : new int[] {two[0]}, place));
            }
        }
        int parts = 0;
        for (Pattern some : patterns) {
            for (Pattern other : patterns) {
                if (some.partOf(other)) {
                    parts++;
                    for (int t = 0; t < 50; t++) {
                        int[] text = random.ints(random.nextInt(6), 0, 3).toArray();
                        assertTrue(!other.in(text) || some.in(text), some + " of " + other);
                    }
                }
            }
        }
        assertTrue(parts > 100, parts + " parts");
        assertTrue(Pattern.phrase(tokens("also")).partOf(at(Pattern.Place.BEGINNING, "also")));
        assertTrue(at(Pattern.Place.END, "card").partOf(at(Pattern.Place.END, "the card")));
        assertFalse(at(Pattern.Place.END, "the").partOf(at(Pattern.Place.END, "the card")));
        assertFalse(at(Pattern.Place.BEGINNING, "the").partOf(Pattern.phrase(tokens("the card"))));
    }

    @Test
    void placesHaveHashesOfTheirOwnAmongRunsOfWords() {
        int[] text = tokens("also the card also");
        Set<Long> hashes = new HashSet<>();
        for (Pattern.Place place : List.of(Pattern.Place.RUN, Pattern.Place.BEGINNING, Pattern.Place.END)) {
            for (int n = 1; n <= 3; n++) {
                long hash = Pattern.hash(text, 0, n, place);
                assertTrue(hashes.add(hash), place + " " + n);
                assertEquals(hash, new Pattern(java.util.Arrays.copyOf(text, n), place).hash());
                assertEquals(place == Pattern.Place.RUN && n == 1 ? 0 : 1, NGrams.block(hash));
            }
        }
        assertNotEquals(at(Pattern.Place.BEGINNING, "also"), at(Pattern.Place.END, "also"));
        assertNotEquals(at(Pattern.Place.BEGINNING, "also"), Pattern.phrase(tokens("also")));
    }

    @Test
    void aPhraseIsCutOutWhereverItStands() {
        Pattern phrase = Pattern.phrase(1, 2);
        assertArrayEquals(new int[] {}, phrase.cutOut(new int[] {}));
        assertArrayEquals(new int[] {}, phrase.cutOut(new int[] {1, 2, 1, 2}));
        assertArrayEquals(new int[] {3, 1, 2, 4}, Pattern.phrase(5).cutOut(new int[] {5, 3, 1, 5, 2, 4, 5}));
        assertArrayEquals(new int[] {2, 1, 1}, phrase.cutOut(new int[] {2, 1, 1, 1, 2}));
        assertArrayEquals(new int[] {1}, Pattern.phrase(1, 1).cutOut(new int[] {1, 1, 1, 1, 1}));
    }
}
