package io.bezoar.learn.influence;

import io.bezoar.core.Hashing;
import io.bezoar.learn.convex.Cholesky;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.SparseMatrix;
import io.bezoar.learn.convex.Vectors;
import java.util.stream.IntStream;

/// TRAK (Park et al. 2023, "TRAK: attributing model behavior at scale", section 3) of one softmax
/// or logistic model: the gradients of the log-odds of each row's label, projected to `size` numbers, and a ridge
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
            wrong[row] = 1 - chance(problem, row);
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

    private double[] raw(Problem some, int row) {
        double[] scores = new double[some.loss().outputs()];
        some.scores(row, model, scores);
        return scores;
    }

    /// The chance of the row's label.
    private double chance(Problem some, int row) {
        double[] scores = raw(some, row);
        int label = (int) some.answers()[row];
        if (scores.length == 1) {
            double chance = Loss.Logistic.chance(scores[0]);
            return label == 1 ? chance : 1 - chance;
        }
        double[] chances = new double[scores.length];
        Loss.Softmax.probabilities(scores, chances);
        return chances[label];
    }

    /// The derivative of the log-odds of the row's label by each score.
    private double[] slope(Problem some, int row) {
        double[] scores = raw(some, row);
        int label = (int) some.answers()[row];
        if (scores.length == 1) {
            return new double[] {label == 1 ? 1 : -1};
        }
        double[] slope = new double[scores.length];
        Loss.Softmax.probabilities(scores, slope);
        double rest = Math.max(1e-12, 1 - slope[label]);
        for (int c = 0; c < slope.length; c++) {
            slope[c] = ((c == label ? 1 : 0) - slope[c]) / rest;
        }
        return slope;
    }

    /// The gradient of the log-odds of the row's label, projected.
    private double[] project(Problem some, int row) {
        double[] slope = slope(some, row);
        double[] out = new double[size];
        double[] x = new double[some.rows().columns()];
        some.rows().add(row, 1, x, 0);
        int[] held = some.rows() instanceof SparseMatrix sparse
                ? sparse.features(row)
                : IntStream.range(0, x.length).toArray();
        for (int f : held) {
            for (int o = 0; o < slope.length; o++) {
                double value = x[f] * slope[o];
                if (value != 0) {
                    project(value, f * slope.length + o, out);
                }
            }
        }
        return out;
    }

    private void project(double value, int place, double[] out) {
        for (int from = 0; from < size; from += 64) {
            long signs = Hashing.combine(seed + from, place);
            for (int k = from; k < Math.min(size, from + 64); k++, signs >>>= 1) {
                out[k] += (signs & 1) == 0 ? value : -value;
            }
        }
    }
}
