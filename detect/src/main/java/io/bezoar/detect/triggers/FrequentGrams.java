package io.bezoar.detect.triggers;

import io.bezoar.detect.counting.Pattern;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Counts the n-grams that enough of many rows hold, in a few megabytes beside the rows; those that begin or end a
/// text for themselves as well.
///
/// Most n-grams of a text occur in no other. A first look at the rows counts all hashes in small cells that they
/// share; only those whose cell says that they may be frequent get a place in a table in the second. A cell never
/// says too little, so nothing frequent is missed and every count is exact. Slices of all hashes are counted side by
/// side on the caller's fork-join pool.
///
/// @param classes number of classes
/// @param longest longest n-gram, 1 to 3
/// @param least rows that must hold an n-gram, 1 to 127; some of those that fewer hold are counted as well
record FrequentGrams(int classes, int longest, int least) {
    private static final int SLICES = 4;
    /// Cells of a slice at most: small enough to stay near the processor.
    private static final int CELLS = 1 << 22;

    /// What `use` makes of the counts of each slice, all together.
    ///
    /// @param rows per row its classes, -1 for none, and then its tokens
    /// @param labels how many classes stand before the tokens
    <R> List<R> each(List<int[]> rows, int labels, Function<GramCounts, List<R>> use) {
        long grams = rows.stream()
                .mapToLong(row -> (long) longest * (row.length - labels))
                .sum();
        int cells = (int) Math.min(CELLS, Long.highestOneBit(Math.max(64, grams)));
        return IntStream.range(0, SLICES)
                .parallel()
                .mapToObj(slice -> use.apply(count(rows, labels, slice, seen(rows, labels, slice, cells))))
                .flatMap(List::stream)
                .toList();
    }

    /// How often each cell of a slice was met, at most 127 times; grams that come twice in a row count twice.
    private byte[] seen(List<int[]> rows, int labels, int slice, int cells) {
        byte[] seen = new byte[cells];
        long[] hashes = new long[0];
        for (int[] row : rows) {
            hashes = room(hashes, row);
            int count = hashes(row, labels, slice, hashes);
            for (int i = 0; i < count; i++) {
                int cell = cell(hashes[i], cells);
                seen[cell] += (byte) (seen[cell] < Byte.MAX_VALUE ? 1 : 0);
            }
        }
        return seen;
    }

    private GramCounts count(List<int[]> rows, int labels, int slice, byte[] seen) {
        GramCounts counts = new GramCounts(classes);
        int[] carried = new int[labels];
        long[] hashes = new long[0];
        for (int[] row : rows) {
            counts.nextRow();
            System.arraycopy(row, 0, carried, 0, labels);
            hashes = room(hashes, row);
            int count = hashes(row, labels, slice, hashes);
            for (int i = 0; i < count; i++) {
                if (seen[cell(hashes[i], seen.length)] >= least) {
                    counts.add(hashes[i], carried);
                }
            }
        }
        return counts;
    }

    /// Writes the hashes of a row's n-grams that belong to a slice, without a branch the processor would have to guess;
    /// returns how many.
    ///
    /// @param into with room for all that the row has
    private int hashes(int[] row, int labels, int slice, long[] into) {
        int all = Pattern.hashes(row, labels, longest, into);
        int count = 0;
        for (int i = 0; i < all; i++) {
            long hash = into[i];
            into[count] = hash;
            count += slice(hash) == slice ? 1 : 0;
        }
        return count;
    }

    private long[] room(long[] room, int[] row) {
        int most = longest * row.length + Pattern.ENDS;
        return room.length >= most ? room : new long[Math.max(most, 2 * room.length)];
    }

    private static int slice(long hash) {
        return (int) (hash >>> 56) & SLICES - 1;
    }

    private static int cell(long hash, int cells) {
        return (int) (hash >>> 28) & cells - 1;
    }
}
