package io.bezoar.learn.unlearn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.TabularOracles;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Rows;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Removal on breast cancer against training again; the expected shares were computed by another
/// implementation.
class RemovalTest {
    private static final int[] FIRST_TEN = {233, 466, 89, 322, 178, 411, 34, 267, 123, 356};

    @ParameterizedTest
    @CsvSource({
        "0.1, 1, .0015, .0003",
        "0.1, 10, .0503, .0035",
        "0.1, 50, .1458, .0086",
        "0.1, 100, .2779, .0184",
        "0.01, 1, .0015, .0005",
        "0.01, 10, .1375, .0138",
        "0.01, 50, .2162, .0492",
        "0.01, 100, .4008, .1092"
    })
    void stepsLandWhereTheTableSays(double penalty, int count, double first, double one) {
        Problem problem = problem(penalty);
        double[] model = new Newton().to(1e-12).fit(problem);
        int[] gone = leastHashes(count);
        double[] retrained = new Newton().to(1e-12).fit(problem.without(gone));
        near(
                first,
                Removal.Verified.of(Removal.firstOrder(problem, model, gone), retrained, model)
                        .share());
        near(
                one,
                Removal.Verified.of(Removal.steps(problem, model, gone, 1).model(), retrained, model)
                        .share());

        Removal done = Removal.of(problem, model, gone, 1e-6);
        Removal.Verified verified = done.verify(problem, model, gone);
        assertTrue(verified.largest() <= 1e-6, () -> "off by " + verified.largest());
        assertTrue(verified.distance() <= done.distance() + 1e-9, () -> "the bound holds: " + done.distance());
        assertTrue(done.steps() <= 5, () -> done.steps() + " steps");
        // three steps reach what four digits of the table cannot show
        assertTrue(Removal.Verified.of(Removal.steps(problem, model, gone, 3).model(), retrained, model)
                        .largest()
                < 3e-4);
    }

    /// Within a tenth, or what rounding of the table's four digits allows.
    private static void near(double expected, double actual) {
        assertEquals(expected, actual, Math.max(0.1 * expected, 0.6e-4));
    }

    @Test
    void removingNothingChangesNothing() {
        Problem problem = problem(0.1);
        double[] model = new Newton().to(1e-12).fit(problem);
        Removal removal = Removal.of(problem, model, new int[0], 1e-6);
        assertArrayEquals(model, removal.model(), 1e-9);
        assertEquals(0, removal.epsilon(1, 1e-5), 1e-6);
    }

    @Test
    void theBudgetGrowsWithTheDistanceAndShrinksWithTheNoise() {
        Problem problem = problem(0.1);
        double[] model = new Newton().to(1e-12).fit(problem);
        Removal one = Removal.steps(problem, model, leastHashes(10), 1);
        assertEquals(one.epsilon(10, 1e-4) / 10, one.epsilon(100, 1e-4), 1e-12);
        assertTrue(one.epsilon(10, 1e-4)
                > Removal.steps(problem, model, leastHashes(10), 2).epsilon(10, 1e-4));
        assertEquals(Double.POSITIVE_INFINITY, one.epsilon(1e-9, 1e-4));
        var wrong = assertThrows(IllegalArgumentException.class, () -> one.epsilon(0, 1e-4));
        assertEquals(
                "certified removal needs noise above 0 and a delta between 0 and 1, came 0.0 and 1.0E-4",
                wrong.getMessage());
    }

    private static Problem problem(double penalty) {
        var train = TabularOracles.breastCancer().train();
        return new Problem(Rows.of(DenseFeatures.of(train.x())), train.y(), new Loss.Logistic(), penalty);
    }

    /// The train rows with the least Knuth hashes, by their place among the train rows.
    private static int[] leastHashes(int count) {
        int[] rows = IntStream.range(0, 569)
                .filter(row -> row % 5 != 0)
                .boxed()
                .sorted(Comparator.comparingLong(row -> row * 2654435761L & 0xffffffffL))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < Math.min(count, FIRST_TEN.length); i++) {
            assertEquals(FIRST_TEN[i], rows[i]);
        }
        return IntStream.of(rows).map(row -> row - row / 5 - 1).toArray();
    }
}
