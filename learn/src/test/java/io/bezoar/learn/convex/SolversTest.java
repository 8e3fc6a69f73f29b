package io.bezoar.learn.convex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.DenseFeatures;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/// Every loss, every solver: derivatives are slopes, optima are flat, and the ways to one optimum agree.
class SolversTest {
    private final SplittableRandom random = new SplittableRandom(11);

    private Problem problem(Loss loss, int rows, int columns, double penalty) {
        double[][] x = new double[rows][columns];
        double[] y = new double[rows];
        double[] weights = new double[rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                x[r][c] = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 4 - 2;
            }
            y[r] = switch (loss) {
                case Loss.Softmax(int classes, double _) -> random.nextInt(classes);
                case Loss.Logistic(), Loss.Hinge() -> random.nextInt(2);
                case Loss.Squared _, Loss.Huber _ -> 3 * x[r][0] - x[r][1] + random.nextDouble() * 3;
            };
            weights[r] = random.nextInt(5) == 0 ? 0.5 : 1;
        }
        return new Problem(Rows.of(DenseFeatures.of(x)), y, weights, loss, penalty);
    }

    private static final List<Loss> LOSSES = List.of(
            new Loss.Softmax(3),
            new Loss.Softmax(3, 0.2),
            new Loss.Logistic(),
            new Loss.Squared(),
            new Loss.Huber(0.7));

    @Test
    void derivativesAreSlopes() {
        for (Loss loss : LOSSES) {
            Problem problem = problem(loss, 40, 4, 0.01);
            double[] at = random.doubles(problem.size(), -1, 1).toArray();
            double[] gradient = problem.gradient(at);
            double[] matrix = Curvature.at(problem, at).matrix();
            for (int i = 0; i < at.length; i++) {
                double[] up = at.clone();
                double[] down = at.clone();
                up[i] += 1e-6;
                down[i] -= 1e-6;
                assertEquals((problem.value(up) - problem.value(down)) / 2e-6, gradient[i], 1e-6, loss + " " + i);
                double[] bend = Vectors.minus(problem.gradient(up), problem.gradient(down));
                for (int j = 0; j < at.length; j++) {
                    assertEquals(bend[j] / 2e-6, matrix[i * at.length + j], 1e-5, loss + " " + i + " " + j);
                }
            }
            double[] v = random.doubles(at.length, -1, 1).toArray();
            double[] product = new double[at.length];
            double[] diagonal = new double[at.length];
            for (int i = 0; i < at.length; i++) {
                diagonal[i] = matrix[i * at.length + i];
                for (int j = 0; j < at.length; j++) {
                    product[i] += matrix[i * at.length + j] * v[j];
                }
            }
            assertArrayEquals(product, Curvature.at(problem, at).times(v), 1e-12);
            assertArrayEquals(diagonal, Curvature.at(problem, at).diagonal(), 1e-12);
            double[] solved =
                    ConjugateGradients.of(Curvature.at(problem, at), 1e-13, 500).times(product);
            assertArrayEquals(v, solved, 1e-9);
            assertArrayEquals(v, Cholesky.of(matrix, at.length).times(product), 1e-9);
        }
    }

    @Test
    void theWaysToAnOptimumAgree() {
        for (Loss loss : LOSSES) {
            Problem problem = problem(loss, 60, 5, 0.02);
            double[] newton = new Newton().fit(problem);
            assertTrue(Vectors.largest(problem.gradient(newton)) < 1e-9, () -> loss + " is not flat");
            double[] lbfgs = new Lbfgs(10, 2000, 1e-9)
                    .minimise(
                            new Lbfgs.Function() {
                                @Override
                                public double value(double[] at) {
                                    return problem.value(at);
                                }

                                @Override
                                public double[] gradient(double[] at) {
                                    return problem.gradient(at);
                                }
                            },
                            new double[problem.size()]);
            assertArrayEquals(newton, lbfgs, 1e-6, loss.toString());
            Inverse near = Curvature.at(problem, newton).inverse(1e-8);
            Problem fewer = problem.without(3, 8);
            assertArrayEquals(
                    new Newton().fit(fewer), new Newton().near(near).fit(fewer, newton), 1e-8, loss.toString());
        }
    }

    @Test
    void threadsDoNotChangeABit() throws Exception {
        Problem problem = problem(new Loss.Softmax(4), 9000, 6, 1e-3);
        double[] here = new Newton().fit(problem);
        for (int threads : new int[] {1, 3, 8}) {
            try (ForkJoinPool pool = new ForkJoinPool(threads)) {
                assertArrayEquals(
                        here, pool.submit(() -> new Newton().fit(problem)).get());
            }
        }
    }

    @Test
    void wrongInputIsNamed() {
        Rows rows = Rows.of(DenseFeatures.of(new double[][] {{1, 1}, {2, 2}, {3, 3}}));
        Problem singular = new Problem(rows, new double[] {1, 2, 3}, new Loss.Squared(), 0);
        assertEquals(
                "expected curvature that can be inverted, but direction 1 has none: raise the penalty, or leave out"
                        + " features that are sums of others",
                message(() -> new Newton().fit(singular)));
        assertEquals(
                "row 1 has the answer NaN, which Squared[] cannot learn: give a class, 0 or 1, or a finite number",
                message(() -> new Problem(rows, new double[] {1, Double.NaN, 3}, new Loss.Squared(), 1)));
        assertEquals(
                "row 0, feature 0 is NaN: features must be finite",
                message(() -> DenseFeatures.of(new double[][] {{Double.NaN}})));
        assertEquals(
                "row 0, feature 1 is Infinity: features must be finite",
                message(() -> new SparseMatrix.Builder(2).put(1, Double.POSITIVE_INFINITY)));
        assertEquals(
                "the penalty must be 0 or more and finite, not NaN",
                message(() -> new Problem(rows, new double[3], new Loss.Squared(), Double.NaN)));
        assertEquals(
                "expected at least one row that counts, came none",
                message(() -> new Problem(rows, new double[3], new Loss.Squared(), 1).without(0, 1, 2)));
    }

    private static String message(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
