package io.bezoar.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Folds on threads of this process.
///
/// The parts' summaries join one after another in the order of the parts, into the summary of all parts before.
/// That order does not depend on the number of threads. About `threads + 1` summaries exist at a time, at most
/// twice the threads and one: a thread that gets too far ahead of a slow part waits for it.
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
        Joining<T, S> joining = new Joining<>(source.parts(), fold, 2 * threads);
        int workers = Math.min(threads, joining.parts.size());
        if (workers <= 1) {
            joining.work();
        } else {
            try (ForkJoinPool pool = new ForkJoinPool(workers)) {
                IntStream.range(0, workers)
                        .mapToObj(_ -> pool.submit(joining::work))
                        .toList()
                        .forEach(ForkJoinTask::join);
            }
        }
        return joining.whole;
    }

    /// The parts on their way into one summary; its workers share it.
    private static final class Joining<T, S extends Summary<S>> {
        private final List<? extends Part<T>> parts;
        private final Fold<T, S> fold;
        private final int ahead;
        private final Map<Integer, S> waiting = new HashMap<>(); // folded, but not the parts before
        private S whole; // of the parts before the one numbered `joined`
        private int joined;
        private int next;
        private boolean failed;

        /// @param ahead parts that may be begun and not yet joined
        Joining(List<? extends Part<T>> parts, Fold<T, S> fold, int ahead) {
            this.parts = parts;
            this.fold = fold;
            this.ahead = ahead;
            this.whole = fold.start();
        }

        /// Folds part after part until none is left.
        void work() {
            boolean done = false;
            try {
                for (Begun<S> begun = begin(); begun.part() >= 0; begun = begin()) {
                    S summary = begun.summary();
                    try (Stream<T> items = parts.get(begun.part()).open()) {
                        items.forEachOrdered(item -> fold.add(summary, item));
                    }
                    join(begun.part(), summary);
                }
                done = true;
            } finally {
                if (!done) {
                    fail();
                }
            }
        }

        private record Begun<S>(int part, S summary) {}

        private synchronized Begun<S> begin() {
            while (!failed && next < parts.size() && next - joined >= ahead) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CancellationException("the fold was interrupted");
                }
            }
            return failed || next == parts.size()
                    ? new Begun<>(-1, whole)
                    : new Begun<>(next++, fold.startAfter(whole));
        }

        private synchronized void join(int part, S summary) {
            waiting.put(part, summary);
            for (S first = waiting.remove(joined); first != null; first = waiting.remove(joined)) {
                if (joined == 0) {
                    whole = first;
                } else {
                    whole.merge(first);
                }
                joined++;
            }
            notifyAll();
        }

        private synchronized void fail() {
            failed = true;
            notifyAll();
        }
    }
}
