package io.bezoar.detect;

import io.bezoar.learn.CrossFit;
import io.bezoar.learn.LeftOutBayes;
import io.bezoar.learn.LogPool;
import io.bezoar.learn.NearestPlaces;
import io.bezoar.learn.NearestTexts;
import io.bezoar.learn.convex.ModelStack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What several models that have not seen a row say together of its class, and how wrong labels come about by
/// what they say.
///
/// They err in different rows: the surrogate learns what tells classes apart, counts are hardly moved by few wrong
/// labels ([LeftOutBayes]), neighbours know small kinds of text ([NearestTexts]), and places know what words mean
/// that are rare in these data ([NearestPlaces]).
///
/// Of few classes they are joined by a [ModelStack], which is learned several times, each time from rows that
/// count as much as the time before believes in their labels. That is expectation maximisation for labels of
/// which some are wrong (Lawrence & Schölkopf 2001, section 2). Departure: the models stay as they were, only
/// what joins them is learned again, so that no label is believed because it was learned. Of many classes a
/// [LogPool] joins them: a stack would have more weights than rows can tell.
///
/// @param logits of each row, by class
record Opinions(float[][] logits, LabelNoise noise) {
    private static final int ROUNDS = 5;
    private static final double LEAST_TRUST = 1e-3;

    /// @param labels class of each fitted row
    /// @param places of the texts, which are one more model's evidence
    static Opinions of(CrossFit fit, int[] labels, Optional<Embeddings> places) {
        List<float[][]> models = models(fit, labels, places);
        if (ModelStack.learnable(models.size(), fit.classes(), labels.length)) {
            return stacked(models, labels, fit.classes());
        }
        float[][] logits = LogPool.of(models, labels).logits(models);
        return new Opinions(logits, LabelNoise.of(logits, labels, fit.classes()));
    }

    private static List<float[][]> models(CrossFit fit, int[] labels, Optional<Embeddings> places) {
        long[] groups = fit.groups();
        List<float[][]> models = new ArrayList<>(List.of(
                IntStream.range(0, fit.size()).mapToObj(fit::logits).toArray(float[][]::new),
                LeftOutBayes.logits(fit.rows(), labels, fit.classes(), groups),
                NearestTexts.logits(fit.rows(), labels, fit.classes(), groups)));
        places.ifPresent(embeddings -> {
            float[][] rows = fit.examples().stream().map(embeddings::of).toArray(float[][]::new);
            models.add(NearestPlaces.logits(rows, labels, fit.classes(), groups));
        });
        return models;
    }

    private static Opinions stacked(List<float[][]> models, int[] labels, int classes) {
        ModelStack stack = ModelStack.of(models, labels, classes);
        int[] learned = Arrays.copyOf(labels, stack.learned());
        double[] trust = new double[learned.length];
        Arrays.fill(trust, 1);
        double[] weights = stack.weights(trust, new double[0]);
        for (int round = 1; round < ROUNDS; round++) {
            float[][] logits = stack.logits(weights, learned.length);
            LabelNoise noise = LabelNoise.asTheyAre(logits, learned, classes);
            for (int r = 0; r < learned.length; r++) {
                trust[r] = Math.max(LEAST_TRUST, 1 - noise.wrong(logits[r], learned[r]));
            }
            weights = stack.weights(trust, weights);
        }
        float[][] logits = stack.logits(weights, labels.length);
        return new Opinions(logits, LabelNoise.of(logits, labels, classes));
    }
}
