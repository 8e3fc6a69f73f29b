package io.bezoar.app.history;

import io.bezoar.app.evaluation.EvaluationFile;
import io.bezoar.app.gate.Check;
import io.bezoar.app.gate.Gate;
import io.bezoar.app.report.RunRecord;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.evaluate.Comparison;
import io.bezoar.evaluate.Evaluation;
import io.bezoar.evaluate.Outcome;
import io.bezoar.history.Digest;
import io.bezoar.history.Run;
import io.bezoar.history.Subject;
import io.bezoar.history.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the history keeps of each verb's result: digests, settings and numbers, never a row.
public final class Recorded {
    private Recorded() {}

    /// What a verb knows about its own run.
    ///
    /// @param started when it began
    /// @param version of Bezoar
    public record Circumstances(Instant started, String version) {
        double seconds(Instant now) {
            return Math.max(0, (now.toEpochMilli() - started.toEpochMilli()) / 1e3);
        }
    }

    /// A scan.
    ///
    /// @param folder where its result lies
    public static Run scan(ScanResult result, RunRecord run, Path folder) throws IOException {
        Map<String, Double> measures = new TreeMap<>();
        measures.put("rows", (double) result.dataSet().rows());
        measures.put("malformed", (double) result.dataSet().malformed());
        measures.put("unread", (double) result.dataSet().unread());
        measures.put("flagged.review", (double) result.flagged().review());
        measures.put("flagged.quarantine", (double) result.flagged().quarantine());
        for (Severity severity : Severity.values()) {
            measures.put("campaigns." + word(severity), (double) result.campaigns().stream()
                    .filter(campaign -> campaign.severity() == severity)
                    .count());
        }
        List<Run.File> files = inputs(result);
        files.add(written(folder, "findings.json"));
        boolean serious =
                measures.getOrDefault("campaigns.high", 0.0) + measures.getOrDefault("campaigns.medium", 0.0) > 0;
        return new Run(
                "scan",
                result.dataSet().unread() > 0 ? "incomplete" : serious ? "suspected" : "clean",
                run.start(),
                run.wallSeconds(),
                run.version(),
                run.seed(),
                Subject.data(data(result)),
                run.settings(),
                measures,
                List.of(),
                files);
    }

    /// The digest of a scanned data set: that of its file, or one over those of its files in their order.
    public static String data(ScanResult result) {
        List<String> digests = result.dataSet().files().stream()
                .map(ScanResult.DataFile::sha256)
                .toList();
        return digests.size() == 1 ? digests.getFirst() : Digest.of(digests);
    }

    private static List<Run.File> inputs(ScanResult result) {
        List<Run.File> files = new ArrayList<>();
        result.dataSet().files().forEach(file -> files.add(new Run.File(name(file.name()), file.sha256())));
        return files;
    }

    static Run.File written(Path folder, String name) throws IOException {
        return new Run.File(name, Digest.of(folder.resolve(name)));
    }

    private static String name(String path) {
        String slashes = path.replace('\\', '/');
        return slashes.substring(slashes.lastIndexOf('/') + 1);
    }

    /// An evaluation.
    ///
    /// @param subject the suite's digest as data, the model, the prompt
    /// @param settings what was sent to the model
    /// @param file `evaluation.json`
    public static Run evaluation(
            Evaluation evaluation,
            Subject subject,
            long seed,
            Map<String, String> settings,
            Circumstances circumstances,
            Path file,
            Instant now)
            throws IOException {
        List<Tally> tallies = new ArrayList<>();
        for (Outcome outcome : evaluation.outcomes()) {
            tallies.add(new Tally.Share(
                    outcome.kind() + ": " + outcome.name(),
                    outcome.counts().hits(),
                    outcome.counts().trials(),
                    outcome.bound(),
                    !outcome.capped()));
        }
        return new Run(
                "evaluation",
                EvaluationFile.word(evaluation.state()),
                circumstances.started(),
                circumstances.seconds(now),
                circumstances.version(),
                seed,
                subject,
                settings,
                Map.of(
                        "items", (double) evaluation.verdicts().size(),
                        "missing", (double) evaluation.missing(),
                        "right",
                                (double) evaluation.verdicts().stream()
                                        .filter(Evaluation.Verdict::right)
                                        .count()),
                tallies,
                List.of(new Run.File("evaluation.json", Digest.of(file))));
    }

    /// A comparison.
    ///
    /// @param files the two evaluations, old first
    public static Run comparison(
            Comparison comparison,
            Subject subject,
            double margin,
            long seed,
            Circumstances circumstances,
            List<Run.File> files,
            Instant now) {
        List<Tally> tallies = new ArrayList<>();
        for (Comparison.Part part : comparison.parts()) {
            tallies.add(new Tally.Change(
                    part.name(), part.broken().size(), part.fixed().size(), part.items(), margin));
        }
        return new Run(
                "comparison",
                EvaluationFile.word(comparison.worse()),
                circumstances.started(),
                circumstances.seconds(now),
                circumstances.version(),
                seed,
                subject,
                Map.of("margin", Double.toString(margin)),
                Map.of(
                        "change", comparison.change().estimate(),
                        "change.low", comparison.change().low(),
                        "change.high", comparison.change().high()),
                tallies,
                files);
    }

    /// A decision of the gate.
    ///
    /// @param files the policy and the results it read, by their digests
    public static Run gate(
            Gate gate, ScanResult result, Circumstances circumstances, List<Run.File> files, Instant now) {
        Map<String, Double> measures = new TreeMap<>();
        for (Check.State state : Check.State.values()) {
            measures.put("checks." + word(state), (double) gate.checks().stream()
                    .filter(check -> check.state() == state)
                    .count());
        }
        return new Run(
                "gate",
                gate.open() ? "open" : "closed",
                circumstances.started(),
                circumstances.seconds(now),
                circumstances.version(),
                0,
                Subject.data(data(result)),
                Map.of(),
                measures,
                List.of(),
                files);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
