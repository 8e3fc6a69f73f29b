package io.bezoar.learn.influence;

import io.bezoar.learn.convex.Blocks;
import io.bezoar.learn.convex.Eigen;
import io.bezoar.learn.convex.Inverse;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Problem;
import java.util.Arrays;

/// The curvature of a linear layer as a Kronecker product: `A (x) S` with `A` the mean of `x x'` and
/// `S` the mean second derivative by the scores (KFAC; Martens & Grosse 2015, section 3), or the same
/// eigenvectors with the curvature measured along each pair of them (EK-FAC; George et al. 2018, "Fast
/// approximate natural gradient descent in a Kronecker-factored eigenbasis").
///
/// Departure: the papers draw labels from the model; here the expectation over labels is taken exactly.
/// The penalty is not part of it: it is the damping.
public final class KroneckerCurvature {
    private final Eigen left; // of A
    private final Eigen right; // of S
    private final double[] values; // [feature direction * outputs + output direction]
    private final int columns;
    private final int outputs;

    private KroneckerCurvature(Eigen left, Eigen right, double[] values) {
        this.left = left;
        this.right = right;
        this.values = values;
        this.columns = left.size();
        this.outputs = right.size();
    }

    /// What a layer sees of each row.
    public interface Layer {
        /// How much the row counts in the mean.
        double share(int row);

        /// Writes the layer's input, the constant that carries its bias included.
        void input(int row, double[] into);

        /// Writes vectors whose outer products add up to the second derivatives by the layer's outputs,
        /// one after the other.
        void slopes(int row, double[] into);
    }

    /// The curvature of a linear surrogate at `model`, for up to about a thousand features.
    ///
    /// @param measured EK-FAC if true, KFAC if false
    public static KroneckerCurvature of(Problem problem, double[] model, boolean measured) {
        int outputs = problem.loss().outputs();
        double total = problem.total();
        Layer layer = new Layer() {
            @Override
            public double share(int row) {
                return problem.weights()[row] / total;
            }

            @Override
            public void input(int row, double[] into) {
                problem.rows().add(row, 1, into, 0);
            }

            @Override
            public void slopes(int row, double[] into) {
                double[] scores = new double[outputs];
                problem.scores(row, model, scores);
                if (problem.loss() instanceof Loss.Softmax) {
                    double[] p = new double[outputs];
                    Loss.Softmax.probabilities(scores, p);
                    slopesOf(p, into);
                } else {
                    double[] bend = new double[1];
                    problem.loss().curvature(scores, problem.answers()[row], bend);
                    into[0] = Math.sqrt(bend[0]);
                }
            }
        };
        return of(layer, problem.rows().rows(), problem.rows().columns(), outputs, outputs, measured);
    }

    /// Writes vectors whose outer products add up to `diag p - p p'`: of each class what its answer
    /// would give, times the root of its chance.
    public static void slopesOf(double[] p, double[] into) {
        for (int y = 0, at = 0; y < p.length; y++) {
            double root = Math.sqrt(p[y]);
            for (int o = 0; o < p.length; o++, at++) {
                into[at] = root * (p[o] - (o == y ? 1 : 0));
            }
        }
    }

    /// The curvature of one layer.
    ///
    /// @param slopes how many vectors [Layer#slopes] writes for a row
    /// @param measured EK-FAC if true, KFAC if false
    public static KroneckerCurvature of(Layer layer, int rows, int inputs, int outputs, int slopes, boolean measured) {
        double[] moments = Blocks.sum(rows, inputs * inputs + outputs * outputs, (from, to, into) -> {
            double[] bends = new double[slopes * outputs];
            for (int row = from; row < to; row++) {
                double[] x = new double[inputs];
                double share = layer.share(row);
                layer.input(row, x);
                outer(x, 0, inputs, share, into, 0);
                layer.slopes(row, bends);
                for (int k = 0; k < slopes; k++) {
                    outer(bends, k * outputs, outputs, share, into, inputs * inputs);
                }
            }
        });
        double[] s = new double[outputs * outputs];
        System.arraycopy(moments, inputs * inputs, s, 0, s.length);
        Eigen left = Eigen.of(Arrays.copyOf(moments, inputs * inputs), inputs);
        Eigen right = Eigen.of(s, outputs);
        double[] values = measured ? measured(layer, rows, slopes, left, right) : product(left, right);
        return new KroneckerCurvature(left, right, values);
    }

    private static void outer(double[] x, int from, int size, double scale, double[] into, int at) {
        for (int f = 0; f < size; f++) {
            double value = scale * x[from + f];
            if (value != 0) {
                for (int g = 0; g < size; g++) {
                    into[at + f * size + g] += value * x[from + g];
                }
            }
        }
    }

    private static double[] product(Eigen left, Eigen right) {
        double[] values = new double[left.size() * right.size()];
        for (int f = 0, at = 0; f < left.size(); f++) {
            for (int o = 0; o < right.size(); o++, at++) {
                values[at] = left.values()[f] * right.values()[o];
            }
        }
        return values;
    }

    private static double[] measured(Layer layer, int rows, int slopes, Eigen left, Eigen right) {
        int inputs = left.size();
        int outputs = right.size();
        return Blocks.sum(rows, inputs * outputs, (from, to, into) -> {
            double[] bends = new double[slopes * outputs];
            for (int row = from; row < to; row++) {
                double[] x = new double[inputs];
                double[] along = new double[inputs];
                layer.input(row, x);
                turn(x, 0, left, along);
                layer.slopes(row, bends);
                double[] squares = new double[outputs];
                for (int k = 0; k < slopes; k++) {
                    double[] turned = new double[outputs];
                    turn(bends, k * outputs, right, turned);
                    for (int b = 0; b < outputs; b++) {
                        squares[b] += turned[b] * turned[b];
                    }
                }
                double share = layer.share(row);
                for (int j = 0, at = 0; j < inputs; j++) {
                    double weight = share * along[j] * along[j];
                    for (int b = 0; b < outputs; b++, at++) {
                        into[at] += weight * squares[b];
                    }
                }
            }
        });
    }

    /// Adds the coordinates of a vector along the eigenvectors.
    private static void turn(double[] x, int from, Eigen basis, double[] into) {
        for (int f = 0; f < basis.size(); f++) {
            if (x[from + f] != 0) {
                for (int j = 0; j < basis.size(); j++) {
                    into[j] += x[from + f] * basis.vectors()[f * basis.size() + j];
                }
            }
        }
    }

    /// The mean of the curvature along its directions: a tenth of it is a good damping (Grosse et al.
    /// 2023).
    public double mean() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /// The inverse with `damping` added to the curvature along every direction.
    public Inverse inverse(double damping) {
        if (!(damping > 0)) {
            throw new IllegalArgumentException("the damping must be above 0, not " + damping);
        }
        return vector -> {
            double[] turned = turn(vector, true);
            for (int i = 0; i < turned.length; i++) {
                turned[i] /= values[i] + damping;
            }
            return turn(turned, false);
        };
    }

    /// Into the eigenbasis, or back.
    private double[] turn(double[] vector, boolean into) {
        double[] half = new double[vector.length];
        double[] whole = new double[vector.length];
        for (int f = 0; f < columns; f++) {
            for (int j = 0; j < columns; j++) {
                double q = into ? left.vectors()[f * columns + j] : left.vectors()[j * columns + f];
                int from = f * outputs;
                int to = j * outputs;
                for (int o = 0; o < outputs; o++) {
                    half[to + o] += q * vector[from + o];
                }
            }
        }
        for (int j = 0; j < columns; j++) {
            for (int o = 0; o < outputs; o++) {
                double value = half[j * outputs + o];
                for (int b = 0; b < outputs; b++) {
                    double q = into ? right.vectors()[o * outputs + b] : right.vectors()[b * outputs + o];
                    whole[j * outputs + b] += q * value;
                }
            }
        }
        return whole;
    }
}
