package io.bezoar.learn.convex;

import io.bezoar.learn.LogisticPull;
import java.util.SplittableRandom;

/// Fits a model of two classes in the dual, one row at a time: support vector machines (Hsieh et al.
/// 2008, algorithm 1) and logistic regression (Yu, Huang & Lin 2011, algorithm 3). Each row has a variable,
/// how hard it pulls; the weights are the sum of the rows by their pulls. No matrix is formed and no
/// curvature is needed, so the hinge, which has none, is fitted too. On one thread: a step needs the one
/// before.
///
/// The objective of the model less that of its dual bounds how far either is from the optimum. The weights
/// are then no farther from the best ones than `sqrt(2 gap / penalty)`, the objective being as convex as
/// its penalty.
///
/// @param gap done when the two objectives are no farther apart, above 0
/// @param passes over the rows at most
public record DualDescent(double gap, int passes) {
    private static final int EVERY = 10; // passes between looks at the gap
    private static final double PRECISION = 1e-13;
    private static final double ROUNDING = 1e-15; // of objectives of the size of 1

    public DualDescent {
        if (!(gap > 0) || passes < 1) {
            throw new IllegalArgumentException(
                    "expected a gap above 0 and 1 pass or more, came " + gap + ", " + passes);
        }
    }

    /// Nearly as exact as double arithmetic.
    public DualDescent() {
        this(1e-13, 20_000);
    }

    /// A fit.
    ///
    /// @param model the weights
    /// @param gap the objectives were apart by
    public record Fit(double[] model, double gap) {
        /// No weights are better by more than the gap; the best ones are no farther away than this.
        public double distance(Problem problem) {
            return Math.sqrt(2 * (Math.max(0, gap) + ROUNDING) / problem.penalty());
        }
    }

    /// The optimum.
    ///
    /// @param problem of hinge or logistic loss, with a penalty
    /// @throws IllegalArgumentException if it is another, or the passes do not suffice
    public Fit fit(Problem problem) {
        boolean hinge = problem.loss() instanceof Loss.Hinge;
        if (!hinge && !(problem.loss() instanceof Loss.Logistic) || !(problem.penalty() > 0)) {
            throw new IllegalArgumentException("expected a hinge or logistic loss and a penalty above 0, came "
                    + problem.loss() + " and " + problem.penalty());
        }
        int rows = problem.rows().rows();
        double[] most = new double[rows]; // what a full pull multiplies the row by
        double[] norm = new double[rows];
        double[] pull = new double[rows];
        double[] model = new double[problem.size()];
        int count = 0;
        int[] order = new int[rows];
        for (int row = 0; row < rows; row++) {
            most[row] = problem.weights()[row] / problem.total() / problem.penalty();
            norm[row] = problem.rows().squaredNorm(row);
            if (most[row] > 0 && norm[row] > 0) {
                order[count++] = row;
                if (!hinge) {
                    pull[row] = 0.5; // what a model of nothing calls for
                    problem.rows().add(row, 0.5 * most[row] * sign(problem, row), model, 0);
                }
            } else if (!hinge) {
                pull[row] = 0.5; // a row of nothing: its margin is 0 whatever the model
            } else {
                pull[row] = 1;
            }
        }
        SplittableRandom random = new SplittableRandom(rows);
        double apart = Double.POSITIVE_INFINITY;
        for (int pass = 1; pass <= passes; pass++) {
            for (int i = count - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            for (int k = 0; k < count; k++) {
                int row = order[k];
                double sign = sign(problem, row);
                double margin = sign * problem.rows().dot(row, model, 0);
                double next = hinge
                        ? Math.clamp(pull[row] - (margin - 1) / (norm[row] * most[row]), 0, 1)
                        : LogisticPull.of(margin, pull[row], norm[row] * most[row], PRECISION);
                if (next != pull[row]) {
                    problem.rows().add(row, sign * (next - pull[row]) * most[row], model, 0);
                    pull[row] = next;
                }
            }
            if (pass % EVERY == 0 || pass == passes) {
                apart = problem.value(model) - dual(problem, model, pull, hinge);
                if (apart <= gap) {
                    return new Fit(model, apart);
                }
            }
        }
        throw new IllegalArgumentException("the fit did not settle in " + passes + " passes: the objectives are "
                + apart + " apart; raise the penalty above " + problem.penalty() + " or scale the features");
    }

    private static double sign(Problem problem, int row) {
        return problem.answers()[row] == 1 ? 1 : -1;
    }

    /// The dual objective, in the units of the problem's: never above its optimum.
    private static double dual(Problem problem, double[] model, double[] pull, boolean hinge) {
        double sum = 0;
        for (int row = 0; row < pull.length; row++) {
            double p = pull[row];
            double gain = hinge ? p : -(entropy(p) + entropy(1 - p));
            sum += problem.weights()[row] * gain;
        }
        return sum / problem.total() - problem.penalty() / 2 * Vectors.dot(model, model);
    }

    private static double entropy(double p) {
        return p > 0 ? p * StrictMath.log(p) : 0;
    }
}
