package io.bezoar.lab;

import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Summary;
import io.bezoar.core.Verdict;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/// The scan as `bezoar scan` runs it, with all detectors and their defaults, on one thread.
///
/// @param ruling what follows from a scan's verdict
public record ScanDefence(Ruling ruling) implements Defence {
    /// What the scan says is done.
    public ScanDefence() {
        this((verdict, _) -> verdict.action());
    }

    /// Turns a scan's verdict on a row into what is done with it.
    @FunctionalInterface
    public interface Ruling {
        /// @param campaign the campaign that the verdict names
        Action of(Verdict verdict, Optional<Campaign> campaign);
    }

    @Override
    public List<Action> judge(List<Example> rows) {
        List<Verdict> verdicts = new ArrayList<>(rows.size());
        Map<String, Campaign> campaigns = new HashMap<>();
        scanned(rows, verdicts).campaigns().forEach(campaign -> campaigns.put(campaign.id(), campaign));
        return verdicts.stream()
                .map(verdict ->
                        ruling.of(verdict, verdict.campaign().flatMap(id -> Optional.ofNullable(campaigns.get(id)))))
                .toList();
    }

    /// Scans rows on one thread.
    ///
    /// @param into takes a verdict for each row, in their order
    public static Scan.Result scanned(List<Example> rows, List<Verdict> into) {
        try (ForkJoinPool alone = new ForkJoinPool(1)) {
            return alone.submit(() -> scan(rows, into)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while scanning", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the scan failed: " + e.getMessage(), e);
        }
    }

    private static Scan.Result scan(List<Example> rows, List<Verdict> into) {
        try {
            return new Scan(new Held(rows), new LocalEngine(1), _ -> {})
                    .run(
                            Catalog.standard(),
                            new Nothing.Gather(),
                            _ -> row -> Long.toString(row.position().line()),
                            _ -> (_, verdict, _) -> into.add(verdict));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A summary of nothing: the rows need no names.
    private static final class Nothing implements Summary<Nothing> {
        @Override
        public void merge(Nothing other) {}

        @Override
        public void write(DataOutput out) {}

        @Override
        public void read(DataInput in) {}

        private record Gather() implements Fold<Example, Nothing> {
            @Override
            public Nothing start() {
                return new Nothing();
            }

            @Override
            public void add(Nothing summary, Example row) {}
        }
    }
}
