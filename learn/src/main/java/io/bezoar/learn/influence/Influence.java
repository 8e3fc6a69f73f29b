package io.bezoar.learn.influence;

import io.bezoar.learn.convex.Blocks;
import io.bezoar.learn.convex.Cholesky;
import io.bezoar.learn.convex.ConjugateGradients;
import io.bezoar.learn.convex.Curvature;
import io.bezoar.learn.convex.Inverse;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Vectors;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What each training row did to a model at its optimum, and through it to any function of the weights.
///
/// An *effect* is by how much the function is expected to rise when the row is left out and the model
/// fitted again. Of a loss, positive says that the row supports the answer and negative that it opposes
/// it.
///
/// [#effects] is first order (Koh & Liang 2017, "Understanding black-box predictions via influence
/// functions", section 2): `g_z' H^-1 g_i / n` with the gradient `g_i` of the row's loss and its share
/// of the penalty. [#corrected] takes one Newton step on the curvature without the row (approximate
/// leave-one-out; Pregibon 1981, "Logistic regression diagnostics", Rad & Maleki 2020): the row's
/// residuals `r` become `(I - D K)^-1 (r + D u)`, with `D` the second derivatives of its loss, `K = X'
/// H^-1 X` its leverage and `u` what the penalty adds. They do not depend on the function asked about,
/// so they are computed once.
public final class Influence {
    private final Problem problem;
    private final double[] model;
    private final Curvature curvature;
    private final Inverse inverse;
    private final double[] residuals;

    private Influence(Problem problem, double[] model, Curvature curvature, Inverse inverse) {
        this.problem = problem;
        this.model = model.clone();
        this.curvature = curvature;
        this.inverse = inverse;
        this.residuals = problem.residuals(model);
    }

    /// The influence of the rows of `problem` on its optimum `model`; where the curvature is too large
    /// to factor it is inverted to a relative error of `tolerance`.
    ///
    /// @throws IllegalArgumentException if the curvature has no inverse
    public static Influence at(Problem problem, double[] model, double tolerance) {
        if (model.length != problem.size()) {
            throw new IllegalArgumentException("expected a model of " + problem.size()
                    + " weights for these rows, came " + model.length + ": was it trained on other features?");
        }
        Curvature curvature = Curvature.at(problem, model);
        return new Influence(problem, model, curvature, curvature.inverse(tolerance));
    }

    /// The problem.
    public Problem problem() {
        return problem;
    }

    /// The inverse of the curvature.
    public Inverse inverse() {
        return inverse;
    }

    /// The gradient of the loss of a row of other data, by the model's weights.
    public double[] gradient(Problem other, int row) {
        double[] scores = new double[problem.loss().outputs()];
        double[] residual = new double[scores.length];
        other.scores(row, model, scores);
        other.loss().gradient(scores, other.answers()[row], residual);
        double[] gradient = new double[model.length];
        other.rows().addOuter(row, residual, scores.length, gradient);
        return gradient;
    }

    /// The effect of leaving each row out, to first order.
    ///
    /// @param gradient of the function asked about, by the weights
    public double[] effects(double[] gradient) {
        return effects(gradient, residuals);
    }

    /// The effect of leaving each row out, by one Newton step without it. Needs curvature that can be
    /// factored; see [#corrected(double[], int)] for larger models.
    ///
    /// @param gradient of the function asked about, by the weights
    /// @param corrected what [#correctedResiduals] gave
    public double[] corrected(double[] gradient, double[] corrected) {
        return effects(gradient, corrected);
    }

    /// The effects of leaving each row out on several functions, to first order: the curvature is inverted
    /// for all of them together.
    ///
    /// @param gradients of the functions asked about, by the weights
    /// @return function by function the effects of all rows
    public double[][] effects(double[][] gradients) {
        double[][] towards = inverse.times(gradients);
        double[][] effects = new double[gradients.length][];
        for (int k = 0; k < effects.length; k++) {
            effects[k] = towards(towards[k], residuals);
        }
        return effects;
    }

    private double[] effects(double[] gradient, double[] each) {
        return towards(inverse.times(gradient), each);
    }

    private double[] towards(double[] towards, double[] each) {
        int outputs = problem.loss().outputs();
        double constant = problem.penalty() * Vectors.dot(towards, model);
        double[] effects = new double[problem.rows().rows()];
        Blocks.each(effects.length, (from, to) -> {
            double[] scores = new double[outputs];
            for (int row = from; row < to; row++) {
                if (curvature.share(row) != 0) {
                    problem.scores(row, towards, scores);
                    double effect = constant;
                    for (int o = 0; o < outputs; o++) {
                        effect += scores[o] * each[row * outputs + o];
                    }
                    effects[row] = effect * curvature.share(row);
                }
            }
        });
        return effects;
    }

    /// The effect of leaving one row out, by one Newton step without it, solved by conjugate gradients:
    /// for models too large to factor.
    ///
    /// @param gradient of the function asked about, by the weights
    public double corrected(double[] gradient, int row) {
        double[] own = rowGradient(row);
        double[] moved = problem.size() <= Curvature.EXACT
                ? Cholesky.of(curvature.less(row).matrix(), problem.size()).times(own)
                : ConjugateGradients.of(curvature.less(row), 1e-4, 400).times(own);
        return Vectors.dot(gradient, moved) * curvature.share(row);
    }

    /// The gradient of a row's loss and its share of the penalty.
    public double[] rowGradient(int row) {
        int outputs = problem.loss().outputs();
        double[] gradient = model.clone();
        Vectors.scale(gradient, problem.penalty());
        problem.rows()
                .addOuter(row, Arrays.copyOfRange(residuals, row * outputs, (row + 1) * outputs), outputs, gradient);
        return gradient;
    }

    /// Each row's residuals as they would be seen by a model that never saw the row; for every output
    /// of every row.
    public double[] correctedResiduals() {
        if (!(inverse instanceof Cholesky factored)) {
            throw new IllegalArgumentException("expected a model of at most " + Curvature.EXACT
                    + " weights for the leverage of every row, came one of " + problem.size());
        }
        double[] penalised = model.clone();
        Vectors.scale(penalised, problem.penalty());
        double[] pull = inverse.times(penalised);
        double[] inverted = factored.inverse();
        int size = problem.size();
        int outputs = problem.loss().outputs();
        double[] corrected = new double[residuals.length];
        IntStream.range(0, problem.rows().rows()).parallel().forEach(row -> {
            double[] leverage = leverage(row, inverted, size, outputs);
            double[] right = new double[outputs];
            double[] scratch = new double[outputs];
            problem.scores(row, pull, scratch);
            curvature.bend(row, scratch, right);
            double share = curvature.share(row);
            double[] left = new double[outputs * outputs];
            double[] column = new double[outputs];
            for (int b = 0; b < outputs; b++) {
                for (int a = 0; a < outputs; a++) {
                    column[a] = leverage[a * outputs + b];
                }
                curvature.bend(row, column, scratch);
                for (int a = 0; a < outputs; a++) {
                    left[a * outputs + b] = (a == b ? 1 : 0) - share * scratch[a];
                }
            }
            for (int o = 0; o < outputs; o++) {
                right[o] = residuals[row * outputs + o] + share * right[o];
            }
            System.arraycopy(Elimination.solve(left, right), 0, corrected, row * outputs, outputs);
        });
        return corrected;
    }

    /// `X' H^-1 X` of a row, outputs by outputs.
    private double[] leverage(int row, double[] inverted, int size, int outputs) {
        int columns = problem.rows().columns();
        double[] x = new double[columns];
        problem.rows().add(row, 1, x, 0);
        double[] leverage = new double[outputs * outputs];
        for (int f = 0; f < columns; f++) {
            if (x[f] == 0) {
                continue;
            }
            for (int a = 0; a < outputs; a++) {
                int at = (f * outputs + a) * size;
                for (int g = 0; g < columns; g++, at += outputs) {
                    double xx = x[f] * x[g];
                    if (xx != 0) {
                        for (int b = 0; b < outputs; b++) {
                            leverage[a * outputs + b] += xx * inverted[at + b];
                        }
                    }
                }
            }
        }
        return leverage;
    }

    /// `g_i' H^-1 g_i` of a row, 0 or more: how much it bends its own answer. Wrong labels and outliers
    /// have much.
    public double self(int row) {
        double[] own = rowGradient(row);
        return Vectors.dot(own, inverse.times(own));
    }

    /// The effect of a group to first order: the sum of its rows'. For groups beyond a few percent of
    /// the rows the sum misleads; remove them by [io.bezoar.learn.unlearn.Removal].
    public static double group(double[] effects, int[] rows) {
        double sum = 0;
        for (int row : rows) {
            sum += effects[row];
        }
        return sum;
    }
}
