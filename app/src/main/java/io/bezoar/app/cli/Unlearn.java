package io.bezoar.app.cli;

import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.surrogate.ModelFile;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import io.bezoar.learn.unlearn.Removal;
import io.bezoar.ledger.Attestations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar unlearn`: takes rows out of a trained model without training it from the beginning.
@Command(
        name = "unlearn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes rows out of a trained model: what is left is the model that was never shown them.",
        footer = {
            "",
            "Examples:",
            "  bezoar unlearn --model model --source vendor-b --out model-2",
            "        as if vendor-b had delivered nothing",
            "  bezoar unlearn --model model --campaign C1 --scan bezoar-out --out model-2 --verify",
            "        without what the scan found, compared with a model trained again",
            "  bezoar unlearn --model model --rows withdrawn.txt --out model-2",
            "        without the rows whose ids the file lists, one a line"
        })
public final class Unlearn implements Callable<Integer> {
    private static final double PRECISION = 1e-6;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder that bezoar train wrote.")
    private Path model = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the model without the rows.")
    private Path out = Path.of("");

    @Mixin
    private RowChoice choice = new RowChoice();

    @Option(
            names = "--verify",
            description = "Also train again without the rows, from the beginning, and say how far the two are apart.")
    private boolean verify;

    @Option(
            names = "--noise",
            paramLabel = "S",
            description =
                    "Add normal noise of this deviation to every weight, so that nobody who sees the model can tell"
                            + " the removal from a retraining (needs --seed).")
    private Optional<Double> noise = Optional.empty();

    @Option(
            names = "--delta",
            paramLabel = "D",
            description = "Chance with which that promise may fail, beside --noise (default: 1e-5).")
    private Optional<Double> chance = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the noise; keep it to yourself: who knows it can take the noise off.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "The training data, if they do not lie where they lay (must be the same).")
    private List<String> data = List.of();

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Mixin
    private ThreadOptions workers = new ThreadOptions();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Option(names = "--json", description = "Write one JSON object.")
    private boolean json;

    Unlearn() {}

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        if (noise.isPresent() != seed.isPresent()) {
            throw usage("--noise and --seed go together: the noise is drawn from the seed");
        }
        if (chance.isPresent() && noise.isEmpty()) {
            throw usage("--delta goes with --noise, which is not given");
        }
        double delta = delta();
        if (!(delta > 0 && delta < 1)) {
            throw usage("--delta must be between 0 and 1, not " + delta);
        }
        OutputPlace.folder(out, "--out");
        OutputPlace.file(
                out.resolve(Train.FILE),
                "--out",
                Stream.concat(Stream.of(Train.file(model).toString()), data.stream())
                        .toList());
        Instant started = Instant.now();
        Terminal terminal = Terminal.of(spec.commandLine());
        ModelFile file = TrainedModel.file(model);
        List<String> read = data.isEmpty() ? file.data() : data;
        Optional<JoinedLedger> joined = ledger.open(Map.of(), read);
        ReadSettings settings = reading.settings(file.reading(), out);
        try (ForkJoinPool pool = workers.pool();
                Progress progress = new Progress(spec.commandLine().getErr(), terminal.watched())) {
            Unlearned unlearned =
                    pool.submit(() -> unlearn(file, settings, progress)).get();
            List<Attestations.Material> from = new ArrayList<>();
            if (joined.isPresent()) {
                from.add(JoinedLedger.material(Train.file(model)));
                from.addAll(Train.materials(joined.get(), unlearned.files(), read, settings, workers.count()));
            }
            write(unlearned.model());
            if (joined.isPresent()) {
                joined.get()
                        .state(new Activities(Bezoar.version(), started, Instant.now())
                                .transform(
                                        List.of(JoinedLedger.subject(out.resolve(Train.FILE))),
                                        "unlearn",
                                        parameters(unlearned),
                                        from));
            }
            progress.close();
            spec.commandLine().getOut().print(json ? json(unlearned) : text(unlearned, terminal));
            spec.commandLine().getOut().flush();
            return ExitCode.PASS;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandLine.ParameterException usage) {
                throw usage;
            }
            throw e;
        }
    }

    private double delta() {
        return chance.orElse(1e-5);
    }

    /// @param gone how many rows were removed now
    /// @param epsilon of the promise that the noise makes
    private record Unlearned(
            ModelFile model,
            List<DataFile> files,
            int gone,
            String what,
            Removal removal,
            Optional<Double> epsilon,
            Optional<Verified> verified) {}

    /// @param asked rows that remain
    /// @param same of these, how many the model answers as one does that was trained from the beginning
    private record Verified(Removal.Verified distance, int asked, int same) {}

    /// What decided the result; of the noise its size, never its seed.
    private Map<String, String> parameters(Unlearned unlearned) {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("removed", unlearned.what());
        parameters.put("rows", Integer.toString(unlearned.gone()));
        noise.ifPresent(deviation -> parameters.put("noise", Double.toString(deviation)));
        return parameters;
    }

    private Unlearned unlearn(ModelFile file, ReadSettings settings, Progress progress)
            throws FindingsReader.UnreadableResult {
        progress.accept("Reading the training data");
        try {
            TrainedModel trained = TrainedModel.of(file, data, settings, workers.count());
            RowChoice.Chosen chosen = choice.of(trained.rows());
            Problem problem = trained.problem();
            int[] gone = chosen.rows();
            refuseTooMuch(problem, gone);
            progress.accept("Removing rows");
            double[] weights = file.surrogate().weights();
            Removal removal = Removal.of(problem, weights, gone, PRECISION);
            Optional<Double> epsilon = noise.map(deviation -> removal.epsilon(deviation, delta()));
            if (epsilon.isPresent() && Double.isInfinite(epsilon.get())) {
                throw new BadInput("expected noise that hides a distance of " + number(removal.distance())
                        + " with an epsilon of at most 1, came --noise " + noise.get() + "; take "
                        + number(removal.distance() * Math.sqrt(2 * Math.log(1.25 / delta()))) + " or more");
            }
            Optional<Verified> verified = Optional.empty();
            if (verify) {
                progress.accept("Training again");
                Problem remaining = problem.without(gone);
                double[] again = new Newton().to(PRECISION).fit(remaining);
                verified = Optional.of(new Verified(
                        Removal.Verified.of(removal.model(), again, weights),
                        (int) remaining.total(),
                        same(remaining, removal.model(), again)));
            }
            SortedMap<Integer, Double> weighed = new TreeMap<>(file.weighed());
            for (int row : gone) {
                weighed.put(row, 0.0);
            }
            Surrogate surrogate =
                    new Surrogate(file.surrogate().task(), file.surrogate().penalty(), noisy(removal.model()));
            ModelFile left = new ModelFile(
                    surrogate, file.method(), file.rows(), weighed, file.digest(), file.data(), file.reading());
            return new Unlearned(left, trained.rows().files(), gone.length, chosen.what(), removal, epsilon, verified);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private static void refuseTooMuch(Problem problem, int[] gone) {
        double[] counts = problem.weights().clone();
        for (int row : gone) {
            counts[row] = 0;
        }
        long answers = IntStream.range(0, counts.length)
                .filter(row -> counts[row] > 0)
                .mapToDouble(row -> problem.answers()[row])
                .distinct()
                .count();
        if (answers < Math.min(2, problem.loss().outputs())) {
            throw new BadInput("expected rows of 2 labels or more to remain, but without the named rows "
                    + (answers == 0 ? "none remains" : "all have one label") + "; name fewer");
        }
    }

    private static int same(Problem problem, double[] model, double[] other) {
        double[] scores = new double[problem.loss().outputs()];
        int same = 0;
        for (int row = 0; row < problem.answers().length; row++) {
            if (problem.weights()[row] > 0) {
                problem.scores(row, model, scores);
                int answer = Surrogate.best(Surrogate.chances(scores));
                problem.scores(row, other, scores);
                same += answer == Surrogate.best(Surrogate.chances(scores)) ? 1 : 0;
            }
        }
        return same;
    }

    private double[] noisy(double[] weights) {
        if (noise.isEmpty()) {
            return weights;
        }
        SplittableRandom random = new SplittableRandom(seed.orElseThrow());
        double[] moved = weights.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += noise.get() * random.nextGaussian();
        }
        return moved;
    }

    private void write(ModelFile left) {
        try {
            Files.createDirectories(out);
            Aside.write(out.resolve(Train.FILE), left::write);
        } catch (IOException e) {
            throw new BadInput(
                    "expected to write the model into \"" + out + "\", but that failed: " + e.getMessage(), e);
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2g", value);
    }

    private String text(Unlearned unlearned, Terminal terminal) {
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        Removal removal = unlearned.removal();
        text.entry(
                "Removed",
                Words.count(unlearned.gone(), "row") + " of "
                        + unlearned.model().rows() + ": " + unlearned.what());
        text.entry(
                "How",
                Words.count(removal.steps(), "Newton step") + "; the last moved no weight by more than "
                        + number(removal.lastStep()));
        text.entry(
                "Bound",
                "at most " + number(removal.distance()) + " from the model retrained without them, whatever that is");
        unlearned
                .epsilon()
                .ifPresent(epsilon -> text.entry(
                        "Certified",
                        "epsilon " + number(epsilon) + ", delta " + number(delta()) + " with noise of "
                                + noise.orElseThrow()));
        unlearned.verified().ifPresent(verified -> {
            text.entry(
                    "Verified",
                    "trained again from the beginning: "
                            + number(verified.distance().distance()) + " apart, no weight by"
                            + " more than " + number(verified.distance().largest()) + "; "
                            + String.format(
                                    Locale.ROOT,
                                    "%.4f %%",
                                    100 * verified.distance().share())
                            + " of the way from the old model is missing");
            text.entry(
                    "",
                    "the same answer on " + verified.same() + " of the " + Words.count(verified.asked(), "row")
                            + " that remain");
        });
        text.entry(
                "Kept",
                unlearned.model().surrogate().task() instanceof Task.Vectors
                        ? "the usual values and spreads of the numbers of all rows; train again to lose those, too"
                        : "the list of known features: it holds hashes of words that only the removed rows may have"
                                + " had; train again to lose those, too");
        text.entry("Written", SafeText.plain(out.resolve(Train.FILE).toString(), 400));
        return text.toString();
    }

    private String json(Unlearned unlearned) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> {
            Removal removal = unlearned.removal();
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.unlearned/1");
            json.writeStringField("version", Bezoar.version());
            json.writeStringField("model", out.resolve(Train.FILE).toString());
            json.writeNumberField("rows", unlearned.model().rows());
            json.writeNumberField("removed", unlearned.gone());
            json.writeStringField("what", unlearned.what());
            json.writeNumberField("steps", removal.steps());
            json.writeNumberField("lastStep", removal.lastStep());
            json.writeNumberField("residual", removal.residual());
            json.writeNumberField("bound", removal.distance());
            if (unlearned.epsilon().isPresent()) {
                json.writeNumberField("noise", noise.orElseThrow());
                json.writeNumberField("epsilon", unlearned.epsilon().get());
                json.writeNumberField("delta", delta());
            }
            if (unlearned.verified().isPresent()) {
                Verified verified = unlearned.verified().get();
                json.writeNumberField("distance", verified.distance().distance());
                json.writeNumberField("largest", verified.distance().largest());
                json.writeNumberField("missing", verified.distance().share());
                json.writeNumberField("asked", verified.asked());
                json.writeNumberField("same", verified.same());
            }
            json.writeEndObject();
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
