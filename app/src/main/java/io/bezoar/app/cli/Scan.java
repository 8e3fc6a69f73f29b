package io.bezoar.app.cli;

import io.bezoar.app.report.FindingsFile;
import io.bezoar.app.report.OutputFolder;
import io.bezoar.app.report.ReportPage;
import io.bezoar.app.report.RunFile;
import io.bezoar.app.report.RunRecord;
import io.bezoar.app.report.SarifFile;
import io.bezoar.app.report.ScoresFile;
import io.bezoar.app.report.TerminalVerdict;
import io.bezoar.core.Campaign;
import io.bezoar.core.Detector;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Policy;
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.data.Recording;
import io.bezoar.data.RowIds;
import io.bezoar.detect.scan.Catalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
            "Example:",
            "  bezoar scan tickets.jsonl --map text=body,label=intent,source=vendor --out result",
            "",
            "Exit codes: 0 done; 1 findings at or above --fail-on; 2 bad input or usage; 3 incomplete."
        })
public final class Scan implements Callable<Integer> {
    private static final int WIDTH = 100;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DATA",
            description = "Files, folders or globs; - for standard input. JSONL, JSON, CSV or TSV, plain, gzip or zstd.")
    private List<String> data = List.of();

    @Option(names = "--format", defaultValue = "auto", description = "auto, jsonl, json, csv, tsv or lines (default: ${DEFAULT-VALUE}).")
    private String format = "auto";

    @Option(names = "--map", split = ",", paramLabel = "ROLE=COLUMN", description = "Which column serves as what: text=body,label=intent,source=vendor.")
    private Map<String, String> map = new LinkedHashMap<>();

    @Option(names = "--detector", paramLabel = "NAME[,k=v]", description = "Run only this detector; may be repeated.")
    private List<String> detectors = List.of();

    @Option(names = "--out", defaultValue = "bezoar-out", paramLabel = "DIR", description = "Folder for the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-out");

    @Option(names = "--threads", paramLabel = "N", description = "How many threads work (default: one per core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--fail-on", defaultValue = "never", paramLabel = "LEVEL", description = "Exit with 1 on findings of this severity: never, low, medium or high (default: ${DEFAULT-VALUE}).")
    private String failOn = "never";

    @Option(names = "--json", description = "Print the verdict as one JSON object.")
    private boolean json;

    Scan() {}

    @Override
    public Integer call() throws InterruptedException {
        Instant start = Instant.now();
        Policy policy = policy();
        if (threads < 1) {
            throw usage("--threads must be at least 1, not " + threads);
        }
        List<Detector<?>> chosen = chosen();
        ReadSettings settings = settings();
        try (DataSet dataSet = DataSet.open(data, settings);
                Recording recording = new Recording(dataSet, Path.of(settings.temporary()));
                OutputFolder folder = OutputFolder.open(out);
                ForkJoinPool pool = new ForkJoinPool(threads);
                Progress progress = new Progress(spec.commandLine().getErr(), System.console() != null)) {
            ScanResult result = pool.submit(() -> scan(dataSet, recording, folder, chosen, progress)).get();
            RunRecord run = record(start);
            folder.write("findings.json", stream -> FindingsFile.write(result, run, stream));
            folder.write("results.sarif", stream -> SarifFile.write(result, run, Path.of(""), stream));
            folder.write("report.html", stream -> ReportPage.write(result, run, stream));
            folder.write("run.json", stream -> RunFile.write(result, run, stream));
            folder.commit();
            progress.close();
            spec.commandLine()
                    .getOut()
                    .print(json ? TerminalVerdict.json(result, run, out) : TerminalVerdict.text(result, run, out, width(), colour()));
            spec.commandLine().getOut().flush();
            return policy.decide(result).open() ? 0 : 1;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BadInput || e.getCause() instanceof IOException) {
                return failed(e.getCause());
            }
            throw new IllegalStateException(e.getCause());
        } catch (BadInput | IOException e) {
            return failed(e);
        }
    }

    private ScanResult scan(
            DataSet dataSet, Recording recording, OutputFolder folder, List<Detector<?>> chosen, Progress progress)
            throws IOException {
        RowIds[] ids = new RowIds[1];
        ScoresFile[] scores = new ScoresFile[1];
        var scan = new io.bezoar.detect.scan.Scan(recording, new LocalEngine(threads), progress);
        var found = scan.run(
                chosen,
                RowIds.fold(),
                summary -> {
                    ids[0] = RowIds.of(summary);
                    return ids[0]::of;
                },
                columns -> {
                    scores[0] = new ScoresFile(folder.file("scores.csv"), columns);
                    return scores[0]::row;
                });
        scores[0].close();
        List<Remark> remarks = new ArrayList<>(found.remarks());
        ids[0].remark().ifPresent(text -> remarks.add(new Remark("row-ids", Severity.LOW, text)));
        List<Campaign.Count> targets = found.survey().labels().entrySet().stream()
                .map(entry -> new Campaign.Count(entry.getKey(), 0, entry.getValue()))
                .sorted(Comparator.comparingLong(Campaign.Count::all).reversed().thenComparing(Campaign.Count::name))
                .toList();
        return new ScanResult(
                new ScanResult.DataSet(
                        dataSet.files(),
                        found.survey().rows(),
                        dataSet.problems().count(),
                        dataSet.problems().samples(),
                        dataSet.layout(),
                        dataSet.columns(),
                        targets,
                        ids[0].from()),
                found.detectors(),
                found.notChecked(),
                found.campaigns(),
                found.findings(),
                found.omittedFindings(),
                remarks,
                found.flagged());
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
        throw usage("--fail-on must be never, low, medium or high, not " + failOn);
    }

    private List<Detector<?>> chosen() {
        try {
            return detectors.isEmpty()
                    ? Catalog.all()
                    : detectors.stream().<Detector<?>>map(Catalog::parse).toList();
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ReadSettings settings() {
        try {
            return ReadSettings.DEFAULT.withFormat(format).withMap(map);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private int failed(Throwable problem) {
        spec.commandLine().getErr().println("bezoar: " + problem.getMessage());
        spec.commandLine().getErr().flush();
        return problem instanceof BadInput ? 2 : 3;
    }

    private RunRecord record(Instant start) {
        Map<String, String> deciding = new LinkedHashMap<>();
        if (!format.equals("auto")) {
            deciding.put("format", format);
        }
        if (!map.isEmpty()) {
            deciding.put("map", String.join(",", map.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList()));
        }
        if (!detectors.isEmpty()) {
            deciding.put("detector", String.join(" ", detectors));
        }
        List<String> command = new ArrayList<>(List.of("bezoar"));
        command.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return new RunRecord(
                Bezoar.version(),
                command,
                deciding,
                0,
                threads,
                "local",
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                start,
                (System.nanoTime() - began) / 1e9,
                spec.root().subcommands().keySet());
    }

    private final long began = System.nanoTime();

    private static int width() {
        try {
            return Math.clamp(Integer.parseInt(System.getenv().getOrDefault("COLUMNS", String.valueOf(WIDTH))), 40, 160);
        } catch (NumberFormatException e) {
            return WIDTH;
        }
    }

    private static boolean colour() {
        return System.console() != null && System.getenv("NO_COLOR") == null;
    }
}
