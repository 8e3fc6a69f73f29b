package io.bezoar.detect.counting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class PatternTest {
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
