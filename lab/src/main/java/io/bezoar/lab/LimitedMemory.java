package io.bezoar.lab;

import java.util.ArrayDeque;
import java.util.Iterator;

/// Finds the minimum of a smooth convex function by limited-memory BFGS (Nocedal 1980; Liu & Nocedal
/// 1989, algorithm 2.1) with a backtracking search for Armijo's condition. Every sum runs in a fixed
/// order: same function, same start, same bits.
final class LimitedMemory {
    private static final int MEMORY = 8;
    private static final double ARMIJO = 1e-4;

    private LimitedMemory() {}

    /// A function and its gradient.
    interface Convex {
        /// The value at `point`; writes the gradient there.
        double at(double[] point, double[] gradient);
    }

    private record Pair(double[] step, double[] change, double product) {}

    /// Moves `point` to the minimum: until no part of the gradient exceeds `tolerance`, or `most` steps
    /// were made.
    static int minimise(Convex function, double[] point, double tolerance, int most) {
        int n = point.length;
        double[] gradient = new double[n];
        double value = function.at(point, gradient);
        ArrayDeque<Pair> pairs = new ArrayDeque<>();
        double[] next = new double[n];
        double[] nextGradient = new double[n];
        for (int iteration = 0; iteration < most; iteration++) {
            if (largest(gradient) <= tolerance) {
                return iteration;
            }
            double[] direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            if (slope >= 0) { // rounding ate the curvature: begin anew
                pairs.clear();
                direction = direction(gradient, pairs);
                slope = dot(direction, gradient);
            }
            double length = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
            double reached;
            while (true) {
                for (int i = 0; i < n; i++) {
                    next[i] = point[i] + length * direction[i];
                }
                reached = function.at(next, nextGradient);
                if (reached <= value + ARMIJO * length * slope) {
                    break;
                }
                length /= 2;
                if (length < 1e-12) {
                    return iteration; // no step gets lower: as exact as rounding lets it be
                }
            }
            double[] step = new double[n];
            double[] change = new double[n];
            for (int i = 0; i < n; i++) {
                step[i] = next[i] - point[i];
                change[i] = nextGradient[i] - gradient[i];
            }
            double product = dot(step, change);
            if (product > 0) {
                pairs.addLast(new Pair(step, change, product));
                if (pairs.size() > MEMORY) {
                    pairs.removeFirst();
                }
            }
            System.arraycopy(next, 0, point, 0, n);
            System.arraycopy(nextGradient, 0, gradient, 0, n);
            value = reached;
        }
        return most;
    }

    private static double[] direction(double[] gradient, ArrayDeque<Pair> pairs) {
        double[] q = gradient.clone();
        double[] weights = new double[pairs.size()];
        int at = pairs.size();
        for (Iterator<Pair> back = pairs.descendingIterator(); back.hasNext(); ) {
            Pair pair = back.next();
            weights[--at] = dot(pair.step(), q) / pair.product();
            add(q, -weights[at], pair.change());
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getLast();
            double scale = last.product() / dot(last.change(), last.change());
            for (int i = 0; i < q.length; i++) {
                q[i] *= scale;
            }
        }
        for (Pair pair : pairs) {
            add(q, weights[at++] - dot(pair.change(), q) / pair.product(), pair.step());
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] into, double scale, double[] values) {
        for (int i = 0; i < into.length; i++) {
            into[i] += scale * values[i];
        }
    }
}
