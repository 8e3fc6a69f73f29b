package io.bezoar.learn.robust;

import io.bezoar.learn.Features;

/// A score per class that is linear in the features: `weights[c * columns + j]` for class `c` and
/// feature `j`, and `bias[c]`. The arrays must not be changed.
///
/// @param columns number of features
/// @param weights class after class
/// @param bias one a class
public record LinearClassifier(int columns, double[] weights, double[] bias) implements Classifier {
    public LinearClassifier {
        if (weights.length != (long) columns * bias.length) {
            throw new IllegalArgumentException(
                    weights.length + " weights do not make " + bias.length + " classes of " + columns + " features");
        }
    }

    /// One score for two classes: class 1 if `weights · x + bias` is above 0.
    public static LinearClassifier binary(double[] weights, double bias) {
        double[] both = new double[2 * weights.length];
        for (int j = 0; j < weights.length; j++) {
            both[j] = -weights[j] / 2;
            both[weights.length + j] = weights[j] / 2;
        }
        return new LinearClassifier(weights.length, both, new double[] {-bias / 2, bias / 2});
    }

    @Override
    public int classes() {
        return bias.length;
    }

    @Override
    public void score(Features rows, int row, double[] scores) {
        for (int c = 0; c < bias.length; c++) {
            scores[c] = rows.dot(row, weights, c * columns) + bias[c];
        }
    }
}
