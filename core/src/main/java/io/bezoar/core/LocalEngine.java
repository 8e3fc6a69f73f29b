package io.bezoar.core;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;
import java.util.stream.Stream;

/// Folds on threads of this process.
///
/// The parts' summaries join by a binary tree over the part numbers: `[0, n)` splits at its middle. The tree
/// does not depend on the number of threads, and at most about `threads + log2(parts)` summaries exist at a
/// time.
public final class LocalEngine implements Engine {
    private final int threads;

    /// @param threads how many threads fold at once, at least 1
    public LocalEngine(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        this.threads = threads;
    }

    /// How many threads fold at once.
    public int threads() {
        return threads;
    }

    @Override
    public <T, S extends Summary<S>> S fold(Source<T> source, Fold<T, S> fold) {
        List<? extends Part<T>> parts = source.parts();
        if (parts.isEmpty()) {
            return fold.start();
        }
        if (threads == 1) {
            return new Range<>(parts, 0, parts.size(), fold, false).compute();
        }
        try (ForkJoinPool pool = new ForkJoinPool(threads)) {
            return pool.invoke(new Range<>(parts, 0, parts.size(), fold, true));
        }
    }

    /// Folds the parts `[from, to)`.
    @SuppressWarnings("serial") // tasks never leave this process
    private static final class Range<T, S extends Summary<S>> extends RecursiveTask<S> {
        private final List<? extends Part<T>> parts;
        private final int from;
        private final int to;
        private final Fold<T, S> fold;
        private final boolean fork;

        Range(List<? extends Part<T>> parts, int from, int to, Fold<T, S> fold, boolean fork) {
            this.parts = parts;
            this.from = from;
            this.to = to;
            this.fold = fold;
            this.fork = fork;
        }

        @Override
        protected S compute() {
            if (to - from == 1) {
                S summary = fold.start();
                try (Stream<T> items = parts.get(from).open()) {
                    items.forEachOrdered(item -> fold.add(summary, item));
                }
                return summary;
            }
            int middle = (from + to) >>> 1;
            Range<T, S> left = new Range<>(parts, from, middle, fold, fork);
            Range<T, S> right = new Range<>(parts, middle, to, fold, fork);
            if (!fork) {
                S summary = left.compute();
                summary.merge(right.compute());
                return summary;
            }
            right.fork();
            S summary = left.compute();
            summary.merge(right.join());
            return summary;
        }
    }
}
