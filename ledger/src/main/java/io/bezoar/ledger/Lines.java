package io.bezoar.ledger;

import io.bezoar.ledger.fault.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;

/// The rows of a stream of bytes: one a line, without the line feed and the carriage return before it;
/// empty lines are none. Owned by one thread.
final class Lines {
    /// The longest row, in bytes.
    static final int LONGEST = 16 << 20;

    /// Rows in one block.
    static final int BLOCK = 4096;

    private static final int ROOM = 1 << 20;
    private static final int SPARE = 4;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FEEDS = 0x0a0a0a0a0a0a0a0aL;
    private static final long HIGH = 0x8080808080808080L;

    private final InputStream in;
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private byte[] buffer = {};
    private int at;
    private int limit;
    private boolean ended;
    private long line;

    Lines(InputStream in) {
        this.in = in;
    }

    /// Up to [#BLOCK] rows.
    ///
    /// @param bytes holds them, perhaps among those of other blocks; not changed before [#recycle]
    /// @param starts first byte of each row
    /// @param ends one past its last byte
    /// @param after one past its line end
    /// @param lines line number of each row, from 1
    record Block(byte[] bytes, int[] starts, int[] ends, int[] after, long[] lines) {
        int count() {
            return starts.length;
        }

        byte[] row(int i) {
            return Arrays.copyOfRange(bytes, starts[i], ends[i]);
        }
    }

    /// The next rows; empty at the end.
    Optional<Block> next() throws IOException {
        int[] starts = new int[BLOCK];
        int[] ends = new int[BLOCK];
        int[] after = new int[BLOCK];
        long[] lines = new long[BLOCK];
        int count = 0;
        while (count < BLOCK) {
            int feed = find(buffer, at, limit);
            if (feed < 0) {
                if (!ended && count > 0) {
                    break; // the rows so far stay where they are
                }
                if (!ended) {
                    fill();
                    continue;
                }
                if (at == limit) {
                    break;
                }
                feed = limit;
            }
            line++;
            int stop = feed > at && buffer[feed - 1] == '\r' ? feed - 1 : feed;
            if (stop - at > LONGEST) {
                throw tooLong(line);
            }
            int next = Math.min(feed + 1, limit);
            if (stop > at) {
                starts[count] = at;
                ends[count] = stop;
                after[count] = next;
                lines[count++] = line;
            }
            at = next;
        }
        if (count == 0) {
            return Optional.empty();
        }
        return Optional.of(
                count == BLOCK
                        ? new Block(buffer, starts, ends, after, lines)
                        : new Block(
                                buffer,
                                Arrays.copyOf(starts, count),
                                Arrays.copyOf(ends, count),
                                Arrays.copyOf(after, count),
                                Arrays.copyOf(lines, count)));
    }

    /// Takes the bytes of blocks back that nobody looks at any more: room for rows to come. New memory would have to be
    /// cleared first.
    void recycle(byte[] bytes) {
        if (!Objects.equals(bytes, buffer) && bytes.length == ROOM && spare.size() < SPARE) {
            spare.add(bytes);
        }
    }

    /// The first line feed in `[from, to)`, or -1; 32 bytes a step while there is none.
    private static int find(byte[] bytes, int from, int to) {
        int i = from;
        while (i + 32 <= to
                && ((feeds(bytes, i) | feeds(bytes, i + 8) | feeds(bytes, i + 16) | feeds(bytes, i + 24)) & HIGH)
                        == 0) {
            i += 32;
        }
        for (; i + 8 <= to; i += 8) {
            long zeros = feeds(bytes, i) & HIGH;
            if (zeros != 0) {
                return i + Long.numberOfTrailingZeros(zeros) / 8;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// The highest bit of the lowest byte that is a line feed, and perhaps of bytes above it.
    private static long feeds(byte[] bytes, int at) {
        long other = (long) LONGS.get(bytes, at) ^ FEEDS;
        return (other - 0x0101010101010101L) & ~other;
    }

    /// Reads on into another buffer, which begins with what is left of the old one.
    private void fill() throws IOException {
        int left = limit - at;
        if (left > LONGEST + 1) {
            throw tooLong(line + 1);
        }
        byte[] fresh = 2 * left <= ROOM && !spare.isEmpty() ? spare.remove() : new byte[Math.max(ROOM, 2 * left)];
        System.arraycopy(buffer, at, fresh, 0, left);
        int read = in.readNBytes(fresh, left, fresh.length - left);
        ended = read < fresh.length - left;
        buffer = fresh;
        at = 0;
        limit = left + read;
    }

    private static Unusable tooLong(long line) {
        return new Unusable("expected rows of at most " + LONGEST + " bytes, came a longer one at line " + line
                + "; cut it or leave it out");
    }
}
