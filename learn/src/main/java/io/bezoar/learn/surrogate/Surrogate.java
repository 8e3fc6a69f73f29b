package io.bezoar.learn.surrogate;

import io.bezoar.core.Example;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import java.util.Arrays;
import java.util.List;

/// A surrogate at its optimum: the task, how strongly weights are held back, and the weights.
///
/// @param penalty on every weight, above 0
/// @param weights feature-major, see [io.bezoar.learn.convex.Rows]
public record Surrogate(Task task, double penalty, double[] weights) {
    /// The last Newton step moves no weight by more than this; by then a step is a thousandth of the
    /// one before.
    public static final double PRECISION = 1e-3;

    /// The penalty of a row among `rows` that fits short texts: a model so trained learns what a few
    /// dozen rows teach. See `docs/decisions`.
    public static double penalty(long rows) {
        return 0.3 / Math.max(1, rows);
    }

    /// The scores of each output for an example.
    public double[] scores(Example example) {
        Problem one = task.problem(List.of(example), penalty);
        double[] scores = new double[task.loss().outputs()];
        one.scores(0, weights, scores);
        return scores;
    }

    /// The chance of each label, 0 to 1; of a preference, of the chosen and of the other answer.
    public double[] chances(Example example) {
        return chances(scores(example));
    }

    /// The same, of the scores of a row.
    public static double[] chances(double[] scores) {
        if (scores.length == 1) {
            double chance = Loss.Logistic.chance(scores[0]);
            return new double[] {chance, 1 - chance};
        }
        double[] chances = new double[scores.length];
        Loss.Softmax.probabilities(scores, chances);
        return chances;
    }

    /// The number of the largest; of equals the first.
    public static int best(double[] chances) {
        int best = 0;
        for (int c = 1; c < chances.length; c++) {
            best = chances[c] > chances[best] ? c : best;
        }
        return best;
    }

    /// The same task, fitted again to `problem`, from these weights on, to a hundredth of a percent of
    /// a chance or so.
    public Surrogate again(Problem problem) {
        return new Surrogate(task, penalty, new Newton().to(10 * PRECISION).fit(problem, weights));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Surrogate that
                && task.equals(that.task)
                && penalty == that.penalty
                && Arrays.equals(weights, that.weights);
    }

    @Override
    public int hashCode() {
        return 31 * task.hashCode() + Arrays.hashCode(weights);
    }
}
