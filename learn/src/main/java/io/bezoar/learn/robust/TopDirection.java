package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.util.Arrays;

/// How far each row's gradient lies from the mean along the direction in which gradients vary most.
///
/// The gradient of row `i` is the outer product of `scales[i]`, one number an output of the model, and
/// the features, with a 1 before them if the model has an intercept that belongs to the gradient. The
/// matrix of centred gradients is never formed: [Lanczos] multiplies by it and its transpose in the
/// space of the rows, where the top vector is the scores up to a factor.
final class TopDirection {
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

    /// The absolute projection of each centred row on the top direction, 0 or more; all 0 if rows do not
    /// vary.
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
        Arrays.fill(ones, new double[] {1});
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
        Lanczos top = Lanczos.top(this::times, use.length);
        double value = Math.sqrt(Math.max(0, top.value()));
        return top.vector().length == 0
                ? new double[use.length]
                : Arrays.stream(top.vector()).map(entry -> Math.abs(entry) * value).toArray();
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
}
