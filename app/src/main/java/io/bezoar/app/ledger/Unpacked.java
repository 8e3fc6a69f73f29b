package io.bezoar.app.ledger;

import io.bezoar.data.GzipMembers;
import io.bezoar.ledger.fault.Unusable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The rows of a gzip file, to its very end: one that is damaged, ends early, goes on with something
/// else or is blown up is refused, for a batch is whole or it is none.
final class Unpacked extends FilterInputStream {
    private static final long FREE = 256L << 20;
    private static final long MOST_RATIO = 200;

    private final String name;
    private final Counted packed;
    private long unpacked;

    /// @param name of the file, for people
    Unpacked(String name, InputStream packed) {
        this(name, new Counted(packed));
    }

    private Unpacked(String name, Counted packed) {
        super(new GzipMembers(packed));
        this.name = name;
        this.packed = packed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count;
        try {
            count = super.read(bytes, from, length);
        } catch (IOException e) {
            throw new Unusable(
                    "expected whole gzip in \"" + name + "\", but it " + e.getMessage() + "; get the file again");
        }
        unpacked += Math.max(0, count);
        if (unpacked > FREE && unpacked / MOST_RATIO > packed.taken) {
            throw new Unusable("expected at most " + MOST_RATIO + " bytes for each packed byte of \"" + name
                    + "\", came more; unpack the file yourself if you trust it");
        }
        return count;
    }

    /// Counts what was read.
    private static final class Counted extends FilterInputStream {
        private long taken;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = super.read(bytes, from, length);
            taken += Math.max(0, count);
            return count;
        }
    }
}
