package io.bezoar.app.cli;

import io.bezoar.app.report.Words;
import io.bezoar.learn.Features;
import io.bezoar.learn.certify.VotingModel;
import io.bezoar.learn.robust.Classifier;
import io.bezoar.learn.robust.Ensemble;
import io.bezoar.learn.robust.HashedText;
import io.bezoar.learn.robust.LinearClassifier;
import io.bezoar.learn.robust.Partitions;
import io.bezoar.learn.robust.PrivateTrainer;
import io.bezoar.learn.robust.RarityBase;
import io.bezoar.learn.robust.RidgeBase;
import io.bezoar.learn.robust.SoftmaxTrainer;
import io.bezoar.learn.robust.TrainingSet;
import io.bezoar.learn.robust.TrustedRetraining;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// The robust trainers whose model is not the optimum of weighed rows: votes of models on partitions,
/// noisy steps, repair on trusted rows. Their features are of each row alone, as certificates need them.
///
/// @param partitions models that vote, at least 1
/// @param penalty of the ridge regression in each, above 0
/// @param scale what the numbers of vectors are divided by
/// @param noise of dp-sgd, in units of `clip`
/// @param clip largest length of a row's gradient in dp-sgd
/// @param steps of dp-sgd
/// @param delta chance with which dp-sgd's promise may fail
/// @param seed of the places of fa and of the noise of dp-sgd
record VoteTraining(
        int partitions, double penalty, double scale, double noise, double clip, int steps, double delta, long seed) {
    static final List<String> METHODS = List.of("dpa", "fa", "roe", "sources", "dp-sgd", "refit", "fine-tune");

    private static final int DEGREE = 4;
    private static final int FEW = 1 << 12; // features under noise: each costs, used or not
    private static final double TEXT_RATE = 50; // short rows of many features move a weight little
    private static final double VECTOR_RATE = 4;

    /// @param before the model that was repaired
    record Trained(VotingModel model, List<String> remarks, Optional<VotingModel> before) {}

    /// Trains.
    ///
    /// @param trusted for `refit` and `fine-tune`
    Trained train(String method, LabelledRows rows, String digest, Optional<LabelledRows> trusted) {
        List<String> classes = rows.classes();
        if (classes.size() < 2) {
            throw new IllegalArgumentException("expected rows of at least 2 labels to learn, came " + classes.size());
        }
        VotingModel.Input input = rows.input(method.equals("dp-sgd") ? FEW : HashedText.COLUMNS, scale);
        TrainingSet set = new TrainingSet(
                rows.features(input), rows.labels(classes), classes.size(), rows.keys(), rows.sources());
        return switch (method) {
            case "dp-sgd" -> noisy(method, set, new Frame(digest, classes, input));
            case "refit" ->
                repaired(
                        TrustedRetraining.Way.REFIT,
                        method,
                        set,
                        trusted.orElseThrow(),
                        new Frame(digest, classes, input));
            case "fine-tune" ->
                repaired(
                        TrustedRetraining.Way.FINE_TUNE,
                        method,
                        set,
                        trusted.orElseThrow(),
                        new Frame(digest, classes, input));
            default -> votes(method, set, new Frame(digest, classes, input));
        };
    }

    private record Frame(String digest, List<String> classes, VotingModel.Input input) {
        VotingModel of(String method, boolean runOff, Ensemble ensemble) {
            return new VotingModel(method, digest, classes, input, runOff, ensemble);
        }

        VotingModel alone(String method, Classifier model) {
            Partitions one = new Partitions(List.of(), List.of(new int[] {0}), false);
            return of(method, false, new Ensemble(List.of(model), one, classes.size()));
        }
    }

    private Trained votes(String method, TrainingSet set, Frame frame) {
        Ensemble ensemble = ensemble(method, set);
        Partitions partitions = ensemble.partitions();
        return new Trained(
                frame.of(
                        method,
                        method.equals("roe"),
                        new Ensemble(
                                ensemble.models(),
                                new Partitions(List.of(), partitions.spread(), partitions.bySource()),
                                set.classes())),
                List.of(Words.count(partitions.models(), "model") + " vote, each trained on "
                        + (partitions.bySource() ? "sources" : "rows") + " of its own; bezoar certify with --method "
                        + method + " says how much each answer withstands."),
                Optional.empty());
    }

    /// The models of a vote.
    ///
    /// @throws IllegalArgumentException if a partition holds less than two classes
    Ensemble ensemble(String method, TrainingSet set) {
        int[] all = set.all();
        Partitions parts = switch (method) {
            case "fa" -> Partitions.finite(set, all, partitions, Partitions.shifts(partitions, DEGREE, seed));
            case "sources" -> Partitions.bySource(set, all, partitions);
            default -> Partitions.byKey(set, all, partitions);
        };
        int bad = parts.oneClass(set);
        if (bad > 0) {
            throw new IllegalArgumentException("expected rows of two classes or more in each partition, but " + bad
                    + " of " + parts.models() + " hold one class or none; "
                    + (method.equals("sources")
                            ? "leave out such sources, or partition by content with dpa"
                            : "use fewer --partitions"));
        }
        return Ensemble.train(set, parts, new RarityBase(new RidgeBase(penalty)));
    }

    private Trained noisy(String method, TrainingSet set, Frame frame) {
        PrivateTrainer trainer =
                new PrivateTrainer(steps, frame.input().text() ? TEXT_RATE : VECTOR_RATE, clip, noise, seed);
        double epsilon = trainer.epsilon(delta);
        return new Trained(
                frame.alone(method, trainer.fit(set, set.all())),
                List.of(String.format(
                        Locale.ROOT,
                        "Private: epsilon %.3g at delta %.1g for one row more or less, so k poisoned rows make nothing"
                                + " more than e^(%.3g k) times as likely%s. The list of labels is not private.",
                        epsilon,
                        delta,
                        epsilon,
                        epsilon > 2
                                ? ": with so much that bounds little; more --noise or fewer --steps bound more"
                                : "")),
                Optional.empty());
    }

    private static Trained repaired(
            TrustedRetraining.Way way, String method, TrainingSet set, LabelledRows trusted, Frame frame) {
        int[] labels = trusted.labels(frame.classes());
        if (IntStream.of(labels).anyMatch(label -> label < 0)) {
            throw new IllegalArgumentException(
                    "expected trusted rows with labels of the training data, came one whose label no row there has");
        }
        if (IntStream.of(labels).distinct().count() < 2) {
            throw new IllegalArgumentException("expected trusted rows of two labels or more, came rows of one");
        }
        Features features = trusted.features(frame.input());
        TrainingSet clean = new TrainingSet(features, labels, set.classes(), trusted.keys(), new int[0]);
        SoftmaxTrainer how = new SoftmaxTrainer();
        LinearClassifier suspect = how.fit(set, set.all());
        LinearClassifier repaired = new TrustedRetraining(way, how).train(suspect, clean);
        return new Trained(
                frame.alone(method, repaired),
                List.of(
                        switch (way) {
                            case REFIT -> "Fitted to the " + Words.count(trusted.size(), "trusted row") + " alone.";
                            case FINE_TUNE ->
                                "Went on from a model of all rows without the features that no trusted row has, on "
                                        + Words.count(trusted.size(), "trusted row") + ".";
                        }),
                Optional.of(frame.alone("plain", suspect)));
    }
}
