package io.bezoar.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The linear reward against what is known of its optimum.
class RewardTest {

    private static SparseVectors random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        SparseVectors.Builder builder = new SparseVectors.Builder();
        for (int r = 0; r < rows; r++) {
            int[] features = IntStream.range(0, columns)
                    .filter(_ -> random.nextInt(3) == 0)
                    .toArray();
            float[] worth = new float[features.length];
            for (int i = 0; i < worth.length; i++) {
                worth[i] = (float) random.nextGaussian() + (features[i] == 0 ? 1 : 0);
            }
            builder.add(features, worth);
        }
        return builder.build(columns);
    }

    /// One pair `x = 2`, penalty 1: `w = 2 logistic(-2 w)`.
    @Test
    void onePairHasAClosedForm() {
        SparseVectors.Builder builder = new SparseVectors.Builder();
        builder.add(new int[] {0}, new float[] {2});
        SparseVectors one = builder.build(1);
        double margin = Reward.train(one, new int[] {0}, 1, 1).margin(one, 0);
        assertEquals(margin / 2, 2 * Reward.logistic(-margin), 1e-3);
    }

    /// At the optimum the penalty's pull on every weight equals that of the pairs.
    @Test
    void theGradientVanishes() {
        SparseVectors rows = random(200, 12, 4);
        int[] use = IntStream.range(0, 200).toArray();
        for (double penalty : new double[] {1, 30}) {
            Reward reward = Reward.train(rows, use, penalty, 7);
            double[] pull = new double[12];
            for (int r : use) {
                rows.add(r, Reward.logistic(-reward.margin(rows, r)), pull, 0);
            }
            for (int c = 0; c < 12; c++) {
                SparseVectors.Builder unit = new SparseVectors.Builder();
                unit.add(new int[] {c}, new float[] {1});
                double weight = reward.margin(unit.build(12), 0);
                assertEquals(pull[c], penalty * weight, 5e-2 * (1 + Math.abs(pull[c])), "penalty " + penalty);
            }
        }
    }

    @Test
    void pairsWithoutFeaturesAndNoPairsTeachNothing() {
        SparseVectors.Builder builder = new SparseVectors.Builder();
        builder.add(new int[0], new float[0]);
        SparseVectors empty = builder.build(3);
        assertEquals(0, Reward.train(empty, new int[] {0}, 1, 1).margin(empty, 0));
        assertEquals(0, Reward.train(empty, new int[0], 1, 1).margin(empty, 0));
        assertEquals(
                "a reward needs a penalty above 0, not 0.0",
                assertThrows(IllegalArgumentException.class, () -> Reward.train(empty, new int[0], 0, 1))
                        .getMessage());
    }

    @Test
    void exchangedAnswersGiveTheOppositeDifference() {
        Random random = new Random(2);
        List<int[]> a = IntStream.range(0, 60)
                .mapToObj(_ -> random.ints(5 + random.nextInt(20), 0, 30).toArray())
                .toList();
        List<int[]> b = a.reversed();
        PairFeatures features = PairFeatures.of(
                java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
        SparseVectors forth = features.of(a, b);
        SparseVectors back = features.of(b, a);
        double[] weights = random.doubles(features.columns()).toArray();
        for (int r = 0; r < 60; r++) {
            assertEquals(forth.dot(r, weights, 0), -back.dot(r, weights, 0), 1e-5);
            assertEquals(forth.squaredNorm(r), back.squaredNorm(r), 1e-5);
        }
    }
}
