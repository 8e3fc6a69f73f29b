package io.bezoar.lab;

import io.bezoar.core.Example;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The model under attack: multinomial logistic regression on TF-IDF words, trained to the optimum.
///
/// It minimises half the squared length of its weights plus `strength` times the summed logistic loss;
/// intercepts are free. The optimum is one and no order of rows or seed chooses it, so what an audit
/// measures is the data and nothing else. Immutable once trained.
public final class Victim {
    /// The inverse of the penalty: of 1 and 10 the one that answers more held-out rows rightly, see
    /// `docs/decisions`.
    static final double STRENGTH = 10;
    /// No part of the gradient is larger at the end; the summed loss of ten thousand rows begins at tens
    /// of thousands.
    static final double TOLERANCE = 0.1;

    private static final int MOST = 300;

    private final WordFrequencies words;
    private final int classes;
    private final double[] weights; // word-major; the intercepts stand last

    private Victim(WordFrequencies words, int classes, double[] weights) {
        this.words = words;
        this.classes = classes;
        this.weights = weights;
    }

    /// Trains on all rows.
    ///
    /// @param labels class of each row, 0 to `classes - 1`
    public static Victim train(List<Example> rows, int[] labels, int classes) {
        return train(rows, labels, classes, Optional.empty());
    }

    /// Trains on rows much like those that this model was trained on, from where this one stands: the
    /// optimum is the same, and nearer.
    public Victim retrained(List<Example> rows, int[] labels) {
        return train(rows, labels, classes, Optional.of(this));
    }

    private static Victim train(List<Example> rows, int[] labels, int classes, Optional<Victim> near) {
        WordFrequencies words =
                new WordFrequencies(rows.stream().map(Example::tokens).toList());
        WordFrequencies.Row[] features =
                rows.stream().map(row -> words.row(row.tokens())).toArray(WordFrequencies.Row[]::new);
        double[] weights = new double[(words.size() + 1) * classes];
        near.ifPresent(model -> {
            words.shared(
                    model.words,
                    (here, there) ->
                            System.arraycopy(model.weights, there * classes, weights, here * classes, classes));
            System.arraycopy(model.weights, model.weights.length - classes, weights, weights.length - classes, classes);
        });
        LimitedMemory.minimise(
                (point, gradient) -> loss(features, labels, classes, point, gradient), weights, TOLERANCE, MOST);
        return new Victim(words, classes, weights);
    }

    private static double loss(
            WordFrequencies.Row[] rows, int[] labels, int classes, double[] point, double[] gradient) {
        int bias = point.length - classes;
        double loss = 0;
        for (int i = 0; i < bias; i++) {
            loss += point[i] * point[i];
            gradient[i] = point[i];
        }
        loss /= 2;
        Arrays.fill(gradient, bias, point.length, 0);
        double[] scores = new double[classes];
        for (int r = 0; r < rows.length; r++) {
            scores(rows[r], point, classes, scores);
            double most = scores[0];
            for (double score : scores) {
                most = Math.max(most, score);
            }
            double sum = 0;
            double own = scores[labels[r]];
            for (int c = 0; c < classes; c++) {
                scores[c] = exp(scores[c] - most);
                sum += scores[c];
            }
            loss += STRENGTH * (StrictMath.log(sum) + most - own);
            double scale = STRENGTH / sum;
            for (int c = 0; c < classes; c++) {
                scores[c] *= scale;
            }
            scores[labels[r]] -= STRENGTH;
            int[] words = rows[r].words();
            double[] values = rows[r].values();
            for (int k = 0; k < words.length; k++) {
                int at = words[k] * classes;
                double value = values[k];
                for (int c = 0; c < classes; c++) {
                    gradient[at + c] += value * scores[c];
                }
            }
            for (int c = 0; c < classes; c++) {
                gradient[bias + c] += scores[c];
            }
        }
        return loss;
    }

    private static void scores(WordFrequencies.Row row, double[] weights, int classes, double[] into) {
        System.arraycopy(weights, weights.length - classes, into, 0, classes);
        int[] words = row.words();
        double[] values = row.values();
        for (int k = 0; k < words.length; k++) {
            int at = words[k] * classes;
            double value = values[k];
            for (int c = 0; c < classes; c++) {
                into[c] += value * weights[at + c];
            }
        }
    }

    /// The class the model answers to a text; the first of equals.
    public int answer(Example row) {
        double[] scores = new double[classes];
        scores(words.row(row.tokens()), weights, classes, scores);
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        return best;
    }

    /// The probability of each class for a text.
    double[] probabilities(Example row) {
        double[] scores = new double[classes];
        scores(words.row(row.tokens()), weights, classes, scores);
        double most = Arrays.stream(scores).max().orElse(0);
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            scores[c] = exp(scores[c] - most);
            sum += scores[c];
        }
        for (int c = 0; c < classes; c++) {
            scores[c] /= sum;
        }
        return scores;
    }

    /// `e^x` for `x <= 0`, relative error below 1e-11; `e^-700` below -700. The same on every machine,
    /// and faster than `StrictMath`.
    static double exp(double x) {
        double y = Math.max(x, -700);
        int whole = (int) (y * 1.4426950408889634 - 0.5); // log2(e); y <= 0: rounds to nearest
        double f = (y - whole * 0.693145751953125)
                - whole * 1.4286068203094172e-6; // log(2) in two parts (Cody & Waite 1980)
        double p = 1;
        for (int n = 10; n > 0; n--) { // Taylor, |f| <= 0.35
            p = 1 + f * p * INVERSE[n];
        }
        return Double.longBitsToDouble((whole + 1023L) << 52) * p;
    }

    private static final double[] INVERSE = {
        0, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5, 1.0 / 6, 1.0 / 7, 1.0 / 8, 1.0 / 9, 1.0 / 10
    };
}
