package io.bezoar.app.cli;

import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.ScanPlace;
import io.bezoar.app.report.ScanRecord;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.WholeResult;
import io.bezoar.app.review.CampaignKey;
import io.bezoar.app.review.Decision;
import io.bezoar.app.review.DecisionLog;
import io.bezoar.app.review.Person;
import io.bezoar.app.review.Rulings;
import io.bezoar.core.Campaign;
import io.bezoar.core.Finding;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.data.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            defaultValue = DecisionLog.USUAL,
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The log of decisions (default: ${DEFAULT-VALUE}).")
    private Path decisions = Path.of(DecisionLog.USUAL);

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
        verb.addSubcommand(new ReviewReading.ListAll(review));
        verb.addSubcommand(new ReviewReading.Show(review));
        for (Decision.Kind kind : List.of(Decision.Kind.ACCEPT, Decision.Kind.REJECT, Decision.Kind.QUARANTINE)) {
            CommandLine step = new CommandLine(new ReviewDeciding.Decide(review, kind));
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
        verb.addSubcommand(new ReviewDeciding.Relabel(review));
        verb.addSubcommand(new ReviewDeciding.Undo(review));
        verb.addSubcommand(new ReviewExchange.Export(review));
        verb.addSubcommand(new ReviewExchange.Import(review));
        return verb;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Folder of the scan's result.
    Path out() {
        return out;
    }

    /// The log of decisions.
    Path decisions() {
        return DecisionLog.at(decisions, ScanPlace.of(out));
    }

    /// Is one JSON object asked for?
    boolean json() {
        return json;
    }

    /// The time of a decision that is made now.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /// What the scan found.
    ScanResult result() throws FindingsReader.UnreadableResult {
        if (!Files.isRegularFile(out.resolve("findings.json"))) {
            return FindingsReader.read(out.resolve("findings.json")); // which says what to do
        }
        WholeResult.check(out);
        return FindingsReader.read(out.resolve("findings.json"));
    }

    /// The campaign of an id or key.
    static Optional<Campaign> campaign(ScanResult result, String id) {
        return result.campaigns().stream()
                .filter(campaign ->
                        campaign.id().equals(id) || CampaignKey.of(campaign).equals(id))
                .findFirst();
    }

    /// What a decision on an id of a campaign or row is about.
    static Decision.Subject subject(ScanResult result, String id) {
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
        return row(result, id);
    }

    /// A decision on a row as its subject.
    static Decision.Subject row(ScanResult result, String id) {
        return new Decision.Subject(
                false, id, Rulings.severities(Set.of(id), result).getOrDefault(id, Severity.LOW));
    }

    /// Prints a text.
    void print(Object text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    /// Width and colours of the terminal.
    Terminal terminal() {
        return Terminal.of(spec.commandLine());
    }

    /// An empty text for the terminal.
    TerminalText text() {
        Terminal terminal = terminal();
        return new TerminalText(terminal.width(), terminal.colour());
    }

    /// A decision in a line.
    static String line(Decision decision) {
        return decision.time() + " " + SafeText.plain(decision.reviewer(), 60) + ": "
                + DecisionLog.word(decision.kind())
                + decision.label()
                        .map(label -> " to " + SafeText.plain(label, 100))
                        .orElse("")
                + decision.undoes().map(undone -> " of no. " + undone).orElse("") + ", "
                + SafeText.plain(decision.reason(), 400);
    }

    /// The name of who decides, or what is wrong with it.
    static String named(String reviewer) {
        Person.fault(reviewer).ifPresent(fault -> {
            throw new BadInput("expected the name of a person who decides, came \"" + SafeText.plain(reviewer, 200)
                    + "\", which " + fault + "; write it plainly");
        });
        return reviewer;
    }

    /// A decision, or what is wrong with it.
    static Decision valid(java.util.function.Supplier<Decision> decision) {
        try {
            return decision.get();
        } catch (IllegalArgumentException e) {
            throw new BadInput("expected a decision, but " + e.getMessage());
        }
    }

    /// The ledger that the scan or the options name.
    Optional<JoinedLedger> joined(LedgerOptions ledger) throws IOException {
        if (!Files.isRegularFile(out.resolve("findings.json")) || !Files.isRegularFile(out.resolve("run.json"))) {
            return ledger.open(Map.of(), List.of());
        }
        ScanRecord scan = ScanRecord.read(out);
        ScanPlace place = ScanPlace.of(out);
        return ledger.open(place.settings(scan.settings()), place.data(scan.files()));
    }

    /// States the last decisions of a log in the ledger.
    void state(Optional<JoinedLedger> joined, DecisionLog log, int decisions) throws IOException {
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

    /// Prints the last decision of a log.
    void tell(DecisionLog log) {
        Decision last = log.decisions().getLast();
        print(text().line(
                        "No. " + last.sequence() + " in "
                                + SafeText.plain(log.file().toString(), 200) + ": " + line(last),
                        TerminalText.Style.PLAIN));
    }
}
