package io.bezoar.app.cli;

import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.ScanResult;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.core.Target;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.certify.VotingFile;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.robust.AdvisedWeighting;
import io.bezoar.learn.robust.IsolatingWeighting;
import io.bezoar.learn.robust.RobustChoice;
import io.bezoar.learn.robust.RowWeighting;
import io.bezoar.learn.robust.SeverWeighting;
import io.bezoar.learn.robust.TrimmedLoss;
import io.bezoar.learn.robust.TrimmedLossWeighting;
import io.bezoar.learn.surrogate.ModelFile;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import io.bezoar.ledger.Attestations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar train`: fits a surrogate to its optimum and writes it down, so that it can be asked and
/// traced.
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Trains a surrogate model on labelled texts or vectors, or on preference pairs, and writes it to a"
                        + " folder.",
        footer = {
            "",
            "Examples:",
            "  bezoar train tickets.jsonl --out model",
            "        then bezoar trace --model model --input \"where is my card\"",
            "  bezoar train tickets.jsonl --out model --test held-out.jsonl",
            "        says how often it is right on rows it has not seen",
            "  bezoar train tickets.jsonl --out model --onnx model/tickets.onnx",
            "        writes it for other programs, too"
        })
public final class Train implements Callable<Integer> {
    static final String FILE = "model.bezoar";

    /// Methods that a scan's result decides.
    private static final Set<String> SCANNED = Set.of("auto", "trimmed-loss");
    /// Methods that expect a share of poison.
    private static final Set<String> POISONED = Set.of("sever", "trimmed-loss", "isolate-unlearn");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DATA",
            description = "Files, folders or globs of rows with labels, or of preference pairs.")
    private List<String> data = List.of();

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the model.")
    private Path out = Path.of("");

    @Option(names = "--test", paramLabel = "DATA", description = "Rows apart from the training data to measure it on.")
    private List<String> test = List.of();

    @Option(
            names = "--robust",
            paramLabel = "NAME",
            description = "Train by a robust method: auto (the one the last scan calls for), sever, trimmed-loss,"
                    + " isolate-unlearn, label-smoothing; dpa, fa, roe, sources (models that vote), dp-sgd (noise); refit,"
                    + " fine-tune (on --trusted rows) (default: plain).")
    private String robust = "plain";

    @Mixin
    private RobustOptions more = new RobustOptions();

    @Option(
            names = "--triggered",
            paramLabel = "DATA",
            description = "Inputs that hold a trigger, with the label the attacker wants: says how often it is given.")
    private List<String> triggered = List.of();

    @Option(
            names = "--findings",
            paramLabel = "DIR",
            description = "Folder of the scan's result, for --robust (default with auto: bezoar-out).")
    private Optional<Path> findings = Optional.empty();

    @Option(
            names = "--epsilon",
            paramLabel = "E",
            description = "Share of poison to expect, for --robust sever (default: 0.02), or of wrong labels, for"
                    + " trimmed-loss (default: 0.1), or of rows to isolate, for isolate-unlearn (default: 0.05).")
    private Optional<Double> epsilon = Optional.empty();

    @Option(
            names = "--penalty",
            paramLabel = "X",
            description = "How strongly weights are held back, above 0 (default: 0.3 divided by the rows).")
    private Optional<Double> penalty = Optional.empty();

    @Option(
            names = "--onnx",
            paramLabel = "FILE",
            description = "Also write the model for other programs, in the ONNX format; how texts become its input goes"
                    + " beside it, under the same name with .features (a model of vectors takes them as they are).")
    private Optional<Path> onnx = Optional.empty();

    @Mixin
    private ThreadOptions workers = new ThreadOptions();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Option(names = "--json", description = "Write one JSON object.")
    private boolean json;

    Train() {}

    /// The file of a model that may be named by its folder.
    static Path file(Path model) {
        return Files.isDirectory(model) ? model.resolve(FILE) : model;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        more.refuseUnused(robust);
        refuseUnused();
        refusePlaces();
        Instant started = Instant.now();
        Optional<JoinedLedger> joined = ledger.open(Map.of(), data);
        ReadSettings settings = reading.settings(Map.of(), out);
        Terminal terminal = Terminal.of(spec.commandLine());
        if (VoteTraining.METHODS.contains(robust)) {
            return voting(settings, terminal, joined, started);
        }
        Optional<ScanResult> scan = scan();
        Optional<RowWeighting> weighting = weighting(scan);
        try (ForkJoinPool pool = workers.pool();
                Progress progress = new Progress(spec.commandLine().getErr(), terminal.watched())) {
            TrainedText.Trained trained = pool.submit(() -> train(settings, scan, weighting, progress))
                    .get();
            write(trained.model());
            if (joined.isPresent()) {
                state(
                        joined.get(),
                        trained.files(),
                        Map.of(
                                "method",
                                trained.model().method(),
                                "penalty",
                                Double.toString(trained.model().surrogate().penalty())),
                        settings,
                        started);
            }
            progress.close();
            spec.commandLine()
                    .getOut()
                    .print(json ? TrainedText.json(trained, out) : TrainedText.text(trained, out, onnx, terminal));
            spec.commandLine().getOut().flush();
            return ExitCode.PASS;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandLine.ParameterException usage) {
                throw usage;
            }
            throw e;
        }
    }

    /// Is any of these options given that the method has no use for?
    private void refuseUnused() {
        if (VoteTraining.METHODS.contains(robust)) {
            return;
        }
        if (findings.isPresent() && !SCANNED.contains(robust)) {
            throw usage("--findings goes with --robust auto or trimmed-loss, not with \"" + robust + "\"");
        }
        if (epsilon.isPresent() && !POISONED.contains(robust)) {
            throw usage(
                    "--epsilon goes with --robust sever, trimmed-loss or isolate-unlearn, not with \"" + robust + "\"");
        }
    }

    /// Can the model be written, without writing over what it is made from?
    private void refusePlaces() {
        OutputPlace.folder(out, "--out");
        List<String> others =
                Stream.of(data, test, triggered).flatMap(List::stream).collect(Collectors.toList());
        OutputPlace.file(out.resolve(FILE), "--out", others);
        others.add(out.resolve(FILE).toString());
        if (onnx.isPresent()) {
            OutputPlace.file(onnx.get(), "--onnx", others);
            OutputPlace.file(OnnxExport.described(onnx.get()), "--onnx", others);
        }
    }

    /// Trains a model that is no optimum of weighed rows.
    private int voting(ReadSettings settings, Terminal terminal, Optional<JoinedLedger> joined, Instant started)
            throws InterruptedException, IOException {
        if (onnx.isPresent() || findings.isPresent() || epsilon.isPresent()) {
            throw usage(
                    "--onnx, --findings and --epsilon go with methods that weigh rows, not with --robust " + robust);
        }
        more.check(penalty);
        try (ForkJoinPool pool = workers.pool()) {
            RobustOptions.Trained trained = pool.submit(
                            () -> more.train(robust, data, test, triggered, penalty, settings, workers.count()))
                    .get();
            Files.createDirectories(out);
            Aside.write(out.resolve(FILE), stream -> VotingFile.write(trained.model(), stream));
            if (joined.isPresent()) {
                state(joined.get(), trained.files(), Map.of("method", robust), settings, started);
            }
            spec.commandLine()
                    .getOut()
                    .print(
                            json
                                    ? VotesText.json(trained, out.resolve(FILE).toString())
                                    : VotesText.text(trained, out, terminal));
            spec.commandLine().getOut().flush();
            return ExitCode.PASS;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause != null && cause.getCause() instanceof IllegalArgumentException inner) {
                cause = inner; // of another thread
            }
            if (cause instanceof BadInput refused) {
                throw refused;
            }
            if (cause instanceof IllegalArgumentException refused) {
                throw new BadInput(String.valueOf(refused.getMessage()), refused);
            }
            throw new IllegalStateException(e);
        }
    }

    private TrainedText.Trained train(
            ReadSettings settings, Optional<ScanResult> scan, Optional<RowWeighting> weighting, Progress progress) {
        progress.accept("Reading");
        TrainingRows rows = TrainingRows.read(data, settings, workers.count());
        scan.ifPresent(rows::refuseOther);
        onnx.ifPresent(file -> OutputPlace.file(
                file, "--onnx", rows.files().stream().map(DataFile::name).toList()));
        Optional<TrainingRows> held =
                test.isEmpty() ? Optional.empty() : Optional.of(TrainingRows.read(test, settings, workers.count()));
        held.ifPresent(apart -> apart(rows.examples(), apart.examples()));
        Optional<TrainingRows> bad = triggered.isEmpty()
                ? Optional.empty()
                : Optional.of(TrainingRows.read(triggered, settings, workers.count()));
        double strength = penalty.orElse(Surrogate.penalty(rows.examples().size()));
        if (!(strength >= 0 && strength < 1e12)) {
            throw usage("--penalty must be above 0 and finite, not " + strength);
        }
        try {
            Task task = Task.of(rows.examples())
                    .orElseThrow(() -> new BadInput("expected rows with labels, or pairs of which one answer is"
                            + " preferred, came " + rows.layout() + "; say which column is what with --map, or trace"
                            + " free answers without a model by bezoar trace --data"));
            Problem problem = task.problem(rows.examples(), strength);
            SortedMap<Integer, Double> weighed = new TreeMap<>();
            List<String> remarks = List.of();
            if (weighting.isPresent()) {
                progress.accept("Weighing rows");
                RowWeighting.Weighed weights = weighting
                        .get()
                        .weigh(
                                problem.rows(),
                                Arrays.stream(problem.answers())
                                        .mapToInt(answer -> (int) answer)
                                        .toArray(),
                                Math.max(2, task.loss().outputs()),
                                rows.examples().stream().mapToLong(Example::key).toArray());
                for (int row = 0; row < weights.weights().length; row++) {
                    if (weights.weights()[row] != 1) {
                        weighed.put(row, weights.weights()[row]);
                    }
                }
                remarks = weights.remarks();
                problem = new Problem(
                        problem.rows(),
                        problem.answers(),
                        weights.weights(),
                        weighting.get().loss(problem.loss()),
                        strength);
            }
            if (strength == 0) {
                throw new BadInput(
                        "expected curvature that can be inverted, but with --penalty 0 some directions of the"
                                + " model have none: raise it above 0");
            }
            progress.accept("Fitting");
            Surrogate surrogate = new Surrogate(
                    task, strength, new Newton().to(Surrogate.PRECISION).fit(problem));
            SortedMap<String, String> how = new TreeMap<>(reading.deciding());
            ModelFile model = new ModelFile(
                    surrogate,
                    weighting.map(RowWeighting::name).orElse("plain"),
                    rows.examples().size(),
                    weighed,
                    rows.digest(),
                    data,
                    how);
            int right = held.map(some -> right(surrogate, some)).orElse(0);
            return new TrainedText.Trained(
                    model,
                    rows.layout(),
                    rows.malformed(),
                    rows.files(),
                    remarks,
                    held.map(some -> some.examples().size()).orElse(0),
                    right,
                    bad.map(some -> some.examples().size()).orElse(0),
                    bad.map(some -> right(surrogate, some)).orElse(0));
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /// Refuses a test set that shares rows with the training data.
    static void apart(List<Example> rows, List<Example> held) {
        Set<String> known = new HashSet<>();
        rows.forEach(example -> known.add(text(example)));
        List<Example> shared =
                held.stream().filter(example -> known.contains(text(example))).toList();
        if (!shared.isEmpty()) {
            throw new BadInput("expected a test set apart from the training data, but "
                    + Words.count(shared.size()) + " of its rows" + (shared.size() == 1 ? " is" : " are")
                    + " in both"
                    + (shared.getFirst().input().isBlank()
                            ? ""
                            : ", like " + SafeText.plain(shared.getFirst().input(), 60))
                    + "; take them out of one, or a model is praised for what it has seen");
        }
    }

    private static String text(Example example) {
        return example.target() instanceof Target.Preference(String chosen, String rejected)
                ? example.input() + "\0" + chosen + "\0" + rejected
                : example.input() + (example.vector().length == 0 ? "" : "\0" + example.inputHash());
    }

    private static int right(Surrogate surrogate, TrainingRows rows) {
        Problem problem = surrogate.task().problem(rows.examples(), surrogate.penalty());
        double[] scores = new double[surrogate.task().loss().outputs()];
        int right = 0;
        for (int row = 0; row < rows.examples().size(); row++) {
            problem.scores(row, surrogate.weights(), scores);
            int answer = Surrogate.best(Surrogate.chances(scores));
            boolean fits = surrogate.task() instanceof Task.Preferences
                    ? answer == 0
                    : rows.examples()
                            .get(row)
                            .label()
                            .equals(Optional.of(surrogate.task().labels().get(answer)));
            right += fits ? 1 : 0;
        }
        return right;
    }

    private void state(
            JoinedLedger joined, List<DataFile> files, Map<String, String> how, ReadSettings settings, Instant started)
            throws IOException {
        joined.state(new Activities(Bezoar.version(), started, Instant.now())
                .transform(
                        List.of(JoinedLedger.subject(out.resolve(FILE))),
                        "train",
                        how,
                        materials(joined, files, data, settings, workers.count())));
    }

    /// What a model was made from: files, and the batches of the ledger whose rows are in them.
    static List<Attestations.Material> materials(
            JoinedLedger joined, List<DataFile> files, List<String> data, ReadSettings settings, int threads)
            throws IOException {
        List<Attestations.Material> materials = new ArrayList<>(JoinedLedger.read(files));
        JoinedLedger.Lookups lookups = joined.lookups();
        try (DataSet again = DataSet.open(data, settings).origins(lookups)) {
            materials.addAll(
                    joined.materials(joined.provenance(new LocalEngine(threads).fold(again, joined.fold()), lookups)));
        }
        return materials;
    }

    /// The scan that decides which rows are left out.
    private Optional<ScanResult> scan() throws FindingsReader.UnreadableResult {
        return findings.isPresent() || robust.equals("auto")
                ? Optional.of(ScannedBefore.read(findings.orElse(Path.of("bezoar-out")), "--findings"))
                : Optional.empty();
    }

    private Optional<RowWeighting> weighting(Optional<ScanResult> scan) {
        if (robust.equals("plain")) {
            return Optional.empty();
        }
        if (robust.equals("auto")) {
            return scan.map(RobustChoice::of).map(AdvisedWeighting::new);
        }
        if (robust.equals("trimmed-loss")
                && scan.filter(result -> RobustChoice.backdoor(result.campaigns()))
                        .isPresent()) {
            throw new BadInput(TrimmedLoss.REFUSAL);
        }
        if (epsilon.isPresent()) {
            return Optional.of(against(epsilon.get()));
        }
        List<RowWeighting> known = ServiceLoader.load(RowWeighting.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(java.util.Comparator.comparing(RowWeighting::name))
                .toList();
        return Optional.of(known.stream()
                .filter(method -> method.name().equals(robust))
                .findFirst()
                .orElseThrow(() -> usage("--robust must be auto, "
                        + known.stream().map(method -> method.name() + ", ").collect(Collectors.joining())
                        + String.join(", ", VoteTraining.METHODS)
                        + " or plain, not \"" + robust + "\"")));
    }

    private RowWeighting against(double share) {
        try {
            return switch (robust) {
                case "sever" -> new SeverWeighting(share);
                case "trimmed-loss" -> new TrimmedLossWeighting(share);
                case "isolate-unlearn" -> new IsolatingWeighting(share);
                default -> throw new IllegalStateException("no share of poison is expected by " + robust);
            };
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private void write(ModelFile model) {
        try {
            Files.createDirectories(out);
            Aside.write(out.resolve(FILE), model::write);
        } catch (IOException e) {
            throw new BadInput(
                    "expected to write the model into \"" + out + "\", but that failed: " + e.getMessage(), e);
        }
        onnx.ifPresent(file -> OnnxExport.write(model.surrogate(), file));
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
