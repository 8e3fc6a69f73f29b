package io.bezoar.learn.influence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.TabularOracles;
import io.bezoar.learn.convex.Inverse;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Rows;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Predicted against true effects on the ten digits, a softmax of 650 weights: leave-one-out for 150
/// rows, and half subsets (the linear datamodelling score). The thresholds come from another
/// implementation in another language.
class DigitsOracleTest {
    private static final int SUBSETS = 40;

    private final TabularOracles.Table train = TabularOracles.digits().train();
    private final TabularOracles.Table test = TabularOracles.digits().test();
    private final Loss loss = new Loss.Softmax(10);
    private final Problem problem = new Problem(Rows.of(DenseFeatures.of(train.x())), train.y(), loss, 1e-3);
    private final Problem tests = new Problem(Rows.of(DenseFeatures.of(test.x())), test.y(), loss, 1e-3);
    private final int q = test.y().length;

    @Test
    void effectsAgreeWithRetraining() {
        double[] model = new Newton().to(1e-9).fit(problem);
        Influence influence = Influence.at(problem, model, 1e-8);
        assertEquals(0.9639, accuracy(model), 1e-4);
        double[] corrected = influence.correctedResiduals();
        double[][] first = new double[q][];
        double[][] alo = new double[q][];
        double[][] kron = new double[q][];
        KroneckerCurvature eigen = KroneckerCurvature.of(problem, model, true);
        Inverse damped = eigen.inverse(0.1 * eigen.mean());
        for (int z = 0; z < q; z++) {
            double[] gradient = influence.gradient(tests, z);
            first[z] = influence.effects(gradient);
            alo[z] = influence.corrected(gradient, corrected);
            kron[z] = GradientScores.of(problem, model, damped.times(gradient));
        }
        leaveOneOut(model, influence, first, alo);
        subsets(model, influence, first, alo, kron);
    }

    private void leaveOneOut(double[] model, Influence influence, double[][] first, double[][] alo) {
        Newton near = new Newton().to(1e-8).near(influence.inverse());
        int[] left = IntStream.iterate(0, row -> row <= 1341, row -> row + 9).toArray();
        double[][] models = IntStream.of(left)
                .parallel()
                .mapToObj(row -> near.fit(problem.without(row), model))
                .toArray(double[][]::new);
        double pearsonFirst = 0;
        double pearsonAlo = 0;
        for (int z = 0; z < q; z++) {
            double before = tests.loss(z, model);
            int test1 = z;
            double[] truth = IntStream.range(0, left.length)
                    .mapToDouble(k -> tests.loss(test1, models[k]) - before)
                    .toArray();
            double[] one =
                    IntStream.of(left).mapToDouble(row -> first[test1][row]).toArray();
            double[] two =
                    IntStream.of(left).mapToDouble(row -> alo[test1][row]).toArray();
            pearsonFirst += Measures.pearson(one, truth) / q;
            pearsonAlo += Measures.pearson(two, truth) / q;
        }
        assertTrue(pearsonFirst >= 0.997, () -> "influence");
        assertTrue(pearsonAlo >= 0.997, () -> "leverage-corrected");
    }

    private void subsets(double[] model, Influence influence, double[][] first, double[][] alo, double[][] kron) {
        int n = train.y().length;
        Newton near = new Newton().to(1e-5).near(influence.inverse());
        boolean[][] kept = new boolean[SUBSETS][n];
        double[][] losses = IntStream.range(0, SUBSETS)
                .parallel()
                .mapToObj(m -> {
                    SplittableRandom random = new SplittableRandom(100 + m);
                    int[] order = IntStream.range(0, n).toArray();
                    for (int i = n - 1; i > 0; i--) {
                        int j = random.nextInt(i + 1);
                        int swap = order[i];
                        order[i] = order[j];
                        order[j] = swap;
                    }
                    for (int i = 0; i < 718; i++) {
                        kept[m][order[i]] = true;
                    }
                    double[] fitted = near.fit(
                            problem.without(IntStream.range(0, n)
                                    .filter(row -> !kept[m][row])
                                    .toArray()),
                            model);
                    return IntStream.range(0, q)
                            .mapToDouble(z -> tests.loss(z, fitted))
                            .toArray();
                })
                .toArray(double[][]::new);
        double ldsFirst = score(first, kept, losses);
        double ldsAlo = score(alo, kept, losses);
        double ldsKron = score(kron, kept, losses);
        assertTrue(ldsFirst >= 0.955);
        assertTrue(ldsAlo >= 0.955);
        assertTrue(ldsKron >= 0.85);
    }

    private double score(double[][] effects, boolean[][] kept, double[][] losses) {
        double sum = 0;
        for (int z = 0; z < q; z++) {
            double[] predicted = new double[kept.length];
            double[] truth = new double[kept.length];
            for (int m = 0; m < kept.length; m++) {
                for (int row = 0; row < effects[z].length; row++) {
                    predicted[m] -= kept[m][row] ? effects[z][row] : 0;
                }
                truth[m] = losses[m][z];
            }
            sum += Measures.spearman(predicted, truth) / q;
        }
        return sum;
    }

    private double accuracy(double[] model) {
        int right = 0;
        double[] scores = new double[10];
        for (int z = 0; z < q; z++) {
            tests.scores(z, model, scores);
            int best = 0;
            for (int c = 1; c < 10; c++) {
                best = scores[c] > scores[best] ? c : best;
            }
            right += best == (int) test.y()[z] ? 1 : 0;
        }
        return (double) right / q;
    }
}
