package io.bezoar.app.history;

import io.bezoar.app.report.AuditRecord;
import io.bezoar.history.Digest;
import io.bezoar.history.Run;
import io.bezoar.history.Subject;
import io.bezoar.lab.Resistance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the history keeps of an audit. Apart from [Recorded], since audits are not installed everywhere.
public final class RecordedAudit {
    private RecordedAudit() {}

    /// The run.
    ///
    /// @param folder where its result lies
    public static Run of(AuditRecord audit, Recorded.Circumstances circumstances, Path folder, Instant now)
            throws IOException {
        Map<String, Double> measures = new TreeMap<>();
        measures.put("rows", (double) audit.rows());
        measures.put("accuracy", share(audit.honest().hits(), audit.honest().trials()));
        measures.put("open", (double) audit.open());
        for (Resistance each : audit.results()) {
            each.gap()
                    .least()
                    .ifPresent(least -> measures.put("open." + each.attack().name(), (double) least));
        }
        List<String> digests =
                audit.files().stream().map(AuditRecord.File::sha256).toList();
        List<Run.File> files = new ArrayList<>();
        audit.files().forEach(file -> files.add(new Run.File(file.name(), file.sha256())));
        files.add(Recorded.written(folder, "audit.json"));
        return new Run(
                "audit",
                audit.open() > 0 ? "open" : "resisted",
                circumstances.started(),
                circumstances.seconds(now),
                circumstances.version(),
                audit.seed(),
                Subject.data(digests.size() == 1 ? digests.getFirst() : Digest.of(digests)),
                Map.of("budget", "" + audit.budget(), "seeds", "" + audit.seeds(), "found-at", audit.from()),
                measures,
                List.of(),
                files);
    }

    private static double share(long hits, long trials) {
        return trials == 0 ? 0 : (double) hits / trials;
    }
}
