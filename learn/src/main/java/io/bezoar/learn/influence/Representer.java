package io.bezoar.learn.influence;

import io.bezoar.learn.convex.Problem;

/// What each training row gave to a score: at the optimum of a penalised loss the weights are a sum
/// over the rows, `-(1 / (penalty * total)) sum of w_i r_i (x) x_i` with `r_i` the row's residuals, so
/// a score of any input is a sum over the rows too (Yeh et al. 2018, "Representer point selection",
/// theorem 3.1; here exact, since the model is linear).
public final class Representer {
    private Representer() {}

    /// What each row gave to the inner product of the weights with `direction`. They add up to that
    /// product, as nearly as the model is at its optimum; positive rows raise it.
    public static double[] credits(Problem problem, double[] model, double[] direction) {
        if (!(problem.penalty() > 0)) {
            throw new IllegalArgumentException(
                    "expected a penalty above 0, came none: without it weights are no sum of rows");
        }
        double[] credits = GradientScores.of(problem, model, direction);
        double scale = -1 / (problem.penalty() * problem.total());
        for (int row = 0; row < credits.length; row++) {
            credits[row] *= scale * problem.weights()[row];
        }
        return credits;
    }
}
