package io.bezoar.learn.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.learn.DenseFeatures;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A design that shows what each way of looking at vectors sees: 5,000 honest rows whose spread falls
/// from axis to axis, and poison that is tight and off on one axis, all turned by chance. On the first
/// axis, spectral signatures find it; elsewhere neither they nor Mahalanobis distances find any. Fewer
/// numbers of axes and rounds than published, for speed; with all of them the same comes out.
class RepresentationOraclesTest {
    private static final int CLEAN = 5000;
    private static final int COLUMNS = 64;

    /// Rows, the last of them poison.
    static double[][] design(int poison, double away, int axis, long seed) {
        Random random = new Random(seed);
        double[][] turn = new double[COLUMNS][COLUMNS];
        for (int k = 0; k < COLUMNS; k++) {
            for (int j = 0; j < COLUMNS; j++) {
                turn[k][j] = random.nextGaussian();
            }
            for (int before = 0; before < k; before++) {
                double shared = dot(turn[k], turn[before]);
                for (int j = 0; j < COLUMNS; j++) {
                    turn[k][j] -= shared * turn[before][j];
                }
            }
            double length = Math.sqrt(dot(turn[k], turn[k]));
            for (int j = 0; j < COLUMNS; j++) {
                turn[k][j] /= length;
            }
        }
        double[][] rows = new double[CLEAN + poison][COLUMNS];
        for (int r = 0; r < rows.length; r++) {
            for (int k = 0; k < COLUMNS; k++) {
                double sd = 1 / Math.sqrt(k + 1);
                double place = r < CLEAN
                        ? sd * random.nextGaussian()
                        : 0.3 * sd * random.nextGaussian() + (k == axis - 1 ? away * sd : 0);
                for (int j = 0; j < COLUMNS; j++) {
                    rows[r][j] += place * turn[k][j];
                }
            }
        }
        return rows;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    /// The share of the poison among the `1.5 poison` rows of highest score.
    private static double recall(double[] scores, int poison) {
        return (double) IntStream.range(0, scores.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer r) -> -scores[r]))
                        .limit(Math.round(1.5 * poison))
                        .filter(r -> r >= CLEAN)
                        .count()
                / poison;
    }

    private static double[] spectral(double[][] rows) {
        int[] all = IntStream.range(0, rows.length).toArray();
        double[] mean = Moments.mean(rows, all);
        return Arrays.stream(TopDirection.scores(DenseFeatures.of(rows), all, mean))
                .map(place -> place * place)
                .toArray();
    }

    private static double[] mahalanobis(double[][] rows) {
        int[] all = IntStream.range(0, rows.length).toArray();
        double[] mean = Moments.mean(rows, all);
        Whitening whitening = Whitening.of(mean, Moments.about(mean, rows, all));
        return Arrays.stream(rows)
                .map(whitening::of)
                .mapToDouble(row -> dot(row, row))
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"A, 250, 6, 1, 1, 0", "B, 250, 8, 40, 0, 0", "C, 125, 8, 40, 0, 0", "D, 250, 5, 20, 0, 0"})
    void quantumEntropyFindsWhatPlainMomentsHide(
            String name, int poison, double away, int axis, double bySpectrum, double byMahalanobis) {
        double[][] rows = design(poison, away, axis, 0);
        assertEquals(bySpectrum, recall(spectral(rows), poison), 0.02, name);
        assertEquals(byMahalanobis, recall(mahalanobis(rows), poison), 0.02, name);
        QuantumScores.Form form = new QuantumScores((double) poison / rows.length, 4, List.of(16, 36), 12).of(rows);
        assertEquals(
                1, recall(Arrays.stream(rows).mapToDouble(form::score).toArray(), poison), 0.02, name + form.axes());
    }
}
