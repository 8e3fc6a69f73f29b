package io.bezoar.learn.influence;

import io.bezoar.core.Hashing;
import io.bezoar.learn.convex.Cholesky;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Vectors;
import java.util.stream.IntStream;

/// TRAK (Park et al. 2023, "TRAK: attributing model behavior at scale", section 3) of one softmax
/// model: the gradients of the log-odds of each row's label, projected to `size` numbers, and a ridge
/// regression in that space. Scores of several models are averaged by the caller.
///
/// Departure: the projection's entries are signs drawn from a hash of (seed, place), not normal: the
/// same guarantee, and the same on every machine.
public final class Trak {
    private final double[][] features;
    private final Cholesky gram;
    private final double[] wrong;
    private final double[] model;
    private final int size;
    private final long seed;

    /// @param size of the projection, at least 1
    public Trak(Problem problem, double[] model, int size, long seed) {
        this.model = model;
        this.size = size;
        this.seed = seed;
        int rows = problem.rows().rows();
        this.features = new double[rows][];
        this.wrong = new double[rows];
        IntStream.range(0, rows).parallel().forEach(row -> {
            features[row] = project(problem, row);
            wrong[row] = 1 - chances(problem, row)[(int) problem.answers()[row]];
        });
        double[] products = new double[size * size];
        IntStream.range(0, size).parallel().forEach(i -> {
            for (double[] feature : features) {
                double x = feature[i];
                for (int j = 0; j < size; j++) {
                    products[i * size + j] += x * feature[j];
                }
            }
        });
        double trace = 0;
        for (int i = 0; i < size; i++) {
            trace += products[i * size + i];
        }
        for (int i = 0; i < size; i++) {
            products[i * size + i] += Math.max(Double.MIN_NORMAL, 1e-6 * trace / size);
        }
        this.gram = Cholesky.of(products, size);
    }

    /// The scores of all rows for a row of other data: positive supports its label.
    public double[] scores(Problem queries, int row) {
        double[] towards = gram.times(project(queries, row));
        return IntStream.range(0, features.length)
                .mapToDouble(i -> Vectors.dot(features[i], towards) * wrong[i])
                .toArray();
    }

    private double[] chances(Problem some, int row) {
        double[] scores = new double[some.loss().outputs()];
        some.scores(row, model, scores);
        double[] chances = new double[scores.length];
        Loss.Softmax.probabilities(scores, chances);
        return chances;
    }

    /// The gradient of the log-odds of the row's label, projected.
    private double[] project(Problem some, int row) {
        double[] chances = chances(some, row);
        int label = (int) some.answers()[row];
        double[] slope = new double[chances.length];
        double rest = Math.max(1e-12, 1 - chances[label]);
        for (int c = 0; c < slope.length; c++) {
            slope[c] = ((c == label ? 1 : 0) - chances[c]) / rest;
        }
        double[] gradient = new double[model.length];
        some.rows().addOuter(row, slope, slope.length, gradient);
        double[] out = new double[size];
        for (int p = 0; p < gradient.length; p++) {
            if (gradient[p] != 0) {
                for (int from = 0; from < size; from += 64) {
                    long signs = Hashing.combine(seed + from, p);
                    for (int k = from; k < Math.min(size, from + 64); k++, signs >>>= 1) {
                        out[k] += (signs & 1) == 0 ? gradient[p] : -gradient[p];
                    }
                }
            }
        }
        return out;
    }
}
