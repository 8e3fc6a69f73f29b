package io.bezoar.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Models that judge each row without it, against the same models made anew for every row.
class LeftOutModelsTest {
    private static final int CLASSES = 3;

    private final Random random = new Random(4);
    private final int[] labels = new int[300];
    private final long[] groups = new long[labels.length];
    private final SparseRows rows = rows();

    /// Rows of each class prefer words of their own; each tenth row is a copy of the one before, with a label of
    /// its own.
    private SparseRows rows() {
        List<long[]> hashed = new ArrayList<>();
        for (int r = 0; r < labels.length; r++) {
            labels[r] = random.nextInt(CLASSES);
            groups[r] = r % 10 == 9 ? groups[r - 1] : 1000 + r;
            long[] row = new long[8];
            for (int i = 0; i < row.length; i++) {
                int word = random.nextInt(3) == 0 ? 10 * (labels[r] + 1) + random.nextInt(10) : random.nextInt(60);
                row[i] = (long) random.nextInt(2) << 62 | 1 + word;
            }
            hashed.add(r % 10 == 9 ? hashed.getLast() : row);
        }
        Vocabulary vocabulary = Vocabulary.of(hashed, 2);
        SparseRows.Builder builder = new SparseRows.Builder();
        for (long[] row : hashed) {
            int[] numbers = vocabulary.numbers(row);
            builder.add(numbers, numbers.length);
        }
        return builder.build(vocabulary);
    }

    private double[] bayes(int row, double smoothing) {
        double[][] counts = new double[CLASSES][rows.columns()];
        double[] sums = new double[CLASSES];
        double[] logits = new double[CLASSES];
        for (int r = 0; r < labels.length; r++) {
            if (groups[r] != groups[row]) {
                int[] features = rows.features(r);
                for (int i = 0; i < features.length; i++) {
                    counts[labels[r]][features[i]] += rows.values(r)[i];
                    sums[labels[r]] += rows.values(r)[i];
                }
                logits[labels[r]]++;
            }
        }
        int[] features = rows.features(row);
        for (int c = 0; c < CLASSES; c++) {
            logits[c] = Math.log(logits[c] + 1);
            for (int i = 0; i < features.length; i++) {
                logits[c] += rows.values(row)[i]
                        * Math.log((counts[c][features[i]] + smoothing) / (sums[c] + smoothing * rows.columns()));
            }
        }
        return logits;
    }

    @Test
    void takingCountsBackEqualsCountingAnew() {
        float[][] logits = LeftOutBayes.of(rows, labels, CLASSES, groups).logits();
        double least = Double.POSITIVE_INFINITY;
        for (double smoothing : new double[] {1, 0.3, 0.1, 0.03}) {
            double most = 0;
            for (int r = 0; r < labels.length; r++) {
                double[] anew = bayes(r, smoothing);
                for (int c = 1; c < CLASSES; c++) {
                    most = Math.max(most, Math.abs(logits[r][c] - logits[r][0] - (anew[c] - anew[0])));
                }
            }
            least = Math.min(least, most);
        }
        assertTrue(least < 1e-3, "differs by " + least);
    }

    @Test
    void aCopyIsNoNeighbourAndTheNearestVoteBySimilarity() {
        float[][] logits = NearestTexts.of(rows, labels, CLASSES).logits(groups);
        for (int row : new int[] {0, 8, 9, 150, 299}) {
            double[] similarity = IntStream.range(0, labels.length)
                    .mapToDouble(other -> groups[other] == groups[row] ? 0 : cosine(row, other))
                    .toArray();
            double[] votes = new double[CLASSES];
            for (int label : labels) {
                votes[label] += 0.3 / labels.length;
            }
            IntStream.range(0, labels.length)
                    .boxed()
                    .sorted((a, b) -> Double.compare(similarity[b], similarity[a]))
                    .limit(30)
                    .forEach(other -> votes[labels[other]] += similarity[other]);
            double all = Arrays.stream(votes).sum();
            for (int c = 0; c < CLASSES; c++) {
                assertEquals(Math.log(votes[c] / all), logits[row][c], 0.02);
            }
        }
    }

    private double cosine(int a, int b) {
        double sum = 0;
        for (int i = 0; i < rows.features(a).length; i++) {
            int at = Arrays.binarySearch(rows.features(b), rows.features(a)[i]);
            sum += at < 0 ? 0 : rows.values(a)[i] * rows.values(b)[at];
        }
        return sum;
    }

    @Test
    void aPoolIsNeverLessLikelyThanItsBestModelAndFindsItsTemperature() {
        float[][] bayes = LeftOutBayes.of(rows, labels, CLASSES, groups).logits();
        float[][] near = NearestTexts.of(rows, labels, CLASSES).logits(groups);
        float[][] noise = new float[labels.length][CLASSES];
        for (float[] row : noise) {
            for (int c = 0; c < CLASSES; c++) {
                row[c] = (float) random.nextGaussian();
            }
        }
        LogPool one = LogPool.of(List.<float[][]>of(bayes), labels);
        LogPool all = LogPool.of(List.of(bayes, near, noise), labels);
        assertTrue(all.loss() <= one.loss() + 1e-6, all + " after " + one);
        assertTrue(all.weights().stream().allMatch(weight -> weight >= 0), "" + all);
        assertTrue(all.weights().getLast() < 0.3, "" + all);
        float[][] hotter = Arrays.stream(bayes)
                .map(row -> new float[] {4 * row[0], 4 * row[1], 4 * row[2]})
                .toArray(float[][]::new);
        LogPool cooled = LogPool.of(List.<float[][]>of(hotter), labels);
        assertEquals(one.weights().getFirst(), 4 * cooled.weights().getFirst(), 1e-2);
        assertArrayEquals(
                one.logits(List.<float[][]>of(bayes))[7], cooled.logits(List.<float[][]>of(hotter))[7], 2e-2f);
    }

    @Test
    void nothingGivesNothing() {
        SparseRows none = new SparseRows.Builder().build(Vocabulary.of(List.of(), 2));
        assertEquals(0, LeftOutBayes.of(none, new int[0], 0, new long[0]).logits().length);
        assertEquals(0, NearestTexts.of(none, new int[0], 0).logits(new long[0]).length);
        assertEquals(
                0, LogPool.of(List.<float[][]>of(new float[0][]), new int[0]).loss());
    }
}
