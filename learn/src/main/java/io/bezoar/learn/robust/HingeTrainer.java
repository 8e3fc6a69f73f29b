package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The linear support vector machine of two classes with a free intercept:
/// the least `penalty / 2 |w|² + mean max(0, 1 - y (w x + b))`.
///
/// Solved in the dual by coordinate descent (Hsieh et al. 2008, section 2), the condition that the free
/// intercept puts on the dual variables by the method of multipliers (Bertsekas 1982, chapter 2): the
/// multiplier is the intercept.
///
/// @param penalty of the squared length of the weights, above 0
/// @param tolerance largest violation of the optimality conditions, above 0
/// @param passes over the rows, at most
public record HingeTrainer(double penalty, double tolerance, int passes) {
    private static final int INNER = 30;

    /// A tolerance at which test errors no longer move.
    public HingeTrainer(double penalty) {
        this(penalty, 1e-5, 20_000);
    }

    public HingeTrainer {
        if (!(penalty > 0) || !(tolerance > 0) || passes < 1) {
            throw new IllegalArgumentException("expected a penalty and a tolerance above 0 and at least one pass, came "
                    + penalty + ", " + tolerance + " and " + passes);
        }
    }

    /// Fits.
    ///
    /// @param labels 0 or 1 of each row
    /// @param use the rows to learn from
    /// @return scores below 0 for class 0, above 0 for class 1, halved, see [LinearClassifier#binary]
    public Fit fit(Features rows, int[] labels, int[] use) {
        int n = use.length;
        double most = 1 / (penalty * n);
        double[] norms = new double[n];
        double total = 0;
        for (int i = 0; i < n; i++) {
            norms[i] = rows.squaredNorm(use[i]);
            total += norms[i];
        }
        double stiffness = n == 0 || total == 0 ? 1 : total / n;
        double[] weights = new double[rows.columns()];
        double[] alpha = new double[n];
        double bias = 0;
        double imbalance = 0;
        int[] order = IntStream.range(0, n).toArray();
        int[] between = new int[n];
        SplittableRandom random = new SplittableRandom(n);
        for (int pass = 0; pass < passes; ) {
            double violation = 0;
            int count = n; // first all rows, then those that are not settled at a bound
            for (int inner = 0; inner < INNER && pass < passes; inner++, pass++) {
                int[] visited = inner == 0 ? order : between;
                shuffle(visited, count, random);
                double worst = 0;
                int open = 0;
                for (int k = 0; k < count; k++) {
                    int i = visited[k];
                    double sign = labels[use[i]] == 1 ? 1 : -1;
                    double slope = sign * (rows.dot(use[i], weights, 0) + bias + stiffness * imbalance) - 1;
                    double downhill = alpha[i] <= 0 ? Math.min(slope, 0) : alpha[i] >= most ? Math.max(slope, 0) : slope;
                    worst = Math.max(worst, Math.abs(downhill));
                    if (downhill != 0) {
                        double moved = Math.clamp(alpha[i] - slope / (norms[i] + stiffness), 0, most);
                        double step = sign * (moved - alpha[i]);
                        if (step != 0) {
                            alpha[i] = moved;
                            rows.add(use[i], step, weights, 0);
                            imbalance += step;
                        }
                    }
                    if (inner == 0 && (downhill != 0 || alpha[i] > 0 && alpha[i] < most)) {
                        between[open++] = i;
                    }
                }
                if (inner == 0) {
                    violation = worst;
                    count = open;
                }
                if (worst < tolerance / 2) {
                    break;
                }
            }
            double shift = stiffness * imbalance;
            bias += shift;
            if (violation < tolerance && Math.abs(shift) < tolerance) {
                return new Fit(weights, bias, shares(alpha, most), true);
            }
        }
        return new Fit(weights, bias, shares(alpha, most), false);
    }

    private static double[] shares(double[] alpha, double most) {
        return Arrays.stream(alpha).map(each -> each / most).toArray();
    }

    private static void shuffle(int[] order, int count, SplittableRandom random) {
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }

    /// A fitted machine.
    ///
    /// @param bias the intercept
    /// @param support for each row in use, how much of its loss pulls at the weights: 0 beyond the
    ///     margin, 1 within it, in between on it
    /// @param settled was the tolerance reached?
    public record Fit(double[] weights, double bias, double[] support, boolean settled) {
        /// `w x + b` of a row.
        public double margin(Features rows, int row) {
            return rows.dot(row, weights, 0) + bias;
        }

        /// As a classifier of two classes.
        public LinearClassifier classifier() {
            return LinearClassifier.binary(weights, bias);
        }
    }
}
