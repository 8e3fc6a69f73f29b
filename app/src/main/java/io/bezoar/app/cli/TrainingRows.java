package io.bezoar.app.cli;

import io.bezoar.app.report.SameData;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Part;
import io.bezoar.core.ScanResult;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.core.ScanResult.Malformed;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.data.Problems;
import io.bezoar.data.ReadSettings;
import io.bezoar.data.RowIds;
import io.bezoar.history.Digest;
import io.bezoar.learn.surrogate.ModelFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// All rows of some data, in the order of their keys, so that the order of the files does not matter.
///
/// @param examples the rows
/// @param ids the id of each row
/// @param digest of the files
/// @param layout what was recognised, in words
/// @param malformed how many rows could not be read
/// @param files the files that were read
record TrainingRows(
        List<Example> examples, List<String> ids, String digest, String layout, long malformed, List<DataFile> files) {
    /// Reads all rows into memory.
    ///
    /// @throws BadInput if a file cannot be read to its end: a model of half the data would pass for
    ///     one of the whole
    static TrainingRows read(List<String> paths, ReadSettings settings, int threads) {
        try (DataSet data = DataSet.open(paths, settings)) {
            List<Example> examples = new ArrayList<>();
            for (Part<Example> part : data.parts()) {
                try (Stream<Example> rows = part.open()) {
                    rows.forEachOrdered(examples::add);
                }
            }
            RowIds ids = RowIds.of(new LocalEngine(threads).fold(data, RowIds.fold()));
            Problems.Some unread = data.problems().of(Problems.Kind.UNREAD);
            if (unread.count() > 0) {
                throw new BadInput("expected to read all data, but "
                        + Incomplete.sentences(data.problems()).getFirst());
            }
            Problems.Some broken = data.problems().of(Problems.Kind.ROW);
            if (broken.count() > 0 && examples.stream().anyMatch(row -> row.vector().length > 0)) {
                Malformed first = broken.samples().getFirst();
                throw new BadInput("expected vectors of one length and finite numbers, but \"" + first.file()
                        + "\" line " + first.line() + " is none: " + first.problem() + "; mend or remove it");
            }
            if (examples.isEmpty()) {
                throw new BadInput("expected rows to learn from, came none");
            }
            List<Named> named = examples.stream()
                    .map(example -> new Named(example, ids.of(example)))
                    .sorted(Comparator.comparingLong(
                                    (Named row) -> row.example().key())
                            .thenComparing(Named::id))
                    .toList();
            return new TrainingRows(
                    named.stream().map(Named::example).toList(),
                    named.stream().map(Named::id).toList(),
                    ModelFile.digest(
                            data.files().stream().map(file -> file.sha256()).toList()),
                    data.layout(),
                    data.problems().of(Problems.Kind.ROW).count(),
                    data.files());
        }
    }

    /// Refuses a scan of other data, whose rows are not these; the order of the files is no
    /// matter.
    void refuseOther(ScanResult scan) {
        List<DataFile> scanned = scan.dataSet().files();
        if (!sorted(scanned).equals(sorted(files))) {
            SameData.check(scanned, files);
        }
    }

    private static List<String> sorted(List<DataFile> files) {
        return files.stream().map(DataFile::sha256).sorted().toList();
    }

    /// The digest of the data as the history names them, like [Recorded#data] of a scan of the same.
    String data() {
        List<String> digests = files.stream().map(DataFile::sha256).toList();
        return digests.size() == 1 ? digests.getFirst() : Digest.of(digests);
    }

    private record Named(Example example, String id) {}
}
