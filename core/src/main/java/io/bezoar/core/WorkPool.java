package io.bezoar.core;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/// Pools in which as many threads work as were asked for.
///
/// A thread of a plain [ForkJoinPool] that waits for a piece of work another one has begun stands still unless all
/// others do: the pieces that one forks meanwhile have nobody to take them. Here a spare thread takes its place.
public final class WorkPool {
    /// Spare threads at most: one for each level at which pieces wait for pieces, on every thread, and some.
    private static final int SPARE = 256;

    private static final int IDLE_SECONDS = 60;

    private WorkPool() {}

    /// @param threads how many work at once, at least 1; more exist while some wait
    public static ForkJoinPool of(int threads) {
        return new ForkJoinPool(
                threads,
                ForkJoinPool.defaultForkJoinWorkerThreadFactory,
                null,
                false,
                threads,
                threads + SPARE,
                threads,
                null,
                IDLE_SECONDS,
                TimeUnit.SECONDS);
    }
}
