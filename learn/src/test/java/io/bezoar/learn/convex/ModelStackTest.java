package io.bezoar.learn.convex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.LogPool;
import io.bezoar.learn.SoftmaxRegression;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class ModelStackTest {
    private static final int CLASSES = 3;

    private final Random random = new Random(4);
    private final int[] labels = random.ints(5000, 0, CLASSES).toArray();
    private final float[][] noLast = says(row -> Math.min(labels[row], 1));
    private final float[][] noMiddle = says(row -> labels[row] == 2 ? 2 : 0);

    private interface Answer {
        int of(int row);
    }

    /// The logits of a model that leans to an answer.
    private float[][] says(Answer answer) {
        float[][] logits = new float[labels.length][CLASSES];
        for (int r = 0; r < logits.length; r++) {
            for (int c = 0; c < CLASSES; c++) {
                logits[r][c] = (float) random.nextGaussian() + (c == answer.of(r) ? 3 : 0);
            }
        }
        return logits;
    }

    private double loss(float[][] logits, int rows) {
        double loss = 0;
        for (int r = 0; r < rows; r++) {
            float[] p = logits[r].clone();
            SoftmaxRegression.softmax(p);
            loss -= Math.log(p[labels[r]]) / rows;
        }
        return loss;
    }

    private static double[] ones(ModelStack stack) {
        double[] ones = new double[stack.learned()];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void modelsThatDoNotKnowAClassEachKnowAllTogether() {
        List<float[][]> models = List.of(noLast, noMiddle);
        LogPool pool = LogPool.of(models, labels);
        ModelStack stack = ModelStack.of(models, labels, CLASSES);
        float[][] logits = stack.logits(stack.weights(ones(stack), new double[0]), labels.length);
        assertEquals(labels.length, logits.length);
        assertTrue(
                loss(logits, stack.learned()) < pool.loss() - 0.1,
                "pool " + pool.loss() + ", stack " + loss(logits, stack.learned()));
        float[][] unseen = Arrays.copyOfRange(logits, stack.learned(), labels.length);
        int hits = 0;
        for (int r = 0; r < unseen.length; r++) {
            hits += SoftmaxRegression.best(unseen[r]) == labels[stack.learned() + r] ? 1 : 0;
        }
        assertTrue(hits > 0.8 * unseen.length, hits + " of " + unseen.length);
    }

    @Test
    void whatIsNotTrustedTeachesNothing() {
        ModelStack stack = ModelStack.of(List.of(noLast, noMiddle), labels, CLASSES);
        double[] trust = ones(stack);
        for (int r = 0; r < trust.length; r++) {
            trust[r] = labels[r] == 2 ? 0 : 1;
        }
        for (float[] row : stack.logits(stack.weights(trust, new double[0]), labels.length)) {
            SoftmaxRegression.softmax(row);
            assertTrue(row[2] < 0.05, "a class that no trusted row has: " + row[2]);
        }
    }

    @Test
    void whereItBeginsDoesNotMatterNorDoThreads() throws Exception {
        ModelStack stack = ModelStack.of(List.of(noLast, noMiddle), labels, CLASSES);
        double[] weights = stack.weights(ones(stack), new double[0]);
        double[] elsewhere = weights.clone();
        Arrays.setAll(elsewhere, i -> elsewhere[i] + (i % 2 == 0 ? 0.5 : -0.5));
        assertArrayEquals(weights, stack.weights(ones(stack), elsewhere), 0.02);
        for (int threads : new int[] {1, 4}) {
            try (ForkJoinPool pool = new ForkJoinPool(threads)) {
                double[] same = pool.submit(() -> {
                            ModelStack another = ModelStack.of(List.of(noLast, noMiddle), labels, CLASSES);
                            return another.weights(ones(another), new double[0]);
                        })
                        .get();
                assertArrayEquals(weights, same);
            }
        }
    }

    /// Where every model is right and sure, no weights are the last ones; the fit ends all the same.
    @Test
    void modelsWithoutAnErrorAreJoinedAsWell() {
        for (float sure : new float[] {3, 20, 60}) {
            float[][] right = new float[600][4];
            int[] truth = new int[right.length];
            for (int r = 0; r < right.length; r++) {
                truth[r] = r % 4;
                for (int c = 0; c < 4; c++) {
                    right[r][c] = c == truth[r] ? sure : -sure * (1 + (r * 7 + c) % 5) / 5;
                }
            }
            ModelStack stack = ModelStack.of(List.of(right, right, right), truth, 4);
            double[] weights = stack.weights(ones(stack), new double[0]);
            double[] again = stack.weights(ones(stack), weights);
            float[][] logits = stack.logits(again, right.length);
            for (int r = 0; r < right.length; r++) {
                assertEquals(truth[r], SoftmaxRegression.best(logits[r]));
            }
        }
    }

    @Test
    void moreWeightsNeedMoreRows() {
        assertTrue(ModelStack.learnable(3, 4, 4000));
        assertTrue(ModelStack.learnable(3, 2, 280));
        assertFalse(ModelStack.learnable(3, 2, 279));
        assertFalse(ModelStack.learnable(3, 77, 1_000_000));
        assertFalse(ModelStack.learnable(3, 1, 4000));
    }
}
