package io.bezoar.detect;

import io.bezoar.core.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/// Which of very many hashes were seen at least twice, in a fixed amount of memory: a counting filter of two
/// bits a cell that knows never, once and more. It errs to one side: a hash seen twice is always told, a hash
/// seen once may be told as seen twice if another fell into its cell.
///
/// A table of the cells in use while they are few, two bit planes of 2^bits cells beyond that, interleaved so
/// that both bits of a cell share a cache line.
final class TwiceSeen implements Summary<TwiceSeen>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MORE = 1 << 31;

    private final int bits;
    private final int sparseLimit;
    private int used;
    /// Cell + 1 with [#MORE] for twice, 0 for free; open addressing. Empty once dense.
    private int[] table = new int[64];
    /// Words in pairs, 64 cells each: seen, seen again. Empty while sparse.
    private long[] planes = new long[0];
    private long rows;

    /// @param bits binary logarithm of the number of cells, 6 to 30
    /// @param sparseLimit more cells in use than this go to the bit planes
    TwiceSeen(int bits, int sparseLimit) {
        this.bits = bits;
        this.sparseLimit = sparseLimit;
    }

    private boolean dense() {
        return planes.length > 0;
    }

    void countRow() {
        rows++;
    }

    /// How many rows were counted.
    long rows() {
        return rows;
    }

    /// The share of cells in use, 0 to 1: the chance that a hash seen once is told as seen twice.
    double load() {
        long set = used;
        for (int i = 0; i < planes.length; i += 2) {
            set += Long.bitCount(planes[i]);
        }
        return Math.scalb((double) set, -bits);
    }

    void add(long hash) {
        addCell((int) (hash >>> (64 - bits)), false);
    }

    boolean seenTwice(long hash) {
        int cell = (int) (hash >>> (64 - bits));
        if (dense()) {
            return (planes[cell >>> 6 << 1 | 1] >>> cell & 1) != 0;
        }
        return table[slot(table, cell)] < 0;
    }

    private void addCell(int cell, boolean more) {
        if (dense()) {
            int word = cell >>> 6 << 1;
            long bit = 1L << cell;
            planes[word | 1] |= more ? bit : planes[word] & bit;
            planes[word] |= bit;
            return;
        }
        int slot = slot(table, cell);
        if (table[slot] != 0) {
            table[slot] |= MORE;
            return;
        }
        table[slot] = cell + 1 | (more ? MORE : 0);
        used++;
        if (used > sparseLimit) {
            spread();
        } else if (2 * used > table.length) {
            int[] bigger = new int[2 * table.length];
            for (int entry : table) {
                if (entry != 0) {
                    bigger[slot(bigger, (entry & ~MORE) - 1)] = entry;
                }
            }
            table = bigger;
        }
    }

    private static int slot(int[] table, int cell) {
        int slot = cell * 0x9e3779b1 >>> Integer.numberOfLeadingZeros(table.length) + 1;
        while (table[slot] != 0 && (table[slot] & ~MORE) != cell + 1) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private void spread() {
        int[] entries = table;
        table = new int[0];
        used = 0;
        planes = new long[2 << bits - 6];
        for (int entry : entries) {
            if (entry != 0) {
                addCell((entry & ~MORE) - 1, entry < 0);
            }
        }
    }

    @Override
    public void merge(TwiceSeen other) {
        rows += other.rows;
        if (!other.dense()) {
            for (int entry : other.table) {
                if (entry != 0) {
                    addCell((entry & ~MORE) - 1, entry < 0);
                }
            }
            return;
        }
        if (!dense()) {
            spread();
        }
        for (int i = 0; i < planes.length; i += 2) {
            planes[i + 1] |= other.planes[i + 1] | planes[i] & other.planes[i];
            planes[i] |= other.planes[i];
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(rows);
        out.writeBoolean(dense());
        if (dense()) {
            for (long word : planes) {
                out.writeLong(word);
            }
            return;
        }
        int[] entries =
                Arrays.stream(table).filter(entry -> entry != 0).sorted().toArray();
        out.writeInt(entries.length);
        for (int entry : entries) {
            out.writeInt(entry);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        rows = in.readLong();
        used = 0;
        table = new int[64];
        planes = new long[0];
        if (in.readBoolean()) {
            spread();
            for (int i = 0; i < planes.length; i++) {
                planes[i] = in.readLong();
            }
            return;
        }
        for (int left = in.readInt(); left > 0; left--) {
            int entry = in.readInt();
            addCell((entry & ~MORE) - 1, entry < 0);
        }
    }
}
