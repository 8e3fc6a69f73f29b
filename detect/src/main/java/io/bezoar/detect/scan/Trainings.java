package io.bezoar.detect.scan;

import io.bezoar.core.Proportion;
import io.bezoar.learn.SoftmaxRegression;
import io.bezoar.learn.SparseRows;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The rows of an experiment: surrogates are trained on some of them and asked about others.
final class Trainings {
    /// Trained longer and with larger steps than the surrogates that judge: an attacked model learns its
    /// poison by heart.
    private static final SoftmaxRegression.Settings SETTINGS = new SoftmaxRegression.Settings(8, 3f, 1e-5f, 1);

    private final SparseRows features;
    private final int[] labels;
    private final int classes;
    private final int[] heldOut;
    private final int[] training;

    /// @param labels of each row, 0 to `classes - 1`; of a row that is asked about also -1
    /// @param held for each row whether no surrogate is trained on it
    Trainings(SparseRows features, int[] labels, int classes, boolean[] held) {
        this.features = features;
        this.labels = labels;
        this.classes = classes;
        this.heldOut = IntStream.range(0, labels.length).filter(r -> held[r]).toArray();
        this.training = IntStream.range(0, labels.length).filter(r -> !held[r]).toArray();
    }

    /// How many rows there are.
    int rows() {
        return labels.length;
    }

    /// How many rows can be trained on.
    int size() {
        return training.length;
    }

    /// The rows that no surrogate is trained on, ascending.
    int[] heldOut() {
        return heldOut;
    }

    /// A surrogate that has not seen some rows.
    SoftmaxRegression without(IntPredicate left) {
        int[] use = Arrays.stream(training).filter(left.negate()).toArray();
        return SoftmaxRegression.train(features, labels, classes, use, SETTINGS);
    }

    /// How many of the held-out rows are answered with their label.
    Proportion accuracy(SoftmaxRegression model) {
        long right = Arrays.stream(heldOut)
                .parallel()
                .filter(r -> SoftmaxRegression.best(model.logits(features, r)) == labels[r])
                .count();
        return new Proportion(right, heldOut.length);
    }

    /// How many of some rows are answered with a label.
    Proportion answers(SoftmaxRegression model, int[] asked, int label) {
        long hits = Arrays.stream(asked)
                .filter(r -> SoftmaxRegression.best(model.logits(features, r)) == label)
                .count();
        return new Proportion(hits, asked.length);
    }

    /// How many of a group's rows, read as they stand, the model without the group gives another target,
    /// with and without the weight that a frequent class has by itself.
    ///
    /// @param label the group's target; below 0 each row's own
    Proportion contradicted(SoftmaxRegression without, int[] group, int label) {
        long against = Arrays.stream(group)
                .filter(r -> contradicts(without, without.logits(features, r), label >= 0 ? label : labels[r]))
                .count();
        return new Proportion(against, group.length);
    }

    /// Does a model give another answer, with and without the weight that a frequent class has by itself?
    ///
    /// @param logits of the row; changed
    static boolean contradicts(SoftmaxRegression model, float[] logits, int label) {
        boolean other = SoftmaxRegression.best(logits) != label;
        model.removePrior(logits);
        return other && SoftmaxRegression.best(logits) != label;
    }
}
