package io.bezoar.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The unpacked bytes of a gzip file (RFC 1952) of any number of members, each checked against its checksum and length.
///
/// `java.util.zip.GZIPInputStream` takes anything after the first member that is no member for the end of the file, so
/// that a damaged second member would be lost without a word; here only zero bytes may follow.
public final class GzipMembers extends InputStream {
    private static final int LONGEST_NAME = 1 << 16;

    private final InputStream in;
    private final byte[] packed = new byte[1 << 16];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private int next;
    private int limit;
    private boolean inside;
    private boolean ended;

    /// @param in the packed bytes
    public GzipMembers(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (!ended) {
                if (!inside) {
                    header();
                    continue;
                }
                int count = inflater.inflate(bytes, from, length);
                if (count > 0) {
                    checksum.update(bytes, from, count);
                    return count;
                }
                if (inflater.finished()) {
                    trailer();
                } else if (inflater.needsDictionary()) {
                    throw new IOException("is damaged: it asks for a dictionary");
                } else if (inflater.needsInput()) {
                    if (!fill()) {
                        throw new IOException("ends early");
                    }
                    inflater.setInput(packed, next, limit - next);
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw new IOException("is damaged: " + e.getMessage(), e);
        }
    }

    private void header() throws IOException {
        int first = maybe();
        while (first == 0) {
            first = maybe(); // padding, as tapes and block devices leave it
        }
        if (first < 0) {
            ended = true;
            return;
        }
        if (first != 0x1f || must() != 0x8b || must() != 8) {
            throw new IOException("goes on with bytes that are not gzip");
        }
        int flags = must();
        skip(6);
        if ((flags & 4) != 0) {
            int low = must();
            skip(low | must() << 8);
        }
        if ((flags & 8) != 0) {
            skipName();
        }
        if ((flags & 16) != 0) {
            skipName();
        }
        if ((flags & 2) != 0) {
            skip(2);
        }
        inflater.reset();
        inflater.setInput(packed, next, limit - next);
        checksum.reset();
        inside = true;
    }

    private void trailer() throws IOException {
        next = limit - inflater.getRemaining();
        long crc = little(4);
        long size = little(4);
        if (crc != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw new IOException("is damaged: a checksum does not match");
        }
        inside = false;
    }

    private long little(int count) throws IOException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) must() << 8 * i;
        }
        return value;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            must();
        }
    }

    private void skipName() throws IOException {
        for (int i = 0; must() != 0; i++) {
            if (i == LONGEST_NAME) {
                throw new IOException("is damaged: a name in it has no end");
            }
        }
    }

    private int must() throws IOException {
        int b = maybe();
        if (b < 0) {
            throw new IOException("ends early");
        }
        return b;
    }

    private int maybe() throws IOException {
        return next < limit || fill() ? packed[next++] & 0xff : -1;
    }

    private boolean fill() throws IOException {
        next = 0;
        limit = Math.max(0, in.read(packed));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
