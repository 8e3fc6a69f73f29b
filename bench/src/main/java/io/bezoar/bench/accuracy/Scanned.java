package io.bezoar.bench.accuracy;

import io.bezoar.core.Action;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.WorkPool;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.data.Recording;
import io.bezoar.data.RowIds;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/// A scan with the defaults of the command line, in this process.
///
/// @param rows verdict of each row by id, with the six digits that `scores.csv` has
/// @param seconds wall time without the start of a JVM
public record Scanned(Scan.Result result, Map<String, Row> rows, double seconds) {
    private static final MathContext SIX = new MathContext(6);

    /// Score and action of one row.
    public record Row(double score, Action action) {
        /// Is a person asked, or the row taken out?
        boolean flagged() {
            return action != Action.KEEP;
        }
    }

    /// Scans a file on `threads` threads.
    public static Scanned of(Path file, int threads) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Map<String, Row> rows = new LinkedHashMap<>();
        try (DataSet data = DataSet.open(java.util.List.of(file.toString()), ReadSettings.DEFAULT);
                Recording recording = new Recording(data, Path.of(ReadSettings.DEFAULT.temporary()));
                ForkJoinPool pool = WorkPool.of(threads)) {
            Scan scan = new Scan(recording, new LocalEngine(threads), _ -> {});
            Scan.Result result = pool.submit(() -> scan.run(
                            Catalog.standard(),
                            RowIds.fold(),
                            summary -> RowIds.of(summary)::of,
                            _ -> (id, verdict, _) -> rows.put(
                                    id,
                                    new Row(
                                            new BigDecimal(verdict.score())
                                                    .round(SIX)
                                                    .doubleValue(),
                                            verdict.action()))))
                    .get();
            return new Scanned(result, rows, (System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IOException("the scan of " + file + " failed", e.getCause());
        }
    }
}
