package io.bezoar.crawl.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Tokenizer;
import io.bezoar.ledger.fault.Malformed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Sketches estimate what two texts share.
class SketchTest {
    private static List<String> words(SplittableRandom random, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add("w" + random.nextInt(5_000));
        }
        return words;
    }

    private static double exact(String a, String b) {
        Set<List<Integer>> first = runs(a);
        Set<List<Integer>> union = new HashSet<>(first);
        Set<List<Integer>> second = runs(b);
        union.addAll(second);
        first.retainAll(second);
        return (double) first.size() / union.size();
    }

    private static Set<List<Integer>> runs(String text) {
        int[] tokens = Tokenizer.tokens(text);
        Set<List<Integer>> runs = new HashSet<>();
        for (int i = 2; i < tokens.length; i++) {
            runs.add(List.of(tokens[i - 2], tokens[i - 1], tokens[i]));
        }
        return runs;
    }

    @Test
    void theEstimateIsTheResemblance() {
        SplittableRandom random = new SplittableRandom(3);
        double squares = 0;
        double sum = 0;
        int trials = 300;
        for (int i = 0; i < trials; i++) {
            List<String> words = words(random, 150 + random.nextInt(600));
            List<String> changed = new ArrayList<>(words);
            int from = random.nextInt(words.size());
            int length = random.nextInt(words.size());
            for (int at = from; at < Math.min(words.size(), from + length); at++) {
                changed.set(at, "n" + random.nextInt(5_000));
            }
            String a = String.join(" ", words);
            String b = String.join(" ", changed);
            double error = Sketch.of(a).resemblance(Sketch.of(b)) - exact(a, b);
            squares += error * error;
            sum += error;
        }
        assertTrue(Math.sqrt(squares / trials) < 0.05, "root mean square error " + Math.sqrt(squares / trials));
        assertTrue(Math.abs(sum / trials) < 0.01, "mean error " + sum / trials);
    }

    @Test
    void longTextsAreReadToTheirEnd() {
        SplittableRandom random = new SplittableRandom(4);
        List<String> words = words(random, 60_000);
        List<String> tail = new ArrayList<>(words.subList(0, 30_000));
        tail.addAll(words(random, 30_000));
        assertEquals(60_000, Sketch.of(String.join(" ", words)).words());
        assertEquals(1.0 / 3, Sketch.of(String.join(" ", words)).resemblance(Sketch.of(String.join(" ", tail))), 0.13);
    }

    @Test
    void shortTextsAreComparedToo() {
        Sketch none = Sketch.of("");
        Sketch one = Sketch.of("hello");
        assertEquals(1, none.resemblance(Sketch.of("  ")));
        assertEquals(0, none.resemblance(one));
        assertEquals(1, one.resemblance(Sketch.of("Hello")));
        assertEquals(0, one.resemblance(Sketch.of("world")), 0.1);
        assertEquals(1, Sketch.of("a b c d").resemblance(Sketch.of("A  b c\nd")));
    }

    @Test
    void textAndBack() {
        Sketch sketch = Sketch.of("one two three four");
        assertEquals(sketch, Sketch.of(sketch.text(), sketch.words()));
        assertThrows(Malformed.class, () -> Sketch.of("AAAA", 3));
        assertThrows(Malformed.class, () -> Sketch.of("???", 3));
        assertThrows(Malformed.class, () -> Sketch.of(sketch.text(), -1));
    }
}
