package io.bezoar.detect.survey;

import io.bezoar.learn.SoftmaxRegression;
import java.io.Serializable;
import java.util.Arrays;

/// How wrong labels come about in a data set: the rate at which rows of each class were given each
/// label, and with it the chance that a row's label is wrong.
///
/// Confident learning (Northcutt, Jiang & Chuang 2021, section 3) counts the rows given label `y` that
/// look like class `k`. Of two classes that are honestly hard to tell apart the counts go both ways;
/// wrong labels with a cause (a careless annotator, an attack) go one way, or are spread over all
/// classes alike. So what two cells have in common beyond the level of all cells is taken for doubt,
/// not for error, and counts one fifth. Some doubt goes one way as well: a cell counts for more than the
/// level only by what it has beyond three times the level, so errors that are spread over all classes are
/// taken to be just that. Two classes have no level but their own. By Bayes' rule the chance of an error is then
///
/// ```
/// 1 - p(y) R(y|y) / sum over k of p(k) R(y|k)
/// ```
///
/// with `p` the out-of-fold probabilities, at the temperature of least log loss (Guo et al. 2017,
/// section 4.2), and `R(y|k)` the rate. Departures: the split into doubt and error is our own, and one
/// count is taken off each cell, so that no row is judged by a cell it filled itself.
///
/// @param loss mean log loss of the probabilities on the labels as they are given, in nats; lower is
///     better
/// @param temperature what logits are divided by, above 0
/// @param rate by given label, then by class
public record LabelNoise(double loss, float temperature, float[][] rate) implements Serializable {
    private static final float[] TEMPERATURES = {0.35f, 0.5f, 0.7f, 1, 1.4f, 2, 2.8f, 4};
    /// Share of what two cells have in common that counts as error.
    private static final double SHARED = 0.2;
    /// What is above the level is honest doubt that goes one way, up to so many times the level.
    private static final double ONE_WAY = 2;
    /// Of many classes each cell has few rows: it is drawn towards the mean of all as if its class had
    /// so many more rows, half as many as there are cells.
    private static final double MOST_WEIGHT = 3000;
    /// A cell's least rate, as a share of the mean rate of all cells.
    private static final double LEAST = 0.03;

    /// What cross-fitted rows show.
    ///
    /// @param logits of each row, by a model that has not seen it
    /// @param labels class of each row
    public static LabelNoise of(float[][] logits, int[] labels, int classes) {
        float temperature = 1;
        double least = Double.POSITIVE_INFINITY;
        for (float each : TEMPERATURES) {
            double loss = loss(logits, labels, each);
            if (loss < least) {
                least = loss;
                temperature = each;
            }
        }
        return of(logits, labels, classes, temperature, least);
    }

    /// The same, of logits that are taken as they are: those of a model that was fitted to believe some labels less
    /// than others, which the labels as they are given would make less sure.
    public static LabelNoise asTheyAre(float[][] logits, int[] labels, int classes) {
        return of(logits, labels, classes, 1, loss(logits, labels, 1));
    }

    private static LabelNoise of(float[][] logits, int[] labels, int classes, float temperature, double loss) {
        int rows = labels.length;
        double[] threshold = new double[classes];
        int[] given = new int[classes];
        for (int r = 0; r < rows; r++) {
            threshold[labels[r]] += probabilities(logits[r], temperature)[labels[r]];
            given[labels[r]]++;
        }
        for (int c = 0; c < classes; c++) {
            threshold[c] = given[c] == 0 ? 1 : threshold[c] / given[c];
        }
        double[][] joint = new double[classes][classes];
        for (int r = 0; r < rows; r++) {
            float[] p = probabilities(logits[r], temperature);
            int confident = -1;
            for (int c = 0; c < classes; c++) {
                if (p[c] >= threshold[c] && (confident < 0 || p[c] > p[confident])) {
                    confident = c;
                }
            }
            if (confident >= 0) {
                joint[labels[r]][confident]++;
            }
        }
        return new LabelNoise(loss, temperature, rates(joint, given));
    }

    private static double loss(float[][] logits, int[] labels, float temperature) {
        double loss = 0;
        for (int r = 0; r < labels.length; r++) {
            loss -= StrictMath.log(Math.max(1e-9, probabilities(logits[r], temperature)[labels[r]]));
        }
        return loss / Math.max(1, labels.length);
    }

    /// @param joint rows by given label and by the class they look like
    /// @param given rows by given label
    static float[][] rates(double[][] joint, int[] given) {
        int classes = given.length;
        double[] column = new double[classes];
        double[][] rate = new double[classes][classes];
        for (int y = 0; y < classes; y++) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                rate[y][k] = y == k ? joint[y][k] : Math.max(0, joint[y][k] - 1);
                sum += rate[y][k];
            }
            for (int k = 0; k < classes; k++) {
                rate[y][k] *= given[y] / Math.max(1, sum);
                column[k] += rate[y][k];
            }
        }
        double[] shared = new double[classes * (classes - 1) / 2];
        double all = 0;
        int at = 0;
        for (int y = 0; y < classes; y++) {
            for (int k = 0; k < classes; k++) {
                rate[y][k] /= Math.max(1, column[k]);
                all += y == k ? 0 : rate[y][k];
            }
        }
        for (int y = 0; y < classes; y++) {
            for (int k = 0; k < y; k++) {
                shared[at++] = Math.min(rate[y][k], rate[k][y]);
            }
        }
        Arrays.sort(shared);
        double level = 0;
        int half = Math.max(1, shared.length / 2);
        for (int i = 0; i < Math.min(half, shared.length); i++) {
            level += shared[i] / half;
        }
        double cells = Math.max(1, classes * (classes - 1.0));
        double weight = Math.min(MOST_WEIGHT, cells / 2) + 1e-9;
        float[][] out = new float[classes][classes];
        for (int k = 0; k < classes; k++) {
            double wrong = 0;
            for (int y = 0; y < classes; y++) {
                if (y != k) {
                    double doubt = Math.max(0, Math.min(rate[y][k], rate[k][y]) - level);
                    double own = rate[y][k] - (1 - SHARED) * doubt;
                    if (classes > 2) {
                        own = Math.max(level, own - ONE_WAY * level);
                    }
                    double error = (column[k] * own + weight * all / cells) / (column[k] + weight)
                            + LEAST * all / cells
                            + 1e-6;
                    out[y][k] = (float) error;
                    wrong += error;
                }
            }
            out[k][k] = (float) Math.max(0.05, 1 - wrong);
        }
        return out;
    }

    private static float[] probabilities(float[] logits, float temperature) {
        float[] p = logits.clone();
        for (int c = 0; c < p.length; c++) {
            p[c] /= temperature;
        }
        SoftmaxRegression.softmax(p);
        return p;
    }

    /// The chance of each class, at the temperature.
    public float[] probabilities(float[] logits) {
        return probabilities(logits, temperature);
    }

    /// The chance that a row's label is wrong, 0 to 1.
    ///
    /// @param logits of a model that has not seen the row
    public double wrong(float[] logits, int label) {
        float[] p = probabilities(logits, temperature);
        double all = 0;
        for (int k = 0; k < p.length; k++) {
            all += (double) p[k] * rate[label][k];
        }
        return all <= 0 ? 0 : Math.clamp(1 - p[label] * rate[label][label] / all, 0, 1);
    }
}
