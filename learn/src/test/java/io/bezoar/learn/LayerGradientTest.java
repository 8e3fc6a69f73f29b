package io.bezoar.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.convex.Eigen;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayerGradientTest {
    private static double[][] random(Random random, int rows, int columns) {
        double[][] out = new double[rows][columns];
        for (double[] row : out) {
            Arrays.setAll(row, _ -> random.nextGaussian());
        }
        return out;
    }

    /// The singular values of the gradient written out, by one-sided rotations of its columns (Hestenes
    /// 1958): it has neither the products nor the method of what it is held against.
    private static double[] bruteForce(double[][] errors, double[][] states) {
        int rows = errors[0].length;
        int columns = states[0].length;
        double[][] sides = new double[columns][rows];
        for (int t = 0; t < errors.length; t++) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    sides[j][i] += errors[t][i] * states[t][j];
                }
            }
        }
        for (int sweep = 0; sweep < 40; sweep++) {
            for (int p = 0; p < columns; p++) {
                for (int q = p + 1; q < columns; q++) {
                    rotate(sides[p], sides[q]);
                }
            }
        }
        return Arrays.stream(sides)
                .mapToDouble(side -> Math.sqrt(dot(side, side)))
                .map(value -> -value)
                .sorted()
                .map(value -> -value)
                .toArray();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static void rotate(double[] a, double[] b) {
        double both = dot(a, b);
        if (both == 0) {
            return;
        }
        double zeta = (dot(b, b) - dot(a, a)) / (2 * both);
        double t = Math.signum(zeta == 0 ? 1 : zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double c = 1 / Math.sqrt(1 + t * t);
        for (int i = 0; i < a.length; i++) {
            double x = a[i];
            a[i] = c * x - c * t * b[i];
            b[i] = c * t * x + c * b[i];
        }
    }

    private static double entropy(double[] values, int count) {
        double sum = Arrays.stream(values).limit(count).sum();
        return -Arrays.stream(values)
                        .limit(count)
                        .map(value -> value / sum)
                        .filter(share -> share > 0)
                        .map(share -> share * Math.log(share))
                        .sum()
                / Math.log(count);
    }

    @Test
    void theGradientWrittenOutHasTheSameValues() {
        Random random = new Random(11);
        for (int n = 0; n < 60; n++) {
            int positions = 1 + random.nextInt(40);
            double[][] errors = random(random, positions, 1 + random.nextInt(60));
            double[][] states = random(random, positions, 1 + random.nextInt(40));
            int rank = Math.min(positions, Math.min(errors[0].length, states[0].length));
            double[] expected = Arrays.copyOf(bruteForce(errors, states), Math.min(16, rank));
            LayerGradient gradient = new LayerGradient(errors, states);
            double[] values = gradient.singularValues(16);
            assertEquals(expected.length, values.length, positions + " positions");
            assertArrayEquals(expected, values, 1e-10 * expected[0]);
            double wanted = entropy(expected, 16);
            assertEquals(wanted, gradient.entropy(16), 1e-10 * Math.max(1e-3, wanted));
        }
    }

    /// What a model would give: probabilities less the token that comes, cut to the first eighth of both
    /// sides.
    @Test
    void theSameOfErrorsThatWereCut() {
        Random random = new Random(12);
        for (int n = 0; n < 20; n++) {
            int positions = 2 + random.nextInt(50);
            double[][] errors = random(random, positions, 800);
            for (double[] row : errors) {
                double sum = Arrays.stream(row).map(Math::exp).sum();
                Arrays.setAll(row, i -> Math.exp(row[i]) / sum);
                row[random.nextInt(800)] -= 1;
            }
            double[][] states = random(random, positions, 256);
            double[][] left =
                    Arrays.stream(errors).map(row -> Arrays.copyOf(row, 100)).toArray(double[][]::new);
            double[][] right =
                    Arrays.stream(states).map(row -> Arrays.copyOf(row, 32)).toArray(double[][]::new);
            double wanted = entropy(bruteForce(left, right), 16);
            assertEquals(wanted, new LayerGradient(left, right).entropy(16), 1e-10 * wanted);
        }
    }

    @Test
    void oneDirectionHasNoEntropyAndEqualOnesHaveAll() {
        Random random = new Random(13);
        double[] error = random(random, 1, 30)[0];
        double[] state = random(random, 1, 20)[0];
        double[][] errors = new double[50][];
        double[][] states = new double[50][];
        for (int t = 0; t < 50; t++) {
            double one = random.nextGaussian();
            double other = random.nextGaussian();
            errors[t] = Arrays.stream(error).map(x -> one * x).toArray();
            states[t] = Arrays.stream(state).map(x -> other * x).toArray();
        }
        assertEquals(0, new LayerGradient(errors, states).entropy(16));
        double[][] axes = new double[16][40];
        IntStream.range(0, 16).forEach(t -> axes[t][2 * t] = 3);
        assertEquals(1, new LayerGradient(axes, axes).entropy(16), 1e-12);
        double[][] more = new double[40][40];
        IntStream.range(0, 40).forEach(t -> more[t][t] = -2);
        assertEquals(1, new LayerGradient(more, more).entropy(16), 1e-12);
        double[][] four = Arrays.copyOf(axes, 4);
        assertEquals(0.5, new LayerGradient(four, four).entropy(16), 1e-12);
        double[][] none = new double[3][40];
        assertEquals(0, new LayerGradient(none, none).entropy(16));
        assertEquals(0, new LayerGradient(new double[0][], new double[0][]).entropy(16));
    }

    @Test
    void largestValuesAreThoseOfAllValues() {
        Random random = new Random(14);
        for (int size : new int[] {1, 2, 3, 7, 30, 61}) {
            double[] matrix = new double[size * size];
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    // whole numbers, many of them 0: values that are equal, and matrices that fall apart
                    matrix[i * size + j] = random.nextInt(3) == 0 ? random.nextInt(5) - 2 : 0;
                    matrix[j * size + i] = matrix[i * size + j];
                }
            }
            double[] all = Arrays.stream(Eigen.of(matrix, size).values())
                    .map(value -> -value)
                    .sorted()
                    .map(value -> -value)
                    .toArray();
            assertArrayEquals(all, LargestValues.of(matrix, size, size), 1e-12 * size);
            assertArrayEquals(
                    Arrays.copyOf(all, Math.min(3, size)), LargestValues.of(matrix, size, Math.min(3, size)), 1e-11);
        }
    }

    @Test
    void largeOnesTakeNoMinutes() {
        Random random = new Random(15);
        double entropy = new LayerGradient(random(random, 512, 600), random(random, 512, 512)).entropy(16);
        assertTrue(entropy > 0.9 && entropy <= 1, "entropy " + entropy);
    }

    @Test
    void everyErrorNeedsAState() {
        assertEquals(
                "expected a state for each of 2 errors, came 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new LayerGradient(new double[2][3], new double[1][3]))
                        .getMessage());
    }
}
