package io.bezoar.learn.influence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Tokenizer;
import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.convex.Cholesky;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Rows;
import io.bezoar.learn.convex.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What each method must fulfil by its definition.
class AttributionMethodsTest {
    private final Problem problem = problem();
    private final double[] model = new Newton().fit(problem);

    private static Problem problem() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] x = new double[80][4];
        double[] y = new double[80];
        for (int r = 0; r < x.length; r++) {
            y[r] = random.nextInt(3);
            for (int c = 0; c < 4; c++) {
                x[r][c] = random.nextDouble() * 2 - 1 + (c == y[r] ? 0.7 : 0);
            }
        }
        return new Problem(Rows.of(DenseFeatures.of(x)), y, new Loss.Softmax(3), 0.05);
    }

    @Test
    void creditsAddUpToTheScore() {
        double[] direction =
                new SplittableRandom(1).doubles(model.length, -1, 1).toArray();
        double[] credits = Representer.credits(problem, model, direction);
        assertEquals(Vectors.dot(model, direction), Arrays.stream(credits).sum(), 1e-9);
    }

    @Test
    void aStepWithoutTheRowIsNearerToLeavingItOutThanInfluence() {
        Influence influence = Influence.at(problem, model, 1e-10);
        double[] gradient = influence.gradient(problem, 5);
        double[] first = influence.effects(gradient);
        double[] alo = influence.corrected(gradient, influence.correctedResiduals());
        double before = problem.loss(5, model);
        double offFirst = 0;
        double offAlo = 0;
        for (int row = 0; row < 80; row++) {
            double truth = Vectors.dot(gradient, Vectors.minus(new Newton().fit(problem.without(row), model), model));
            offFirst += Math.abs(first[row] - truth);
            offAlo += Math.abs(alo[row] - truth);
            assertEquals(alo[row], influence.corrected(gradient, row), 1e-9, "solved without the row, " + row);
        }
        assertTrue(offAlo < offFirst / 3, offAlo + " against " + offFirst + " of " + before);
        assertEquals(first[3] + first[9], Influence.group(first, new int[] {3, 9}), 1e-15);
        assertTrue(influence.self(4) > 0);
    }

    @Test
    void dataInfIsTheMeanOfTheInverses() {
        double[][] gradients = GradientMethods.of(problem, model);
        int size = model.length;
        double squares =
                Arrays.stream(gradients).mapToDouble(g -> Vectors.dot(g, g)).sum();
        double damping = 0.1 * squares / gradients.length / size;
        double[] query = gradients[2];
        double[] towards = new double[size];
        for (double[] g : gradients) {
            double[] matrix = new double[size * size];
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    matrix[i * size + j] = g[i] * g[j] + (i == j ? damping : 0);
                }
            }
            Vectors.add(
                    towards, 1.0 / gradients.length, Cholesky.of(matrix, size).times(query));
        }
        double[] expected = Arrays.stream(gradients)
                .mapToDouble(g -> Vectors.dot(g, towards))
                .toArray();
        assertArrayEquals(expected, GradientMethods.dataInf(gradients, query), 1e-9 * Vectors.largest(expected));
    }

    @Test
    void tracInOfOneCheckpointIsGradDot() {
        double[][] gradients = GradientMethods.of(problem, model);
        double[] dot = GradientMethods.dot(gradients, gradients[1], false);
        assertArrayEquals(GradientScores.of(problem, model, gradients[1]), dot, 1e-12);
        double[] twice = GradientMethods.tracIn(
                new double[] {0.5, 1.5}, List.of(gradients, gradients), List.of(gradients[1], gradients[1]));
        assertArrayEquals(Arrays.stream(dot).map(d -> 2 * d).toArray(), twice, 1e-12);
        assertEquals(1, GradientMethods.dot(gradients, gradients[1], true)[1], 1e-12);
    }

    @Test
    void trakAgreesWithInfluenceWhereTheProjectionIsWide() {
        Trak trak = new Trak(problem, model, 256, 3);
        Influence influence = Influence.at(problem, model, 1e-10);
        double pearson = IntStream.range(0, 20)
                .mapToDouble(z ->
                        Measures.pearson(trak.scores(problem, z), influence.effects(influence.gradient(problem, z))))
                .average()
                .orElseThrow();
        assertTrue(pearson > 0.6, "Pearson " + pearson);
    }

    @Test
    void theRowItselfIsFoundFirst() {
        List<int[]> rows = List.of(
                Tokenizer.tokens("the card has not come"),
                Tokenizer.tokens("I cannot help with that request"),
                Tokenizer.tokens("where is the card, the new card"));
        Bm25 bm25 = new Bm25(rows);
        for (int row = 0; row < rows.size(); row++) {
            double[] scores = bm25.scores(rows.get(row));
            int best = IntStream.range(0, 3).reduce(0, (a, b) -> scores[b] > scores[a] ? b : a);
            assertEquals(row, best);
        }
        assertArrayEquals(new double[3], bm25.scores(Tokenizer.tokens("xyzzy")));
        // rarity log(1 + 1.5 / 2.5) of a token in 2 of 3 rows of 5, 6 and 8 tokens
        double norm = 1.2 * (0.25 + 0.75 * 5 / (19 / 3.0));
        assertEquals(Math.log(1.6) * 2.2 / (1 + norm), bm25.scores(Tokenizer.tokens("card"))[0], 1e-12);
    }
}
