package io.bezoar.app.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.CampaignWords;
import io.bezoar.app.report.Explanation;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.ScanRecord;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.app.review.AnnotationFiles;
import io.bezoar.app.review.CampaignKey;
import io.bezoar.app.review.Decision;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.app.review.Standing;
import io.bezoar.core.Campaign;
import io.bezoar.core.Finding;
import io.bezoar.core.ScanResult;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.core.Severity;
import io.bezoar.data.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `bezoar review`: people decide on campaigns and rows.
@Command(
        name = "review",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "People decide on campaigns first, rows second; every decision is kept.",
        synopsisSubcommandLabel = "STEP",
        commandListHeading = "%nSteps:%n",
        footer = {
            "",
            "Examples:",
            "  bezoar review list",
            "  bezoar review accept C1 --reason \"vendor confirmed\" --reviewer ana",
            "  bezoar review reject C2 --reason \"a real product name\" --reviewer ben",
            "  bezoar review relabel t-17 --label refund --reason \"wrong queue\"",
            "  bezoar review undo 3 --reason \"wrong campaign\"",
            "",
            "A campaign of severity high needs two people who say the same; bezoar",
            "gate stays closed until then. Exit codes: 0 done; 2 bad input or usage;",
            "5 the log of decisions was changed."
        })
public final class Review implements Runnable {
    @Option(
            names = "--out",
            defaultValue = "bezoar-out",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of the scan's result (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-out");

    @Option(
            names = "--decisions",
            defaultValue = "bezoar-decisions.jsonl",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The log of decisions (default: ${DEFAULT-VALUE}).")
    private Path decisions = Path.of("bezoar-decisions.jsonl");

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Write one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final InstantSource clock;

    /// @param clock tells when a decision is made
    Review(InstantSource clock) {
        this.clock = clock;
    }

    /// The verb with its steps.
    static CommandLine commandLine(InstantSource clock) {
        Review review = new Review(clock);
        CommandLine verb = new CommandLine(review);
        verb.addSubcommand(review.new ListAll());
        verb.addSubcommand(review.new Show());
        for (Decision.Kind kind : List.of(Decision.Kind.ACCEPT, Decision.Kind.REJECT, Decision.Kind.QUARANTINE)) {
            CommandLine step = new CommandLine(review.new Decide(kind));
            step.getCommandSpec()
                    .usageMessage()
                    .description(
                            switch (kind) {
                                case ACCEPT -> "The finding is right: the rows stay out.";
                                case REJECT -> "A false alarm: the rows stay in.";
                                case QUARANTINE, RELABEL, UNDO -> "The rows stay out until more is known.";
                            });
            verb.addSubcommand(DecisionLog.word(kind), step);
        }
        verb.addSubcommand(review.new Relabel());
        verb.addSubcommand(review.new Undo());
        verb.addSubcommand(review.new Export());
        verb.addSubcommand(review.new Import());
        return verb;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private ScanResult result() throws FindingsReader.UnreadableResult {
        return FindingsReader.read(out.resolve("findings.json"));
    }

    private static Optional<Campaign> campaign(ScanResult result, String id) {
        return result.campaigns().stream()
                .filter(campaign ->
                        campaign.id().equals(id) || CampaignKey.of(campaign).equals(id))
                .findFirst();
    }

    private static Decision.Subject subject(ScanResult result, String id) {
        Optional<Campaign> campaign = campaign(result, id);
        if (campaign.isPresent()) {
            return new Decision.Subject(
                    true, CampaignKey.of(campaign.get()), campaign.get().severity());
        }
        boolean row = result.campaigns().stream().anyMatch(c -> c.rows().contains(id))
                || result.findings().stream().map(Finding::id).anyMatch(id::equals);
        if (!row) {
            throw new BadInput("expected the id of a campaign or of a flagged row, came \"" + SafeText.plain(id, 100)
                    + "\"; bezoar review list shows the campaigns");
        }
        return new Decision.Subject(false, id, Severity.LOW);
    }

    private void print(TerminalText text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    private TerminalText text() {
        Terminal terminal = Terminal.of(spec.commandLine());
        return new TerminalText(terminal.width(), terminal.colour());
    }

    /// `bezoar review list`.
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the campaigns and where each stands.")
    final class ListAll implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            ScanResult result = result();
            DecisionLog log = DecisionLog.read(decisions);
            if (json) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                Json.write(bytes, out -> list(out, result, log));
                spec.commandLine().getOut().print(bytes.toString(StandardCharsets.UTF_8));
                spec.commandLine().getOut().flush();
                return ExitCode.PASS;
            }
            TerminalText text = text();
            for (Campaign campaign : result.campaigns()) {
                text.entry(
                        campaign.id() + " " + DecisionLog.word(campaign.severity()),
                        TerminalText.Style.of(campaign.severity()),
                        CampaignWords.title(campaign) + ", "
                                + Words.count(campaign.rows().size(), "row") + "; "
                                + words(standing(log, campaign)),
                        13,
                        TerminalText.Style.PLAIN);
            }
            if (result.campaigns().isEmpty()) {
                text.line("The scan found no campaign; there is nothing to decide.", TerminalText.Style.PLAIN);
            }
            print(text);
            return ExitCode.PASS;
        }
    }

    private static Standing standing(DecisionLog log, Campaign campaign) {
        return Standing.of(
                log.decisions(), true, CampaignKey.of(campaign), campaign.severity(), Standing.Quorum.DEFAULT);
    }

    private static String words(Standing standing) {
        String voices = standing.voices().values().stream()
                .map(voice -> SafeText.plain(voice.reviewer(), 40) + ": " + DecisionLog.word(voice.kind()))
                .collect(Collectors.joining(", "));
        return switch (standing.state()) {
            case OPEN -> "nobody has decided";
            case WAITING ->
                "waits for " + Words.count(standing.needed() - standing.voices().size(), "more voice") + " (" + voices
                        + ")";
            case DISPUTED -> "disputed (" + voices + ")";
            case DECIDED -> "decided: " + DecisionLog.word(standing.kind().orElseThrow()) + " (" + voices + ")";
        };
    }

    private static void list(JsonGenerator json, ScanResult result, DecisionLog log) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", "bezoar.review/1");
        json.writeStringField("log", log.digest());
        json.writeArrayFieldStart("campaigns");
        for (Campaign campaign : result.campaigns()) {
            Standing standing = standing(log, campaign);
            json.writeStartObject();
            json.writeStringField("id", campaign.id());
            json.writeStringField("key", CampaignKey.of(campaign));
            json.writeStringField("severity", DecisionLog.word(campaign.severity()));
            json.writeNumberField("rows", campaign.rows().size());
            json.writeStringField("state", DecisionLog.word(standing.state()));
            json.writeNumberField("needed", standing.needed());
            json.writeObjectFieldStart("voices");
            for (Map.Entry<String, Decision> voice : standing.voices().entrySet()) {
                json.writeStringField(
                        voice.getKey(), DecisionLog.word(voice.getValue().kind()));
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /// `bezoar review show ID`.
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows everything known about a campaign or row, and what was decided.")
    final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "Id of a campaign or row.")
        private String id = "";

        @Override
        public Integer call() throws IOException, Explanation.UnknownId {
            ScanResult result = result();
            String shown = campaign(result, id).map(Campaign::id).orElse(id);
            Terminal terminal = Terminal.of(spec.commandLine());
            Explanation explanation = Explanation.of(out, shown);
            spec.commandLine()
                    .getOut()
                    .print(json ? explanation.json() : explanation.text(terminal.width(), terminal.colour()));
            if (!json) {
                Decision.Subject subject = subject(result, id);
                TerminalText text = text();
                text.blank();
                DecisionLog.read(decisions).decisions().stream()
                        .filter(decision -> decision.subject().campaign() == subject.campaign()
                                && decision.subject().key().equals(subject.key()))
                        .forEach(decision -> text.entry(
                                "No. " + decision.sequence(),
                                TerminalText.Style.FAINT,
                                line(decision),
                                13,
                                TerminalText.Style.PLAIN));
                print(text);
            }
            return ExitCode.PASS;
        }
    }

    private static String line(Decision decision) {
        return decision.time() + " " + SafeText.plain(decision.reviewer(), 60) + ": "
                + DecisionLog.word(decision.kind())
                + decision.label()
                        .map(label -> " to " + SafeText.plain(label, 100))
                        .orElse("")
                + decision.undoes().map(undone -> " of no. " + undone).orElse("") + ", "
                + SafeText.plain(decision.reason(), 400);
    }

    /// What every decision needs.
    static final class Voice {
        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Option(
                names = "--reviewer",
                paramLabel = "NAME",
                description = "Who decides (default: $BEZOAR_REVIEWER, else the name of the user).")
        private Optional<String> reviewer = Optional.empty();

        @CommandLine.Mixin
        private LedgerOptions ledger = new LedgerOptions();

        String reviewer() {
            return reviewer.orElseGet(() -> {
                String named = System.getenv("BEZOAR_REVIEWER");
                return named == null || named.isBlank() ? System.getProperty("user.name") : named;
            });
        }
    }

    private void decide(
            Voice voice, Decision.Subject subject, Decision.Kind kind, Optional<String> label, ScanResult result)
            throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Optional<JoinedLedger> joined = joined(voice.ledger);
        DecisionLog decided = DecisionLog.append(
                decisions,
                log -> valid(() -> new Decision(
                        log.decisions().size() + 1L,
                        now,
                        voice.reviewer(),
                        subject,
                        kind,
                        label,
                        Optional.empty(),
                        voice.reason,
                        dataSet(result))));
        state(joined, decided, 1);
        tell(decided);
    }

    private static Decision valid(java.util.function.Supplier<Decision> decision) {
        try {
            return decision.get();
        } catch (IllegalArgumentException e) {
            throw new BadInput("expected a decision, but " + e.getMessage());
        }
    }

    private Optional<JoinedLedger> joined(LedgerOptions ledger) throws IOException {
        if (!Files.isRegularFile(out.resolve("findings.json")) || !Files.isRegularFile(out.resolve("run.json"))) {
            return ledger.open(Map.of(), List.of());
        }
        ScanRecord scan = ScanRecord.read(out);
        return ledger.open(
                scan.settings(), scan.files().stream().map(DataFile::name).toList());
    }

    /// States the last decisions of a log in the ledger.
    private void state(Optional<JoinedLedger> joined, DecisionLog log, int decisions) throws IOException {
        if (joined.isEmpty() || decisions == 0) {
            return;
        }
        ScanResult result = result();
        Instant now = clock.instant();
        Activities activities = new Activities(Bezoar.version(), now, now);
        String findings = JoinedLedger.sha256(out.resolve("findings.json"));
        List<Decision> all = log.decisions();
        joined.get()
                .state(all.subList(all.size() - decisions, all.size()).stream()
                        .map(decision -> activities.review(result, findings, decision, log.digest()))
                        .toList());
    }

    private void tell(DecisionLog log) {
        Decision last = log.decisions().getLast();
        print(text().line(
                        "No. " + last.sequence() + " in "
                                + SafeText.plain(log.file().toString(), 200) + ": " + line(last),
                        TerminalText.Style.PLAIN));
    }

    private static String dataSet(ScanResult result) {
        return AnnotationFiles.dataSet(result);
    }

    /// `bezoar review accept|reject|quarantine ID`.
    @Command(mixinStandardHelpOptions = true)
    final class Decide implements Callable<Integer> {
        private final Decision.Kind kind;

        @Parameters(paramLabel = "ID", description = "Id or key of a campaign, or id of a row.")
        private String id = "";

        @CommandLine.Mixin
        private Voice voice = new Voice();

        Decide(Decision.Kind kind) {
            this.kind = kind;
        }

        @Override
        public Integer call() throws IOException {
            ScanResult result = result();
            decide(voice, subject(result, id), kind, Optional.empty(), result);
            return ExitCode.PASS;
        }
    }

    /// `bezoar review relabel ID --label LABEL`.
    @Command(
            name = "relabel",
            mixinStandardHelpOptions = true,
            description = "The rows are honest but carry the wrong label.")
    final class Relabel implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "Id or key of a campaign, or id of a row.")
        private String id = "";

        @Option(names = "--label", required = true, paramLabel = "LABEL", description = "The right label.")
        private String label = "";

        @CommandLine.Mixin
        private Voice voice = new Voice();

        @Override
        public Integer call() throws IOException {
            ScanResult result = result();
            boolean known = result.dataSet().targets().isEmpty()
                    || result.dataSet().targets().stream()
                            .anyMatch(target -> target.name().equals(label));
            if (!known) {
                throw new BadInput("expected a label that the data have, came \"" + SafeText.plain(label, 100) + "\"");
            }
            decide(voice, subject(result, id), Decision.Kind.RELABEL, Optional.of(label), result);
            return ExitCode.PASS;
        }
    }

    /// `bezoar review undo NUMBER`.
    @Command(
            name = "undo",
            mixinStandardHelpOptions = true,
            description = "Takes a decision of one's own back; both stay in the log.")
    final class Undo implements Callable<Integer> {
        @Parameters(paramLabel = "NUMBER", description = "Number of the decision.")
        private long number;

        @CommandLine.Mixin
        private Voice voice = new Voice();

        @Override
        public Integer call() throws IOException {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Optional<JoinedLedger> joined = joined(voice.ledger);
            DecisionLog decided = DecisionLog.append(decisions, log -> {
                Decision undone = log.decisions().stream()
                        .filter(decision -> decision.sequence() == number && decision.kind() != Decision.Kind.UNDO)
                        .findFirst()
                        .orElseThrow(() -> new BadInput("expected the number of a decision, came " + number
                                + "; the log has " + Words.count(log.decisions().size(), "decision")));
                if (!undone.reviewer().strip().equalsIgnoreCase(voice.reviewer().strip())) {
                    throw new BadInput("expected " + SafeText.plain(undone.reviewer(), 60)
                            + " to take back a decision of their own, came "
                            + SafeText.plain(voice.reviewer(), 60) + "; decide otherwise instead");
                }
                return valid(() -> new Decision(
                        log.decisions().size() + 1L,
                        now,
                        voice.reviewer(),
                        undone.subject(),
                        Decision.Kind.UNDO,
                        Optional.empty(),
                        Optional.of(number),
                        voice.reason,
                        undone.dataSet()));
            });
            state(joined, decided, 1);
            tell(decided);
            return ExitCode.PASS;
        }
    }

    /// The file of an annotation tool, and whose it is.
    static final class Exchange {
        @Parameters(paramLabel = "FILE", description = "The annotation tool's file.")
        private Path file = Path.of("review.json");

        @Option(
                names = "--format",
                defaultValue = "argilla",
                paramLabel = "FORMAT",
                description = "argilla or label-studio (default: ${DEFAULT-VALUE}).")
        private String format = "argilla";
    }

    /// `bezoar review export FILE`.
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes the campaigns' shown rows for an annotation tool, without our verdict.")
    final class Export implements Callable<Integer> {
        @CommandLine.Mixin
        private Exchange exchange = new Exchange();

        @Override
        public Integer call() throws IOException {
            AnnotationFiles.Format wanted = AnnotationFiles.format(exchange.format);
            ScanResult result = result();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int rows = AnnotationFiles.write(result, wanted, bytes);
            Aside.write(exchange.file, bytes::writeTo);
            print(text().line(
                            Words.count(rows, "row") + " in " + SafeText.plain(exchange.file.toString(), 200),
                            TerminalText.Style.PLAIN));
            return ExitCode.PASS;
        }
    }

    /// `bezoar review import FILE`.
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Reads what an annotation tool gives back; every answer becomes a decision on a row.")
    final class Import implements Callable<Integer> {
        @CommandLine.Mixin
        private Exchange exchange = new Exchange();

        @CommandLine.Mixin
        private LedgerOptions ledger = new LedgerOptions();

        @Override
        public Integer call() throws IOException {
            ScanResult result = result();
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Optional<JoinedLedger> joined = joined(ledger);
            List<AnnotationFiles.Answer> answers =
                    AnnotationFiles.read(exchange.file, AnnotationFiles.format(exchange.format), result);
            int taken = 0;
            DecisionLog before = DecisionLog.read(decisions);
            for (AnnotationFiles.Answer answer : answers) {
                boolean known = before.decisions().stream()
                        .anyMatch(decision -> decision.subject().key().equals(answer.row())
                                && decision.reviewer().equals(answer.reviewer())
                                && decision.kind() == answer.kind());
                if (!known) {
                    DecisionLog.append(
                            decisions,
                            log -> valid(() -> new Decision(
                                    log.decisions().size() + 1L,
                                    now,
                                    answer.reviewer(),
                                    new Decision.Subject(false, answer.row(), Severity.LOW),
                                    answer.kind(),
                                    answer.label(),
                                    Optional.empty(),
                                    "imported from " + exchange.format,
                                    dataSet(result))));
                    taken++;
                }
            }
            state(joined, DecisionLog.read(decisions), taken);
            print(text().line(
                            Words.count(taken, "decision") + " taken over, " + Words.count(answers.size() - taken)
                                    + " known before",
                            TerminalText.Style.PLAIN));
            return ExitCode.PASS;
        }
    }
}
