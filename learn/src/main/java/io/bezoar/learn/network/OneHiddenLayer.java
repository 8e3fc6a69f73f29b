package io.bezoar.learn.network;

import io.bezoar.core.Hashing;
import io.bezoar.learn.Features;
import io.bezoar.learn.convex.Blocks;
import io.bezoar.learn.convex.Lbfgs;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Vectors;
import io.bezoar.learn.influence.KroneckerCurvature;
import java.util.Arrays;

/// A classifier with one hidden layer of hyperbolic tangents: `softmax(V [tanh(W [x 1]) 1])`. Not
/// convex: where it ends depends on the seed, and its leave-one-out effects are no more than a
/// direction.
///
/// Trained by L-BFGS on all rows at once, so that equal rows and an equal seed give equal bits on any
/// number of threads. The hidden layer multiplies dense columns: made for vectors, not for hundreds of
/// thousands of text features.
///
/// @param inputs columns of the features
/// @param hidden width of the hidden layer
/// @param classes how many answers
/// @param weights `W` row by row (`hidden` rows of `inputs + 1`), then `V` (`classes` rows of `hidden +
///     1`); biases last
public record OneHiddenLayer(int inputs, int hidden, int classes, double[] weights) {
    public OneHiddenLayer {
        if (inputs < 1 || hidden < 1 || classes < 2 || weights.length != size(inputs, hidden, classes)) {
            throw new IllegalArgumentException("expected " + size(inputs, hidden, classes) + " weights for " + inputs
                    + " inputs, " + hidden + " hidden units and " + classes + " classes, came " + weights.length);
        }
    }

    private static int size(int inputs, int hidden, int classes) {
        return hidden * (inputs + 1) + classes * (hidden + 1);
    }

    /// How to train.
    ///
    /// @param hidden width of the hidden layer
    /// @param penalty on every weight, 0 or more
    /// @param steps of L-BFGS at most
    /// @param seed of the first weights
    public record Settings(int hidden, double penalty, int steps, long seed) {
        /// For a few thousand rows.
        public Settings() {
            this(32, 1e-3, 200, 1);
        }
    }

    /// Trains.
    ///
    /// @param labels class of each row
    /// @param counts how much each row counts, 0 or more
    public static OneHiddenLayer train(Features rows, int[] labels, double[] counts, int classes, Settings how) {
        int inputs = rows.columns();
        double[] start = start(inputs, how.hidden(), classes, how.seed());
        Lbfgs.Function function = new Lbfgs.Function() {
            @Override
            public double value(double[] at) {
                OneHiddenLayer network = new OneHiddenLayer(inputs, how.hidden(), classes, at);
                double[] sums = Blocks.sum(rows.rows(), 2, (from, to, into) -> {
                    for (int row = from; row < to; row++) {
                        if (counts[row] != 0) {
                            into[0] += counts[row] * network.loss(rows, row, labels[row]);
                            into[1] += counts[row];
                        }
                    }
                });
                return sums[0] / sums[1] + how.penalty() / 2 * Vectors.dot(at, at);
            }

            @Override
            public double[] gradient(double[] at) {
                OneHiddenLayer network = new OneHiddenLayer(inputs, how.hidden(), classes, at);
                double[] sum = Blocks.sum(rows.rows(), at.length + 1, (from, to, into) -> {
                    for (int row = from; row < to; row++) {
                        if (counts[row] != 0) {
                            network.addGradient(rows, row, labels[row], counts[row], into);
                            into[at.length] += counts[row];
                        }
                    }
                });
                double total = sum[at.length];
                double[] gradient = Arrays.copyOf(sum, at.length);
                Vectors.scale(gradient, 1 / total);
                Vectors.add(gradient, how.penalty(), at);
                return gradient;
            }
        };
        return new OneHiddenLayer(
                inputs, how.hidden(), classes, new Lbfgs(10, how.steps(), 1e-6).minimise(function, start));
    }

    /// Weights to begin with: uniform, of a variance that keeps sums of the order of 1.
    static double[] start(int inputs, int hidden, int classes, long seed) {
        double[] start = new double[size(inputs, hidden, classes)];
        double first = Math.sqrt(3.0 / (inputs + 1));
        double second = Math.sqrt(3.0 / (hidden + 1));
        for (int i = 0; i < start.length; i++) {
            double uniform = (Hashing.combine(seed, i) >>> 11) * 0x1p-52 - 1;
            start[i] = uniform * (i < hidden * (inputs + 1) ? first : second);
        }
        return start;
    }

    /// What the hidden layer makes of a row, with the 1 of the bias at its end.
    private double[] activations(Features rows, int row) {
        double[] out = new double[hidden + 1];
        for (int h = 0; h < hidden; h++) {
            int at = h * (inputs + 1);
            out[h] = StrictMath.tanh(rows.dot(row, weights, at) + weights[at + inputs]);
        }
        out[hidden] = 1;
        return out;
    }

    /// What the hidden units make of a row, -1 to 1 each.
    public double[] hidden(Features rows, int row) {
        return Arrays.copyOf(activations(rows, row), hidden);
    }

    private double[] scores(double[] activations) {
        double[] scores = new double[classes];
        int at = hidden * (inputs + 1);
        for (int c = 0; c < classes; c++) {
            for (int h = 0; h <= hidden; h++, at++) {
                scores[c] += weights[at] * activations[h];
            }
        }
        return scores;
    }

    /// The chance of each class, 0 to 1.
    public double[] chances(Features rows, int row) {
        double[] chances = new double[classes];
        Loss.Softmax.probabilities(scores(activations(rows, row)), chances);
        return chances;
    }

    /// The cross-entropy of a row.
    public double loss(Features rows, int row, int label) {
        return new Loss.Softmax(classes).value(scores(activations(rows, row)), label);
    }

    /// The gradient of a row's loss by all weights.
    public double[] gradient(Features rows, int row, int label) {
        double[] gradient = new double[weights.length];
        addGradient(rows, row, label, 1, gradient);
        return gradient;
    }

    /// The gradient of a row's loss by its own features.
    public double[] slope(Features rows, int row, int label) {
        double[] activations = activations(rows, row);
        double[] back = back(residual(activations, label), 0, activations);
        double[] slope = new double[inputs];
        for (int h = 0; h < hidden; h++) {
            for (int i = 0, at = h * (inputs + 1); i < inputs; i++, at++) {
                slope[i] += back[h] * weights[at];
            }
        }
        return slope;
    }

    private double[] residual(double[] activations, int label) {
        double[] residual = new double[classes];
        new Loss.Softmax(classes).gradient(scores(activations), label, residual);
        return residual;
    }

    void addGradient(Features rows, int row, int label, double scale, double[] into) {
        double[] activations = activations(rows, row);
        double[] residual = residual(activations, label);
        int second = hidden * (inputs + 1);
        double[] back = back(residual, 0, activations);
        for (int c = 0, at = second; c < classes; c++) {
            for (int h = 0; h <= hidden; h++, at++) {
                into[at] += scale * residual[c] * activations[h];
            }
        }
        for (int h = 0; h < hidden; h++) {
            rows.add(row, scale * back[h], into, h * (inputs + 1));
            into[h * (inputs + 1) + inputs] += scale * back[h];
        }
    }

    /// A slope by the scores, carried back to the hidden units.
    private double[] back(double[] slope, int from, double[] activations) {
        double[] back = new double[hidden];
        for (int c = 0; c < classes; c++) {
            int at = hidden * (inputs + 1) + c * (hidden + 1);
            for (int h = 0; h < hidden; h++) {
                back[h] += slope[from + c] * weights[at + h];
            }
        }
        for (int h = 0; h < hidden; h++) {
            back[h] *= 1 - activations[h] * activations[h];
        }
        return back;
    }

    /// The curvature of both layers as Kronecker products in their eigenbases; between layers it is
    /// taken as 0.
    ///
    /// @param of the hidden layer, indexed input by input
    /// @param out of the answering layer, likewise
    public record LayerCurvature(OneHiddenLayer network, KroneckerCurvature of, KroneckerCurvature out) {
        /// The mean of the curvature along all directions of both layers.
        public double mean() {
            int first = network.hidden * (network.inputs + 1);
            int all = network.weights.length;
            return (of.mean() * first + out.mean() * (all - first)) / all;
        }

        /// The inverse times a gradient by all weights.
        public double[] inverse(double damping, double[] gradient) {
            int first = network.hidden * (network.inputs + 1);
            double[] result = new double[gradient.length];
            solve(of, damping, gradient, 0, network.inputs + 1, network.hidden, result);
            solve(out, damping, gradient, first, network.hidden + 1, network.classes, result);
            return result;
        }

        private static void solve(
                KroneckerCurvature layer, double damping, double[] from, int at, int inputs, int outputs, double[] to) {
            double[] turned = new double[inputs * outputs];
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < inputs; i++) {
                    turned[i * outputs + o] = from[at + o * inputs + i];
                }
            }
            double[] solved = layer.inverse(damping).times(turned);
            for (int o = 0; o < outputs; o++) {
                for (int i = 0; i < inputs; i++) {
                    to[at + o * inputs + i] = solved[i * outputs + o];
                }
            }
        }
    }

    /// The curvature by EK-FAC; see [KroneckerCurvature].
    public LayerCurvature curvature(Features rows) {
        int n = rows.rows();
        KroneckerCurvature.Layer lower = new KroneckerCurvature.Layer() {
            @Override
            public double share(int row) {
                return 1.0 / n;
            }

            @Override
            public void input(int row, double[] into) {
                rows.add(row, 1, into, 0);
                into[inputs] = 1;
            }

            @Override
            public void slopes(int row, double[] into) {
                double[] activations = activations(rows, row);
                double[] upper = new double[classes * classes];
                KroneckerCurvature.slopesOf(chances(rows, row), upper);
                for (int y = 0; y < classes; y++) {
                    System.arraycopy(back(upper, y * classes, activations), 0, into, y * hidden, hidden);
                }
            }
        };
        KroneckerCurvature.Layer upper = new KroneckerCurvature.Layer() {
            @Override
            public double share(int row) {
                return 1.0 / n;
            }

            @Override
            public void input(int row, double[] into) {
                System.arraycopy(activations(rows, row), 0, into, 0, hidden + 1);
            }

            @Override
            public void slopes(int row, double[] into) {
                KroneckerCurvature.slopesOf(chances(rows, row), into);
            }
        };
        return new LayerCurvature(
                this,
                KroneckerCurvature.of(lower, n, inputs + 1, hidden, classes, true),
                KroneckerCurvature.of(upper, n, hidden + 1, classes, classes, true));
    }
}
