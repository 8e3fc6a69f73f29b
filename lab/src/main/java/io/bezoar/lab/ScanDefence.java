package io.bezoar.lab;

import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Summary;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/// The scan as `bezoar scan` runs it, with all detectors and their defaults, on one thread.
public final class ScanDefence implements Defence {

    @Override
    public List<Action> judge(List<Example> rows) {
        try (ForkJoinPool alone = new ForkJoinPool(1)) {
            return alone.submit(() -> scan(rows)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while scanning", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the scan failed: " + e.getMessage(), e);
        }
    }

    private static List<Action> scan(List<Example> rows) {
        List<Action> actions = new ArrayList<>(rows.size());
        try {
            new Scan(new Held(rows), new LocalEngine(1), _ -> {})
                    .run(
                            Catalog.all(),
                            new Nothing.Gather(),
                            _ -> row -> Long.toString(row.position().line()),
                            _ -> (_, verdict, _) -> actions.add(verdict.action()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return actions;
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
