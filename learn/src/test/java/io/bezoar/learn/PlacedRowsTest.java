package io.bezoar.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What neighbours say of rows that lie about the mean of their class.
class PlacedRowsTest {
    private static final int CLASSES = 3;
    private static final int ROWS = 600;
    private static final int LENGTH = 20;

    private final int[] truth = IntStream.range(0, ROWS).map(r -> r % CLASSES).toArray();
    private final int[] labels = truth.clone();
    private final float[][] rows = new float[ROWS][LENGTH];
    private final long[] groups = IntStream.range(0, ROWS).mapToLong(r -> r).toArray();

    PlacedRowsTest() {
        Random random = new Random(11);
        for (int r = 0; r < ROWS; r++) {
            double squares = 0;
            for (int i = 0; i < LENGTH; i++) {
                rows[r][i] = (float) (random.nextGaussian() * 0.3 + (i % CLASSES == truth[r] ? 1 : 0));
                squares += rows[r][i] * rows[r][i];
            }
            for (int i = 0; i < LENGTH; i++) {
                rows[r][i] /= (float) Math.sqrt(squares);
            }
        }
        for (int r = 0; r < ROWS; r += 10) {
            labels[r] = (labels[r] + 1) % CLASSES;
        }
    }

    private void right(float[][] logits) {
        for (int r = 0; r < ROWS; r++) {
            assertEquals(truth[r], SoftmaxRegression.best(logits[r]), "row " + r);
        }
    }

    @Test
    void wrongLabelsAreSeenThrough() {
        right(NearestPlaces.logits(rows, labels, CLASSES, groups));
    }

    @Test
    void noRowIsJudgedByItsGroup() {
        int[] swapped = labels.clone();
        swapped[21] = labels[22];
        swapped[22] = labels[21];
        assertTrue(labels[21] != labels[22]);
        long[] together = groups.clone();
        Arrays.fill(together, 0, 300, 1);
        assertArrayEquals(
                NearestPlaces.logits(rows, labels, CLASSES, together)[21],
                NearestPlaces.logits(rows, swapped, CLASSES, together)[21]);
    }

    @Test
    void nearestIsWhatComparingAllSays() {
        NearestRows near = new NearestRows(rows);
        int[] nearest = near.nearest(rows[3], 4, row -> row % 2 == 0);
        int[] expected = IntStream.range(0, ROWS)
                .filter(row -> row % 2 == 0)
                .boxed()
                .sorted((a, b) -> Double.compare(distance(3, a), distance(3, b)))
                .limit(4)
                .mapToInt(row -> row)
                .toArray();
        assertArrayEquals(expected, nearest);
        assertEquals(0, near.nearest(rows[3], 4, _ -> false).length);
        assertEquals(1, near.nearest(rows[3], 4, row -> row == 9).length);
    }

    private double distance(int one, int other) {
        return IntStream.range(0, LENGTH)
                .mapToDouble(i -> rows[one][i] - rows[other][i])
                .map(d -> d * d)
                .sum();
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        float[][] near = NearestPlaces.logits(rows, labels, CLASSES, groups);
        try (ForkJoinPool pool = new ForkJoinPool(5)) {
            assertArrayEquals(
                    near,
                    pool.submit(() -> NearestPlaces.logits(rows, labels, CLASSES, groups))
                            .get());
        }
    }

    @Test
    void rowsThatLieNowhereAndSetsOfNothing() {
        float[][] some = rows.clone();
        some[5] = new float[0];
        assertTrue(Float.isFinite(NearestPlaces.logits(some, labels, CLASSES, groups)[5][0]));
        assertEquals(0, NearestPlaces.logits(new float[0][], new int[0], 2, new long[0]).length);
    }
}
