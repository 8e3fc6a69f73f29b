package io.bezoar.detect.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Probabilities against a hand-worked example, and what every model of language keeps.
class KneserNeyTest {

    /// "a b a b" and "a c": the starts, pairs and continuations are few enough to count by hand.
    @Test
    void agreesWithAnExampleWorkedByHand() {
        KneserNey model = new KneserNey(2);
        model.add(new int[] {1, 2, 1, 2});
        model.add(new int[] {1, 3});
        model.counted();
        // pairs: start 1 twice, 1 2 twice, 2 1 once, 1 3 once; so n1 = 2, n2 = 2 and the discount is 2 / 6
        double discount = 1.0 / 3;
        // single tokens continue: 1 two kinds, 2 one, 3 one; so n1 = 2, n2 = 1 and the discount is 2 / 4
        double uniform = 1.0 / 4;
        double second = (1 - 0.5) / 4 + 0.5 * 3 / 4 * uniform;
        // after 1: 2 twice and 3 once
        double expected = (2 - discount) / 3 + discount * 2 / 3 * second;
        assertEquals(-Math.log(expected), model.surprises(new int[] {1, 2})[1], 1e-12);
        double unknown = discount * 2 / 3 * (0.5 * 3 / 4 * uniform);
        assertEquals(-Math.log(unknown), model.surprises(new int[] {1, 9})[1], 1e-12);
    }

    @Test
    void probabilitiesOfAllTokensAndAnUnknownOneAddUpToOne() {
        Random random = new Random(3);
        for (int order = 1; order <= 3; order++) {
            KneserNey model = new KneserNey(order);
            for (int t = 0; t < 60; t++) {
                model.add(random.ints(1 + random.nextInt(12), 0, 9).toArray());
            }
            model.counted();
            for (int trial = 0; trial < 40; trial++) {
                int[] text = random.ints(3, 0, 9).toArray();
                double sum = IntStream.rangeClosed(0, 9)
                        .mapToDouble(token -> Math.exp(-model.surprise(new int[] {text[0], text[1], token}, 2)))
                        .sum();
                assertEquals(1, sum, 1e-9, "order " + order);
            }
        }
    }

    @Test
    void anOrderOutOfRangeIsRefused() {
        assertEquals(
                "a Kneser-Ney model needs an order of 1 to 3, not 4",
                assertThrows(IllegalArgumentException.class, () -> new KneserNey(4))
                        .getMessage());
    }

    @Test
    void aModelOfNothingKnowsNothing() {
        KneserNey model = new KneserNey(3).counted();
        assertEquals(0, model.surprises(new int[] {5, 6})[1], 0);
        assertTrue(!model.known(5));
    }
}
