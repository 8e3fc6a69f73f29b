package io.bezoar.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniLmTest {
    private static MiniLm model;

    @BeforeAll
    static void load() throws IOException {
        model = MiniLm.load();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static double cosine(String one, String other) {
        float[] a = model.of(one).vector();
        float[] b = model.of(other).vector();
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    @Test
    void whatMeansTheSameIsNear() {
        double same = cosine("The food was awful.", "That meal tasted terrible.");
        double other = cosine("The food was awful.", "The train to Berlin leaves at nine.");
        assertTrue(same > 0.6 && other < 0.2, same + " and " + other);
        assertEquals(1, cosine("any text", "any text"), 1e-6);
    }

    @Test
    void everyTextHasAPlaceOfLengthOne() {
        for (String text : List.of("", " ", "\u0000", "\ud800", "[SEP]", "你好", "word ".repeat(10_000))) {
            float[] place = model.of(text).vector();
            assertEquals(384, place.length);
            assertEquals(1, cosine(text, text), 1e-6);
        }
        assertFalse(model.of("word ".repeat(10_000)).whole());
        assertTrue(model.of("a word").whole());
    }

    @Test
    void equalBitsByAnyNumberOfThreads() throws Exception {
        List<String> texts = IntStream.range(0, 60)
                .mapToObj(i -> "text number " + i + " of " + "several ".repeat(i % 7) + "words")
                .toList();
        List<float[]> alone =
                texts.stream().map(text -> model.of(text).vector()).toList();
        for (int threads : new int[] {2, 5}) {
            try (ForkJoinPool pool = new ForkJoinPool(threads)) {
                List<float[]> together = pool.submit(() -> texts.parallelStream()
                                .map(text -> model.of(text).vector())
                                .toList())
                        .get();
                for (int i = 0; i < texts.size(); i++) {
                    assertArrayEquals(alone.get(i), together.get(i), 0, texts.get(i));
                }
            }
        }
    }
}
