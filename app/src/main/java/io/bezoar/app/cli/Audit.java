package io.bezoar.app.cli;

import com.google.auto.service.AutoService;
import io.bezoar.app.gate.GatePolicy;
import io.bezoar.app.gate.PolicyFile;
import io.bezoar.app.gate.PolicyRuling;
import io.bezoar.app.history.HistoryOptions;
import io.bezoar.app.history.Recorded;
import io.bezoar.app.history.RecordedAudit;
import io.bezoar.app.report.AuditFile;
import io.bezoar.app.report.AuditPage;
import io.bezoar.app.report.AuditRecord;
import io.bezoar.app.report.AuditWords;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.attack.Attack;
import io.bezoar.attack.Catalog;
import io.bezoar.attack.Kind;
import io.bezoar.attack.Misfit;
import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.Part;
import io.bezoar.core.ScanResult;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.lab.Arena;
import io.bezoar.lab.Journal;
import io.bezoar.lab.Resistance;
import io.bezoar.lab.ScanDefence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar audit`: how many poisoned rows it takes to get past the scan.
@AutoService(Joined.class)
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Finds out how many poisoned rows it would take to get past the scan, on your own data.",
        footer = {
            "",
            "Examples:",
            "  bezoar audit tickets.jsonl",
            "        every attack with a trigger, up to one row of a hundred, 3 seeds",
            "  bezoar audit tickets.jsonl --attacks rare-word,trigger=zx --attacks sentence",
            "        two attacks",
            "  bezoar audit tickets.jsonl --budget 1..300 --seeds 10",
            "        more rows, tighter ranges",
            "  bezoar audit tickets.jsonl --policy bezoar.yaml",
            "        what gets past the gate, not past the scan",
            "",
            "The result goes into bezoar-audit/: audit.html to read, audit.json for",
            "programs. An audit that was stopped goes on where it was when it is started",
            "again with the same data.",
            "",
            "Exit codes: 0 done; 2 bad input or usage; 3 could not be written."
        })
public final class Audit implements Callable<Integer>, Joined {
    private static final int INDENT = 22;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DATA", description = "Files, folders or globs; - for standard input.")
    private List<String> data = List.of();

    @Option(
            names = "--attacks",
            paramLabel = "NAME[,k=v]",
            description =
                    "An attack; may be repeated (default: all with a trigger that fit; bezoar attack --list has them).")
    private List<String> attacks = List.of();

    @Option(
            names = "--budget",
            paramLabel = "1..N",
            description = "Counts tried (default: up to one training row of a hundred).")
    private Optional<String> budget = Optional.empty();

    @Option(names = "--seeds", paramLabel = "K", defaultValue = "3", description = "How many seeds (default: 3).")
    private int seeds = 3;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "The first of them (default: 0).")
    private long seed;

    @Option(
            names = "--found-at",
            paramLabel = "ACTION",
            description = "What counts as found: review, or quarantine alone (default: review).")
    private Optional<String> foundAt = Optional.empty();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "Found is what keeps the gate of this policy closed, and what bezoar apply takes out by itself.")
    private Optional<Path> policy = Optional.empty();

    @Option(
            names = "--out",
            defaultValue = "bezoar-audit",
            paramLabel = "DIR",
            description = "Folder for the result (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-audit");

    @Mixin
    private ThreadOptions workers = new ThreadOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Option(names = "--json", description = "Print audit.json.")
    private boolean json;

    /// For the service loader.
    public Audit() {}

    @Override
    public void join() {
        Catalog.all();
        Journal.inMemory();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seeds < 1 || seeds > 1000) {
            throw usage("--seeds must be 1 to 1000, not " + seeds);
        }
        Instant started = Instant.now();
        history.check(spec.commandLine());
        if (policy.isPresent() && foundAt.isPresent()) {
            throw usage("expected one of --policy and --found-at, which both say what counts as found");
        }
        OutputPlace.folder(out, "--out");
        Action from = from();
        int most = budget();
        Optional<GatePolicy> gate = Optional.empty();
        if (policy.isPresent()) {
            gate = Optional.of(PolicyFile.read(policy.get()));
        }
        List<Attack> named = attacks.stream().map(this::attack).toList();
        try (DataSet dataSet = DataSet.open(data, reading.settings(Map.of(), out))) {
            return audit(dataSet, named, most, from, gate.map(PolicyRuling::new), started);
        } catch (Misfit e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private int audit(
            DataSet dataSet, List<Attack> named, int most, Action from, Optional<PolicyRuling> ruling, Instant started)
            throws IOException, InterruptedException {
        Terminal terminal = Terminal.of(spec.commandLine());
        Arena arena = new Arena(rows(dataSet), ruling.map(ScanDefence::new).orElseGet(ScanDefence::new), from);
        ruling.ifPresent(each -> possible(each, arena));
        List<Attack> chosen = named.isEmpty() ? usual(arena) : named;
        int limit = most > 0 ? most : Math.max(1, arena.training().rows().size() / 100);
        var audit = new io.bezoar.lab.Audit(arena, chosen, limit, seeds, seed);
        audit.check();
        Files.createDirectories(out);
        Path file = out.resolve("audit.journal");
        List<Resistance> results;
        try (Journal journal = Journal.open(file, depends(dataSet.files(), from, ruling));
                Progress progress = new Progress(spec.commandLine().getErr(), terminal.watched())) {
            int before = journal.size();
            long began = System.nanoTime();
            results = audit.run(workers.count(), journal, (done, all, measured) -> {
                double seconds = (System.nanoTime() - began) / 1e9;
                progress.accept(done + " of " + all + " searches, " + (measured - before) + " measurements"
                        + (done == 0
                                ? ""
                                : ", about " + Words.count(Math.round(seconds / done * (all - done))) + " s left"));
            });
        }
        AuditRecord record = new AuditRecord(
                Bezoar.version(),
                dataSet.files().stream()
                        .map(each -> new AuditRecord.File(name(each.name()), each.sha256()))
                        .toList(),
                arena.training().rows().size(),
                arena.suspected(),
                arena.heldOut(),
                limit,
                seeds,
                seed,
                ruling.isPresent() ? "policy" : foundAt.orElse("review"),
                arena.honestAccuracy(),
                results);
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        AuditFile.write(record, object);
        try (Staged staged = Staged.open(out)) {
            Files.write(staged.aside().resolve("audit.json"), object.toByteArray());
            ByteArrayOutputStream page = new ByteArrayOutputStream();
            AuditPage.write(record, page);
            Files.write(staged.aside().resolve("audit.html"), page.toByteArray());
            staged.commit();
        }
        Files.deleteIfExists(file);
        PrintWriter output = spec.commandLine().getOut();
        output.print(json ? object.toString(StandardCharsets.UTF_8) : text(record, terminal));
        output.flush();
        return history.record(
                spec.commandLine(),
                ExitCode.PASS,
                RecordedAudit.of(record, new Recorded.Circumstances(started, Bezoar.version()), out, Instant.now()));
    }

    /// The last part of a path: where the data lie is nobody's business who reads the report.
    private static String name(String path) {
        Path last = Path.of(path).getFileName();
        return last == null ? path : last.toString();
    }

    private static List<Example> rows(DataSet dataSet) {
        List<Example> rows = new ArrayList<>();
        for (Part<Example> part : dataSet.parts()) {
            try (Stream<Example> examples = part.open()) {
                examples.forEachOrdered(rows::add);
            }
        }
        return rows;
    }

    /// Every attack with a trigger that fits the data.
    private static List<Attack> usual(Arena arena) {
        Kind kind = arena.training().kind();
        return Catalog.fitting(kind).stream()
                .filter(attack -> switch (attack.aim()) {
                    case TARGETED, INSTRUCTION, ADAPTIVE -> true;
                    case PREFERENCE -> !attack.fits().contains(Kind.ANSWERED) && works(attack, arena);
                    case AVAILABILITY, CORPUS -> false;
                })
                .toList();
    }

    /// Refuses a policy that is closed to the honest rows for want of a detector.
    private static void possible(PolicyRuling ruling, Arena arena) {
        if (ruling.policy().detectors().isEmpty()) {
            return;
        }
        List<String> missing =
                ruling.missing(ScanDefence.scanned(arena.training().rows(), new ArrayList<>()).detectors().stream()
                        .filter(ScanResult.DetectorRun::ran)
                        .map(ScanResult.DetectorRun::name)
                        .collect(Collectors.toSet()));
        if (!missing.isEmpty()) {
            throw new BadInput("expected a policy whose required detectors run on these data, came one with "
                    + SafeText.plain(String.join(", ", missing), 200)
                    + ": its gate is closed whatever the rows are");
        }
    }

    /// Can the attack be done to these rows? They may not name annotators.
    private static boolean works(Attack attack, Arena arena) {
        try {
            return attack.plan(arena.training(), 0).most() > 0;
        } catch (Misfit _) {
            return false;
        }
    }

    private String depends(List<DataFile> files, Action from, Optional<PolicyRuling> ruling) {
        return Bezoar.version() + " " + from + " "
                + ruling.map(PolicyRuling::toString).orElse("") + " "
                + files.stream().map(DataFile::sha256).collect(Collectors.joining(" ")) + " " + reading.deciding();
    }

    private Action from() {
        return switch (foundAt.orElse("review")) {
            case "review" -> Action.REVIEW;
            case "quarantine" -> Action.QUARANTINE;
            default -> throw usage("--found-at must be review or quarantine, not \"" + foundAt.orElse("") + "\"");
        };
    }

    private int budget() {
        if (budget.isEmpty()) {
            return 0;
        }
        String text = budget.get();
        String number = text.startsWith("1..") ? text.substring(3) : text;
        if (!number.matches("[1-9][0-9]{0,6}")) {
            throw usage("--budget must be 1..N with N of 1 to 9999999, not \"" + text + "\"");
        }
        return Integer.parseInt(number);
    }

    private Attack attack(String specification) {
        try {
            return Catalog.parse(specification);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private String text(AuditRecord record, Terminal terminal) {
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        text.line(record.headline(), TerminalText.Style.BOLD).blank();
        for (Resistance each : record.results()) {
            text.entry(
                    SafeText.plain(Catalog.specification(each.attack()), 60),
                    TerminalText.Style.FAINT,
                    "succeeds with " + AuditWords.count(each.resistance(), each.succeedsRange(), each.most())
                            + ", found with " + AuditWords.count(each.detection(), each.foundRange(), each.most())
                            + "; success " + Words.percent(each.before().share())
                            + " before, at best " + AuditWords.success(each),
                    INDENT,
                    each.gap().least().isPresent() ? TerminalText.Style.RED : TerminalText.Style.PLAIN);
        }
        text.blank();
        text.entry(
                "Accuracy",
                TerminalText.Style.FAINT,
                Words.accuracy(record.honest()),
                INDENT,
                TerminalText.Style.PLAIN);
        text.entry(
                "Report",
                TerminalText.Style.FAINT,
                SafeText.plain(out.resolve("audit.html").toString(), 400),
                INDENT,
                TerminalText.Style.PLAIN);
        return text.toString();
    }
}
