package io.bezoar.app.cli;

import io.bezoar.app.report.CertificatePage;
import io.bezoar.app.report.CertificateReport;
import io.bezoar.app.report.CertificatesFile;
import io.bezoar.app.report.OutputFolder;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.certify.Certificate;
import io.bezoar.learn.certify.CertifiedCurve;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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

/// `bezoar certify DATA --test FILE`: how much of the training data an attacker must control to change
/// each answer.
@Command(
        name = "certify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Certifies how much poison each answer of a model withstands.",
        footer = {
            "",
            "Examples:",
            "  bezoar certify tickets.jsonl --test held-out.jsonl",
            "        50 models on 50 partitions; how many rows can be poisoned",
            "  bezoar certify tickets.jsonl --test held-out.jsonl --method sources",
            "        one model a source: how many vendors can be bad",
            "  bezoar certify digits.csv --test more.csv --method ridge --penalty 100",
            "        how many labels can be wrong",
            "",
            "Methods: auto, dpa, fa, roe, sources (votes of models on partitions);",
            "ridge (label flips, exact); neighbours (any edits, exact); smoothing",
            "(label flips, two classes, for comparison).",
            "",
            "Exit codes: 0 done; 2 bad input or usage; 3 incomplete."
        })
public final class Certify implements Callable<Integer> {
    private static final List<String> FILES = List.of("certificates.html", "certificates.json");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DATA", description = "The training rows, which may be poisoned.")
    private List<String> data = List.of();

    @Option(names = "--test", required = true, paramLabel = "FILE", description = "Rows to answer, with their labels.")
    private Path test = Path.of("");

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "See below (default: ${DEFAULT-VALUE}).")
    private String method = "auto";

    @Option(
            names = "--trusted",
            paramLabel = "FILE",
            description =
                    "Rows known to be clean, by which auto chooses among dpa, fa and roe; without them it takes dpa.")
    private Optional<Path> trusted = Optional.empty();

    @Option(
            names = "--partitions",
            paramLabel = "K",
            defaultValue = "50",
            description = "Models that vote (default: ${DEFAULT-VALUE}).")
    private int partitions = 50;

    @Option(
            names = "--neighbours",
            paramLabel = "K",
            defaultValue = "51",
            description = "Rows that vote (default: ${DEFAULT-VALUE}).")
    private int neighbours = 51;

    @Option(
            names = "--penalty",
            paramLabel = "L",
            defaultValue = "1",
            description = "Penalty of ridge regression, above 0 (default: ${DEFAULT-VALUE}).")
    private double penalty = 1;

    @Option(
            names = "--epsilon",
            paramLabel = "Q",
            defaultValue = "0.05",
            description = "Chance of a flipped label in smoothing (default: ${DEFAULT-VALUE}).")
    private double epsilon = 0.05;

    @Option(
            names = "--scale",
            paramLabel = "D",
            defaultValue = "1",
            description = "Divide the numbers of vectors by this (default: ${DEFAULT-VALUE}).")
    private double scale = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the places fa puts rows to (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--out",
            defaultValue = "bezoar-certificates",
            paramLabel = "DIR",
            description = "Folder for the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-certificates");

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Mixin
    private ThreadOptions workers = new ThreadOptions();

    @Option(names = "--json", description = "Print the summary as one JSON object.")
    private boolean json;

    Certify() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Certifying.METHODS.contains(method)) {
            throw usage("--method must be " + String.join(", ", Certifying.METHODS) + ", not \"" + method + "\"");
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw usage("--scale must be a number above 0, not " + scale);
        }
        if (partitions < 1 || partitions > RobustOptions.MOST_PARTITIONS) {
            throw usage("--partitions must be 1 to " + RobustOptions.MOST_PARTITIONS + ", not " + partitions);
        }
        ReadSettings settings = reading.settings(Map.of(), out);
        LabelledRows training = LabelledRows.read("the training rows", data, settings);
        LabelledRows asked = LabelledRows.read("the test rows", List.of(test.toString()), settings);
        Optional<LabelledRows> known =
                trusted.map(path -> LabelledRows.read("the trusted rows", List.of(path.toString()), settings));
        var certifying = new Certifying(partitions, neighbours, penalty, epsilon, scale, seed);
        Certifying.Certified certified = certified(certifying, training, asked, known);
        CertificateReport report = report(training, asked, certified);
        try (OutputFolder folder = folder()) {
            folder.write("certificates.html", stream -> CertificatePage.write(report, stream));
            folder.write("certificates.json", stream -> CertificatesFile.write(report, stream));
            folder.commit();
        }
        spec.commandLine().getOut().print(json ? summary(report) : text(report));
        spec.commandLine().getOut().flush();
        return ExitCode.PASS;
    }

    private Certifying.Certified certified(
            Certifying certifying, LabelledRows training, LabelledRows asked, Optional<LabelledRows> known)
            throws InterruptedException {
        try (ForkJoinPool pool = workers.pool()) {
            return pool.submit(() -> certifying.certify(method, training, asked, known))
                    .get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause != null && cause.getCause() instanceof IllegalArgumentException inner) {
                cause = inner; // of another thread
            }
            if (cause instanceof IllegalArgumentException refused) {
                throw new BadInput(String.valueOf(refused.getMessage()), refused);
            }
            throw new IllegalStateException(e);
        }
    }

    private OutputFolder folder() {
        try {
            return OutputFolder.open(out, FILES);
        } catch (OutputFolder.UnwritableFolder e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private CertificateReport report(LabelledRows training, LabelledRows asked, Certifying.Certified certified) {
        List<CertificateReport.Answer> answers = new ArrayList<>();
        for (int row = 0; row < asked.size(); row++) {
            Certificate certificate = certified.certificates()[row];
            answers.add(new CertificateReport.Answer(
                    asked.ids().get(row),
                    asked.label(row),
                    certified.classes().get(certificate.answer()),
                    certificate.radius()));
        }
        SortedMap<String, String> deciding = new TreeMap<>(reading.deciding());
        deciding.putAll(certified.settings());
        return new CertificateReport(
                Bezoar.version(),
                certified.method(),
                certified.title(),
                deciding,
                certified.threat(),
                training.size(),
                certified.classes().size(),
                certified.models(),
                certified.modelBytes(),
                certified.remarks(),
                answers);
    }

    private static String summary(CertificateReport report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CertificatesFile.summary(report, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String text(CertificateReport report) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        CertifiedCurve curve = report.curve();
        text.entry(
                "Certified",
                Words.count(report.answers().size(), "answer") + " by " + report.title() + ", trained on "
                        + Words.count(report.trainRows(), "row"));
        text.entry("Right", share(curve.clean()) + " of the answers");
        text.entry(
                "Median",
                curve.median() < 0
                        ? "nothing is certified for half of the rows"
                        : "half of the answers stay right whatever an attacker does with "
                                + Words.count(curve.median(), report.threat().unit()));
        StringBuilder steps = new StringBuilder();
        int most = Math.max(0, curve.most());
        for (int radius = 1; radius <= most; radius = Math.max(radius + 1, radius * 2)) {
            steps.append(steps.isEmpty() ? "" : ", ")
                    .append(share(curve.at(radius)))
                    .append(" at ")
                    .append(radius);
        }
        text.entry("Curve", steps.isEmpty() ? "nothing is certified" : steps.toString());
        text.entry("Threat", report.threat().words());
        report.remarks().forEach(remark -> text.entry("Note", remark));
        text.entry("Report", out.resolve("certificates.html").toString());
        return text.toString();
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
