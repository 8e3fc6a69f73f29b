package io.bezoar.crawl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/// A channel that gives no more bytes than it was allowed, and tells its own faults from those of
/// whoever reads it. Owned by one thread.
final class Budget implements ReadableByteChannel {
    private static final int SLACK = 1 << 16; // what readers take in one go

    private final ReadableByteChannel channel;
    private long taken;
    private long end = Long.MAX_VALUE;
    private boolean spent;
    private Optional<IOException> broken = Optional.empty();

    Budget(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /// Allows this many bytes from here on.
    void allow(long bytes) {
        end = bytes > Long.MAX_VALUE - taken - SLACK ? Long.MAX_VALUE : taken + bytes + SLACK;
    }

    /// Bytes given so far.
    long taken() {
        return taken;
    }

    /// Were more bytes wanted than allowed?
    boolean spent() {
        return spent;
    }

    /// What went wrong with the channel itself.
    Optional<IOException> broken() {
        return broken;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (taken >= end) {
            spent = true;
            throw new IOException("more bytes were wanted than allowed");
        }
        try {
            int n = channel.read(into);
            taken += Math.max(0, n);
            return n;
        } catch (IOException e) {
            broken = Optional.of(e);
            throw e;
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
