package io.bezoar.app.cli;

import io.bezoar.app.report.Words;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.certify.Certificate;
import io.bezoar.learn.certify.VotingModel;
import io.bezoar.learn.robust.TrustedRetraining;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options of the robust trainers of [VoteTraining], and what is told of their models.
final class RobustOptions {
    /// More models than that are made of a row or two each.
    static final int MOST_PARTITIONS = 100_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--partitions",
            paramLabel = "K",
            description = "Models that vote, for --robust dpa, fa, roe and" + " sources (default: 50).")
    private Optional<Integer> partitions = Optional.empty();

    @Option(
            names = "--scale",
            paramLabel = "D",
            description = "What the numbers of vectors are divided by, for dpa, fa,"
                    + " roe, sources, dp-sgd, refit and fine-tune (default: 1).")
    private Optional<Double> scale = Optional.empty();

    @Option(names = "--noise", paramLabel = "S", description = "Noise of dp-sgd, in units of --clip (default: 10).")
    private Optional<Double> noise = Optional.empty();

    @Option(names = "--clip", paramLabel = "C", description = "Longest gradient of a row in dp-sgd (default: 1).")
    private Optional<Double> clip = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Steps of dp-sgd (default: 60).")
    private Optional<Integer> steps = Optional.empty();

    @Option(
            names = "--delta",
            paramLabel = "D",
            description = "Chance with which the promise of dp-sgd may fail" + " (default: 1e-5).")
    private Optional<Double> delta = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the places of fa (default: 1), and of the noise of"
                    + " dp-sgd, which nobody else may know.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--trusted",
            paramLabel = "FILE",
            description = "Rows known to be clean, for --robust refit and" + " fine-tune.")
    private Optional<Path> trusted = Optional.empty();

    RobustOptions() {}

    /// Is any of these options given that `method` has no use for?
    void refuseUnused(String method) {
        boolean votes = List.of("dpa", "fa", "roe", "sources").contains(method);
        boolean noisy = method.equals("dp-sgd");
        refuse(partitions.isPresent() && !votes, "--partitions", "dpa, fa, roe or sources", method);
        refuse(
                (noise.isPresent() || clip.isPresent() || steps.isPresent() || delta.isPresent()) && !noisy,
                "--noise, --clip, --steps and --delta",
                "dp-sgd",
                method);
        refuse(seed.isPresent() && !noisy && !method.equals("fa"), "--seed", "fa or dp-sgd", method);
        refuse(
                scale.isPresent() && !VoteTraining.METHODS.contains(method),
                "--scale",
                String.join(", ", VoteTraining.METHODS),
                method);
        boolean repair = method.equals("refit") || method.equals("fine-tune");
        refuse(trusted.isPresent() && !repair, "--trusted", "refit or fine-tune", method);
        if (repair && trusted.isEmpty()) {
            throw usage("--robust " + method + " needs rows known to be clean: name them with --trusted FILE");
        }
        if (noisy && seed.isEmpty()) {
            throw usage("--robust dp-sgd needs a --seed that nobody else knows: noise that can be foreseen hides"
                    + " nothing");
        }
    }

    private void refuse(boolean wrong, String option, String with, String method) {
        if (wrong) {
            throw usage(option + " go" + (option.contains(" and ") ? "" : "es") + " with --robust " + with
                    + ", not with \"" + method + "\"");
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /// @param answered rows of a set, how many of them the model answers as their labels say
    record Asked(int rows, int answered, Optional<TrustedRetraining.Change> change) {
        String words(String how) {
            String share = percent((double) answered / rows) + " of " + Words.count(rows, "row") + " " + how;
            return change.map(repair -> share + "; before the repair " + percent(repair.before()) + ", and "
                            + percent(repair.changed()) + " are answered otherwise now")
                    .orElse(share);
        }

        private static String percent(double share) {
            return String.format(Locale.ROOT, "%.1f %%", 100 * share);
        }
    }

    /// @param rows it was trained on
    record Trained(
            VotingModel model,
            int rows,
            List<DataFile> files,
            List<String> remarks,
            Optional<Asked> tested,
            Optional<Asked> triggered) {}

    /// Trains, and asks the test rows.
    Trained train(
            String method,
            List<String> data,
            List<String> test,
            List<String> triggered,
            Optional<Double> penalty,
            ReadSettings settings,
            int threads) {
        TrainingRows all = TrainingRows.read(data, settings, threads);
        LabelledRows rows = LabelledRows.of("the training rows", all.examples(), all.ids());
        Optional<LabelledRows> known =
                trusted.map(path -> LabelledRows.read("the trusted rows", List.of(path.toString()), settings));
        Optional<LabelledRows> held = read("the test rows", test, settings);
        held.ifPresent(asked -> Train.apart(rows.rows(), asked.rows()));
        Optional<LabelledRows> bad = read("the triggered rows", triggered, settings);
        for (Optional<LabelledRows> asked : List.of(held, bad)) {
            if (known.isPresent() && asked.isPresent()) {
                TrustedRetraining.apart(known.get().inputs(), asked.get().inputs());
            }
        }
        VoteTraining training = new VoteTraining(
                partitions.orElse(50),
                penalty.orElse(1.0),
                scale.orElse(1.0),
                noise.orElse(10.0),
                clip.orElse(1.0),
                steps.orElse(60),
                delta.orElse(1e-5),
                seed.orElse(1L));
        VoteTraining.Trained trained = training.train(method, rows, all.digest(), known);
        return new Trained(
                trained.model(),
                rows.size(),
                all.files(),
                trained.remarks(),
                held.map(asked -> asked(trained, asked)),
                bad.map(asked -> asked(trained, asked)));
    }

    private static Optional<LabelledRows> read(String what, List<String> paths, ReadSettings settings) {
        return paths.isEmpty() ? Optional.empty() : Optional.of(LabelledRows.read(what, paths, settings));
    }

    private static Asked asked(VoteTraining.Trained trained, LabelledRows rows) {
        VotingModel model = trained.model();
        int[] labels = rows.labels(model.labels());
        Certificate[] answers = model.answers(rows.features(model.input()));
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            right += answers[row].answer() == labels[row] ? 1 : 0;
        }
        return new Asked(
                labels.length,
                right,
                trained.before()
                        .map(before -> TrustedRetraining.Change.of(
                                before.ensemble(), model.ensemble(), rows.features(model.input()), labels)));
    }

    /// Checks what the trainers would refuse later, with the names of the options.
    void check(Optional<Double> penalty) {
        List<String> wrong = new ArrayList<>();
        partitions
                .filter(count -> count < 1 || count > MOST_PARTITIONS)
                .ifPresent(count -> wrong.add("--partitions must be 1 to " + MOST_PARTITIONS + ", not " + count));
        positive("--scale", scale, wrong);
        positive("--noise", noise, wrong);
        positive("--clip", clip, wrong);
        positive("--penalty", penalty, wrong);
        steps.filter(count -> count < 1 || count > 1_000_000)
                .ifPresent(count -> wrong.add("--steps must be 1 to 1000000, not " + count));
        delta.filter(chance -> !(chance > 0 && chance < 1))
                .ifPresent(chance -> wrong.add("--delta must be between 0 and 1, not " + chance));
        if (!wrong.isEmpty()) {
            throw new BadInput(wrong.getFirst());
        }
    }

    private static void positive(String option, Optional<Double> value, List<String> wrong) {
        value.filter(number -> !(number > 0) || Double.isInfinite(number))
                .ifPresent(number -> wrong.add(option + " must be above 0 and finite, not " + number));
    }
}
