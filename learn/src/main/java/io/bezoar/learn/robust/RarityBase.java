package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Fits ridge regression to features that count the more the rarer they are among the rows in use:
/// `1 + log(rows / rows that hold it)` (Sparck Jones 1972). Each partition weighs by its own rows, so no
/// other partition's rows can move a model, and certificates of votes hold.
///
/// @param inner dense rows it gets as they are
public record RarityBase(RidgeBase inner) implements BaseTrainer {
    @Override
    public Fitted fit(TrainingSet set, int[] use) {
        if (!(set.rows() instanceof SparseFeatures sparse)) {
            return inner.fit(set, use);
        }
        SparseFeatures part = sparse.select(use);
        int[] known = part.used();
        SparseFeatures rows = part.renumbered(known);
        double[] rarity = new double[known.length];
        for (int feature : rows.features()) {
            rarity[feature]++;
        }
        for (int k = 0; k < rarity.length; k++) {
            rarity[k] = 1 + StrictMath.log(use.length / rarity[k]);
        }
        TrainingSet weighed = new TrainingSet(
                rows.scaled(rarity),
                Arrays.stream(use).map(row -> set.labels()[row]).toArray(),
                set.classes(),
                Arrays.stream(use).mapToLong(row -> set.keys()[row]).toArray(),
                new int[0]);
        Classifier fitted = inner.fit(weighed, weighed.all()).classifier();
        return RidgeBase.fitted(
                set,
                switch (fitted) {
                    case CompactClassifier compact -> plain(compact, known, rarity);
                    default -> throw new IllegalArgumentException("expected a trainer of compact linear models");
                });
    }

    /// The same model of features as they were, in the numbering of the whole set.
    private static CompactClassifier plain(CompactClassifier model, int[] known, double[] rarity) {
        LinearClassifier inner = model.inner();
        int columns = inner.columns();
        double[] weights = inner.weights().clone();
        for (int at = 0; at < weights.length; at++) {
            weights[at] *= rarity[model.known()[at % columns]];
        }
        return new CompactClassifier(
                model.classes(),
                IntStream.of(model.known()).map(feature -> known[feature]).toArray(),
                model.present(),
                model.absent(),
                new LinearClassifier(columns, weights, inner.bias()));
    }
}
