package io.bezoar.learn.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.convex.Vectors;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OneHiddenLayerTest {
    private static final int ROWS = 120;
    private final double[][] x = new double[ROWS][5];
    private final int[] labels = new int[ROWS];
    private final DenseFeatures features;
    private final double[] counts = new double[ROWS];

    OneHiddenLayerTest() {
        SplittableRandom random = new SplittableRandom(3);
        for (int r = 0; r < ROWS; r++) {
            for (int c = 0; c < 5; c++) {
                x[r][c] = random.nextDouble() * 2 - 1;
            }
            labels[r] = x[r][0] * x[r][1] > 0 ? 1 : x[r][2] > 0 ? 2 : 0; // no linear model learns the product
            counts[r] = 1;
        }
        features = DenseFeatures.of(x);
    }

    @Test
    void theGradientIsTheSlopeOfTheLoss() {
        OneHiddenLayer network = train(features, 20);
        double[] gradient = network.gradient(features, 7, labels[7]);
        for (int i = 0; i < gradient.length; i++) {
            double[] up = network.weights().clone();
            double[] down = network.weights().clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double slope = (new OneHiddenLayer(5, 8, 3, up).loss(features, 7, labels[7])
                            - new OneHiddenLayer(5, 8, 3, down).loss(features, 7, labels[7]))
                    / 2e-5;
            assertEquals(slope, gradient[i], 1e-7, "weight " + i);
        }
    }

    @Test
    void learnsWhatNoLinearModelCan() {
        OneHiddenLayer network = train(features, 300);
        int right = 0;
        for (int r = 0; r < ROWS; r++) {
            double[] chances = network.chances(features, r);
            assertEquals(1, Arrays.stream(chances).sum(), 1e-12);
            right += chances[labels[r]] > 0.5 ? 1 : 0;
        }
        assertTrue(right >= 0.95 * ROWS, right + " of " + ROWS);
        assertArrayEquals(network.weights(), train(features, 300).weights());
    }

    /// In any orthonormal basis the curvature adds up to the mean squared length of the gradients, the
    /// expectation over the model's own answers.
    @Test
    void theCurvatureAddsUpToTheSquaredGradients() {
        OneHiddenLayer network = train(features, 50);
        double squares = IntStream.range(0, ROWS)
                .mapToDouble(r -> {
                    double[] chances = network.chances(features, r);
                    return IntStream.range(0, 3)
                            .mapToDouble(y -> {
                                double[] gradient = network.gradient(features, r, y);
                                return chances[y] * Vectors.dot(gradient, gradient);
                            })
                            .sum();
                })
                .average()
                .orElseThrow();
        var curvature = network.curvature(features);
        assertEquals(squares, curvature.mean() * network.weights().length, 1e-9 * squares);
        double[] gradient = network.gradient(features, 3, labels[3]);
        double[] far = curvature.inverse(1e9, gradient); // damped beyond all curvature it only scales
        Vectors.scale(far, 1e9);
        assertArrayEquals(gradient, far, 1e-6);
    }

    /// Rows with a wrong label bend their own answer more than others do.
    @Test
    void wrongLabelsHaveMuchSelfInfluence() {
        int[] noisy = labels.clone();
        for (int r = 0; r < ROWS; r += 12) {
            noisy[r] = (noisy[r] + 1) % 3;
        }
        var how = new OneHiddenLayer.Settings(8, 1e-2, 300, 1);
        OneHiddenLayer network = OneHiddenLayer.train(features, noisy, counts, 3, how);
        var curvature = network.curvature(features);
        double damping = 0.1 * curvature.mean();
        double[] self = IntStream.range(0, ROWS)
                .mapToDouble(r -> {
                    double[] gradient = network.gradient(features, r, noisy[r]);
                    return Vectors.dot(gradient, curvature.inverse(damping, gradient));
                })
                .toArray();
        double wins = 0;
        int pairs = 0;
        for (int bad = 0; bad < ROWS; bad += 12) {
            for (int good = 0; good < ROWS; good++) {
                if (good % 12 != 0) {
                    wins += self[bad] > self[good] ? 1 : 0;
                    pairs++;
                }
            }
        }
        double auc = wins / pairs;
        assertTrue(auc > 0.9, "AUC " + auc);
    }

    private OneHiddenLayer train(DenseFeatures rows, int steps) {
        return OneHiddenLayer.train(rows, labels, counts, 3, new OneHiddenLayer.Settings(8, 1e-4, steps, 1));
    }
}
