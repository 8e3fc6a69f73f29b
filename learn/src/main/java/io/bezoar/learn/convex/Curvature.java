package io.bezoar.learn.convex;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The second derivatives of a problem at a model: `H = (1/total) sum of w_i D_i (x) x_i x_i' + penalty
/// I`, where `D_i` are the second derivatives of row `i`'s loss by its scores. Held as a product with
/// vectors; as a matrix where that is small.
public final class Curvature {
    /// The most weights for which the matrix is made and factored.
    public static final int EXACT = 2500;

    private final Problem problem;
    private final double[] weights;
    private final double total;
    private final int outputs;
    private final double[] state; // of softmax the probabilities, else the second derivative

    private Curvature(Problem problem, double[] weights, double total, double[] state) {
        this.problem = problem;
        this.weights = weights;
        this.total = total;
        this.outputs = problem.loss().outputs();
        this.state = state;
    }

    /// The curvature at `model`.
    public static Curvature at(Problem problem, double[] model) {
        int outputs = problem.loss().outputs();
        int rows = problem.rows().rows();
        double[] state = new double[Math.multiplyExact(rows, outputs)];
        Blocks.each(rows, (from, to) -> {
            double[] scores = new double[outputs];
            double[] row = new double[outputs];
            for (int i = from; i < to; i++) {
                problem.scores(i, model, scores);
                switch (problem.loss()) {
                    case Loss.Softmax _ -> Loss.Softmax.probabilities(scores, row);
                    case Loss.Logistic _, Loss.Squared _, Loss.Huber _, Loss.Hinge _ ->
                        problem.loss().curvature(scores, problem.answers()[i], row);
                }
                System.arraycopy(row, 0, state, i * outputs, outputs);
            }
        });
        return new Curvature(problem, problem.weights(), problem.total(), state);
    }

    /// The same without the part of one row; the others count as before.
    public Curvature less(int row) {
        double[] fewer = weights.clone();
        fewer[row] = 0;
        return new Curvature(problem, fewer, total, state);
    }

    /// The curvature of one row in `step` alone, a sketch of the whole for a rough inverse.
    public Curvature sampled(int step) {
        double[] fewer = new double[weights.length];
        double sum = 0;
        for (int row = 0; row < fewer.length; row += step) {
            fewer[row] = weights[row];
            sum += weights[row];
        }
        return new Curvature(problem, fewer, sum, state);
    }

    /// The problem.
    public Problem problem() {
        return problem;
    }

    /// Writes `D_i` times `vector` to `into`: not weighted.
    public void bend(int row, double[] vector, double[] into) {
        int at = row * outputs;
        if (problem.loss() instanceof Loss.Softmax) {
            double mean = 0;
            for (int o = 0; o < outputs; o++) {
                mean += state[at + o] * vector[o];
            }
            for (int o = 0; o < outputs; o++) {
                into[o] = state[at + o] * (vector[o] - mean);
            }
        } else {
            into[0] = state[at] * vector[0];
        }
    }

    /// How much row `row` counts in the mean: its weight over the total.
    public double share(int row) {
        return weights[row] / total;
    }

    /// `H` times a vector.
    public double[] times(double[] vector) {
        Rows rows = problem.rows();
        double[] product = Blocks.sum(rows.rows(), vector.length, (from, to, into) -> {
            double[] scores = new double[outputs];
            double[] bent = new double[outputs];
            for (int row = from; row < to; row++) {
                if (weights[row] != 0) {
                    Arrays.fill(scores, 0);
                    rows.addScores(row, vector, outputs, scores);
                    bend(row, scores, bent);
                    Vectors.scale(bent, weights[row] / total);
                    rows.addOuter(row, bent, outputs, into);
                }
            }
        });
        Vectors.add(product, problem.penalty(), vector);
        return product;
    }

    /// `H` times several vectors, in one pass over the rows: the vectors lie side by side, so that a row
    /// touches as few stretches of memory as for one.
    public double[][] times(double[][] vectors) {
        Rows rows = problem.rows();
        int count = vectors.length;
        int wide = count * outputs;
        int columns = rows.columns();
        double[] side = new double[Math.multiplyExact(columns, wide)];
        for (int f = 0; f < columns; f++) {
            for (int k = 0; k < count; k++) {
                System.arraycopy(vectors[k], f * outputs, side, f * wide + k * outputs, outputs);
            }
        }
        double[] sum = Blocks.sum(rows.rows(), side.length, (from, to, into) -> {
            double[] scores = new double[wide];
            double[] one = new double[outputs];
            double[] bent = new double[outputs];
            for (int row = from; row < to; row++) {
                if (weights[row] != 0) {
                    Arrays.fill(scores, 0);
                    rows.addScores(row, side, wide, scores);
                    for (int k = 0; k < count; k++) {
                        System.arraycopy(scores, k * outputs, one, 0, outputs);
                        bend(row, one, bent);
                        Vectors.scale(bent, weights[row] / total);
                        System.arraycopy(bent, 0, scores, k * outputs, outputs);
                    }
                    rows.addOuter(row, scores, wide, into);
                }
            }
        });
        double[][] products = new double[count][columns * outputs];
        for (int k = 0; k < count; k++) {
            for (int f = 0; f < columns; f++) {
                System.arraycopy(sum, f * wide + k * outputs, products[k], f * outputs, outputs);
            }
            Vectors.add(products[k], problem.penalty(), vectors[k]);
        }
        return products;
    }

    /// The diagonal of `H`.
    public double[] diagonal() {
        Rows rows = problem.rows();
        boolean softmax = problem.loss() instanceof Loss.Softmax;
        double[] diagonal = Blocks.sum(rows.rows(), problem.size(), (from, to, into) -> {
            double[] bent = new double[outputs];
            for (int row = from; row < to; row++) {
                if (weights[row] != 0) {
                    for (int o = 0; o < outputs; o++) {
                        double p = state[row * outputs + o];
                        bent[o] = (softmax ? p * (1 - p) : p) * weights[row] / total;
                    }
                    rows.addSquares(row, bent, outputs, into);
                }
            }
        });
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] += problem.penalty();
        }
        return diagonal;
    }

    /// `H` as a matrix, row-major.
    public double[] matrix() {
        int columns = problem.rows().columns();
        int size = problem.size();
        int rows = problem.rows().rows();
        double[] x = new double[Math.multiplyExact(rows, columns)];
        double[] d = new double[rows * outputs * outputs];
        for (int row = 0; row < rows; row++) {
            problem.rows().add(row, 1, x, row * columns);
            double[] unit = new double[outputs];
            double[] bent = new double[outputs];
            for (int o = 0; o < outputs; o++) {
                unit[o] = weights[row] / total;
                bend(row, unit, bent);
                unit[o] = 0;
                System.arraycopy(bent, 0, d, (row * outputs + o) * outputs, outputs);
            }
        }
        double[] matrix = new double[Math.multiplyExact(size, size)];
        // every thread owns some features' rows of the matrix, and adds data rows in their order
        IntStream.range(0, columns).parallel().forEach(f -> {
            for (int row = 0; row < rows; row++) {
                double xf = x[row * columns + f];
                if (xf == 0 || weights[row] == 0) {
                    continue;
                }
                for (int a = 0; a < outputs; a++) {
                    int at = (f * outputs + a) * size;
                    int from = (row * outputs + a) * outputs;
                    for (int g = 0; g <= f; g++, at += outputs) {
                        double xx = xf * x[row * columns + g];
                        if (xx != 0) {
                            for (int b = 0; b < outputs; b++) {
                                matrix[at + b] += xx * d[from + b];
                            }
                        }
                    }
                }
            }
        });
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] += problem.penalty();
            for (int j = 0; j < i; j++) {
                matrix[j * size + i] = matrix[i * size + j];
            }
        }
        return matrix;
    }

    /// The inverse: by factoring where the matrix is small, else by conjugate gradients to a relative
    /// error of `tolerance`.
    public Inverse inverse(double tolerance) {
        return problem.size() <= EXACT
                ? Cholesky.of(matrix(), problem.size())
                : ConjugateGradients.of(this, tolerance, 400);
    }
}
