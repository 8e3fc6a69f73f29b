package io.bezoar.learn.robust;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The robust trainers by name.
///
/// @param name one of [#NAMES]
/// @param epsilon share of poison, or of wrong labels, to expect; above 0 and below 0.5
/// @param partitions of the ensembles, at least 1
/// @param seed of every random choice
public record RobustTraining(String name, double epsilon, int partitions, long seed) {
    /// What there is.
    public static final List<String> NAMES = List.of(
            "plain",
            "drop",
            "sever",
            "trimmed-loss",
            "dpa",
            "dpa-by-source",
            "finite-aggregation",
            "label-smoothing",
            "dp-sgd",
            "isolate-unlearn");

    private static final double SMOOTHING = 0.2;
    private static final int DEGREE = 4;

    public RobustTraining {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "expected a robust trainer of auto, " + String.join(", ", NAMES) + ", came \"" + name + "\"");
        }
        Epsilon.checked(epsilon);
        if (partitions < 1) {
            throw new IllegalArgumentException("expected at least one partition, came " + partitions);
        }
    }

    /// A model, what it was trained on, and why so.
    ///
    /// @param kept rows that the model, or some model of an ensemble, learned from; ascending
    public record Trained(Classifier model, int[] kept, String why) {}

    /// Trains by what a scan calls for.
    ///
    /// @param base the plain trainer
    public static Trained auto(RobustChoice choice, TrainingSet set, BaseTrainer base, long seed) {
        double epsilon = Math.clamp(choice.noise(), 0.01, 0.45);
        RobustTraining training = new RobustTraining(choice.method(), epsilon, 1, seed);
        return training.train(set, base, choice.drop(), false, choice.why());
    }

    /// Trains.
    ///
    /// @param drop keys of rows to leave out
    /// @param backdoor is a backdoor suspected? Then trimmed loss is refused
    public Trained train(TrainingSet set, BaseTrainer base, Set<Long> drop, boolean backdoor, String why) {
        int[] use = Arrays.stream(set.all())
                .filter(row -> !drop.contains(set.keys()[row]))
                .toArray();
        return switch (name) {
            case "plain", "drop" -> new Trained(base.fit(set, use).classifier(), use, why);
            case "sever" -> of(Sever.against(epsilon, set, use).train(set, use, base), why);
            case "trimmed-loss" -> of(new TrimmedLoss(epsilon).train(set, use, base, backdoor), why);
            case "dpa" -> new Trained(Ensemble.train(set, Partitions.byKey(set, use, partitions), base), use, why);
            case "dpa-by-source" ->
                new Trained(Ensemble.train(set, Partitions.bySource(set, use, partitions), base), use, why);
            case "finite-aggregation" ->
                new Trained(
                        Ensemble.train(
                                set,
                                Partitions.finite(set, use, partitions, Partitions.shifts(partitions, DEGREE, seed)),
                                base),
                        use,
                        why);
            case "label-smoothing" ->
                new Trained(new SoftmaxTrainer().smoothed(SMOOTHING).fit(set, use), use, why);
            case "dp-sgd" -> new Trained(new PrivateTrainer().fit(set, use), use, why);
            case "isolate-unlearn" ->
                of(new IsolateAndUnlearn(Math.min(epsilon, 0.05), 0.5, new SoftmaxTrainer()).train(set, use), why);
            default -> throw new IllegalStateException(name);
        };
    }

    private static Trained of(Sever.Kept kept, String why) {
        return new Trained(kept.model(), kept.rows(), why);
    }
}
