package io.bezoar.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkPoolTest {
    /// The first piece ends only while the second runs, and who began both waits for the first.
    @Test
    void works_on_while_one_waits_for_another() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CyclicBarrier together = new CyclicBarrier(2);
        try (ForkJoinPool pool = WorkPool.of(2)) {
            int pieces = pool.submit(() -> {
                        ForkJoinTask<Integer> first = ForkJoinTask.adapt(() -> {
                                    begun.countDown();
                                    together.await(20, TimeUnit.SECONDS);
                                    return 1;
                                })
                                .fork();
                        ForkJoinTask<Integer> second = ForkJoinTask.adapt(() -> {
                                    together.await(20, TimeUnit.SECONDS);
                                    return 1;
                                })
                                .fork();
                        begun.await();
                        return first.join() + second.join();
                    })
                    .get();
            assertEquals(2, pieces);
        }
    }

    @Test
    void one_thread_ends_what_it_began() throws Exception {
        try (ForkJoinPool pool = WorkPool.of(1)) {
            assertEquals(
                    3,
                    pool.submit(() -> ForkJoinTask.adapt(() -> 3).fork().join()).get());
        }
    }
}
