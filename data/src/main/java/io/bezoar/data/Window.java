package io.bezoar.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A stretch of a file in memory that slides forward and grows with the row it must hold.
final class Window implements AutoCloseable {
    private static final int FIRST = 1 << 18;

    private final FileChannel channel;
    private final long end;
    private byte[] bytes;
    private long base;
    private int limit;
    private int lineStop;

    /// @param from the first byte to read
    /// @param end one past the last byte to read
    Window(Path file, long from, long end) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        this.base = from;
        this.end = Math.max(from, Math.min(end, channel.size()));
        bytes = new byte[(int) Math.min(FIRST, Math.max(16, this.end - from))];
    }

    /// The bytes in memory; valid in `[0, limit)`.
    byte[] bytes() {
        return bytes;
    }

    int limit() {
        return limit;
    }

    /// Where in the file the byte at `index` lies.
    long offset(int index) {
        return base + index;
    }

    /// One past the last byte of the stretch.
    long end() {
        return end;
    }

    /// Drops the bytes before `from` and reads more; every index falls by `from`. False at the end of the stretch.
    boolean slide(int from) throws IOException {
        long left = end - base - limit;
        if (left <= 0 && from == 0) {
            return false;
        }
        int kept = limit - from;
        if (kept > bytes.length / 2) {
            int size = (int) Math.min(Math.min(2L * bytes.length, Integer.MAX_VALUE - 64), Math.max(16, kept + left));
            byte[] larger = new byte[Math.max(size, kept)];
            System.arraycopy(bytes, from, larger, 0, kept);
            bytes = larger;
        } else {
            System.arraycopy(bytes, from, bytes, 0, kept);
        }
        base += from;
        limit = kept;
        int wanted = (int) Math.min(left, bytes.length - kept);
        if (wanted <= 0) {
            return false;
        }
        int read = channel.read(ByteBuffer.wrap(bytes, kept, wanted), base + kept);
        if (read <= 0) {
            return false;
        }
        limit += read;
        return true;
    }

    /// Goes past the next line end after `from` without holding the line; the index where the next line starts. Where
    /// the skipped line stopped is then [#lineStop].
    int skipLine(int from) throws IOException {
        int scanned = from;
        int newline;
        while ((newline = Utf8.find(bytes, scanned, limit, (byte) '\n')) < 0) {
            boolean more = slide(limit);
            scanned = 0;
            if (!more) {
                lineStop = 0;
                return 0;
            }
        }
        lineStop = newline;
        return newline + 1;
    }

    int lineStop() {
        return lineStop;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
