package io.bezoar.app.cli;

import io.bezoar.app.history.HistoryOptions;
import io.bezoar.app.history.Recorded;
import io.bezoar.app.history.Surroundings;
import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.Covered;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.Checked;
import io.bezoar.app.report.FindingsFile;
import io.bezoar.app.report.OutputFolder;
import io.bezoar.app.report.Redaction;
import io.bezoar.app.report.ReportPage;
import io.bezoar.app.report.RunFile;
import io.bezoar.app.report.RunRecord;
import io.bezoar.app.report.SarifFile;
import io.bezoar.app.report.ScoresFile;
import io.bezoar.app.report.ScoresTable;
import io.bezoar.app.report.TerminalVerdict;
import io.bezoar.app.report.Withholding;
import io.bezoar.app.standards.Standards;
import io.bezoar.app.standards.StandardsOptions;
import io.bezoar.core.Campaign;
import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Policy;
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Seeded;
import io.bezoar.core.Severity;
import io.bezoar.core.Together;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.data.Problems;
import io.bezoar.data.ReadSettings;
import io.bezoar.data.Recording;
import io.bezoar.data.RowIdSummary;
import io.bezoar.data.RowIds;
import io.bezoar.detect.scan.Catalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar scan`: finds, proves and explains suspected poison in a training set.
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Finds, proves and explains suspected poison in a training set.",
        footer = {
            "",
            "Examples:",
            "  bezoar scan tickets.jsonl",
            "        one file; the columns are recognised and printed",
            "  bezoar scan data/ --map text=body,label=intent,source=vendor",
            "        a folder; you say which column is what",
            "  generate | bezoar scan - --out june",
            "        standard input; the result goes into june/",
            "  bezoar scan tickets.jsonl --detector trigger-association",
            "        one detector alone; bezoar rules lists them",
            "  bezoar scan tickets.jsonl --trusted checked.jsonl",
            "        measures every row by rows you vouch for",
            "  bezoar scan tickets.jsonl --deep",
            "        all detectors, the slow ones too",
            "  bezoar scan tickets.jsonl --embed minilm",
            "        looks at what the texts mean as well, not at their words alone",
            "  bezoar scan chats.jsonl --language-model models/qwen",
            "        asks a language model of yours how the answers would change it",
            "",
            "Exit codes: 0 done; 1 findings at or above --fail-on; 2 bad input or",
            "usage; 3 incomplete: something could not be read or written; 70 a fault",
            "of Bezoar itself."
        })
public final class Scan implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DATA",
            description = "Files, folders or globs; - for standard input. JSONL, JSON, CSV or TSV, plain, gzip or zstd;"
                    + " Parquet; folders of texts named by label.")
    private List<String> data = List.of();

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Option(names = "--detector", paramLabel = "NAME[,k=v]", description = "Run only this detector; may be repeated.")
    private List<String> detectors = List.of();

    @Option(
            names = "--trusted",
            paramLabel = "FILE",
            description = "Rows you vouch for, in the same format: scores become p-values, and what these rows show as"
                    + " well is no poison; may be repeated.")
    private List<String> trusted = List.of();

    @Option(
            names = "--deep",
            description = "Run the slow detectors, too, and those that only rank; bezoar rules says which they are.")
    private boolean deep;

    @Mixin
    private EmbedOptions embedding = new EmbedOptions();

    @Mixin
    private LanguageModelOptions reader = new LanguageModelOptions();

    @Mixin
    private ResultOptions results = new ResultOptions();

    @Mixin
    private StandardsOptions naming = new StandardsOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Option(names = "--parquet", description = "Write scores.parquet, too: scores.csv for notebooks.")
    private boolean parquet;

    @Option(
            names = "--redact",
            paramLabel = "WHAT",
            defaultValue = "none",
            description = "Row text held back from the result: none; evidence shows only what the detectors point at;"
                    + " all shows none (default: ${DEFAULT-VALUE}).")
    private String redact = "none";

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seed of every random choice: the sample, the folds, the proof (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "local",
            description = "Where the work is done; this installation knows local.")
    private String engine = "local";

    @Mixin
    private ThreadOptions workers = new ThreadOptions();

    @Option(
            names = "--fail-on",
            defaultValue = "never",
            paramLabel = "LEVEL",
            description =
                    "Exit with 1 on findings of this severity: never, low, medium or high (default: ${DEFAULT-VALUE}).")
    private String failOn = "never";

    Scan() {}

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        Instant start = Instant.now();
        long began = System.nanoTime();
        Policy policy = policy();
        Redaction redaction = redaction();
        if (!engine.equals("local")) {
            throw usage("--engine must be local, not \"" + engine + "\": this installation has no other engine");
        }
        List<Detector<?>> chosen = chosen();
        embedding.check();
        history.check(spec.commandLine());
        Standards standards = naming.standards();
        ReadSettings settings = reading.settings(Map.of(), results.folder());
        Terminal terminal = Terminal.of(spec.commandLine());
        if (trusted.contains("-")) {
            throw usage("--trusted must be a file, not standard input: it is read several times");
        }
        Optional<JoinedLedger> joined = ledger.open(Map.of(), data);
        try (Placing placing = embedding.load();
                Asking asking = reader.load();
                OutputFolder folder = folder();
                DataSet dataSet = DataSet.open(data, settings);
                Recording recording = new Recording(new Seeded(dataSet, seed), Path.of(settings.temporary()));
                TrustedRows vouched = TrustedRows.open(trusted, settings, seed);
                ForkJoinPool pool = workers.pool();
                Progress progress = new Progress(spec.commandLine().getErr(), terminal.watched())) {
            ScanResult result = pool.submit(() -> scan(
                            dataSet, recording, vouched, placing, asking, folder, chosen, progress, joined, redaction))
                    .get();
            RunRecord run = record(start, (System.nanoTime() - began) / 1e9, joined, vouched);
            folder.write("findings.json", stream -> FindingsFile.write(result, run, standards, stream));
            folder.write("results.sarif", stream -> SarifFile.write(result, run, standards, Path.of(""), stream));
            folder.write("report.html", stream -> ReportPage.write(result, run, standards, stream));
            folder.write("run.json", stream -> RunFile.write(result, run, results.folder(), folder.digests(), stream));
            folder.commit();
            progress.close();
            if (joined.isPresent()) {
                state(joined.get(), result, run);
            }
            PrintWriter output = spec.commandLine().getOut();
            output.print(
                    results.json()
                            ? TerminalVerdict.json(result, run, results.folder())
                            : TerminalVerdict.text(result, run, results.folder(), terminal.width(), terminal.colour()));
            output.flush();
            if (result.dataSet().unread() > 0) {
                Incomplete.tell(spec.commandLine(), dataSet.problems());
            }
            boolean noRow = result.dataSet().rows() == 0;
            if (noRow) {
                Incomplete.nothing(spec.commandLine(), result.dataSet());
            } else if (!Checked.anything(result)) {
                Incomplete.noDetector(spec.commandLine(), result.detectors());
            }
            int code = !policy.decide(result).open()
                    ? ExitCode.VIOLATED
                    : result.dataSet().unread() > 0
                            ? ExitCode.INCOMPLETE
                            : noRow
                                    ? ExitCode.BAD_INPUT
                                    : Checked.anything(result) ? ExitCode.PASS : ExitCode.INCOMPLETE;
            return history.record(spec.commandLine(), code, Recorded.scan(result, run, results.folder()));
        }
    }

    private void state(JoinedLedger joined, ScanResult result, RunRecord run) throws IOException {
        Activities activities = new Activities(run.version(), run.start(), Instant.now());
        String findings = JoinedLedger.sha256(results.folder().resolve("findings.json"));
        joined.state(activities.scan(result, findings, run.settings(), run.seed()));
    }

    /// The folder of the result. One that cannot be had is told before the data are read.
    private OutputFolder folder() {
        try {
            return OutputFolder.open(results.folder());
        } catch (OutputFolder.UnwritableFolder e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private ScanResult scan(
            DataSet dataSet,
            Recording recording,
            TrustedRows vouched,
            Placing placing,
            Asking asking,
            OutputFolder folder,
            List<Detector<?>> chosen,
            Progress progress,
            Optional<JoinedLedger> joined,
            Redaction redaction)
            throws IOException {
        Optional<JoinedLedger.Lookups> lookups = Optional.empty();
        if (joined.isPresent()) {
            lookups = Optional.of(joined.get().lookups());
            dataSet.origins(lookups.get());
        }
        RowIds[] ids = new RowIds[1];
        Fold<Example, RowIdSummary> naming = RowIds.fold();
        Optional<Covered> covering = joined.map(JoinedLedger::fold);
        Covered.Rows[] covered = new Covered.Rows[1];
        Fold<Example, Withholding.Rows> keying = Withholding.fold();
        Withholding[] held = new Withholding[1];
        List<Fold<Example, ?>> first = new ArrayList<>(List.of(naming));
        covering.ifPresent(first::add);
        if (redaction != Redaction.NONE) {
            first.add(keying);
        }
        ScoresFile[] scores = new ScoresFile[1];
        List<ScoresTable> table = new ArrayList<>(1);
        var scan = asking.beside(placing.beside(
                vouched.beside(new io.bezoar.detect.scan.Scan(recording, new LocalEngine(workers.count()), progress))));
        var found = scan.run(
                chosen,
                new Together<>(first),
                summaries -> {
                    ids[0] = RowIds.of(summaries.take(naming, 0));
                    covering.ifPresent(fold -> covered[0] = summaries.take(fold, 1));
                    held[0] = Withholding.of(
                            redaction == Redaction.NONE
                                    ? keying.start()
                                    : summaries.take(keying, first.indexOf(keying)));
                    return ids[0]::of;
                },
                columns -> {
                    scores[0] = new ScoresFile(folder.file("scores.csv"), columns);
                    if (!parquet) {
                        return scores[0]::row;
                    }
                    ScoresTable beside = new ScoresTable(folder.file("scores.parquet"), columns);
                    table.add(beside);
                    return (id, verdict, values) -> {
                        scores[0].row(id, verdict, values);
                        beside.row(id, verdict, values);
                    };
                });
        scores[0].close();
        for (ScoresTable beside : table) {
            beside.close();
        }
        List<Remark> remarks = new ArrayList<>(found.remarks());
        ids[0].remark().ifPresent(text -> remarks.add(new Remark("row-ids", Severity.LOW, text)));
        OtherSpellings.remark(found.survey().labels(), redaction).ifPresent(remarks::add);
        Problems.Some malformed = dataSet.problems().of(Problems.Kind.ROW);
        List<String> notChecked = new ArrayList<>(Incomplete.sentences(dataSet.problems()));
        Incomplete.undecided(dataSet.undecided()).ifPresent(notChecked::add);
        notChecked.addAll(Incomplete.unread(dataSet.unread()));
        Incomplete.ids(ids[0], dataSet).ifPresent(notChecked::add);
        notChecked.addAll(vouched.problems());
        notChecked.addAll(found.notChecked());
        List<Campaign.Count> targets = found.survey().labels().entrySet().stream()
                .map(entry -> new Campaign.Count(entry.getKey(), 0, entry.getValue()))
                .sorted(Comparator.comparingLong(Campaign.Count::all).reversed().thenComparing(Campaign.Count::name))
                .toList();
        ScanResult result = new ScanResult(
                new ScanResult.DataSet(
                        dataSet.files(),
                        found.survey().rows(),
                        malformed.count(),
                        malformed.samples(),
                        dataSet.problems().of(Problems.Kind.UNREAD).count(),
                        dataSet.layout(),
                        dataSet.columns(),
                        targets,
                        ids[0].from(),
                        new ScanResult.OpenTargets(found.survey().absent(), Incomplete.mayBeTarget(dataSet)),
                        joined.isPresent() && lookups.isPresent()
                                ? Optional.of(joined.get().provenance(covered[0], lookups.get()))
                                : Optional.empty()),
                found.detectors(),
                notChecked,
                found.campaigns(),
                found.findings(),
                found.omittedFindings(),
                remarks,
                found.flagged());
        return redaction.apply(result, held[0]);
    }

    private Policy policy() {
        if (failOn.equals("never")) {
            return new Policy(Optional.empty());
        }
        for (Severity severity : Severity.values()) {
            if (severity.name().toLowerCase(Locale.ROOT).equals(failOn)) {
                return new Policy(Optional.of(severity));
            }
        }
        throw usage("--fail-on must be never, low, medium or high, not \"" + failOn + "\"");
    }

    private List<Detector<?>> chosen() {
        if (deep && !detectors.isEmpty()) {
            throw usage("--deep runs all detectors, --detector only those it names: give one of the two");
        }
        if (detectors.isEmpty()) {
            return deep ? Catalog.all() : Catalog.standard();
        }
        try {
            return detectors.stream().<Detector<?>>map(Catalog::parse).toList();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Redaction redaction() {
        for (Redaction redaction : Redaction.values()) {
            if (redaction.name().toLowerCase(Locale.ROOT).equals(redact)) {
                return redaction;
            }
        }
        throw usage("--redact must be none, evidence or all, not \"" + redact + "\"");
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private RunRecord record(Instant start, double seconds, Optional<JoinedLedger> joined, TrustedRows vouched) {
        Map<String, String> deciding = new TreeMap<>(reading.deciding());
        joined.ifPresent(where -> deciding.put("ledger", where.folder()));
        if (!detectors.isEmpty()) {
            deciding.put("detector", String.join(" ", detectors));
        }
        if (!trusted.isEmpty()) {
            deciding.put("trusted", vouched.files());
        }
        if (deep) {
            deciding.put("deep", "true");
        }
        if (!embedding.name().isEmpty()) {
            deciding.put("embed", embedding.name());
        }
        reader.folder().ifPresent(path -> deciding.put("language-model", path.toString()));
        if (!redact.equals("none")) {
            deciding.put("redact", redact);
        }
        List<String> command = new ArrayList<>(List.of("bezoar"));
        command.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return new RunRecord(
                Bezoar.version(),
                command,
                data,
                deciding,
                seed,
                workers.count(),
                engine,
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                start,
                seconds,
                spec.root().userObject() instanceof Surroundings surroundings ? surroundings.verbs() : Set.of());
    }
}
