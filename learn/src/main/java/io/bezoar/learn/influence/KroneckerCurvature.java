package io.bezoar.learn.influence;

import io.bezoar.learn.convex.Blocks;
import io.bezoar.learn.convex.Curvature;
import io.bezoar.learn.convex.Eigen;
import io.bezoar.learn.convex.Inverse;
import io.bezoar.learn.convex.Problem;

/// The curvature of a linear layer as a Kronecker product: `A (x) S` with `A` the mean of `x x'` and `S` the mean second
/// derivative by the scores (KFAC; Martens & Grosse 2015, section 3), or the same eigenvectors with the curvature
/// measured along each pair of them (EK-FAC; George et al. 2018, "Fast approximate natural gradient descent in a
/// Kronecker-factored eigenbasis").
///
/// Departure: the papers draw labels from the model; here the expectation over labels is taken exactly, which a linear
/// layer with a convex loss allows. The penalty is not part of it: it is the damping.
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

    /// The curvature of `problem` at `model`, for up to about a thousand features.
    ///
    /// @param measured EK-FAC if true, KFAC if false
    public static KroneckerCurvature of(Problem problem, double[] model, boolean measured) {
        int columns = problem.rows().columns();
        int outputs = problem.loss().outputs();
        int rows = problem.rows().rows();
        Curvature curvature = Curvature.at(problem, model);
        double[] moments = Blocks.sum(rows, columns * columns + outputs * outputs, (from, to, into) -> {
            double[] x = new double[columns];
            double[] unit = new double[outputs];
            double[] bent = new double[outputs];
            for (int row = from; row < to; row++) {
                java.util.Arrays.fill(x, 0);
                problem.rows().add(row, 1, x, 0);
                double share = curvature.share(row);
                for (int f = 0; f < columns; f++) {
                    if (x[f] != 0) {
                        for (int g = 0; g < columns; g++) {
                            into[f * columns + g] += share * x[f] * x[g];
                        }
                    }
                }
                for (int a = 0; a < outputs; a++) {
                    unit[a] = share;
                    curvature.bend(row, unit, bent);
                    unit[a] = 0;
                    for (int b = 0; b < outputs; b++) {
                        into[columns * columns + a * outputs + b] += bent[b];
                    }
                }
            }
        });
        double[] s = new double[outputs * outputs];
        System.arraycopy(moments, columns * columns, s, 0, s.length);
        Eigen left = Eigen.of(java.util.Arrays.copyOf(moments, columns * columns), columns);
        Eigen right = Eigen.of(s, outputs);
        double[] values = measured ? measured(problem, curvature, left, right) : product(left, right);
        return new KroneckerCurvature(left, right, values);
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

    private static double[] measured(Problem problem, Curvature curvature, Eigen left, Eigen right) {
        int columns = left.size();
        int outputs = right.size();
        return Blocks.sum(problem.rows().rows(), columns * outputs, (from, to, into) -> {
            double[] x = new double[columns];
            double[] along = new double[columns];
            double[] bends = new double[outputs];
            double[] vector = new double[outputs];
            double[] bent = new double[outputs];
            for (int row = from; row < to; row++) {
                java.util.Arrays.fill(along, 0);
                java.util.Arrays.fill(x, 0);
                problem.rows().add(row, 1, x, 0);
                for (int f = 0; f < columns; f++) {
                    if (x[f] != 0) {
                        for (int j = 0; j < columns; j++) {
                            along[j] += x[f] * left.vectors()[f * columns + j];
                        }
                    }
                }
                for (int b = 0; b < outputs; b++) {
                    for (int o = 0; o < outputs; o++) {
                        vector[o] = right.vectors()[o * outputs + b];
                    }
                    curvature.bend(row, vector, bent);
                    bends[b] = io.bezoar.learn.convex.Vectors.dot(vector, bent) * curvature.share(row);
                }
                for (int j = 0, at = 0; j < columns; j++) {
                    for (int b = 0; b < outputs; b++, at++) {
                        into[at] += along[j] * along[j] * bends[b];
                    }
                }
            }
        });
    }

    /// The mean of the curvature along its directions: a tenth of it is a good damping (Grosse et al. 2023).
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
