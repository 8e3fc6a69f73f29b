package io.bezoar.learn.convex;

import java.util.Optional;

/// Fits a problem to its optimum by Newton's method with a line search. The step is solved exactly
/// where the curvature is small enough to factor, else by conjugate gradients, the more exactly the
/// nearer the optimum (Dembo, Eisenstat & Steihaug 1982).
///
/// @param step done when no weight moves by more than this, above 0
/// @param most Newton steps at most
/// @param near the inverse of a curvature that is nearly the same, where one is known: refits without a
///     few rows take a few products then
public record Newton(double step, int most, Optional<Inverse> near) {
    public Newton {
        if (!(step > 0) || most < 1) {
            throw new IllegalArgumentException(
                    "expected a step above 0 and 1 step or more, came " + step + ", " + most);
        }
    }

    /// To the last digits that double arithmetic gives.
    public Newton() {
        this(1e-10, 100, Optional.empty());
    }

    /// The same with another precision.
    public Newton to(double precision) {
        return new Newton(precision, most, near);
    }

    /// The same, helped by an inverse that is nearly the right one.
    public Newton near(Inverse inverse) {
        return new Newton(step, most, Optional.of(inverse));
    }

    /// The optimum, sought from 0 on.
    public double[] fit(Problem problem) {
        return fit(problem, new double[problem.size()]);
    }

    /// The optimum, sought from `start` on.
    ///
    /// @throws IllegalArgumentException if it is not reached in [#most] steps
    public double[] fit(Problem problem, double[] start) {
        Reached reached = descend(problem, start);
        if (!reached.settled()) {
            throw new IllegalArgumentException("the fit did not settle in " + most + " steps: raise the penalty above "
                    + problem.penalty() + " or scale the features");
        }
        return reached.model();
    }

    /// Where [#most] steps from `start` on lead, be it the optimum or not: no step goes uphill.
    public double[] reach(Problem problem, double[] start) {
        return descend(problem, start).model();
    }

    private record Reached(double[] model, boolean settled) {}

    private Reached descend(Problem problem, double[] start) {
        if (problem.loss() instanceof Loss.Hinge) {
            throw new IllegalArgumentException(
                    "expected a smooth loss for Newton's method, came a hinge: fit it by dual descent");
        }
        double[] model = start.clone();
        double value = problem.value(model);
        double first = 0;
        for (int round = 0; round < most; round++) {
            double[] gradient = problem.gradient(model);
            double steepness = Vectors.length(gradient);
            first = Math.max(first, steepness);
            if (steepness == 0) {
                return new Reached(model, true);
            }
            Curvature curvature = Curvature.at(problem, model);
            double[] direction = direction(curvature, gradient, steepness, first);
            double slope = -Vectors.dot(gradient, direction);
            double size = 1;
            double[] next = moved(model, direction, size);
            double nextValue = problem.value(next);
            // what rounding adds to a sum of losses must not stop the last steps
            double rounding = 1e-13 * Math.max(1e-3, Math.abs(value));
            while (nextValue > value + 1e-4 * size * slope + rounding && size > 1e-9) {
                size /= 2;
                next = moved(model, direction, size);
                nextValue = problem.value(next);
            }
            model = next;
            value = nextValue;
            double moved = size * Vectors.largest(direction);
            if (!Double.isFinite(moved)) {
                throw new IllegalArgumentException(
                        "the fit left the finite numbers: raise the penalty or scale the features");
            }
            if (size == 1 && moved < step) {
                return new Reached(model, true);
            }
            if (size <= 1e-9) {
                return new Reached(model, true); // no step helps: the optimum, as far as double arithmetic sees
            }
        }
        return new Reached(model, false);
    }

    private double[] direction(Curvature curvature, double[] gradient, double steepness, double first) {
        if (near.isPresent() || curvature.problem().size() > Curvature.EXACT) {
            double tolerance = Math.clamp(Math.sqrt(steepness / first) / 2, 1e-6, 0.1);
            return (near.isPresent()
                            ? ConjugateGradients.of(curvature, near.get(), tolerance, 200)
                            : ConjugateGradients.of(curvature, tolerance, 400))
                    .times(gradient);
        }
        return Cholesky.of(curvature.matrix(), gradient.length).times(gradient);
    }

    private static double[] moved(double[] model, double[] direction, double size) {
        double[] next = model.clone();
        Vectors.add(next, -size, direction);
        return next;
    }
}
