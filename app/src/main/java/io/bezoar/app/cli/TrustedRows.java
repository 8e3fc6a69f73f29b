package io.bezoar.app.cli;

import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.core.Seeded;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.data.Problems;
import io.bezoar.data.ReadSettings;
import io.bezoar.data.Recording;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.scan.Trusted;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rows of `--trusted`, if there are any.
final class TrustedRows implements AutoCloseable {
    private final Optional<DataSet> dataSet;
    private final Optional<Recording> recording;

    private TrustedRows(Optional<DataSet> dataSet, Optional<Recording> recording) {
        this.dataSet = dataSet;
        this.recording = recording;
    }

    /// @param paths of the files; none without the option
    /// @param settings the columns of the rows to scan are those of the trusted rows
    /// @throws BadInput if nothing can be read
    static TrustedRows open(List<String> paths, ReadSettings settings, long seed) {
        if (paths.isEmpty()) {
            return new TrustedRows(Optional.empty(), Optional.empty());
        }
        DataSet dataSet;
        try {
            dataSet = DataSet.open(paths, settings);
        } catch (BadInput e) {
            throw new BadInput("the trusted set: " + e.getMessage(), e);
        }
        return new TrustedRows(
                Optional.of(dataSet),
                Optional.of(new Recording(new Seeded(Trusted.plain(dataSet), seed), Path.of(settings.temporary()))));
    }

    /// The scan with these rows.
    Scan beside(Scan scan) {
        return recording.map(scan::trusting).orElse(scan);
    }

    /// What of the files was not read.
    ///
    /// @throws BadInput if a file was not read to its end
    List<String> problems() {
        if (dataSet.isEmpty()) {
            return List.of();
        }
        Problems problems = dataSet.get().problems();
        Problems.Some unread = problems.of(Problems.Kind.UNREAD);
        if (unread.count() > 0) {
            throw new BadInput("the trusted set could not be read to its end: "
                    + SafeText.plain(unread.samples().getFirst().problem(), 400));
        }
        long malformed = problems.of(Problems.Kind.ROW).count();
        return malformed == 0
                ? List.of()
                : List.of(Words.count(malformed, "piece") + " of the trusted set "
                        + (malformed == 1 ? "is no row and was" : "are no rows and were") + " skipped.");
    }

    /// The files with their digests: `checked.jsonl sha256:…`.
    String files() {
        return dataSet.stream()
                .flatMap(rows -> rows.files().stream())
                .map(file -> file.name() + " sha256:" + file.sha256())
                .collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        recording.ifPresent(Recording::close);
        dataSet.ifPresent(DataSet::close);
    }
}
