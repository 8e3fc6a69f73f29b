package io.bezoar.learn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A linear softmax classifier over vectors, trained by AdaGrad in batches (Duchi, Hazan & Singer 2011, section 1.1), with
/// one sum of squared gradients a feature: a number that seldom departs from nothing keeps a large step, so what few rows
/// share is learned as thoroughly as what all have. Single-threaded and bit-reproducible.
public final class DenseSoftmax implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int BATCH = 32;

    private final float[][] weights; // by class
    private final float[] bias;

    private DenseSoftmax(float[][] weights, float[] bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /// How to train.
    ///
    /// @param epochs passes over the rows, at least 1
    /// @param rate AdaGrad's step, above 0
    /// @param seed of the row order
    public record Settings(int epochs, float rate, long seed) {
        /// Defaults that fit ten thousand rows.
        public Settings() {
            this(10, 0.5f, 1);
        }
    }

    /// Trains on the rows listed in `use`.
    ///
    /// @param rows vectors of one length, each number about 0 to 1 in size
    /// @param labels class of each row, 0 to `classes - 1`
    public static DenseSoftmax train(float[][] rows, int[] labels, int classes, int[] use, Settings how) {
        int length = rows.length == 0 ? 0 : rows[0].length;
        float[][] weights = new float[classes][length];
        float[][] gradient = new float[classes][length];
        float[] squares = new float[length];
        float[] bias = new float[classes];
        Arrays.fill(squares, 1e-2f);
        float biasSquares = 1e-2f;
        DenseSoftmax model = new DenseSoftmax(weights, bias);
        int[] order = use.clone();
        SplittableRandom random = new SplittableRandom(how.seed());
        for (int epoch = 0; epoch < how.epochs(); epoch++) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            for (int from = 0; from < order.length; from += BATCH) {
                int to = Math.min(order.length, from + BATCH);
                for (float[] g : gradient) {
                    Arrays.fill(g, 0);
                }
                float[] biasGradient = new float[classes];
                for (int i = from; i < to; i++) {
                    float[] row = rows[order[i]];
                    float[] p = model.logits(row);
                    SoftmaxRegression.softmax(p);
                    p[labels[order[i]]] -= 1;
                    for (int c = 0; c < classes; c++) {
                        if (Math.abs(p[c]) > 1e-4f) {
                            addScaled(gradient[c], row, p[c]);
                        }
                        biasGradient[c] += p[c];
                        biasSquares += p[c] * p[c];
                    }
                }
                for (float[] g : gradient) {
                    for (int j = 0; j < length; j++) {
                        squares[j] += g[j] * g[j];
                    }
                }
                for (int c = 0; c < classes; c++) {
                    float[] w = weights[c];
                    float[] g = gradient[c];
                    for (int j = 0; j < length; j++) {
                        w[j] -= how.rate() * g[j] / (float) Math.sqrt(squares[j]);
                    }
                    bias[c] -= 0.1f * how.rate() * biasGradient[c] / (float) Math.sqrt(biasSquares);
                }
            }
        }
        return model;
    }

    private static void addScaled(float[] into, float[] from, float scale) {
        for (int j = 0; j < into.length; j++) {
            into[j] += from[j] * scale;
        }
    }

    /// The logit of each class.
    public float[] logits(float[] row) {
        float[] out = bias.clone();
        for (int c = 0; c < out.length; c++) {
            out[c] += PrincipalAxes.dot(weights[c], row);
        }
        return out;
    }

    /// The class with the largest logit, the first of equals.
    public int answer(float[] row) {
        return SoftmaxRegression.best(logits(row));
    }
}
