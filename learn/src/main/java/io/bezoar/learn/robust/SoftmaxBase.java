package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// Fits a [SoftmaxTrainer]; on sparse rows with only the features and classes that occur.
public record SoftmaxBase(SoftmaxTrainer how) implements BaseTrainer {
    @Override
    public Fitted fit(TrainingSet set, int[] use) {
        Classifier classifier =
                set.rows() instanceof SparseFeatures sparse ? compact(set, sparse, use) : how.fit(set, use);
        return fitted(set, classifier);
    }

    private Classifier compact(TrainingSet set, SparseFeatures rows, int[] use) {
        SparseFeatures part = rows.select(use);
        int[] known = part.used();
        int[] counts = set.counts(use);
        int[] present = IntStream.range(0, set.classes()).filter(c -> counts[c] > 0).toArray();
        int[] places = new int[set.classes()];
        for (int c = 0; c < present.length; c++) {
            places[present[c]] = c;
        }
        TrainingSet local = new TrainingSet(
                part.renumbered(known),
                Arrays.stream(use).map(row -> places[set.labels()[row]]).toArray(),
                Math.max(1, present.length),
                Arrays.stream(use).mapToLong(row -> set.keys()[row]).toArray(),
                new int[0]);
        LinearClassifier inner = how.fit(local, local.all());
        return present.length == 0
                ? new CompactClassifier(set.classes(), known, new int[] {0}, Double.NEGATIVE_INFINITY, inner)
                : new CompactClassifier(set.classes(), known, present, Double.NEGATIVE_INFINITY, inner);
    }

    /// A classifier whose scores are logits, with its losses on the set.
    static Fitted fitted(TrainingSet set, Classifier classifier) {
        return new Logits(set, classifier);
    }

    /// Owned by one thread.
    private static final class Logits implements Fitted {
        private final TrainingSet set;
        private final Classifier classifier;
        private Optional<Classifier.Scored> scored = Optional.empty(); // most models are never asked for a loss

        Logits(TrainingSet set, Classifier classifier) {
            this.set = set;
            this.classifier = classifier;
        }

        @Override
        public Classifier classifier() {
            return classifier;
        }

        @Override
        public double loss(int row) {
            return -StrictMath.log(Math.max(1e-300, probabilities(row)[set.labels()[row]]));
        }

        @Override
        public double[] gradient(int row) {
            double[] scores = probabilities(row);
            scores[set.labels()[row]] -= 1;
            return scores;
        }

        private double[] probabilities(int row) {
            if (scored.isEmpty()) {
                scored = Optional.of(classifier.on(set.rows()));
            }
            double[] scores = new double[set.classes()];
            scored.get().score(row, scores);
            SoftmaxTrainer.softmax(scores);
            return scores;
        }
    }
}
