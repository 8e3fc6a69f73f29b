package io.bezoar.learn.convex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.robust.HingeTrainer;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The dual leads to the same optimum as the other solvers.
class DualDescentTest {
    private final SplittableRandom random = new SplittableRandom(17);

    private Problem problem(Loss loss, int rows, int columns, double penalty) {
        double[][] x = new double[rows][columns];
        double[] y = new double[rows];
        double[] weights = new double[rows];
        for (int r = 0; r < rows; r++) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                x[r][c] = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 4 - 2;
                sum += c % 2 == 0 ? x[r][c] : -x[r][c];
            }
            y[r] = sum + 3 * random.nextDouble() - 1.5 > 0 ? 1 : 0;
            weights[r] = random.nextInt(7) == 0 ? 0 : random.nextInt(5) == 0 ? 0.5 : 1;
        }
        return new Problem(Rows.of(DenseFeatures.of(x)), y, weights, loss, penalty);
    }

    @Test
    void logisticIsWhereNewtonEnds() {
        for (double penalty : new double[] {1, 0.1, 0.01, 1e-3}) {
            Problem problem = problem(new Loss.Logistic(), 200, 6, penalty);
            DualDescent.Fit dual = new DualDescent().fit(problem);
            double[] newton = new Newton().fit(problem);
            assertArrayEquals(newton, dual.model(), 1e-6, "penalty " + penalty);
            double away = Vectors.length(Vectors.minus(newton, dual.model()));
            assertTrue(away <= dual.distance(problem) + 1e-9, "the bound must hold: " + away);
        }
    }

    /// Every row stands there again turned round, so that the best intercept is 0, as the other solver's.
    @Test
    void hingeIsWhereTheSupportVectorMachineEnds() {
        for (double penalty : new double[] {1, 0.1, 0.02}) {
            Problem half = problem(new Loss.Hinge(), 80, 4, penalty);
            double[][] x = new double[160][4];
            double[] y = new double[160];
            for (int row = 0; row < 80; row++) {
                half.rows().add(row, 1, x[row], 0);
                half.rows().add(row, -1, x[row + 80], 0);
                y[row] = half.answers()[row];
                y[row + 80] = 1 - y[row];
            }
            Problem problem = new Problem(Rows.of(DenseFeatures.of(x)), y, new Loss.Hinge(), penalty);
            DualDescent.Fit dual = new DualDescent(1e-12, 200_000).fit(problem);
            HingeTrainer.Fit other = new HingeTrainer(penalty, 1e-9, 200_000)
                    .fit(
                            problem.rows(),
                            IntStream.range(0, 160).map(row -> (int) y[row]).toArray(),
                            IntStream.range(0, 160).toArray());
            assertEquals(0, other.bias(), 1e-6);
            assertArrayEquals(other.weights(), dual.model(), 1e-6, "penalty " + penalty);
            assertTrue(dual.gap() >= -1e-12 && dual.gap() <= 1e-12);
        }
    }

    @Test
    void nothingIsBetterThanTheOptimum() {
        Problem problem = problem(new Loss.Hinge(), 100, 3, 0.05);
        double[] best = new DualDescent().fit(problem).model();
        for (int i = 0; i < 200; i++) {
            double[] other = best.clone();
            Vectors.add(
                    other, random.nextDouble() * 0.1, random.doubles(3, -1, 1).toArray());
            assertTrue(problem.value(other) >= problem.value(best) - 1e-12);
        }
    }

    @Test
    void whatItCannotFitIsRefused() {
        Problem squared = new Problem(
                Rows.of(DenseFeatures.of(new double[][] {{1}, {2}})), new double[] {1, 2}, new Loss.Squared(), 1);
        assertEquals(
                "expected a hinge or logistic loss and a penalty above 0, came Squared[] and 1.0",
                assertThrows(IllegalArgumentException.class, () -> new DualDescent().fit(squared))
                        .getMessage());
        Problem hinge = problem(new Loss.Hinge(), 10, 2, 1);
        assertEquals(
                "expected a smooth loss for Newton's method, came a hinge: fit it by dual descent",
                assertThrows(IllegalArgumentException.class, () -> new Newton().fit(hinge))
                        .getMessage());
        Problem more = problem(new Loss.Hinge(), 300, 5, 1e-4);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new DualDescent(1e-13, 1).fit(more))
                .getMessage()
                .startsWith("the fit did not settle in 1 passes: the objectives are "));
    }
}
