package io.bezoar.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Several models' answers joined to one: their logits, each times a weight, added up (a logarithmic opinion
/// pool: Genest & Zidek 1986, section 3).
///
/// The weights, 0 or more, are those under which the given labels are likeliest (Heskes 1998), by Newton's
/// method, which converges since the likelihood is concave in them; a model whose weight falls below 0 is left
/// out. The weights need not add up to 1: their size is the temperature (Guo et al. 2017, section 4.2).
///
/// @param weights one per model, 0 or more
/// @param loss mean log loss of the pool on the labels, in nats; lower is better
public record LogPool(List<Double> weights, double loss) implements Join {
    /// A few weights are learned from so many rows at most.
    public static final int ROWS = 4000;

    private static final int STEPS = 25;
    private static final double RIDGE = 1e-4;

    public LogPool {
        weights = List.copyOf(weights);
    }

    /// Learns the weights.
    ///
    /// @param models the logits of each model for each row, by models that have not seen the row
    /// @param labels class of each row
    public static LogPool of(List<float[][]> models, int[] labels) {
        boolean[] in = new boolean[models.size()];
        Arrays.fill(in, true);
        double[] weights = new double[in.length];
        Arrays.fill(weights, 1.0 / Math.max(1, in.length));
        Fit fit = new Fit(models, labels);
        double loss = fit.at(weights, null, null);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = new double[in.length];
            double[][] curvature = new double[in.length][in.length];
            fit.at(weights, gradient, curvature);
            double[] direction = direction(gradient, curvature, in);
            double[] next = weights.clone();
            double before = loss;
            double length = 1;
            do {
                for (int m = 0; m < in.length; m++) {
                    next[m] = in[m] ? Math.max(0, weights[m] - length * direction[m]) : 0;
                }
                loss = fit.at(next, null, null);
                length /= 2;
            } while (loss > before && length > 1e-4);
            if (loss > before) {
                loss = before;
                break;
            }
            for (int m = 0; m < in.length; m++) {
                in[m] &= next[m] > 0;
            }
            weights = next;
            if (before - loss < 1e-7) {
                break;
            }
        }
        return new LogPool(Arrays.stream(weights).boxed().toList(), loss);
    }

    /// The pool's logits for each row.
    ///
    /// @param models as the weights were learned from, of any rows
    public float[][] logits(List<float[][]> models) {
        return IntStream.range(0, models.getFirst().length)
                .parallel()
                .mapToObj(r -> row(models.stream().map(model -> model[r]).toArray(float[][]::new)))
                .toArray(float[][]::new);
    }

    @Override
    public float[] row(float[][] answers) {
        float[] out = new float[answers[0].length];
        for (int m = 0; m < answers.length; m++) {
            float weight = (float) (double) weights.get(m);
            for (int c = 0; c < out.length; c++) {
                out[c] += weight * answers[m][c];
            }
        }
        return out;
    }

    /// Solves `curvature x = gradient` for the models that are in, by elimination; the curvature is positive.
    private static double[] direction(double[] gradient, double[][] curvature, boolean[] in) {
        int n = gradient.length;
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                curvature[i][j] = in[i] && in[j] ? curvature[i][j] : 0;
            }
            curvature[i][i] = in[i] ? curvature[i][i] + RIDGE : 1;
            x[i] = in[i] ? gradient[i] : 0;
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double factor = curvature[j][i] / curvature[i][i];
                for (int k = i; k < n; k++) {
                    curvature[j][k] -= factor * curvature[i][k];
                }
                x[j] -= factor * x[i];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= curvature[i][k] * x[k];
            }
            x[i] /= curvature[i][i];
        }
        return x;
    }

    /// The rows that the weights are learned from.
    private record Fit(List<float[][]> models, int[] labels) {

        /// Mean log loss under some weights; adds up its gradient and curvature where asked for.
        double at(double[] weights, double @Nullable [] gradient, double @Nullable [][] curvature) {
            int rows = Math.min(ROWS, labels.length);
            double loss = 0;
            for (int r = 0; r < rows; r++) {
                float[] p = chances(weights, r);
                loss -= StrictMath.log(Math.max(1e-12, p[labels[r]]));
                if (gradient != null && curvature != null) {
                    bend(r, p, gradient, curvature, rows);
                }
            }
            return loss / Math.max(1, rows);
        }

        private float[] chances(double[] weights, int row) {
            float[] p = new float[models.getFirst()[row].length];
            for (int m = 0; m < weights.length; m++) {
                float weight = (float) weights[m];
                float[] logits = models.get(m)[row];
                for (int c = 0; c < p.length; c++) {
                    p[c] += weight * logits[c];
                }
            }
            SoftmaxRegression.softmax(p);
            return p;
        }

        private void bend(int row, float[] p, double[] gradient, double[][] curvature, int rows) {
            double[] mean = new double[gradient.length];
            for (int m = 0; m < mean.length; m++) {
                float[] mine = models.get(m)[row];
                mean[m] = mean(p, mine);
                gradient[m] += (mean[m] - mine[labels[row]]) / rows;
                for (int k = 0; k <= m; k++) {
                    double part = (mean(p, mine, models.get(k)[row]) - mean[m] * mean[k]) / rows;
                    curvature[m][k] += part;
                    curvature[k][m] += k == m ? 0 : part;
                }
            }
        }

        private static double mean(float[] p, float[] values) {
            double sum = 0;
            for (int c = 0; c < p.length; c++) {
                sum += p[c] * values[c];
            }
            return sum;
        }

        private static double mean(float[] p, float[] some, float[] others) {
            double sum = 0;
            for (int c = 0; c < p.length; c++) {
                sum += (double) p[c] * some[c] * others[c];
            }
            return sum;
        }
    }
}
