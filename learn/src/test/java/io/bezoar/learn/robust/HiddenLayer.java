package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.Random;

/// What a hidden layer of 64 rectified units makes of rows, once a network with it has learned their labels:
/// the representations on which the oracle was computed (Adam: Kingma & Ba 2015; batches of 200).
final class HiddenLayer {
    private static final int HIDDEN = 64;
    private static final int BATCH = 200;
    private static final double STEP = 3e-3;

    private final int inputs;
    private final int classes;
    private final double[] weights;

    private HiddenLayer(int inputs, int classes, long seed) {
        this.inputs = inputs;
        this.classes = classes;
        weights = new double[HIDDEN * (inputs + 1) + classes * (HIDDEN + 1)];
        Random random = new Random(seed);
        for (int i = 0; i < weights.length; i++) {
            double bound = i < HIDDEN * (inputs + 1)
                    ? Math.sqrt(6.0 / (inputs + HIDDEN))
                    : Math.sqrt(6.0 / (HIDDEN + classes));
            weights[i] = bound * (2 * random.nextDouble() - 1);
        }
    }

    static HiddenLayer learned(double[][] rows, int[] labels, int classes, int epochs, long seed) {
        HiddenLayer layer = new HiddenLayer(rows[0].length, classes, seed);
        Random random = new Random(seed + 1);
        int[] order = new int[rows.length];
        Arrays.setAll(order, i -> i);
        double[] first = new double[layer.weights.length];
        double[] second = new double[layer.weights.length];
        int step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[j];
                order[j] = kept;
            }
            for (int from = 0; from < order.length; from += BATCH) {
                int to = Math.min(order.length, from + BATCH);
                double[] slope = new double[layer.weights.length];
                for (int i = from; i < to; i++) {
                    layer.add(rows[order[i]], labels[order[i]], 1.0 / (to - from), slope);
                }
                step++;
                double rate = STEP * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
                for (int k = 0; k < slope.length; k++) {
                    double towards = slope[k] + 1e-4 / (to - from) * layer.weights[k];
                    first[k] = 0.9 * first[k] + 0.1 * towards;
                    second[k] = 0.999 * second[k] + 0.001 * towards * towards;
                    layer.weights[k] -= rate * first[k] / (Math.sqrt(second[k]) + 1e-8);
                }
            }
        }
        return layer;
    }

    /// The row's representation.
    double[] of(double[] row) {
        double[] out = new double[HIDDEN];
        for (int h = 0; h < HIDDEN; h++) {
            int at = h * (inputs + 1);
            double sum = weights[at + inputs];
            for (int j = 0; j < inputs; j++) {
                sum += weights[at + j] * row[j];
            }
            out[h] = Math.max(0, sum);
        }
        return out;
    }

    private double[] scores(double[] hidden) {
        double[] scores = new double[classes];
        for (int c = 0, at = HIDDEN * (inputs + 1); c < classes; c++) {
            for (int h = 0; h < HIDDEN; h++, at++) {
                scores[c] += weights[at] * hidden[h];
            }
            scores[c] += weights[at++];
        }
        return scores;
    }

    int answer(double[] row) {
        return Classifier.best(scores(of(row)));
    }

    private void add(double[] row, int label, double weight, double[] into) {
        double[] hidden = of(row);
        double[] chances = scores(hidden);
        double largest = Arrays.stream(chances).max().orElse(0);
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            chances[c] = Math.exp(chances[c] - largest);
            sum += chances[c];
        }
        double[] back = new double[HIDDEN];
        for (int c = 0, at = HIDDEN * (inputs + 1); c < classes; c++) {
            double slope = weight * (chances[c] / sum - (c == label ? 1 : 0));
            for (int h = 0; h < HIDDEN; h++, at++) {
                into[at] += slope * hidden[h];
                back[h] += slope * weights[at];
            }
            into[at++] += slope;
        }
        for (int h = 0; h < HIDDEN; h++) {
            if (hidden[h] > 0) {
                int at = h * (inputs + 1);
                for (int j = 0; j < inputs; j++) {
                    into[at + j] += back[h] * row[j];
                }
                into[at + inputs] += back[h];
            }
        }
    }
}
