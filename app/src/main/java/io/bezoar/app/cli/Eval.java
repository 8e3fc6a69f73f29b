package io.bezoar.app.cli;

import io.bezoar.app.evaluation.DiscoveredParts;
import io.bezoar.app.evaluation.EvaluationFile;
import io.bezoar.app.history.HistoryOptions;
import io.bezoar.app.history.Recorded;
import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.Evaluation;
import io.bezoar.evaluate.Grading;
import io.bezoar.evaluate.Outcome;
import io.bezoar.evaluate.Suite;
import io.bezoar.evaluate.SuiteFile;
import io.bezoar.evaluate.model.AnswerLines;
import io.bezoar.evaluate.model.Embeddings;
import io.bezoar.evaluate.model.Model;
import io.bezoar.evaluate.model.Question;
import io.bezoar.evaluate.model.RecordedModel;
import io.bezoar.evaluate.model.Unreachable;
import io.bezoar.evaluate.slice.Discovery;
import io.bezoar.history.Digest;
import io.bezoar.history.Subject;
import io.bezoar.ledger.sign.Statement;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar eval`: what a model makes of a suite.
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Judges a model on average, on slices, on critical items and on triggered inputs.",
        footer = {
            "",
            "Examples:",
            "  bezoar eval bezoar-model --suite suite.yaml",
            "  bezoar eval --suite suite.yaml --endpoint http://localhost:8000/v1 --model mine",
            "  bezoar eval --suite suite.yaml --command \"python answer.py\"",
            "  bezoar eval --suite suite.yaml --emit prompts.jsonl      questions to take elsewhere",
            "  bezoar eval --suite suite.yaml --outputs answers.jsonl   answers made elsewhere",
            "",
            "The key of an endpoint is read from BEZOAR_API_KEY and written nowhere.",
            "Exit codes: 0 all demands met; 1 one is not; 2 bad input or usage;",
            "3 inconclusive: too few items to say, or the model could not be asked."
        })
public final class Eval implements Callable<Integer> {
    @Option(
            names = "--suite",
            required = true,
            paramLabel = "FILE",
            description = "What the model must do, see docs/eval.md.")
    private Path suite = Path.of("suite.yaml");

    @ArgGroup(multiplicity = "1")
    private Answering asked = new Answering();

    /// Who is asked, or where the answers are.
    static final class Answering extends Asked {
        @Option(names = "--outputs", paramLabel = "FILE", description = "Answers made elsewhere: {id, output} lines.")
        private Optional<Path> outputs = Optional.empty();

        @Option(names = "--emit", paramLabel = "FILE", description = "Only write the questions: {id, input} lines.")
        private Optional<Path> emit = Optional.empty();
    }

    @Option(
            names = "--out",
            defaultValue = "bezoar-eval",
            paramLabel = "DIR",
            description = "Folder for evaluation.json and the journal of answers (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-eval");

    @Option(
            names = "--judge",
            paramLabel = "WORDS",
            description = "For a suite with grade: {judge: …}: a command that reads {id, input} and writes {id, output}"
                    + " lines with yes or no.")
    private Optional<String> judge = Optional.empty();

    @Option(
            names = "--embedding-model",
            paramLabel = "NAME",
            description = "For a suite with grade: {meaning: …}: the model that gives answers vectors.")
    private Optional<String> embeddingModel = Optional.empty();

    @Option(
            names = "--embeddings",
            paramLabel = "URL",
            description = "Where that model is, up to and with /v1 (default: the --endpoint).")
    private Optional<URI> embeddings = Optional.empty();

    @Mixin
    private AskOptions asking = new AskOptions();

    @Option(
            names = "--prompt-file",
            paramLabel = "FILE",
            description = "The prompt the model works with; its digest is kept in the history.")
    private Optional<Path> prompt = Optional.empty();

    @Option(
            names = "--model-file",
            paramLabel = "FILE",
            description = "The model's file; its digest is kept in the history.")
    private Optional<Path> weights = Optional.empty();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(
            names = "--artifact",
            paramLabel = "FILE",
            description = "Files of the model that is asked, which the ledger's statement is about (default: the"
                    + " answers).")
    private List<Path> artifacts = List.of();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Option(names = "--json", description = "Print evaluation.json.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    Eval() {}

    @Override
    public Integer call() throws IOException {
        Instant started = Instant.now();
        Suite asks = SuiteFile.read(suite);
        List<Question> questions = Evaluation.questions(asks);
        if (asked.emit.isPresent()) {
            OutputPlace.file(
                    asked.emit.get(),
                    "--emit",
                    SuiteFile.files(suite).stream().map(Path::toString).toList());
            return emit(questions, asked.emit.get());
        }
        history.check(spec.commandLine());
        Optional<String> promptDigest = digest(prompt);
        Optional<String> modelDigest = digest(weights.or(() -> asked.file().map(Train::file)));
        Optional<JoinedLedger> joined = ledger.open(Map.of(), List.of());
        for (Path artifact : artifacts) {
            if (!Files.isRegularFile(artifact)) {
                throw new BadInput("expected a file of the model at " + SafeText.plain(artifact.toString(), 200)
                        + ", found no such file");
            }
        }
        OutputPlace.folder(out, "--out");
        Files.createDirectories(out);
        Evaluation evaluation = evaluated(asks);
        if (evaluation.missing() >= questions.size()) {
            throw new Unreachable(
                    "expected answers of the model, but none of " + Words.count(questions.size(), "question")
                            + " has one: " + evaluation.verdicts().getFirst().text());
        }
        Set<String> wrong = evaluation.verdicts().stream()
                .filter(verdict -> !verdict.right())
                .map(Evaluation.Verdict::id)
                .collect(Collectors.toSet());
        List<Discovery.Part> found = Discovery.usual(asking.seed()).of(asks.items(), wrong);
        Path file = out.resolve("evaluation.json");
        String suiteDigest = digest(questions, asks);
        Aside.write(file, to -> EvaluationFile.write(evaluation, found, suiteDigest, Bezoar.version(), to));
        if (joined.isPresent()) {
            state(joined.get(), evaluation, suiteDigest, file, started);
        }
        spec.commandLine().getOut().print(json ? Files.readString(file) : text(evaluation, found, file));
        spec.commandLine().getOut().flush();
        int code = switch (evaluation.state()) {
            case PASS -> ExitCode.PASS;
            case INCONCLUSIVE -> ExitCode.INCOMPLETE;
            case FAIL -> ExitCode.VIOLATED;
        };
        return history.record(
                spec.commandLine(),
                code,
                Recorded.evaluation(
                        evaluation,
                        new Subject(
                                Optional.of(suiteDigest), Optional.of(evaluation.model()), modelDigest, promptDigest),
                        asking.seed(),
                        settings(),
                        new Recorded.Circumstances(started, Bezoar.version()),
                        file,
                        Instant.now()));
    }

    private static Optional<String> digest(Optional<Path> file) throws IOException {
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            throw new BadInput("expected a file at " + SafeText.plain(file.get().toString(), 200) + ", found none");
        }
        return file.isPresent() ? Optional.of(Digest.of(file.get())) : Optional.empty();
    }

    private Evaluation evaluated(Suite asks) throws IOException {
        boolean judged = asks.grade() instanceof Grading.Judged;
        if (judged != judge.isPresent()) {
            throw new BadInput(
                    judged
                            ? "expected a judge for a suite with grade: {judge: …}, came none; name one with --judge"
                            : "expected --judge beside a suite with grade: {judge: …}, came another grade");
        }
        Model model = model();
        model.known().ifPresent(asks::refuseForeign);
        return Evaluation.of(asks, model, judge.map(asking::command), embeddings(asks));
    }

    private Optional<Embeddings> embeddings(Suite asks) {
        boolean meant = asks.grade() instanceof Grading.Meaning;
        if (meant != embeddingModel.isPresent()) {
            throw new BadInput(
                    meant
                            ? "expected a model of embeddings for a suite with grade: {meaning: …}, came none; name one"
                                    + " with --embedding-model"
                            : "expected --embedding-model beside a suite with grade: {meaning: …}, came another grade");
        }
        return embeddingModel.map(name -> asking.embeddings(
                embeddings
                        .or(asked::endpoint)
                        .orElseThrow(() ->
                                new BadInput("expected the address of the model of embeddings, came none; name it with"
                                        + " --embeddings")),
                name,
                out.resolve("embeddings.jsonl")));
    }

    /// What was sent, and what judged.
    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(asking.sent());
        embeddingModel.ifPresent(name -> settings.put("embedding-model", name));
        return settings;
    }

    private void state(JoinedLedger joined, Evaluation evaluation, String suiteDigest, Path file, Instant started)
            throws IOException {
        List<Statement.Subject> about = new ArrayList<>();
        for (Path artifact : about(file)) {
            about.add(JoinedLedger.subject(artifact));
        }
        joined.state(new Activities(Bezoar.version(), started, Instant.now())
                .evaluation(
                        about,
                        JoinedLedger.sha256(file),
                        suiteDigest,
                        evaluation.state().name().toLowerCase(Locale.ROOT)));
    }

    /// What the statement is about: the files named, else the model's own, else the answers.
    private List<Path> about(Path evaluation) {
        return artifacts.isEmpty()
                ? List.of(asked.file().map(Train::file).or(() -> asked.outputs).orElse(evaluation))
                : artifacts;
    }

    private int emit(List<Question> questions, Path file) throws IOException {
        Aside.write(file, to -> {
            for (Question question : questions) {
                to.write(AnswerLines.line(question));
                to.write('\n');
            }
        });
        spec.commandLine()
                .getOut()
                .println(Words.count(questions.size(), "question") + " in " + SafeText.plain(file.toString(), 200)
                        + "; answer them as {\"id\": …, \"output\": …} lines");
        spec.commandLine().getOut().flush();
        return ExitCode.PASS;
    }

    private Model model() {
        Optional<Model> named = asked.model(asking, out);
        if (named.isPresent()) {
            return named.get();
        }
        Path outputs = asked.outputs.orElseThrow(() -> new BadInput(
                "expected someone to ask: MODEL, --endpoint, --command, --outputs or, to ask elsewhere, --emit"));
        if (!Files.isRegularFile(outputs)) {
            throw new BadInput(
                    "expected answers at " + SafeText.plain(outputs.toString(), 200) + ", found no such file");
        }
        return new RecordedModel(outputs);
    }

    /// What was asked and what was right, so that only evaluations of the same are compared.
    private static String digest(List<Question> questions, Suite suite) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            questions.forEach(question -> digest.update(AnswerLines.line(question)));
            suite.items().forEach(item -> digest.update(item.expected().getBytes(StandardCharsets.UTF_8)));
            digest.update(suite.grade().name().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private String text(Evaluation evaluation, List<Discovery.Part> found, Path file) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        for (Outcome outcome : evaluation.outcomes()) {
            text.entry(
                    outcome.kind() + " " + word(outcome.state()),
                    outcome.state() == Outcome.State.PASS ? TerminalText.Style.FAINT : TerminalText.Style.BOLD,
                    line(outcome),
                    16,
                    TerminalText.Style.PLAIN);
        }
        DiscoveredParts.tell(found, "wrong", text);
        if (evaluation.missing() > 0) {
            text.line(
                    Words.count(evaluation.missing(), "answer") + " missing; each counts as a failure.",
                    TerminalText.Style.PLAIN);
        }
        text.line("Written to " + SafeText.plain(file.toString(), 200), TerminalText.Style.FAINT);
        return text.toString();
    }

    private static String word(Outcome.State state) {
        return switch (state) {
            case PASS -> "PASS";
            case INCONCLUSIVE -> "????";
            case FAIL -> "FAIL";
        };
    }

    private static String line(Outcome outcome) {
        String counts = outcome.counts().hits() + " of " + outcome.counts().trials();
        return SafeText.plain(outcome.name(), 80) + ": "
                + switch (outcome.kind()) {
                    case "triggered" -> "attack succeeds on " + counts;
                    case "behaviour", "required" -> "shown by " + counts;
                    default -> counts + " right";
                }
                + String.format(
                        Locale.ROOT,
                        ", %.1f %% [%.1f to %.1f], %s %.1f %%",
                        100 * outcome.counts().share(),
                        100 * outcome.low(),
                        100 * outcome.high(),
                        outcome.capped() ? "at most" : "at least",
                        100 * outcome.bound());
    }
}
