package io.bezoar.app.report;

import io.bezoar.core.Action;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A result folder as a scan leaves it, of the sample with three campaigns.
public final class SampleFolder {
    private SampleFolder() {}

    public static void write(Path path) throws IOException {
        ScanResult result = SampleResults.found();
        RunRecord run = SampleResults.run();
        try (OutputFolder folder = OutputFolder.open(path)) {
            try (ScoresFile scores =
                    new ScoresFile(folder.file("scores.csv"), List.of("ngram-target", "near-duplicates"))) {
                scores.row(
                        "b-1000", new Verdict(0.9987, Action.QUARANTINE, Optional.of("C1")), new double[] {12.25, 0});
                scores.row("quiet, \"row\"", new Verdict(0, Action.KEEP, Optional.empty()), new double[] {0, 0.5});
            }
            folder.write("findings.json", out -> FindingsFile.write(result, run, out));
            folder.write("results.sarif", out -> SarifFile.write(result, run, Path.of(""), out));
            folder.write("report.html", out -> ReportPage.write(result, run, out));
            folder.write("run.json", out -> RunFile.write(result, run, path, folder.digests(), out));
            folder.commit();
        }
    }
}
