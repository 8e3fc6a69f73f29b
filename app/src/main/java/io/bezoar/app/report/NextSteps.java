package io.bezoar.app.report;

import io.bezoar.core.ScanResult;
import java.util.ArrayList;
import java.util.List;

/// What to do after a scan, most useful first; at most three.
final class NextSteps {
    private NextSteps() {}

    /// One step.
    ///
    /// @param command what to type; empty if it is no command
    /// @param why what it gives, without a full stop
    record Step(List<String> command, String why) {
        Step {
            command = List.copyOf(command);
        }
    }

    /// @param out options that name the folder of the result for the other verbs; empty for the default folder
    static List<Step> of(ScanResult result, RunRecord run, List<String> out) {
        List<Step> steps = new ArrayList<>();
        long flagged = result.flagged().review() + result.flagged().quarantine();
        List<String> subject = new ArrayList<>();
        if (!result.campaigns().isEmpty()) {
            subject.add(result.campaigns().getFirst().id());
        } else {
            result.findings().stream()
                    .filter(RowsSection::told)
                    .findFirst()
                    .ifPresent(finding -> subject.add(finding.id()));
        }
        if (!subject.isEmpty() && run.verbs().contains("explain")) {
            steps.add(verb(
                    "explain",
                    subject,
                    out,
                    result.campaigns().isEmpty()
                            ? "tells everything known about the most suspicious row"
                            : "tells everything known about the worst group and its rows"));
        }
        if (flagged > 0 && run.verbs().contains("review")) {
            steps.add(verb("review", List.of("list"), out, "shows, group by group, what people have to decide"));
        }
        if (result.flagged().quarantine() > 0) {
            steps.add(
                    run.verbs().contains("apply")
                            ? verb("apply", List.of(), out, "writes the data set without the quarantined rows")
                            : new Step(
                                    List.of(),
                                    "Leave the rows out of training whose action in scores.csv is quarantine"));
        } else if (flagged > 0) {
            steps.add(new Step(List.of(), "Look at the rows whose action in scores.csv is review"));
        }
        if (steps.size() < 3) {
            steps.add(gate(result, run, out));
        }
        return steps.subList(0, Math.min(3, steps.size()));
    }

    private static Step gate(ScanResult result, RunRecord run, List<String> out) {
        if (run.verbs().contains("gate")) {
            return verb("gate", List.of(), out, "lets a pipeline decide by this result");
        }
        List<String> files = result.dataSet().files().stream()
                .limit(4)
                .map(ScanResult.DataFile::name)
                .toList();
        return new Step(
                RunRecord.command("scan", files, List.of("--fail-on", "medium")),
                "scans again in a pipeline and exits with 1 when something suspicious arrives");
    }

    private static Step verb(String verb, List<String> subject, List<String> out, String why) {
        return new Step(RunRecord.command(verb, subject, out), why);
    }
}
