package io.bezoar.learn.influence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.TabularOracles;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Rows;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Predicted against true leave-one-out on breast cancer: every row is left out and the model fitted
/// again. The expected numbers were computed by another implementation in another language.
class BreastCancerOracleTest {
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.9649, 0.9976, 0.9965, 1.047, 0.99932, 0.999",
        "0.01, 0.9737, 0.9790, 0.9829, 1.055, 0.99487, 0.959"
    })
    void influenceAgreesWithLeavingOut(
            double penalty,
            double accuracy,
            double perTest,
            double total,
            double slope,
            double aloTotal,
            double aloSlope) {
        var train = TabularOracles.breastCancer().train();
        var test = TabularOracles.breastCancer().test();
        Problem problem = new Problem(Rows.of(DenseFeatures.of(train.x())), train.y(), new Loss.Logistic(), penalty);
        Problem tests = new Problem(Rows.of(DenseFeatures.of(test.x())), test.y(), new Loss.Logistic(), penalty);
        Newton newton = new Newton().to(1e-12);
        double[] model = newton.fit(problem);
        int n = train.y().length;
        int q = test.y().length;
        long right = IntStream.range(0, q)
                .filter(z -> tests.rows().dot(z, model, 0) > 0 == test.y()[z] > 0.5)
                .count();
        assertEquals(accuracy, (double) right / q, 1e-4);

        double[][] left = IntStream.range(0, n)
                .parallel()
                .mapToObj(row -> newton.fit(problem.without(row), model))
                .toArray(double[][]::new);
        Influence influence = Influence.at(problem, model, 1e-8);
        double[] corrected = influence.correctedResiduals();
        double[] sumTrue = new double[n];
        double[] sumFirst = new double[n];
        double[] sumAlo = new double[n];
        double pearson = 0;
        for (int z = 0; z < q; z++) {
            int test1 = z;
            double loss = tests.loss(z, model);
            double[] truth = IntStream.range(0, n)
                    .mapToDouble(row -> tests.loss(test1, left[row]) - loss)
                    .toArray();
            double[] gradient = influence.gradient(tests, z);
            double[] first = influence.effects(gradient);
            double[] alo = influence.corrected(gradient, corrected);
            pearson += Measures.pearson(first, truth) / q;
            for (int row = 0; row < n; row++) {
                sumTrue[row] += truth[row];
                sumFirst[row] += first[row];
                sumAlo[row] += alo[row];
            }
        }
        assertEquals(perTest, pearson, 1e-4);
        assertEquals(total, Measures.pearson(sumFirst, sumTrue), 1e-4);
        assertEquals(slope, Measures.slope(sumTrue, sumFirst), 1e-3);
        assertEquals(aloTotal, Measures.pearson(sumAlo, sumTrue), 2e-3);
        assertEquals(aloSlope, Measures.slope(sumTrue, sumAlo), 5e-3);
        if (penalty == 0.1) {
            assertTrue(pearson >= 0.997);
            assertTrue(Measures.pearson(sumAlo, sumTrue) >= 0.999);
        }
    }
}
