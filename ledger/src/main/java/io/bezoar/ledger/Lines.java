package io.bezoar.ledger;

import io.bezoar.ledger.fault.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// The rows of a stream of bytes: one a line, without the line feed and the carriage return before it; empty lines are
/// none. Owned by one thread.
final class Lines {
    /// The longest row, in bytes.
    static final int LONGEST = 16 << 20;

    /// Rows in one block.
    static final int BLOCK = 4096;

    private final InputStream in;
    private byte[] buffer = new byte[1 << 20];
    private int at;
    private int limit;
    private boolean ended;
    private long line;

    Lines(InputStream in) {
        this.in = in;
    }

    /// Up to [#BLOCK] rows.
    ///
    /// @param bytes holds them
    /// @param starts first byte of each row
    /// @param ends one past its last byte
    /// @param lines line number of each row, from 1
    record Block(byte[] bytes, int[] starts, int[] ends, long[] lines) {
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
        long[] lines = new long[BLOCK];
        int count = 0;
        int first = at;
        int cursor = at;
        int scanned = at;
        while (count < BLOCK) {
            int feed = find(scanned);
            if (feed < 0) {
                if (!ended) {
                    int shift = first;
                    scanned = limit - shift;
                    fill(first, cursor);
                    for (int i = 0; i < count; i++) {
                        starts[i] -= shift;
                        ends[i] -= shift;
                    }
                    cursor -= shift;
                    first = 0;
                    continue;
                }
                if (cursor == limit) {
                    break;
                }
                feed = limit;
            }
            line++;
            int stop = feed > cursor && buffer[feed - 1] == '\r' ? feed - 1 : feed;
            if (stop - cursor > LONGEST) {
                throw tooLong();
            }
            if (stop > cursor) {
                starts[count] = cursor;
                ends[count] = stop;
                lines[count++] = line;
            }
            cursor = Math.min(feed + 1, limit);
            scanned = cursor;
        }
        at = cursor;
        if (count == 0) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOfRange(buffer, first, cursor);
        for (int i = 0; i < count; i++) {
            starts[i] -= first;
            ends[i] -= first;
        }
        return Optional.of(new Block(
                bytes, Arrays.copyOf(starts, count), Arrays.copyOf(ends, count), Arrays.copyOf(lines, count)));
    }

    private int find(int from) {
        for (int i = from; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// Reads on, keeping what starts at `first`.
    private void fill(int first, int cursor) throws IOException {
        if (limit - cursor > LONGEST + 1) {
            throw tooLong();
        }
        int kept = limit - first;
        byte[] target = kept > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, first, target, 0, kept);
        buffer = target;
        limit = kept;
        at -= first;
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            ended = true;
        } else {
            limit += read;
        }
    }

    private Unusable tooLong() {
        return new Unusable("expected rows of at most " + LONGEST + " bytes, came a longer one at line " + (line + 1)
                + "; cut it or leave it out");
    }
}
