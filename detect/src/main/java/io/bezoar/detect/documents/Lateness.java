package io.bezoar.detect.documents;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.ExactTests;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// When documents were last edited, before the newest of them: who knows when a snapshot is taken edits just before
/// it, so that nobody can undo it in time (Carlini et al. 2024, section 4.2).
///
/// @param times of the documents that name one, ascending, in milliseconds
record Lateness(long[] times) {
    private static final long DAY = 86_400_000L;
    /// Days before the newest document that are looked at.
    private static final int[] DAYS = {1, 3, 7, 30};
    /// Greatest chance, all windows counted, that so many fall into one.
    private static final double CHANCE = 1e-3;

    static Lateness of(List<Example> documents) {
        return new Lateness(documents.stream()
                .filter(row -> row.origin().time().isPresent())
                .mapToLong(row -> row.origin().timeMillis())
                .sorted()
                .toArray());
    }

    /// ", n of m of the last k days, as s % of all documents are" for the window that chance explains least, if it
    /// does not; else nothing.
    String told(List<Example> rows) {
        long[] own = of(rows).times;
        String told = "";
        double least = Math.log(CHANCE / DAYS.length);
        for (int days : DAYS) {
            if (own.length == 0 || times[times.length - 1] < Long.MIN_VALUE + days * DAY) {
                break;
            }
            long from = times[times.length - 1] - days * DAY;
            int late = since(own, from);
            int all = since(times, from);
            double chance = ExactTests.logHypergeometricTail(late, own.length, all, times.length);
            if (chance < least) {
                least = chance;
                told = String.format(
                        Locale.ROOT,
                        ", %d of %d of the last %d days, as %.1f %% of all documents are",
                        late,
                        own.length,
                        days,
                        100.0 * all / times.length);
            }
        }
        return told;
    }

    private static int since(long[] times, long from) {
        return (int) Arrays.stream(times).filter(time -> time >= from).count();
    }
}
