package io.bezoar.app.cli;

import io.bezoar.app.gate.Check;
import io.bezoar.app.gate.Gate;
import io.bezoar.app.gate.GatePolicy;
import io.bezoar.app.gate.GateReports;
import io.bezoar.app.gate.LedgerNow;
import io.bezoar.app.gate.PolicyFile;
import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.ScanRecord;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.core.ScanResult;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.data.BadInput;
import io.bezoar.ledger.merkle.Hasher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
            "could not be measured; 4 people have not decided yet; 5 a result or the",
            "log of decisions was changed."
        })
public final class GateVerb implements Callable<Integer> {
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
            defaultValue = "bezoar-decisions.jsonl",
            paramLabel = "FILE",
            description = "The log of decisions (default: ${DEFAULT-VALUE}).")
    private Path decisions = Path.of("bezoar-decisions.jsonl");

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

    @Override
    public Integer call() throws IOException {
        Instant started = clock.instant();
        Asked asked = policy();
        ScanRecord scan = ScanRecord.read(results.folder()); // refuses a result that was replaced by half
        ScanResult result = FindingsReader.read(results.folder().resolve("findings.json"));
        Optional<JoinedLedger> joined = ledger.open(
                scan.settings(), scan.files().stream().map(DataFile::name).toList());
        Optional<LedgerNow> now =
                joined.isPresent() && result.dataSet().ledger().isPresent()
                        ? Optional.of(joined.get().now(result.dataSet().ledger().get()))
                        : Optional.empty();
        Gate gate = Gate.of(
                result,
                DecisionLog.read(decisions).decisions(),
                asked.policy(),
                LocalDate.ofInstant(started, ZoneOffset.UTC),
                now);
        if (junit.isPresent()) {
            Aside.write(junit.get(), to -> GateReports.junit(gate, to));
        }
        if (markdown.isPresent()) {
            Aside.write(
                    markdown.get(), to -> to.write(GateReports.markdown(gate).getBytes(StandardCharsets.UTF_8)));
        }
        if (joined.isPresent()) {
            joined.get()
                    .state(new Activities(Bezoar.version(), started, clock.instant())
                            .gate(result, gate.open(), asked.name(), asked.digest()));
        }
        spec.commandLine().getOut().print(results.json() ? json(gate) : text(gate));
        spec.commandLine().getOut().flush();
        return switch (gate.state()) {
            case PASS -> ExitCode.PASS;
            case PENDING -> ExitCode.PENDING;
            case UNMEASURED -> ExitCode.INCOMPLETE;
            case FAIL -> ExitCode.VIOLATED;
        };
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
        try {
            if (Files.size(file) > 1 << 20) {
                throw new BadInput("expected at most 1 MiB in the policy " + SafeText.plain(file.toString(), 200));
            }
            return Asked.of(file.toString(), "file:" + file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new BadInput("expected a policy at " + SafeText.plain(file.toString(), 200) + ", found no such file");
        }
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

    private static String json(Gate gate) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> GateReports.json(gate, Bezoar.version(), json));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
