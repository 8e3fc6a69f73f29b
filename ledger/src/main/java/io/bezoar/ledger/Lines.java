package io.bezoar.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Walks over the rows of a stream of bytes or of one chunk of it: one row a line, without the line feed
/// and the carriage return before it; empty lines are none. Owned by one thread.
final class Lines {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FEEDS = 0x0a0a0a0a0a0a0a0aL;
    private static final long HIGH = 0x8080808080808080L;

    private final Optional<Chunks> more;
    private byte[] bytes = {};
    private int limit;
    private int start;
    private int end;
    private int after;
    private long line;

    Lines(InputStream in) {
        this.more = Optional.of(new Chunks(in));
    }

    Lines(Chunks.Chunk chunk) {
        this.more = Optional.empty();
        this.bytes = chunk.bytes();
        this.limit = chunk.to();
    }

    /// Goes on to the next row, or says that there is none.
    boolean next() throws IOException {
        do {
            while (after < limit) {
                int feed = feed(bytes, after, limit);
                start = after;
                end = end(bytes, start, feed < 0 ? limit : feed);
                after = feed < 0 ? limit : feed + 1;
                line++;
                if (end > start) {
                    return true;
                }
            }
        } while (more.isPresent() && read(more.get()));
        return false;
    }

    private boolean read(Chunks chunks) throws IOException {
        chunks.recycle(bytes);
        Optional<Chunks.Chunk> next = chunks.next();
        if (next.isPresent()) {
            bytes = next.get().checked(line).bytes();
            limit = next.get().to();
            after = 0;
        }
        return next.isPresent();
    }

    /// Holds the current row in `[start, end)`, and up to `after` its line end; not changed before the next.
    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int after() {
        return after;
    }

    /// The number of lines so far, the current row's and empty ones among them.
    long line() {
        return line;
    }

    /// A copy of the current row.
    byte[] row() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /// One past the last byte of a row that starts at `start`, its line feed or the end of all at `feed`.
    static int end(byte[] bytes, int start, int feed) {
        return feed > start && bytes[feed - 1] == '\r' ? feed - 1 : feed;
    }

    /// The first line feed in `[from, to)`, or -1; 32 bytes a step while there is none.
    static int feed(byte[] bytes, int from, int to) {
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
}
