package io.bezoar.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.BrokenResult;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.ScanPlace;
import io.bezoar.app.report.ScanRecord;
import io.bezoar.app.report.ScoredRows;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.app.review.Rulings;
import io.bezoar.core.Action;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.data.Problems;
import io.bezoar.data.RowIds;
import io.bezoar.data.Splitter;
import io.bezoar.ledger.Attestations;
import io.bezoar.ledger.sign.Statement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar apply`: writes the clean and the quarantined set of scanned data.
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes the clean and the quarantined set; kept rows keep every byte.",
        footer = {
            "",
            "Examples:",
            "  bezoar apply                             the data scanned last",
            "  bezoar apply tickets.jsonl --to cleaned  into a folder of your choice",
            "  bezoar apply --review                    rows for review go aside, too",
            "",
            "Of train.jsonl come train.clean.jsonl, train.quarantine.jsonl and, where",
            "there is something to put in them, train.review.jsonl and",
            "train.malformed.jsonl. A file of such a name that an earlier apply did",
            "not write is never replaced: apply refuses and names it.",
            "",
            "Exit codes: 0 done; 2 bad input or usage; 3 incomplete; 5 these are not",
            "the data that were scanned."
        })
public final class Apply implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "DATA",
            description = "The data that were scanned (default: as the scan names them).")
    private List<String> data = List.of();

    @Mixin
    private ResultOptions results = new ResultOptions();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder for the sets (default: applied in the result's folder).")
    private Optional<Path> to = Optional.empty();

    @Option(
            names = "--quarantine",
            defaultValue = "high",
            paramLabel = "LEVEL",
            description = "Quarantine rows of proved attacks: high; or those for review as well: medium"
                    + " (default: ${DEFAULT-VALUE}).")
    private String quarantine = "high";

    @Option(
            names = "--decisions",
            defaultValue = DecisionLog.USUAL,
            paramLabel = "FILE",
            description = "The log of what people decided, which goes before the scan (default: ${DEFAULT-VALUE}).")
    private Path decisions = Path.of(DecisionLog.USUAL);

    @Option(names = "--review", description = "Set rows for review aside as well, in files of their own.")
    private boolean review;

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    Apply() {}

    @Override
    public Integer call() throws IOException {
        if (!quarantine.equals("high") && !quarantine.equals("medium")) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--quarantine must be high or medium, not \"" + quarantine + "\"");
        }
        Instant started = Instant.now();
        ScanRecord scan = ScanRecord.read(results.folder());
        ScanPlace place = ScanPlace.of(results.folder());
        Path log = DecisionLog.at(decisions, place);
        List<String> paths = data.isEmpty() ? place.data(scan.files()) : data;
        if (data.isEmpty() && paths.contains("-")) {
            throw new BadInput("expected the data that were scanned, which came from standard input; name them");
        }
        Optional<JoinedLedger> joined = ledger.open(place.settings(scan.settings()), paths);
        try (DataSet dataSet = DataSet.open(paths, reading.settings(scan.settings(), results.folder()));
                ScoredRows scores = ScoredRows.open(results.folder())) {
            same(scan.files(), dataSet.files());
            if (to.isPresent()) {
                apart(to.get(), dataSet.files());
            }
            RowIds ids =
                    RowIds.of(new LocalEngine(Runtime.getRuntime().availableProcessors()).fold(dataSet, RowIds.fold()));
            Decision decision = new Decision(scores, rulings(log));
            Path folder = to.orElse(results.folder().resolve("applied"));
            AppliedFolder sets = new AppliedFolder(folder);
            Consumer<Splitter.Split> check = found -> {
                decision.check(scan, found);
                sets.vouch(found.sets());
            };
            Splitter.Split split = Splitter.split(dataSet, ids, decision::of, check, folder);
            sets.settle();
            long unread = dataSet.problems().of(Problems.Kind.UNREAD).count();
            if (joined.isPresent()) {
                state(joined.get(), dataSet.files(), log, split, started);
            }
            PrintWriter output = spec.commandLine().getOut();
            output.print(results.json() ? json(split, unread, decision) : text(split, unread, decision));
            output.flush();
            if (unread > 0) {
                Incomplete.tell(spec.commandLine(), dataSet.problems());
                return ExitCode.INCOMPLETE;
            }
            return ExitCode.PASS;
        }
    }

    private void state(JoinedLedger joined, List<DataFile> read, Path log, Splitter.Split split, Instant started)
            throws IOException {
        Path findings = results.folder().resolve("findings.json");
        List<Attestations.Material> materials = new ArrayList<>(JoinedLedger.read(read));
        materials.add(JoinedLedger.material(findings));
        if (Files.isRegularFile(log)) {
            materials.add(JoinedLedger.material(log));
        }
        FindingsReader.read(findings).dataSet().ledger().ifPresent(said -> materials.addAll(joined.materials(said)));
        List<Statement.Subject> written = new ArrayList<>();
        for (Path file : files(split)) {
            written.add(JoinedLedger.subject(file));
        }
        joined.state(new Activities(Bezoar.version(), started, Instant.now())
                .transform(
                        written,
                        "apply",
                        Map.of("quarantine", quarantine, "review", Boolean.toString(review)),
                        materials));
    }

    private Rulings rulings(Path file) throws IOException {
        DecisionLog log = DecisionLog.read(file);
        return log.decisions().isEmpty()
                ? new Rulings(Map.of(), Map.of())
                : Rulings.of(log, FindingsReader.read(results.folder().resolve("findings.json")));
    }

    /// What becomes of each row. Owned by one thread.
    private final class Decision {
        private final ScoredRows scores;
        private final Rulings rulings;
        private long review;
        private long quarantine;

        Decision(ScoredRows scores, Rulings rulings) {
            this.scores = scores;
            this.rulings = rulings;
        }

        Action of(String id) {
            ScoredRows.Scored scored = scores.next(id);
            Action action = ofScan(scored.action());
            return rulings.of(id, scored.campaign()).orElse(action);
        }

        private Action ofScan(Action action) {
            return switch (action) {
                case KEEP -> Action.KEEP;
                case REVIEW -> {
                    review++;
                    yield Apply.this.quarantine.equals("medium")
                            ? Action.QUARANTINE
                            : Apply.this.review ? Action.REVIEW : Action.KEEP;
                }
                case QUARANTINE -> {
                    quarantine++;
                    yield Action.QUARANTINE;
                }
            };
        }

        /// Does everything add up?
        void check(ScanRecord scan, Splitter.Split split) {
            scores.end();
            if (split.rows() != scan.rows()
                    || review != scan.flagged().review()
                    || quarantine != scan.flagged().quarantine()) {
                throw new BrokenResult("expected "
                        + counts(
                                scan.rows(),
                                scan.flagged().review(),
                                scan.flagged().quarantine())
                        + " as findings.json says, came " + counts(split.rows(), review, quarantine)
                        + " in scores.csv: one of them was changed; run bezoar scan again");
            }
        }

        private static String counts(long rows, long review, long quarantine) {
            return Words.count(rows, "row") + ", " + Words.count(review) + " for review and " + Words.count(quarantine)
                    + " for quarantine";
        }
    }

    /// Would the sets lie with the data? The next scan of the folder would read every row twice.
    private static void apart(Path sets, List<DataFile> read) throws IOException {
        Path there =
                Files.exists(sets) ? sets.toRealPath() : sets.toAbsolutePath().normalize();
        for (DataFile file : read) {
            Path data = Path.of(file.name());
            if (file.name().equals("-") || !Files.exists(data)) {
                continue;
            }
            Path real = data.toRealPath();
            if (file.folder() ? there.startsWith(real) : there.equals(real.getParent())) {
                throw new BadInput("expected a folder apart from the data, came \""
                        + SafeText.plain(sets.toString(), 400) + "\", where \"" + SafeText.plain(file.name(), 400)
                        + "\" lies: the next scan of it would read every row twice; name another folder with --to");
            }
        }
    }

    /// Are these the files that were scanned, in the order in which they were?
    static void same(List<DataFile> scanned, List<DataFile> now) {
        if (scanned.size() != now.size()) {
            throw new BrokenResult("expected as many files as were scanned, " + scanned.size() + ", came "
                    + Words.count(now.size()) + "; name the same, or scan again");
        }
        List<String> before = scanned.stream().map(DataFile::sha256).toList();
        List<String> after = now.stream().map(DataFile::sha256).toList();
        if (before.equals(after)) {
            return;
        }
        if (before.stream().sorted().toList().equals(after.stream().sorted().toList())) {
            throw new BrokenResult("expected the files in the order in which they were scanned, came another;"
                    + " name them as in findings.json");
        }
        for (int i = 0; i < scanned.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                throw new BrokenResult("expected the data that were scanned, but \""
                        + now.get(i).name() + "\" is not \"" + scanned.get(i).name() + "\" as it was then ("
                        + told(now.get(i)) + "; then " + told(scanned.get(i)) + "); scan again");
            }
        }
    }

    private static String told(DataFile file) {
        return Words.count(file.bytes(), "byte") + ", SHA-256 "
                + (file.sha256().isEmpty()
                        ? "unknown"
                        : file.sha256().substring(0, Math.min(12, file.sha256().length())) + "…");
    }

    private String text(Splitter.Split split, long unread, Decision decision) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        text.entry("Clean", Words.count(split.kept(), "row") + kept(decision));
        text.entry("Quarantine", Words.count(split.quarantined(), "row"));
        text.entry("Review", Words.count(split.review(), "row") + " set aside");
        text.entry("Malformed", Words.count(split.malformed(), "piece"));
        text.entry(
                "Together",
                Words.count(split.rows() + split.malformed(), "piece") + " read"
                        + (unread == 0
                                ? ""
                                : "; incomplete: " + Words.count(unread, "file")
                                        + " could not be read, or not to the end"));
        List<Splitter.Made> written = split.written();
        boolean several = written.stream().map(Splitter.Made::input).distinct().count() > 1;
        for (int i = 0; i < written.size(); i++) {
            String from = several ? SafeText.plain(written.get(i).input(), 400) + " -> " : "";
            text.entry(
                    i == 0 ? "Written" : "",
                    from + SafeText.plain(written.get(i).file().orElseThrow().toString(), 400));
        }
        return text.toString();
    }

    private String kept(Decision decision) {
        return decision.review == 0 || review || quarantine.equals("medium")
                ? ""
                : ", " + Words.count(decision.review) + " of them for review: --review sets them aside";
    }

    private static List<Path> files(Splitter.Split split) {
        return split.written().stream()
                .flatMap(made -> made.file().stream())
                .sorted(Comparator.comparing(Path::toString))
                .toList();
    }

    private static String json(Splitter.Split split, long unread, Decision decision) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> write(json, split, unread, decision));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator json, Splitter.Split split, long unread, Decision decision)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", "bezoar.applied/1");
        json.writeStringField("version", Bezoar.version());
        json.writeNumberField("clean", split.kept());
        json.writeNumberField("quarantine", split.quarantined());
        json.writeNumberField("review", split.review());
        json.writeNumberField("malformed", split.malformed());
        json.writeNumberField("pieces", split.rows() + split.malformed());
        json.writeNumberField("unread", unread);
        json.writeNumberField("forReview", decision.review);
        json.writeArrayFieldStart("files");
        for (Path file : files(split)) {
            json.writeString(file.toString());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("sets");
        for (Splitter.Made written : split.written()) {
            json.writeStartObject();
            json.writeStringField("input", written.input());
            json.writeStringField("set", written.set());
            json.writeStringField("file", written.file().orElseThrow().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
