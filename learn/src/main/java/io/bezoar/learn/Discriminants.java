package io.bezoar.learn;

import java.util.stream.IntStream;

/// What linear discriminants say about each row's class by where the row lies: every class is a normal
/// distribution about its own mean, and all share one covariance (Fisher 1936; Hastie, Tibshirani & Friedman 2009,
/// section 4.3), drawn towards a multiple of the unit matrix (Friedman 1989, equation 18), cross-fitted.
///
/// Means and a covariance are moved little by few wrong labels, and are found without a search: the same bits
/// wherever the vectors are the same.
public final class Discriminants {
    /// What the unit matrix counts.
    private static final double SHRINKING = 0.3;

    private final float[][] rows;
    private final int[] labels;
    private final int classes;
    private final int[] folds;
    private final int length;

    /// Sums over the rows of a fold.
    ///
    /// @param count by class
    /// @param sum of the rows, by class
    /// @param products of the rows' numbers, those of a row and its lower triangle
    private record Moments(int[] count, double[][] sum, double[][] products) {}

    private Discriminants(float[][] rows, int[] labels, int classes, int[] folds, int length) {
        this.rows = rows;
        this.labels = labels;
        this.classes = classes;
        this.folds = folds;
        this.length = length;
    }

    /// The logit of each class for each row, by the rows of other folds; all 0 for a row without a vector.
    ///
    /// @param rows vectors of one length, about 1 long; empty for a row that lies nowhere
    /// @param labels class of each row, 0 to `classes - 1`
    /// @param folds of each row, 0 to `count - 1`
    public static float[][] logits(float[][] rows, int[] labels, int classes, int[] folds, int count) {
        int length = 0;
        for (float[] row : rows) {
            length = Math.max(length, row.length);
        }
        return new Discriminants(rows, labels, classes, folds, length).logits(count);
    }

    private float[][] logits(int count) {
        Moments[] moments =
                IntStream.range(0, count).parallel().mapToObj(this::moments).toArray(Moments[]::new);
        float[][] out = new float[rows.length][classes];
        IntStream.range(0, count).parallel().forEach(fold -> judge(fold, moments, out));
        return out;
    }

    private Moments moments(int fold) {
        Moments moments = new Moments(new int[classes], new double[classes][length], new double[length][length]);
        for (int r = 0; r < rows.length; r++) {
            if (folds[r] != fold || rows[r].length == 0) {
                continue;
            }
            float[] row = rows[r];
            moments.count[labels[r]]++;
            for (int i = 0; i < length; i++) {
                moments.sum[labels[r]][i] += row[i];
                double[] into = moments.products[i];
                double number = row[i];
                for (int j = 0; j <= i; j++) {
                    into[j] += number * row[j];
                }
            }
        }
        return moments;
    }

    /// Judges the rows of a fold by all others.
    private void judge(int fold, Moments[] moments, float[][] out) {
        int[] count = new int[classes];
        int all = 0;
        double[][] mean = new double[classes][length];
        double[] middle = new double[length];
        double[][] covariance = new double[length][length];
        for (int f = 0; f < moments.length; f++) {
            if (f == fold) {
                continue;
            }
            for (int c = 0; c < classes; c++) {
                count[c] += moments[f].count[c];
                all += moments[f].count[c];
                add(mean[c], moments[f].sum[c], 1);
                add(middle, moments[f].sum[c], 1);
            }
            for (int i = 0; i < length; i++) {
                add(covariance[i], moments[f].products[i], 1);
            }
        }
        if (all == 0) {
            return;
        }
        for (int i = 0; i < length; i++) {
            middle[i] /= all;
        }
        for (int c = 0; c < classes; c++) {
            for (int i = 0; i < length; i++) {
                add(covariance[i], mean[c], -mean[c][i] / Math.max(1, count[c]), i + 1);
            }
            for (int i = 0; i < length; i++) {
                mean[c][i] = (mean[c][i] + middle[i]) / (count[c] + 1); // a class without rows is anywhere
            }
        }
        solve(shrunk(covariance, all), mean, middle, count, all, fold, out);
    }

    /// @param scatter within the classes, its lower triangle; becomes the covariance
    private double[][] shrunk(double[][] scatter, int all) {
        double trace = 0;
        for (int i = 0; i < length; i++) {
            trace += scatter[i][i];
        }
        double unit = Math.max(1e-9, trace / length / all);
        for (int i = 0; i < length; i++) {
            for (int j = 0; j <= i; j++) {
                scatter[i][j] *= (1 - SHRINKING) / all;
            }
            scatter[i][i] += SHRINKING * unit;
        }
        return scatter;
    }

    private void solve(
            double[][] covariance, double[][] mean, double[] middle, int[] count, int all, int fold, float[][] out) {
        double[][] root = root(covariance);
        double[][] weights = new double[classes][];
        double[] bias = new double[classes];
        for (int c = 0; c < classes; c++) {
            double[] away = mean[c].clone();
            add(away, middle, -1);
            weights[c] = solved(root, away);
            double half = 0;
            for (int i = 0; i < length; i++) {
                half += weights[c][i] * (mean[c][i] + middle[i]) / 2;
            }
            bias[c] = StrictMath.log((count[c] + 1.0) / (all + classes)) - half;
        }
        for (int r = 0; r < rows.length; r++) {
            for (int c = 0; c < classes && folds[r] == fold && rows[r].length > 0; c++) {
                double logit = bias[c];
                for (int i = 0; i < length; i++) {
                    logit += weights[c][i] * rows[r][i];
                }
                out[r][c] = (float) logit;
            }
        }
    }

    /// The Cholesky root of a positive matrix, in the place of its lower triangle.
    private double[][] root(double[][] matrix) {
        for (int i = 0; i < length; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= matrix[i][k] * matrix[j][k];
                }
                matrix[i][j] = i == j ? Math.sqrt(rest) : rest / matrix[j][j];
            }
        }
        return matrix;
    }

    /// Solves for the matrix with this root.
    private double[] solved(double[][] root, double[] right) {
        double[] x = right.clone();
        for (int i = 0; i < length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= root[i][k] * x[k];
            }
            x[i] /= root[i][i];
        }
        for (int i = length - 1; i >= 0; i--) {
            x[i] /= root[i][i];
            for (int k = 0; k < i; k++) {
                x[k] -= root[i][k] * x[i];
            }
        }
        return x;
    }

    private static void add(double[] into, double[] from, double scale) {
        add(into, from, scale, into.length);
    }

    private static void add(double[] into, double[] from, double scale, int length) {
        for (int i = 0; i < length; i++) {
            into[i] += scale * from[i];
        }
    }
}
