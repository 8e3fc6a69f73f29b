package io.bezoar.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The features here are bare hashes: of block 0 words, of block 1 runs of words.
class SoftmaxRegressionTest {
    private static final SoftmaxRegression.Settings SETTINGS = new SoftmaxRegression.Settings();
    private static final int CLASSES = 3;

    /// Rows of which each holds two words of its class, three shared ones and a run of words.
    private record Toy(SparseRows rows, int[] labels) {
        static Toy of(int count, long seed) {
            Random random = new Random(seed);
            List<long[]> hashed = new ArrayList<>();
            int[] labels = new int[count];
            for (int r = 0; r < count; r++) {
                int label = labels[r] = random.nextInt(CLASSES);
                hashed.add(new long[] {
                    10 + 5 * label + random.nextInt(5),
                    10 + 5 * label + random.nextInt(5),
                    100 + random.nextInt(20),
                    100 + random.nextInt(20),
                    100 + random.nextInt(20),
                    (1L << 62) + random.nextInt(30)
                });
            }
            return new Toy(SoftmaxRegressionTest.rows(hashed), labels);
        }

        SoftmaxRegression model(SoftmaxRegression.Settings how) {
            return SoftmaxRegression.train(rows, labels, CLASSES, all(rows), how);
        }
    }

    private static SparseRows rows(List<long[]> hashed) {
        Vocabulary vocabulary = Vocabulary.of(hashed, 1);
        SparseRows.Builder builder = new SparseRows.Builder();
        for (long[] row : hashed) {
            int[] numbers = vocabulary.numbers(row);
            builder.add(numbers, numbers.length);
        }
        return builder.build(vocabulary);
    }

    private static int[] all(SparseRows rows) {
        return IntStream.range(0, rows.rows()).toArray();
    }

    @Test
    void separableRowsAreLearned() {
        Toy toy = Toy.of(300, 1);
        SoftmaxRegression model = toy.model(SETTINGS);
        assertEquals(CLASSES, model.classes());
        for (int r = 0; r < toy.rows().rows(); r++) {
            assertEquals(toy.labels()[r], SoftmaxRegression.best(model.logits(toy.rows(), r)), "row " + r);
        }
        Toy unseen = Toy.of(300, 1);
        assertArrayEquals(
                model.logits(toy.rows(), 7), model.logits(unseen.rows().features(7)));
    }

    @Test
    void onlyTheRowsInUseAreLearned() {
        SparseRows rows = rows(List.of(new long[] {10, 20}, new long[] {11, 21}, new long[] {12, 22}));
        SoftmaxRegression model = SoftmaxRegression.train(rows, new int[] {0, 1, 2}, 3, new int[] {0, 1}, SETTINGS);
        assertArrayEquals(model.logits(new int[0]), model.logits(rows, 2));
    }

    @Test
    void oneRowRepeatedIsLearned() {
        SparseRows rows = rows(List.of(new long[] {10, 11}));
        float before = 1f / CLASSES;
        for (int epochs = 1; epochs <= 20; epochs++) {
            SoftmaxRegression model = SoftmaxRegression.train(
                    rows, new int[] {2}, CLASSES, new int[] {0}, new SoftmaxRegression.Settings(epochs, 0.5f, 0, 1));
            float[] p = model.logits(rows, 0);
            SoftmaxRegression.softmax(p);
            assertTrue(p[2] > before, "after " + epochs + " epochs " + p[2] + ", before " + before);
            assertEquals(p[0], p[1], "the other classes are alike");
            before = p[2];
        }
        assertTrue(before > 0.9, "probability " + before);
    }

    @Test
    void trainingTwiceGivesTheSameBits() {
        Toy toy = Toy.of(200, 2);
        SoftmaxRegression one = toy.model(SETTINGS);
        SoftmaxRegression two = toy.model(SETTINGS);
        for (int f = 0; f < toy.rows().columns(); f++) {
            assertArrayEquals(one.logits(new int[] {f}), two.logits(new int[] {f}));
        }
        for (int r = 0; r < toy.rows().rows(); r++) {
            assertArrayEquals(one.logits(toy.rows(), r), two.logits(toy.rows(), r));
        }
    }

    @Test
    void theSeedAndTheDecayMatter() {
        Toy toy = Toy.of(100, 3);
        float[] plain = toy.model(SETTINGS).logits(toy.rows(), 0);
        float[] seeded =
                toy.model(new SoftmaxRegression.Settings(12, 0.5f, 0, 2)).logits(toy.rows(), 0);
        float[] decayed =
                toy.model(new SoftmaxRegression.Settings(12, 0.5f, 0.05f, 1)).logits(toy.rows(), 0);
        int label = toy.labels()[0];
        assertTrue(plain[label] != seeded[label]);
        assertTrue(spread(decayed) < spread(plain), "decay draws the weights to 0");
    }

    private static float spread(float[] logits) {
        float most = logits[0];
        float least = logits[0];
        for (float logit : logits) {
            most = Math.max(most, logit);
            least = Math.min(least, logit);
        }
        return most - least;
    }

    @Test
    void withoutItsFeaturesARowSaysWhatTheBiasSays() {
        Toy toy = Toy.of(300, 4);
        SoftmaxRegression model = toy.model(SETTINGS);
        float[] bias = model.logits(new int[0]);
        for (int r = 0; r < toy.rows().rows(); r++) {
            int[] features = toy.rows().features(r);
            float[] logits = model.logits(features);
            model.remove(logits, features, features, features.length);
            assertArrayEquals(bias, logits, 1e-5f);

            int[] one = {features[features.length - 1], -1};
            logits = model.logits(features);
            float[] kept = logits.clone();
            model.remove(logits, features, one, 0);
            assertArrayEquals(kept, logits, "none taken out");
            model.remove(logits, features, one, 1);
            // what one feature adds is known from the others' values, which do not change
            float[] others = model.logits(features);
            int[] gone = Arrays.copyOf(features, features.length - 1);
            model.remove(others, features, gone, gone.length);
            for (int c = 0; c < CLASSES; c++) {
                assertEquals(kept[c] - bias[c], (logits[c] - bias[c]) + (others[c] - bias[c]), 1e-5f);
            }
        }
    }

    @Test
    void thePriorIsTheBias() {
        Toy toy = Toy.of(60, 5);
        SoftmaxRegression model = toy.model(SETTINGS);
        float[] bias = model.logits(new int[0]);
        float[] nothing = bias.clone();
        model.removePrior(nothing);
        assertArrayEquals(new float[CLASSES], nothing);
        float[] row = model.logits(toy.rows(), 0);
        float[] own = row.clone();
        model.removePrior(own);
        for (int c = 0; c < CLASSES; c++) {
            assertEquals(row[c] - bias[c], own[c]);
        }
    }

    @Test
    void theFrequentClassHasThePrior() {
        List<long[]> hashed = new ArrayList<>();
        int[] labels = new int[100];
        for (int r = 0; r < 100; r++) {
            hashed.add(new long[] {10});
            labels[r] = r < 90 ? 1 : 0;
        }
        SparseRows rows = rows(hashed);
        SoftmaxRegression model = SoftmaxRegression.train(rows, labels, 2, all(rows), SETTINGS);
        assertEquals(1, SoftmaxRegression.best(model.logits(new int[0])));
        assertEquals(1, SoftmaxRegression.best(model.logits(rows, 0)));
    }

    @Test
    void noRowsAndOneClassAreNoFault() {
        SparseRows none = rows(List.of());
        SoftmaxRegression model = SoftmaxRegression.train(none, new int[0], 2, new int[0], SETTINGS);
        assertArrayEquals(new float[2], model.logits(new int[0]));
        SparseRows rows = rows(List.of(new long[] {10}, new long[0]));
        model = SoftmaxRegression.train(rows, new int[2], 1, all(rows), SETTINGS);
        assertArrayEquals(new float[1], model.logits(rows, 0));
    }

    @Test
    void theExponentialIsCloseToTheTrueOne() {
        double worst = 0;
        float at = 0;
        for (int i = 0; i <= 870_000; i++) {
            float x = -i / 10_000f;
            double error = Math.abs(SoftmaxRegression.exp(x) / Math.exp(x) - 1);
            if (error > worst) {
                worst = error;
                at = x;
            }
        }
        assertTrue(worst < 1e-6, "relative error " + worst + " at " + at);
    }

    @Test
    void theExponentialIsSafeAtItsEnds() {
        assertEquals(1, SoftmaxRegression.exp(0f));
        assertEquals(1, SoftmaxRegression.exp(-0f));
        assertEquals(1, SoftmaxRegression.exp(-Float.MIN_VALUE));
        for (float x : new float[] {-87.5f, -100, -1e10f, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY}) {
            float e = SoftmaxRegression.exp(x);
            assertTrue(e >= 0 && e < 2e-38f, "e^" + x + " is " + e);
        }
    }

    @Test
    void probabilitiesAddToOne() {
        Random random = new Random(6);
        for (int i = 0; i < 1000; i++) {
            float[] p = new float[1 + random.nextInt(20)];
            for (int c = 0; c < p.length; c++) {
                p[c] = (random.nextFloat() - 0.5f) * 300;
            }
            int best = SoftmaxRegression.best(p);
            SoftmaxRegression.softmax(p);
            float sum = 0;
            for (float one : p) {
                assertTrue(one >= 0 && one <= 1.000001f);
                sum += one;
            }
            assertEquals(1, sum, 1e-5f);
            assertEquals(best, SoftmaxRegression.best(p));
        }
    }

    @Test
    void ofEqualsTheFirstIsBest() {
        assertEquals(1, SoftmaxRegression.best(new float[] {1, 2, 2}));
        assertEquals(0, SoftmaxRegression.best(new float[] {0}));
    }

    /// 100,000 times 40,000 is below 0 as an int.
    @Test
    void moreWeightsThanAnArrayHoldsAreRefused() {
        assertEquals(
                "expected features times classes to be below 2^31, came 100000 features and 40000 classes; learn fewer of"
                        + " either",
                assertThrows(IllegalArgumentException.class, () -> WeightTable.of(100_000, 40_000))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> WeightTable.of(1 << 30, 4));
        for (int classes : new int[] {1, 77, 1000, 4096}) {
            assertTrue((long) SoftmaxRegression.features(classes) * classes <= 1 << 26);
        }
    }
}
