package io.bezoar.learn.convex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.bezoar.learn.influence.Influence;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Vectors solved together come out as solved alone.
class BlockGradientsTest {
    private final SplittableRandom random = new SplittableRandom(5);

    private Problem sparse(Loss loss, int rows, int columns) {
        SparseMatrix.Builder builder = new SparseMatrix.Builder(columns);
        double[] answers = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (int f = random.nextInt(6); f < columns; f += 1 + random.nextInt(columns / 3)) {
                builder.put(f, random.nextDouble() + 0.1);
            }
            builder.end();
            answers[row] = random.nextInt(Math.max(2, loss.outputs()));
        }
        return new Problem(builder.build(), answers, loss, 1e-3);
    }

    private double[][] vectors(int count, int size) {
        double[][] vectors = new double[count][];
        for (int k = 0; k < count; k++) {
            vectors[k] = random.doubles(size, -1, 1).toArray();
        }
        return vectors;
    }

    @Test
    void productsAreThoseOfEach() {
        for (Loss loss : new Loss[] {new Loss.Softmax(4), new Loss.Logistic(), new Loss.Squared()}) {
            Problem problem = sparse(loss, 300, 60);
            Curvature curvature =
                    Curvature.at(problem, random.doubles(problem.size(), -1, 1).toArray());
            double[][] vectors = vectors(5, problem.size());
            double[][] together = curvature.times(vectors);
            for (int k = 0; k < vectors.length; k++) {
                assertArrayEquals(curvature.times(vectors[k]), together[k], 1e-15);
            }
        }
    }

    @Test
    void solutionsAreThoseOfEach() {
        for (Loss loss : new Loss[] {new Loss.Softmax(3), new Loss.Logistic()}) {
            Problem problem = sparse(loss, 400, 90);
            Curvature curvature =
                    Curvature.at(problem, random.doubles(problem.size(), -1, 1).toArray());
            double[][] vectors = vectors(7, problem.size());
            vectors[3] = vectors[1].clone(); // what the others hold already
            vectors[4] = new double[problem.size()]; // nothing
            vectors[5] = vectors[0].clone();
            Vectors.add(vectors[5], -2, vectors[2]);
            ConjugateGradients gradients = ConjugateGradients.of(curvature, 1e-12, 2000);
            double[][] together = gradients.times(vectors);
            for (int k = 0; k < vectors.length; k++) {
                assertArrayEquals(gradients.times(vectors[k]), together[k], 1e-8, loss + " " + k);
                double[] back = curvature.times(together[k]);
                assertArrayEquals(vectors[k], back, 1e-9, loss + " " + k);
            }
        }
    }

    @Test
    void influenceOfManyQueriesIsThatOfEach() {
        Problem problem = sparse(new Loss.Softmax(30), 300, 100); // too large to factor
        double[] model = new Newton().to(1e-8).fit(problem);
        Influence influence = Influence.at(problem, model, 1e-12);
        double[][] gradients = {
            influence.gradient(problem, 0), influence.gradient(problem, 7), influence.gradient(problem, 9)
        };
        double[][] together = influence.effects(gradients);
        for (int k = 0; k < gradients.length; k++) {
            assertArrayEquals(influence.effects(gradients[k]), together[k], 1e-8);
        }
    }
}
