package io.bezoar.learn.influence;

import io.bezoar.learn.convex.Blocks;
import io.bezoar.learn.convex.Problem;

/// The inner product of every row's gradient with a direction: the pass over the data in which every
/// gradient method ends. With the query's own gradient as direction it is GradDot.
public final class GradientScores {
    private GradientScores() {}

    /// One score a row: positive if a step along the row's gradient raises what `direction` points to.
    public static double[] of(Problem problem, double[] model, double[] direction) {
        int outputs = problem.loss().outputs();
        double[] scores = new double[problem.rows().rows()];
        Blocks.each(scores.length, (from, to) -> {
            double[] raw = new double[outputs];
            double[] residual = new double[outputs];
            double[] along = new double[outputs];
            for (int row = from; row < to; row++) {
                problem.scores(row, model, raw);
                problem.loss().gradient(raw, problem.answers()[row], residual);
                problem.scores(row, direction, along);
                double sum = 0;
                for (int o = 0; o < outputs; o++) {
                    sum += residual[o] * along[o];
                }
                scores[row] = sum;
            }
        });
        return scores;
    }
}
