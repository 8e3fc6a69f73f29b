package io.bezoar.bench.scoreboard;

import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Part;
import io.bezoar.core.Source;
import io.bezoar.core.Verdict;
import io.bezoar.core.WorkPool;
import io.bezoar.data.RowIds;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;

/// What a scan with the defaults says of rows.
///
/// @param verdicts one a row, in their order
/// @param scores per detector that ran, one score a row
/// @param campaigns worst first
record ScannedRows(List<Verdict> verdicts, Map<String, double[]> scores, List<Campaign> campaigns) {

    /// Rows in memory.
    private record Piece(ArrayList<Example> rows) implements Part<Example> {
        @Override
        public Stream<Example> open() {
            return rows.stream();
        }
    }

    /// Scans.
    static ScannedRows of(List<Example> rows, int threads) throws IOException, InterruptedException {
        List<Part<Example>> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += 4096) {
            parts.add(new Piece(new ArrayList<>(rows.subList(from, Math.min(rows.size(), from + 4096)))));
        }
        Source<Example> source = () -> parts;
        List<Verdict> verdicts = new ArrayList<>();
        List<double[]> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (ForkJoinPool pool = WorkPool.of(threads)) {
            Scan.Result result = pool.submit(() -> new Scan(source, new LocalEngine(threads), _ -> {})
                            .run(Catalog.standard(), RowIds.fold(), _ -> PlantedRows::id, detectors -> {
                                names.addAll(detectors);
                                return (_, verdict, scores) -> {
                                    verdicts.add(verdict);
                                    all.add(scores.clone());
                                };
                            }))
                    .get();
            Map<String, double[]> scores = new HashMap<>();
            for (int d = 0; d < names.size(); d++) {
                int column = d;
                scores.put(
                        names.get(d),
                        all.stream().mapToDouble(each -> each[column]).toArray());
            }
            return new ScannedRows(verdicts, scores, result.campaigns());
        } catch (ExecutionException e) {
            throw new IOException("the scan failed", e.getCause());
        }
    }

    /// Is the row flagged, for a person or for quarantine?
    boolean flagged(int row) {
        return verdicts.get(row).action() != Action.KEEP;
    }

    /// The detector whose campaign a row is in.
    Optional<String> detector(int row) {
        return verdicts.get(row)
                .campaign()
                .map(id -> campaigns
                        .get(Integer.parseInt(id.substring(1)) - 1)
                        .candidate()
                        .detector());
    }
}
