package io.bezoar.detect.duplicates;

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
/// A list of the cells met while they are few, two bit planes of 2^bits cells beyond that, interleaved so that both
/// bits of a cell share a cache line.
final class TwiceSeen implements Summary<TwiceSeen>, Serializable {
    private static final long serialVersionUID = 1L;

    private final int bits;
    private final int listLimit;
    /// The cells met, `listed` of them, repeats included. Empty once dense.
    private int[] list = new int[64];
    private int listed;
    /// Words in pairs, 64 cells each: seen, seen again. Empty while there is a list.
    private long[] planes = new long[0];
    private long rows;

    /// @param bits binary logarithm of the number of cells, 6 to 30
    /// @param listLimit more cells met than this go to the bit planes
    TwiceSeen(int bits, int listLimit) {
        this.bits = bits;
        this.listLimit = listLimit;
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
        long set = 0;
        int[] cells = sorted();
        for (int i = 0; i < cells.length; i++) {
            set += i == 0 || cells[i] != cells[i - 1] ? 1 : 0;
        }
        for (int i = 0; i < planes.length; i += 2) {
            set += Long.bitCount(planes[i]);
        }
        return Math.scalb((double) set, -bits);
    }

    void add(long hash) {
        addCell((int) (hash >>> (64 - bits)));
    }

    /// Which hashes were seen twice, for asking.
    Repeated repeated() {
        if (dense()) {
            long[] again = new long[planes.length / 2];
            Arrays.setAll(again, word -> planes[word << 1 | 1]);
            return new Repeated(bits, new int[0], again);
        }
        int[] cells = sorted();
        int count = 0;
        for (int i = 1; i < cells.length; i++) {
            if (cells[i] == cells[i - 1] && (count == 0 || cells[count - 1] != cells[i])) {
                cells[count++] = cells[i];
            }
        }
        return new Repeated(bits, Arrays.copyOf(cells, count), new long[0]);
    }

    /// The cells met twice or more.
    ///
    /// @param cells ascending, without repeats; unless there is a plane
    /// @param plane a bit for each cell: half as large as the summary, so that more of it stays near the processor
    record Repeated(int bits, int[] cells, long[] plane) implements Serializable {
        boolean holds(long hash) {
            int cell = (int) (hash >>> (64 - bits));
            return plane.length > 0 ? (plane[cell >>> 6] >>> cell & 1) != 0 : Arrays.binarySearch(cells, cell) >= 0;
        }
    }

    private int[] sorted() {
        int[] cells = Arrays.copyOf(list, listed);
        Arrays.sort(cells);
        return cells;
    }

    private void addCell(int cell) {
        if (dense()) {
            int word = cell >>> 6 << 1;
            long bit = 1L << cell;
            planes[word | 1] |= planes[word] & bit;
            planes[word] |= bit;
            return;
        }
        if (listed == listLimit) {
            spread();
            addCell(cell);
            return;
        }
        if (listed == list.length) {
            list = Arrays.copyOf(list, Math.min(listLimit, 2 * listed));
        }
        list[listed++] = cell;
    }

    private void spread() {
        int[] cells = list;
        int n = listed;
        list = new int[0];
        listed = 0;
        planes = new long[2 << bits - 6];
        for (int i = 0; i < n; i++) {
            addCell(cells[i]);
        }
    }

    @Override
    public void merge(TwiceSeen other) {
        rows += other.rows;
        if (!other.dense()) {
            for (int i = 0; i < other.listed; i++) {
                addCell(other.list[i]);
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
        int[] cells = sorted();
        out.writeInt(cells.length);
        for (int cell : cells) {
            out.writeInt(cell);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        rows = in.readLong();
        listed = 0;
        list = new int[64];
        planes = new long[0];
        if (in.readBoolean()) {
            spread();
            for (int i = 0; i < planes.length; i++) {
                planes[i] = in.readLong();
            }
            return;
        }
        for (int left = in.readInt(); left > 0; left--) {
            addCell(in.readInt());
        }
    }
}
