package io.bezoar.lab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VictimTest {
    private static final List<Example> ROWS = Tickets.rows(400);
    private static final List<String> CLASSES = List.of("card", "loan", "rate");

    private static int[] labels(List<Example> rows) {
        return rows.stream()
                .mapToInt(row -> CLASSES.indexOf(row.label().orElseThrow()))
                .toArray();
    }

    @Test
    void itLearns() {
        Victim victim = Victim.train(ROWS, labels(ROWS), 3);
        int[] labels = labels(ROWS);
        long right = 0;
        for (int i = 0; i < labels.length; i++) {
            right += victim.answer(ROWS.get(i)) == labels[i] ? 1 : 0;
        }
        assertTrue(right > 390, "right: " + right);
    }

    /// At the optimum the gradient of the free intercepts is nothing: the mean probability of a class is
    /// its share.
    @Test
    void meanProbabilitiesAreTheSharesOfTheClasses() {
        Victim victim = Victim.train(ROWS, labels(ROWS), 3);
        double[] sum = new double[3];
        for (Example row : ROWS) {
            double[] probabilities = victim.probabilities(row);
            for (int c = 0; c < 3; c++) {
                sum[c] += probabilities[c];
            }
        }
        for (int c = 0; c < 3; c++) {
            int label = c;
            long rows = ROWS.stream()
                    .filter(row -> row.label().orElseThrow().equals(CLASSES.get(label)))
                    .count();
            assertEquals((double) rows, sum[c], 2 * Victim.TOLERANCE / Victim.STRENGTH);
        }
    }

    @Test
    void theOptimumIsOneWhereverTrainingBegins() {
        Victim victim = Victim.train(ROWS, labels(ROWS), 3);
        List<Example> fewer = ROWS.subList(0, 300);
        List<Example> shuffled = new ArrayList<>(ROWS);
        Collections.shuffle(shuffled, new Random(1));
        Victim warm = Victim.train(fewer, labels(fewer), 3).retrained(shuffled, labels(shuffled));
        for (Example row : Tickets.rows(450).subList(400, 450)) {
            assertArrayEquals(victim.probabilities(row), warm.probabilities(row), 0.01);
        }
    }

    @Test
    void textsWithoutAKnownWordAreAnsweredByTheIntercepts() {
        Victim victim = Victim.train(ROWS, labels(ROWS), 3);
        Example nothing = new Example(
                "",
                ROWS.getFirst().target(),
                ROWS.getFirst().origin(),
                ROWS.getFirst().position(),
                "");
        assertEquals(1, java.util.Arrays.stream(victim.probabilities(nothing)).sum(), 1e-12);
    }

    @Test
    void theExponentialIsAsExactAsItSays() {
        for (double x = 0; x > -690; x -= 0.37) {
            assertEquals(1, Victim.exp(x) / StrictMath.exp(x), 1e-11);
        }
        assertEquals(1, Victim.exp(0));
        assertTrue(Victim.exp(-1e9) < 1e-300);
    }

    @Test
    void theMinimumOfAParabolaIsFound() {
        double[] point = {5, -3, 100};
        int steps = LimitedMemory.minimise(
                (at, gradient) -> {
                    double value = 0;
                    for (int i = 0; i < 3; i++) {
                        double curve = Math.pow(30, i);
                        value += curve * (at[i] - i) * (at[i] - i) / 2;
                        gradient[i] = curve * (at[i] - i);
                    }
                    return value;
                },
                point,
                1e-9,
                200);
        assertArrayEquals(new double[] {0, 1, 2}, point, 1e-8);
        assertTrue(steps < 60, "steps: " + steps);
    }
}
