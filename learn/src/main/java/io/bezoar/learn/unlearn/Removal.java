package io.bezoar.learn.unlearn;

import io.bezoar.learn.convex.Curvature;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Vectors;

/// Takes rows out of a trained model without training it from the beginning: Newton steps on the rows
/// that remain, from the trained weights on (Guo, Goldstein, Hannun & van der Maaten 2020, "Certified
/// data removal from machine learning models", section 3).
///
/// Departure: the paper takes one step; here steps repeat until one is smaller than asked for, because
/// one step of a removal of a fifth of the rows is off by up to a tenth of what it moves. Then the
/// model is the retrained one, and [Verified] says how nearly.
///
/// @param model the weights without the rows
/// @param steps Newton steps taken
/// @param lastStep largest change of a weight in the last of them
/// @param residual length of the gradient that is left, of the mean loss of the remaining rows with the
///     penalty
/// @param distance at most so far from the retrained model in Euclidean length: `residual / penalty`,
///     by strong convexity
public record Removal(double[] model, int steps, double lastStep, double residual, double distance) {
    private static final int MOST = 50;
    private static final double SOLVED = 1e-4; // of a step that is not solved exactly; the next one mends the rest

    /// Removes rows from `model`, the optimum of `problem`.
    ///
    /// @param precision done when no weight moves by more, above 0
    public static Removal of(Problem problem, double[] model, int[] gone, double precision) {
        return steps(problem, model, gone, MOST, precision);
    }

    /// The same with exactly `count` Newton steps.
    public static Removal steps(Problem problem, double[] model, int[] gone, int count) {
        return steps(problem, model, gone, count, 0);
    }

    private static Removal steps(Problem problem, double[] model, int[] gone, int most, double precision) {
        if (problem.penalty() <= 0) {
            throw new IllegalArgumentException(
                    "expected a penalty above 0, came none: without it what remains may have no optimum");
        }
        Problem remaining = problem.without(gone);
        double[] now = model.clone();
        int steps = 0;
        double last = Double.POSITIVE_INFINITY;
        double[] gradient = remaining.gradient(now);
        while (steps < most && last > precision) {
            double[] step = Curvature.at(remaining, now).inverse(SOLVED).times(gradient);
            double[] next = now.clone();
            Vectors.add(next, -1, step);
            if (precision > 0 && remaining.value(next) > remaining.value(now) + 1e-9) {
                // too far from the optimum for a full step: go the careful way
                now = new Newton().to(precision).fit(remaining, now);
                gradient = remaining.gradient(now);
                last = 0;
                steps = most;
                break;
            }
            now = next;
            last = Vectors.largest(step);
            gradient = remaining.gradient(now);
            steps++;
        }
        double residual = Vectors.length(gradient);
        return new Removal(now, steps, last, residual, residual / problem.penalty());
    }

    /// The first-order estimate of the weights without some rows: the sum of the rows' influences. For
    /// few rows.
    public static double[] firstOrder(Problem problem, double[] model, int[] gone) {
        int outputs = problem.loss().outputs();
        double[] residuals = problem.residuals(model);
        double[] sum = new double[model.length];
        double weight = 0;
        for (int row : gone) {
            double[] residual = new double[outputs];
            System.arraycopy(residuals, row * outputs, residual, 0, outputs);
            Vectors.scale(residual, problem.weights()[row]);
            problem.rows().addOuter(row, residual, outputs, sum);
            weight += problem.weights()[row];
        }
        Vectors.add(sum, weight * problem.penalty(), model);
        Vectors.scale(sum, 1 / problem.total());
        double[] moved = model.clone();
        Vectors.add(moved, 1, Curvature.at(problem, model).inverse(1e-8).times(sum));
        return moved;
    }

    /// How a removal compares with training again from the beginning.
    ///
    /// @param distance Euclidean length between the two models
    /// @param largest difference of a weight
    /// @param share of the way from the trained to the retrained model that is still missing; 0 is all
    ///     done
    public record Verified(double distance, double largest, double share) {
        /// Compares `removed` with `retrained`.
        public static Verified of(double[] removed, double[] retrained, double[] trained) {
            double[] off = Vectors.minus(removed, retrained);
            double whole = Vectors.length(Vectors.minus(trained, retrained));
            double distance = Vectors.length(off);
            return new Verified(distance, Vectors.largest(off), whole == 0 ? 0 : distance / whole);
        }
    }

    /// Trains again without the rows, from the beginning, and compares.
    public Verified verify(Problem problem, double[] trained, int[] gone) {
        return Verified.of(model, new Newton().fit(problem.without(gone)), trained);
    }

    /// The budget `epsilon` of this removal, if normal noise of deviation `noise` is added to every
    /// weight of the model that is handed out: nobody who sees it can tell the removal from a
    /// retraining better than `epsilon`, `delta` allow (Gaussian mechanism, Dwork & Roth 2014, theorem
    /// A.1, on [#distance]; Sekhari et al. 2021, section 4). The theorem holds up to 1: beyond,
    /// infinite. Without noise there is no such promise; [#distance] holds anyway.
    ///
    /// @param noise above 0
    /// @param delta above 0, below 1
    public double epsilon(double noise, double delta) {
        if (!(noise > 0) || !(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException(
                    "certified removal needs noise above 0 and a delta between 0 and 1, came " + noise + " and "
                            + delta);
        }
        double epsilon = Math.sqrt(2 * StrictMath.log(1.25 / delta)) * distance / noise;
        return epsilon <= 1 ? epsilon : Double.POSITIVE_INFINITY;
    }
}
