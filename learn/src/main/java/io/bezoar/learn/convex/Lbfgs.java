package io.bezoar.learn.convex;

import java.util.ArrayDeque;
import java.util.Iterator;

/// Minimises a smooth function by L-BFGS (Nocedal & Wright 2006, algorithm 7.4) with a backtracking
/// line search: the curvature is guessed from the last few steps. For what has no cheap curvature,
/// networks above all; convex problems go to [Newton].
///
/// @param memory how many steps are remembered
/// @param most steps at most
/// @param gradient done when the gradient is shorter than this
public record Lbfgs(int memory, int most, double gradient) {
    public Lbfgs {
        if (memory < 1 || most < 1 || !(gradient > 0)) {
            throw new IllegalArgumentException(
                    "expected memory, steps and precision above 0, came " + memory + ", " + most + " and " + gradient);
        }
    }

    /// A function and its slope.
    public interface Function {
        double value(double[] at);

        double[] gradient(double[] at);
    }

    private record Step(double[] moved, double[] turned, double scale) {}

    /// The place reached from `start`; a local minimum where the steps sufficed.
    public double[] minimise(Function function, double[] start) {
        double[] now = start.clone();
        double value = function.value(now);
        double[] slope = function.gradient(now);
        ArrayDeque<Step> steps = new ArrayDeque<>();
        for (int round = 0; round < most && Vectors.length(slope) > gradient; round++) {
            double[] direction = direction(slope, steps);
            double descent = -Vectors.dot(slope, direction);
            double size = steps.isEmpty() ? Math.min(1, 1 / Vectors.length(slope)) : 1;
            double[] next = moved(now, direction, size);
            double nextValue = function.value(next);
            while (!(nextValue <= value + 1e-4 * size * descent) && size > 1e-12) {
                size /= 2;
                next = moved(now, direction, size);
                nextValue = function.value(next);
            }
            if (size <= 1e-12) {
                break;
            }
            double[] nextSlope = function.gradient(next);
            double[] moved = Vectors.minus(next, now);
            double[] turned = Vectors.minus(nextSlope, slope);
            double bend = Vectors.dot(moved, turned);
            if (bend > 1e-12 * Vectors.length(moved) * Vectors.length(turned)) {
                steps.addLast(new Step(moved, turned, 1 / bend));
                if (steps.size() > memory) {
                    steps.removeFirst();
                }
            }
            now = next;
            value = nextValue;
            slope = nextSlope;
        }
        return now;
    }

    private static double[] direction(double[] slope, ArrayDeque<Step> steps) {
        double[] q = slope.clone();
        double[] alphas = new double[steps.size()];
        int k = steps.size();
        for (Iterator<Step> latest = steps.descendingIterator(); latest.hasNext(); ) {
            Step step = latest.next();
            alphas[--k] = step.scale * Vectors.dot(step.moved, q);
            Vectors.add(q, -alphas[k], step.turned);
        }
        if (!steps.isEmpty()) {
            Step last = steps.getLast();
            Vectors.scale(q, 1 / (last.scale * Vectors.dot(last.turned, last.turned)));
        }
        for (Step step : steps) {
            double beta = step.scale * Vectors.dot(step.turned, q);
            Vectors.add(q, alphas[k++] - beta, step.moved);
        }
        return q;
    }

    private static double[] moved(double[] now, double[] direction, double size) {
        double[] next = now.clone();
        Vectors.add(next, -size, direction);
        return next;
    }
}
