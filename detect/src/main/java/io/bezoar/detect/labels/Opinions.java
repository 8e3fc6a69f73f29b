package io.bezoar.detect.labels;

import io.bezoar.core.Example;
import io.bezoar.detect.survey.Embeddings;
import io.bezoar.detect.survey.LabelNoise;
import io.bezoar.learn.CrossFit;
import io.bezoar.learn.Join;
import io.bezoar.learn.LeftOutBayes;
import io.bezoar.learn.LogPool;
import io.bezoar.learn.NearestPlaces;
import io.bezoar.learn.NearestTexts;
import io.bezoar.learn.convex.ModelStack;
import java.io.Serializable;
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
/// @param judge asks about rows that are none of the fitted
record Opinions(float[][] logits, LabelNoise noise, Optional<Judge> judge) {
    private static final int ROUNDS = 5;
    private static final double LEAST_TRUST = 1e-3;

    /// What the models say together of rows that none of them saw, if perhaps near-duplicates of some.
    ///
    /// @param bayes by the counts of all fitted rows
    /// @param near among all fitted rows
    record Judge(LeftOutBayes.Counted bayes, NearestTexts near, Join join) implements Serializable {
        /// The logits of a row that is none of the fitted.
        float[] logits(CrossFit fit, Example example) {
            int[] features = fit.numbers(example);
            return join.row(new float[][] {fit.logits(example), bayes.logits(features), near.logits(features)});
        }
    }

    /// What is thought of the fitted rows.
    ///
    /// @param labels class of each fitted row
    /// @param places of the texts, which are one more model's evidence
    static Opinions of(CrossFit fit, int[] labels, Optional<Embeddings> places) {
        return of(fit, labels, places, false);
    }

    /// What is thought of the fitted rows, with a judge of others.
    ///
    /// @param labels class of each fitted row
    static Opinions withJudge(CrossFit fit, int[] labels) {
        return of(fit, labels, Optional.empty(), true);
    }

    private static Opinions of(CrossFit fit, int[] labels, Optional<Embeddings> places, boolean judging) {
        long[] groups = fit.groups();
        LeftOutBayes bayes = LeftOutBayes.of(fit.rows(), labels, fit.classes(), groups);
        NearestTexts near = NearestTexts.of(fit.rows(), labels, fit.classes());
        List<float[][]> models = new ArrayList<>(List.of(
                IntStream.range(0, fit.size()).mapToObj(fit::logits).toArray(float[][]::new),
                bayes.logits(),
                near.logits(groups)));
        places.ifPresent(embeddings -> {
            float[][] rows = fit.examples().stream().map(embeddings::of).toArray(float[][]::new);
            models.add(NearestPlaces.logits(rows, labels, fit.classes(), groups));
        });
        Joined joined = joined(models, labels, fit.classes());
        return new Opinions(
                joined.logits,
                LabelNoise.of(joined.logits, labels, fit.classes()),
                judging ? Optional.of(new Judge(bayes.counted(), near, joined.join)) : Optional.empty());
    }

    /// @param logits of each fitted row
    /// @param join made them
    private record Joined(float[][] logits, Join join) {}

    private static Joined joined(List<float[][]> models, int[] labels, int classes) {
        if (!ModelStack.learnable(models.size(), classes, labels.length)) {
            LogPool pool = LogPool.of(models, labels);
            return new Joined(pool.logits(models), pool);
        }
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
        return new Joined(stack.logits(weights, labels.length), stack.joined(weights));
    }
}
