package io.bezoar.ledger;

import io.bezoar.ledger.fault.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/// The bytes of a stream in chunks of about 1 MiB that end where a line does, so that each can be cut into
/// rows by another thread. Owned by one thread.
final class Chunks {
    /// The longest row, in bytes.
    static final int LONGEST = 16 << 20;

    private static final int ROOM = 1 << 20;
    private static final int SPARE = 16;

    private final InputStream in;
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private byte[] buffer = {};
    private int at;
    private int limit;
    private boolean ended;

    Chunks(InputStream in) {
        this.in = in;
    }

    /// Whole lines: the first of them may be of any length, the others have less than [#ROOM] bytes together.
    ///
    /// @param bytes holds them from 0 on; not changed before [#recycle]
    /// @param to one past the last line end
    record Chunk(byte[] bytes, int to) {

        /// Refuses a row that is too long.
        ///
        /// @param before lines of the stream before this chunk
        Chunk checked(long before) {
            if (to > LONGEST) {
                int feed = Lines.feed(bytes, 0, to);
                int end = Lines.end(bytes, 0, feed < 0 ? to : feed);
                if (end > LONGEST) {
                    throw new Unusable("expected rows of at most " + LONGEST + " bytes, came a longer one at line "
                            + (before + 1) + "; cut it or leave it out");
                }
            }
            return this;
        }
    }

    /// The next lines; empty at the end.
    Optional<Chunk> next() throws IOException {
        int all = limit - at; // of a line whose end is still to come
        byte[] fresh = 2 * all > ROOM ? new byte[2 * ROOM] : spare.isEmpty() ? new byte[ROOM] : spare.remove();
        System.arraycopy(buffer, at, fresh, 0, all);
        int feed = -1;
        while (feed < 0 && !ended) {
            if (all == fresh.length) {
                fresh = Arrays.copyOf(fresh, 2 * all);
            }
            int wanted = Math.min(ROOM, fresh.length - all);
            int read = in.readNBytes(fresh, all, wanted);
            feed = lastFeed(fresh, all, all + read);
            all += read;
            ended = read < wanted || (feed < 0 && all > LONGEST + 1); // a longer row is refused
        }
        buffer = fresh;
        at = ended ? all : feed + 1;
        limit = all;
        return at == 0 ? Optional.empty() : Optional.of(new Chunk(fresh, at));
    }

    /// The last line feed in `[from, to)`, or -1.
    private static int lastFeed(byte[] bytes, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// Takes the bytes of a chunk back that nobody looks at any more: room for those to come. New memory
    /// would have to be cleared first.
    void recycle(byte[] bytes) {
        if (bytes.length == ROOM && spare.size() < SPARE) {
            spare.add(bytes);
        }
    }
}
