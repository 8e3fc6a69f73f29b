package io.bezoar.learn.robust;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.Features;

/// Least squares with a penalty on the weights of standardised features.
///
/// Features are divided by their standard deviation (with `n - 1`), the weights mapped back, and the
/// intercept makes the residuals add to 0. A feature that is constant in the rows in use gets weight 0:
/// dividing by its rounding error would rule the fit.
///
/// @param penalty of the squared weights of standardised features, 0 or more, beside the sum of squared
///     residuals
public record RidgeRegression(double penalty) {
    public RidgeRegression {
        if (!(penalty >= 0) || Double.isInfinite(penalty)) {
            throw new IllegalArgumentException("expected a penalty of 0 or more, came " + penalty);
        }
    }

    /// Weights and intercept of a linear function.
    public record Line(double[] weights, double intercept) {
        /// Its value at a row.
        public double at(Features rows, int row) {
            return rows.dot(row, weights, 0) + intercept;
        }

        /// The mean squared difference from `targets`.
        public double meanSquaredError(Features rows, double[] targets) {
            double sum = 0;
            for (int row = 0; row < targets.length; row++) {
                double residual = targets[row] - at(rows, row);
                sum += residual * residual;
            }
            return sum / targets.length;
        }
    }

    /// Fits.
    ///
    /// @param targets a number a row of `rows`
    /// @param use the rows to learn from, at least two
    /// @throws PositiveSystem.SingularCurvature if features repeat each other and there is no penalty
    public Line fit(Features rows, double[] targets, int[] use) {
        int columns = rows.columns();
        int n = use.length;
        double[] mean = new double[columns];
        for (int row : use) {
            rows.add(row, 1, mean, 0);
        }
        double middle = 0;
        for (int row : use) {
            middle += targets[row];
        }
        middle /= n;
        for (int j = 0; j < columns; j++) {
            mean[j] /= n;
        }
        double[] gram = new double[columns * columns];
        double[] right = new double[columns];
        double[] centred = new double[columns];
        for (int row : use) {
            for (int j = 0; j < columns; j++) {
                centred[j] = -mean[j];
            }
            rows.add(row, 1, centred, 0);
            for (int j = 0; j < columns; j++) {
                double value = centred[j];
                right[j] += value * (targets[row] - middle);
                for (int k = 0, at = j * columns; k <= j; k++, at++) {
                    gram[at] += value * centred[k];
                }
            }
        }
        double[] spread = new double[columns];
        for (int j = 0; j < columns; j++) {
            double deviation = Math.sqrt(gram[j * columns + j] / Math.max(1, n - 1));
            spread[j] = deviation <= 1e-12 * Math.max(1, Math.abs(mean[j])) ? 0 : deviation;
        }
        int[] varying = java.util.stream.IntStream.range(0, columns).filter(j -> spread[j] > 0).toArray();
        int size = varying.length;
        double[] system = new double[size * size];
        double[] weights = new double[size];
        for (int a = 0; a < size; a++) {
            int j = varying[a];
            for (int b = 0; b <= a; b++) {
                system[a * size + b] = gram[j * columns + varying[b]] / (spread[j] * spread[varying[b]]);
            }
            system[a * size + a] += penalty;
            weights[a] = right[j] / spread[j];
        }
        PositiveSystem.factor(system, size).solve(weights);
        double[] out = new double[columns];
        double intercept = middle;
        for (int a = 0; a < size; a++) {
            int j = varying[a];
            out[j] = weights[a] / spread[j];
            intercept -= out[j] * mean[j];
        }
        return new Line(out, intercept);
    }

    /// Rows less `centre`.
    static DenseFeatures less(Features rows, double[] centre) {
        double[][] out = new double[rows.rows()][];
        for (int row = 0; row < out.length; row++) {
            out[row] = new double[rows.columns()];
            rows.add(row, 1, out[row], 0);
            for (int j = 0; j < centre.length; j++) {
                out[row][j] -= centre[j];
            }
        }
        return DenseFeatures.of(out);
    }
}
