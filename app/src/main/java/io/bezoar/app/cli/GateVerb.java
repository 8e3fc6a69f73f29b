package io.bezoar.app.cli;

import io.bezoar.app.evaluation.EvaluationFile;
import io.bezoar.app.gate.Check;
import io.bezoar.app.gate.DriftFile;
import io.bezoar.app.gate.Gate;
import io.bezoar.app.gate.GatePolicy;
import io.bezoar.app.gate.GateReports;
import io.bezoar.app.gate.GateSarif;
import io.bezoar.app.gate.LedgerNow;
import io.bezoar.app.gate.Measured;
import io.bezoar.app.gate.PolicyFile;
import io.bezoar.app.gate.ScannedData;
import io.bezoar.app.history.HistoryOptions;
import io.bezoar.app.history.Recorded;
import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.BrokenResult;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.OutputFolder;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.ScanPlace;
import io.bezoar.app.report.ScanRecord;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.WholeResult;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.app.standards.Standards;
import io.bezoar.app.standards.StandardsOptions;
import io.bezoar.core.ScanResult;
import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.evaluate.statistics.Binomial;
import io.bezoar.history.Digest;
import io.bezoar.history.Run;
import io.bezoar.ledger.merkle.Hasher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar gate`: decides by policy; the exit code a pipeline should trust.
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Decides by policy whether the scanned data may be trained on.",
        footer = {
            "",
            "Examples:",
            "  bezoar gate                                   with the built-in policy",
            "  bezoar gate --policy bezoar.yaml --policy-from origin/main",
            "  bezoar gate --junit gate.xml --markdown \"$GITHUB_STEP_SUMMARY\"",
            "",
            "Take the policy from a trusted branch with --policy-from: the change that",
            "is judged must not bring its own.",
            "",
            "Exit codes: 0 open; 1 policy violated; 2 bad input or usage; 3 something",
            "could not be measured; 4 people have not decided yet; 5 the data, a result or",
            "the log of decisions were changed."
        })
public final class GateVerb implements Callable<Integer> {
    private static final String EVALUATION = "evaluation.json";

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy (default: no campaign of severity high unless two people rejected it).")
    private Optional<Path> policy = Optional.empty();

    @Option(
            names = "--policy-from",
            paramLabel = "REVISION",
            description = "Read the policy from this revision of the git repository.")
    private Optional<String> revision = Optional.empty();

    @Mixin
    private ResultOptions results = new ResultOptions();

    @Option(
            names = "--decisions",
            defaultValue = DecisionLog.USUAL,
            paramLabel = "FILE",
            description = "The log of decisions (default: ${DEFAULT-VALUE}).")
    private Path decisions = Path.of(DecisionLog.USUAL);

    @Option(
            names = "--evaluation",
            paramLabel = "PATH",
            description = "Folder or file of the model's evaluation, for a policy that asks for one (default:"
                    + " bezoar-eval).")
    private Optional<Path> evaluation = Optional.empty();

    @Option(
            names = "--drift",
            paramLabel = "PATH",
            description = "Folder or file of what bezoar retrain record wrote, for a policy that asks for it.")
    private Optional<Path> drift = Optional.empty();

    @Option(names = "--sarif", paramLabel = "FILE", description = "Write what is not passed as SARIF 2.1.0.")
    private Optional<Path> sarif = Optional.empty();

    @Mixin
    private StandardsOptions naming = new StandardsOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the checks as JUnit XML.")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the verdict as Markdown.")
    private Optional<Path> markdown = Optional.empty();

    @Spec
    private CommandSpec spec;

    private final InstantSource clock;

    /// @param clock tells the day by which suppressions expire
    GateVerb(InstantSource clock) {
        this.clock = clock;
    }

    /// How the scan read its data.
    private ReadSettings reading(ScanRecord scan) {
        try {
            return ReadOptions.again(scan.settings(), results.folder());
        } catch (IllegalArgumentException e) {
            throw new BrokenResult("expected in run.json the settings of a scan, came others; run bezoar scan again");
        }
    }

    @Override
    public Integer call() throws IOException {
        Instant started = clock.instant();
        history.check(spec.commandLine());
        Standards standards = naming.standards();
        Asked asked = policy();
        ScanRecord scan = ScanRecord.read(results.folder()); // refuses a result that was replaced by half
        WholeResult.check(results.folder());
        ScanResult result = FindingsReader.read(results.folder().resolve("findings.json"));
        ScanPlace place = ScanPlace.of(results.folder());
        Path log = DecisionLog.at(decisions, place);
        DecisionLog decided = DecisionLog.read(log);
        ScannedData data = ScannedData.of(scan.files(), place, reading(scan));
        Optional<JoinedLedger> joined = ledger.open(place.settings(scan.settings()), place.data(scan.files()));
        Optional<LedgerNow> now =
                joined.isPresent() && result.dataSet().ledger().isPresent()
                        ? Optional.of(joined.get().now(result.dataSet().ledger().get()))
                        : Optional.empty();
        List<Run.File> files = new ArrayList<>();
        files.add(new Run.File("findings.json", Digest.of(results.folder().resolve("findings.json"))));
        files.add(new Run.File("policy", asked.digest()));
        Gate gate = Gate.of(
                result,
                decided.decisions(),
                measured(asked.policy(), files),
                asked.policy(),
                LocalDate.ofInstant(started, ZoneOffset.UTC),
                data,
                now);
        GateFiles reports = new GateFiles()
                .with(GateFiles.Kind.JUNIT, junit, to -> GateReports.junit(gate, to))
                .with(
                        GateFiles.Kind.SARIF,
                        sarif,
                        to -> GateSarif.write(gate, result, standards, Bezoar.version(), Path.of(""), to))
                .with(
                        GateFiles.Kind.MARKDOWN,
                        markdown,
                        to -> to.write(GateReports.markdown(gate).getBytes(StandardCharsets.UTF_8)));
        reports.check(inputs(log, place.data(scan.files())));
        List<String> failures = reports.write();
        spec.commandLine().getOut().print(results.json() ? json(gate, standards) : text(gate));
        spec.commandLine().getOut().flush();
        failures.forEach(failure -> spec.commandLine().getErr().println("bezoar gate: " + failure));
        spec.commandLine().getErr().flush();
        if (joined.isPresent()) {
            joined.get()
                    .state(new Activities(Bezoar.version(), started, clock.instant())
                            .gate(result, gate.open(), asked.name(), asked.digest()));
        }
        int code = switch (gate.state()) {
            case PASS -> failures.isEmpty() ? ExitCode.PASS : ExitCode.INCOMPLETE;
            case PENDING -> ExitCode.PENDING;
            case UNMEASURED -> ExitCode.INCOMPLETE;
            case FAIL -> ExitCode.VIOLATED;
        };
        return history.record(
                spec.commandLine(),
                code,
                Recorded.gate(
                        gate, result, new Recorded.Circumstances(started, Bezoar.version()), files, clock.instant()));
    }

    /// The files that the gate reads or that belong to the result.
    private List<Path> inputs(Path log, List<String> data) {
        List<Path> inputs = new ArrayList<>(List.of(log));
        OutputFolder.names().forEach(name -> inputs.add(results.folder().resolve(name)));
        policy.ifPresent(inputs::add);
        evaluation.ifPresent(path -> inputs.add(inside(path, EVALUATION)));
        drift.ifPresent(path -> inputs.add(inside(path, DriftFile.NAME)));
        data.stream().filter(name -> !name.equals("-")).map(Path::of).forEach(inputs::add);
        return inputs;
    }

    private static Path inside(Path given, String name) {
        return Files.isDirectory(given) ? given.resolve(name) : given;
    }

    /// What was measured beside the scan, as far as the policy asks. A file the user named must be there.
    private Measured measured(GatePolicy asked, List<Run.File> files) throws IOException {
        Optional<Measured.Evaluated> evaluated = Optional.empty();
        Optional<Binomial> drifted = Optional.empty();
        if (asked.evaluation().isPresent()) {
            Path file = inside(evaluation.orElse(Path.of("bezoar-eval")), EVALUATION);
            if (evaluation.isPresent() || Files.exists(file)) {
                evaluated = Optional.of(EvaluationFile.demands(file));
                files.add(new Run.File(EVALUATION, Digest.of(file)));
            }
        }
        if (asked.drift().isPresent() && drift.isPresent()) {
            Path file = inside(drift.get(), DriftFile.NAME);
            drifted = DriftFile.read(file);
            files.add(new Run.File(DriftFile.NAME, Digest.of(file)));
        }
        return new Measured(evaluated, drifted);
    }

    /// What is asked, and by whom.
    ///
    /// @param name a URI of the policy
    /// @param digest SHA-256 of its bytes, hexadecimal
    private record Asked(GatePolicy policy, String name, String digest) {
        static Asked of(String name, String uri, byte[] bytes) {
            return new Asked(
                    PolicyFile.read(name, bytes), uri, Hasher.digest(bytes).hex());
        }
    }

    private Asked policy() throws IOException {
        if (policy.isEmpty()) {
            if (revision.isPresent()) {
                throw new BadInput("expected --policy beside --policy-from, which names the file in that revision");
            }
            byte[] words = GatePolicy.DEFAULT.toString().getBytes(StandardCharsets.UTF_8);
            return new Asked(
                    GatePolicy.DEFAULT,
                    "https://bezoar.io/policies/default/v1",
                    Hasher.digest(words).hex());
        }
        Path file = policy.get();
        if (revision.isPresent()) {
            return Asked.of(
                    file + " of " + revision.get(),
                    "git:" + revision.get() + ":" + file,
                    fromGit(revision.get(), file));
        }
        return Asked.of(file.toString(), "file:" + file, PolicyFile.bytes(file));
    }

    /// The file as a revision of the repository around the working folder has it.
    private static byte[] fromGit(String revision, Path file) throws IOException {
        BadInput missing = new BadInput("expected the policy " + SafeText.plain(file.toString(), 200)
                + " in the git revision \"" + SafeText.plain(revision, 100)
                + "\", but git does not give it; is it fetched, and is the name relative to this folder?");
        if (revision.isEmpty() || revision.startsWith("-") || revision.contains(":") || file.isAbsolute()) {
            throw missing;
        }
        Process git = new ProcessBuilder("git", "show", revision + ":./" + file)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        git.getOutputStream().close();
        byte[] bytes = git.getInputStream().readNBytes((1 << 20) + 1);
        try {
            if (!git.waitFor(30, TimeUnit.SECONDS) || git.exitValue() != 0) {
                git.destroyForcibly();
                throw missing;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing;
        }
        return bytes;
    }

    private String text(Gate gate) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        for (Check check : gate.checks()) {
            text.entry(
                    check.pillar() + " " + check.state().word(),
                    style(check.state()),
                    check.name() + ": " + check.text(),
                    13,
                    TerminalText.Style.PLAIN);
        }
        text.blank().line(gate.open() ? "Gate open." : "Gate closed: " + why(gate.state()), TerminalText.Style.BOLD);
        return text.toString();
    }

    private static String why(Check.State state) {
        return switch (state) {
            case PASS -> "";
            case PENDING -> "people have not decided yet; bezoar review list shows what.";
            case UNMEASURED -> "something could not be measured.";
            case FAIL -> "the policy is violated.";
        };
    }

    private static TerminalText.Style style(Check.State state) {
        return state == Check.State.PASS ? TerminalText.Style.FAINT : TerminalText.Style.BOLD;
    }

    private static String json(Gate gate, Standards standards) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> GateReports.json(gate, standards, Bezoar.version(), json));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
