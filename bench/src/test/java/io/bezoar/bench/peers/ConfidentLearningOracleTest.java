package io.bezoar.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.convex.Lbfgs;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Rows;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Confident learning finds flipped labels of optical digits as well as it did elsewhere: 1,797 rows, flips where a
/// hash of the row number is below the rate, five folds, logistic regression. Its intercept is penalised here, and was
/// not there.
class ConfidentLearningOracleTest {
    private static final int CLASSES = 10;
    private static final int FOLDS = 5;

    @ParameterizedTest
    @CsvSource({"symmetric, 0.2, 361, 0.954, 0.803", "pair, 0.2, 361, 0.862, 0.726", "targeted, 0.4, 77, 0.742, 0.597"})
    void flippedLabelsAreFound(String kind, double rate, int flips, double precision, double recall) throws Exception {
        Path file = Path.of("..", "..", "shared", "data", "tabular-oracles", "digits.csv.gz");
        Assumptions.assumeTrue(Files.exists(file), "skipped: the digits are not in " + file);
        double[][] rows;
        int[] honest;
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            List<String[]> lines = in.lines()
                    .filter(line -> Character.isDigit(line.charAt(0)))
                    .map(line -> line.split(",", -1))
                    .toList();
            rows = lines.stream()
                    .map(line -> IntStream.rangeClosed(0, 64)
                            .mapToDouble(j -> j == 64 ? 1 : Double.parseDouble(line[j]) / 16)
                            .toArray())
                    .toArray(double[][]::new);
            honest = lines.stream()
                    .mapToInt(line -> (int) Double.parseDouble(line[64]))
                    .toArray();
        }
        int[] given = honest.clone();
        for (int i = 0; i < given.length; i++) {
            if (((i * 2654435761L) & 0xffffffffL) / (double) (1L << 32) < rate) {
                given[i] = switch (kind) {
                    case "symmetric" -> (honest[i] + 1 + i % 9) % CLASSES;
                    case "pair" -> (honest[i] + 1) % CLASSES;
                    default -> honest[i] == 4 ? 9 : honest[i];
                };
            }
        }
        assertEquals(
                flips,
                IntStream.range(0, given.length)
                        .filter(i -> given[i] != honest[i])
                        .count());
        float[][] chances = outOfFold(rows, given);
        boolean[] flagged = ConfidentLearning.of(chances, given).flagged();
        double found = 0;
        double hits = 0;
        for (int i = 0; i < given.length; i++) {
            if (flagged[i] && best(chances[i]) != given[i]) {
                found++;
                hits += given[i] != honest[i] ? 1 : 0;
            }
        }
        assertEquals(precision, hits / found, 0.02, kind);
        assertEquals(recall, hits / flips, 0.02, kind);
    }

    private static int best(float[] chances) {
        int best = 0;
        for (int c = 1; c < chances.length; c++) {
            best = chances[c] > chances[best] ? c : best;
        }
        return best;
    }

    private static float[][] outOfFold(double[][] rows, int[] labels) {
        float[][] chances = new float[rows.length][CLASSES];
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            int[] use = IntStream.range(0, rows.length)
                    .filter(i -> i % FOLDS != held)
                    .toArray();
            Problem problem = new Problem(
                    Rows.of(DenseFeatures.of(
                            Arrays.stream(use).mapToObj(i -> rows[i]).toArray(double[][]::new))),
                    Arrays.stream(use).mapToDouble(i -> labels[i]).toArray(),
                    new Loss.Softmax(CLASSES),
                    1.0 / use.length);
            double[] model = new Lbfgs(10, 300, 1e-5)
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
            Problem all = new Problem(
                    Rows.of(DenseFeatures.of(rows)),
                    new double[rows.length],
                    new Loss.Softmax(CLASSES),
                    problem.penalty());
            for (int i = fold; i < rows.length; i += FOLDS) {
                double[] scores = new double[CLASSES];
                all.scores(i, model, scores);
                Loss.Softmax.probabilities(scores, scores);
                for (int c = 0; c < CLASSES; c++) {
                    chances[i][c] = (float) scores[c];
                }
            }
        }
        return chances;
    }
}
