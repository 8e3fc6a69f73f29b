package io.bezoar.learn.influence;

import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Vectors;
import java.util.List;
import java.util.stream.IntStream;

/// Attribution from the gradients of every row alone: what is left where the curvature is too large, or
/// the loss is not convex. All scores are positive where a row supports what the query's gradient
/// belongs to the loss of.
///
/// The gradients are given as rows of one length, of whatever model: [#of] makes those of a linear one.
public final class GradientMethods {
    private GradientMethods() {}

    /// The gradient of every row's loss, not weighted, penalty left out.
    public static double[][] of(Problem problem, double[] model) {
        int outputs = problem.loss().outputs();
        double[] residuals = problem.residuals(model);
        return IntStream.range(0, problem.rows().rows())
                .parallel()
                .mapToObj(row -> {
                    double[] residual = new double[outputs];
                    System.arraycopy(residuals, row * outputs, residual, 0, outputs);
                    double[] gradient = new double[model.length];
                    problem.rows().addOuter(row, residual, outputs, gradient);
                    return gradient;
                })
                .toArray(double[][]::new);
    }

    /// The inner product of every row's gradient with the query's (GradDot), divided by both lengths if
    /// `cosine`.
    public static double[] dot(double[][] gradients, double[] query, boolean cosine) {
        double length = cosine ? Math.max(Double.MIN_NORMAL, Vectors.length(query)) : 1;
        return IntStream.range(0, gradients.length)
                .parallel()
                .mapToDouble(row -> Vectors.dot(gradients[row], query)
                        / (cosine ? length * Math.max(Double.MIN_NORMAL, Vectors.length(gradients[row])) : 1))
                .toArray();
    }

    /// TracIn over checkpoints (Pruthi et al. 2020, section 3.3): the sum of step size times GradDot.
    ///
    /// @param steps the size of the step at each checkpoint
    /// @param gradients of the rows at each checkpoint
    /// @param queries the query's gradient at each checkpoint
    public static double[] tracIn(double[] steps, List<double[][]> gradients, List<double[]> queries) {
        double[] scores = new double[gradients.getFirst().length];
        for (int t = 0; t < steps.length; t++) {
            Vectors.add(scores, steps[t], dot(gradients.get(t), queries.get(t), false));
        }
        return scores;
    }

    /// TracIn of a linear model without its history: the checkpoints are those of gradient descent on all
    /// rows from 0 on, whose step is the inverse of a bound on the curvature.
    ///
    /// @param queries whose first row is asked about
    /// @param steps of descent
    /// @param every so many steps there is a checkpoint
    public static double[] tracIn(Problem problem, Problem queries, int steps, int every) {
        double squares = 0;
        for (int row = 0; row < problem.rows().rows(); row++) {
            squares += problem.weights()[row] * problem.rows().squaredNorm(row);
        }
        // the second derivatives of every loss here are at most 1
        double step = 1 / (squares / problem.total() + problem.penalty());
        double[] model = new double[problem.size()];
        double[] scores = new double[problem.rows().rows()];
        for (int t = 1; t <= steps; t++) {
            Vectors.add(model, -step, problem.gradient(model));
            if (t % every == 0) {
                Vectors.add(scores, step, GradientScores.of(problem, model, gradient(queries, model)));
            }
        }
        return scores;
    }

    /// The gradient of the loss of the first row, penalty left out.
    public static double[] gradient(Problem problem, double[] model) {
        double[] scores = new double[problem.loss().outputs()];
        double[] residual = new double[scores.length];
        problem.scores(0, model, scores);
        problem.loss().gradient(scores, problem.answers()[0], residual);
        double[] gradient = new double[model.length];
        problem.rows().addOuter(0, residual, scores.length, gradient);
        return gradient;
    }

    /// DataInf of a linear model, whose gradients are never all in memory: each is the outer product of
    /// its row and its residuals. The same scores as [#dataInf(double[][], double[])].
    public static double[] dataInf(Problem problem, double[] model, double[] query) {
        int outputs = problem.loss().outputs();
        double[] residuals = problem.residuals(model);
        double[] lengths = new double[problem.rows().rows()];
        double squares = 0;
        for (int row = 0; row < lengths.length; row++) {
            double sum = 0;
            for (int o = 0; o < outputs; o++) {
                sum += residuals[row * outputs + o] * residuals[row * outputs + o];
            }
            lengths[row] = sum * problem.rows().squaredNorm(row);
            squares += lengths[row];
        }
        double damping = Math.max(Double.MIN_NORMAL, 0.1 * squares / lengths.length / query.length);
        double[] along = GradientScores.of(problem, model, query);
        double[] towards = query.clone();
        double[] residual = new double[outputs];
        for (int row = 0; row < lengths.length; row++) {
            System.arraycopy(residuals, row * outputs, residual, 0, outputs);
            Vectors.scale(residual, -along[row] / (damping + lengths[row]) / lengths.length);
            problem.rows().addOuter(row, residual, outputs, towards);
        }
        Vectors.scale(towards, 1 / damping);
        return GradientScores.of(problem, model, towards);
    }

    /// DataInf (Kwon et al. 2024, equation 5): the inverse of the mean of rank-one curvatures, taken as
    /// the mean of their inverses, in closed form. The damping is a tenth of the mean square of a
    /// gradient's entry, as the authors chose.
    public static double[] dataInf(double[][] gradients, double[] query) {
        double squares = 0;
        for (double[] gradient : gradients) {
            squares += Vectors.dot(gradient, gradient);
        }
        double damping = Math.max(Double.MIN_NORMAL, 0.1 * squares / gradients.length / query.length);
        double[] towards = query.clone();
        for (double[] gradient : gradients) {
            double share = Vectors.dot(gradient, query) / (damping + Vectors.dot(gradient, gradient));
            Vectors.add(towards, -share / gradients.length, gradient);
        }
        Vectors.scale(towards, 1 / damping);
        return dot(gradients, towards, false);
    }
}
