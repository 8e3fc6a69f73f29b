package io.bezoar.learn.robust;

import io.bezoar.core.Hashing;
import io.bezoar.learn.Features;

/// How far each row's gradient lies from the mean along the direction in which gradients vary most.
///
/// The gradient of row `i` is the outer product of `scales[i]`, one number an output of the model, and the features,
/// with a 1 before them if the model has an intercept that belongs to the gradient. The matrix of centred gradients is
/// never formed: Lanczos' iteration (Golub & Van Loan 2013, section 10.1) with full reorthogonalisation multiplies by
/// it and its transpose in the space of the rows, where its vectors are the scores up to a factor.
final class TopDirection {
    private static final int STEPS = 60;

    private final Features rows;
    private final int[] use;
    private final double[][] scales;
    private final int outputs;
    private final int columns;
    private final boolean intercept;
    private final double[] mean;

    /// @param mean the mean to centre by; empty for that of the rows in use
    private TopDirection(Features rows, int[] use, double[][] scales, boolean intercept, double[] mean) {
        this.rows = rows;
        this.use = use;
        this.scales = scales;
        this.outputs = scales.length == 0 ? 0 : scales[0].length;
        this.intercept = intercept;
        this.columns = rows.columns() + (intercept ? 1 : 0);
        this.mean = mean.length > 0 ? mean : mean(rows, use, scales, intercept);
    }

    /// The absolute projection of each centred row on the top direction, 0 or more; all 0 if rows do not vary.
    ///
    /// @param scales for each row in use, one number an output
    static double[] scores(Features rows, int[] use, double[][] scales, boolean intercept) {
        return new TopDirection(rows, use, scales, intercept, new double[0]).scores();
    }

    /// The same for the rows themselves, centred by a mean that is given.
    static double[] scores(Features rows, int[] use, double[] mean) {
        return new TopDirection(rows, use, ones(use.length), false, mean).scores();
    }

    static double[][] ones(int rows) {
        double[][] ones = new double[rows][];
        java.util.Arrays.fill(ones, new double[] {1});
        return ones;
    }

    /// The mean gradient of the rows in use.
    static double[] mean(Features rows, int[] use, double[][] scales, boolean intercept) {
        int columns = rows.columns() + (intercept ? 1 : 0);
        double[] mean = new double[columns * (scales.length == 0 ? 0 : scales[0].length)];
        for (int i = 0; i < use.length; i++) {
            add(rows, use[i], scales[i], intercept, 1, mean);
        }
        for (int k = 0; k < mean.length; k++) {
            mean[k] /= Math.max(1, use.length);
        }
        return mean;
    }

    private static void add(Features rows, int row, double[] scales, boolean intercept, double scale, double[] into) {
        int columns = rows.columns() + (intercept ? 1 : 0);
        for (int c = 0; c < scales.length; c++) {
            if (scales[c] != 0) {
                if (intercept) {
                    into[c * columns] += scale * scales[c];
                }
                rows.add(row, scale * scales[c], into, c * columns + (intercept ? 1 : 0));
            }
        }
    }

    private double[] scores() {
        int n = use.length;
        int steps = Math.min(STEPS, n);
        double[][] basis = new double[steps][];
        double[] diagonal = new double[steps];
        double[] beside = new double[steps];
        double[] next = new double[n];
        for (int i = 0; i < n; i++) {
            next[i] = (Hashing.mix(i + 1L) >>> 11) * 0x1p-53 - 0.5;
        }
        double length = length(next);
        int made = 0;
        double largest = 0;
        for (int step = 0; step < steps; step++) {
            if (length <= 1e-13 * largest) {
                break; // the space is exhausted
            }
            double[] vector = next;
            for (int i = 0; i < n; i++) {
                vector[i] /= length;
            }
            basis[step] = vector;
            made = step + 1;
            next = times(vector);
            diagonal[step] = product(vector, next);
            largest = Math.max(largest, Math.abs(diagonal[step]));
            for (int twice = 0; twice < 2; twice++) {
                for (int k = 0; k <= step; k++) {
                    double along = product(basis[k], next);
                    for (int i = 0; i < n; i++) {
                        next[i] -= along * basis[k][i];
                    }
                }
            }
            length = length(next);
            beside[step] = length;
        }
        double[] scores = new double[n];
        if (made == 0) {
            return scores;
        }
        double[] small = new double[made * made];
        for (int k = 0; k < made; k++) {
            small[k * made + k] = diagonal[k];
            if (k + 1 < made) {
                small[k * made + k + 1] = beside[k];
                small[(k + 1) * made + k] = beside[k];
            }
        }
        double[] top = SymmetricEigen.top(small, made);
        double[] left = new double[n];
        for (int k = 0; k < made; k++) {
            for (int i = 0; i < n; i++) {
                left[i] += top[k] * basis[k][i];
            }
        }
        // the singular value, so that scores are lengths in the space of the gradients
        double[] direction = transposed(left);
        double value = length(direction);
        for (int i = 0; i < n; i++) {
            scores[i] = Math.abs(left[i]) * value;
        }
        return scores;
    }

    /// The centred gradients times their transpose times `vector`, a number a row.
    private double[] times(double[] vector) {
        double[] direction = transposed(vector);
        double offset = product(mean, direction);
        double[] out = new double[use.length];
        for (int i = 0; i < out.length; i++) {
            double sum = -offset;
            for (int c = 0; c < outputs; c++) {
                if (scales[i][c] != 0) {
                    int from = c * columns;
                    sum += scales[i][c]
                            * (intercept
                                    ? direction[from] + rows.dot(use[i], direction, from + 1)
                                    : rows.dot(use[i], direction, from));
                }
            }
            out[i] = sum;
        }
        return out;
    }

    private double[] transposed(double[] vector) {
        double[] direction = new double[columns * outputs];
        double total = 0;
        for (int i = 0; i < use.length; i++) {
            total += vector[i];
            add(rows, use[i], scales[i], intercept, vector[i], direction);
        }
        for (int k = 0; k < direction.length; k++) {
            direction[k] -= total * mean[k];
        }
        return direction;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double length(double[] a) {
        return Math.sqrt(product(a, a));
    }
}
