package io.bezoar.detect.duplicates;

import io.bezoar.core.Summary;
import io.bezoar.detect.counting.Strings;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The rows that share a band or their whole text with another row; of too many those that share most.
///
/// Among rows that share equally much those with the smallest shared hash stay: rows of one group tend to
/// have that in common, so the limit takes or leaves groups rather than rows.
final class NearRows implements Summary<NearRows> {
    /// Rows that may come together before the worst are dropped again.
    private static final int SLACK = 8192;
    /// Bytes of the rows kept, about: 60,000 texts of 64 different words or more, 110,000 of a dozen.
    private static final long BYTES = 24_000_000;

    private final int keep;
    private final long room;
    private final List<Row> rows = new ArrayList<>();
    private long bytes;
    /// The first row in order that was dropped, without its copies; neither it nor what comes after it is kept.
    private int boundShared = -1;
    private long boundLeast;
    private long boundKey;

    /// One row, or several that are equal in all that counts.
    ///
    /// @param shared how many of its bands (and its whole text) other rows have too
    /// @param least the smallest hash among these
    /// @param same hash of the normalised input, 0 if no other row has it
    /// @param answer what must be equal for rows of the same input to agree
    /// @param target hash of the target
    /// @param text beginning of the target
    /// @param copies how many rows
    record Row(
            long key,
            int shared,
            long least,
            long same,
            long answer,
            long target,
            String text,
            long[] bands,
            int[] sketch,
            int copies) {
        Row times(int more) {
            return new Row(key, shared, least, same, answer, target, text, bands, sketch, Math.addExact(copies, more));
        }

        private static int order(Row a, Row b) {
            if (a.shared != b.shared) {
                return Integer.compare(b.shared, a.shared);
            }
            return a.least != b.least ? Long.compare(a.least, b.least) : Long.compare(a.key, b.key);
        }

        private long bytes() {
            return 100 + 8L * bands.length + 4L * sketch.length;
        }
    }

    NearRows(int keep) {
        this(keep, BYTES);
    }

    /// @param keep rows kept at most
    /// @param room bytes of the rows kept at most, about; one row is always kept
    NearRows(int keep, long room) {
        this.keep = keep;
        this.room = room;
    }

    /// Whether a row like this still has a chance to be kept.
    boolean wants(int shared, long least) {
        return shared > boundShared || shared == boundShared && least <= boundLeast;
    }

    private boolean wants(Row row) {
        return wants(row.shared, row.least)
                && (row.shared != boundShared || row.least != boundLeast || row.key < boundKey);
    }

    /// For rows that will be merged into these.
    NearRows after() {
        NearRows after = new NearRows(keep, room);
        after.bound(boundShared, boundLeast, boundKey);
        return after;
    }

    /// Lowers the bound to this one, if it is lower; what is kept beyond it goes with the next cut.
    private void bound(int shared, long least, long key) {
        boolean lower = shared != boundShared
                ? shared > boundShared
                : least != boundLeast ? least < boundLeast : key < boundKey;
        if (lower) {
            boundShared = shared;
            boundLeast = least;
            boundKey = key;
        }
    }

    void add(Row row) {
        if (wants(row)) {
            rows.add(row);
            bytes += row.bytes();
            if (rows.size() > (long) keep + SLACK || bytes > room + room / 8) {
                cut();
            }
        }
    }

    /// Makes equal rows one and keeps the longest beginning of the ordered rows that fits. What comes after the
    /// first row that did not is never kept, however the rows are split.
    private void cut() {
        rows.sort(Row::order);
        bytes = 0;
        int kept = 0;
        boolean fits = true;
        for (int i = 0; i < rows.size() && fits; i++) {
            Row row = rows.get(i);
            if (kept > 0 && rows.get(kept - 1).key == row.key) {
                rows.set(kept - 1, rows.get(kept - 1).times(row.copies));
                continue;
            }
            fits = wants(row) && kept < keep && (kept == 0 || bytes + row.bytes() <= room);
            if (fits) {
                bytes += row.bytes();
                rows.set(kept++, row);
            } else {
                bound(row.shared, row.least, row.key);
            }
        }
        rows.subList(kept, rows.size()).clear();
    }

    /// The rows kept, by key.
    List<Row> kept() {
        cut();
        return rows.stream().sorted(Comparator.comparingLong(Row::key)).toList();
    }

    @Override
    public void merge(NearRows other) {
        bound(other.boundShared, other.boundLeast, other.boundKey);
        other.rows.forEach(this::add);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        List<Row> kept = kept();
        out.writeInt(boundShared);
        out.writeLong(boundLeast);
        out.writeLong(boundKey);
        out.writeInt(kept.size());
        for (Row row : kept) {
            out.writeLong(row.key);
            out.writeInt(row.shared);
            out.writeLong(row.least);
            out.writeLong(row.same);
            out.writeLong(row.answer);
            out.writeLong(row.target);
            Strings.write(row.text, out);
            out.writeInt(row.bands.length);
            for (long band : row.bands) {
                out.writeLong(band);
            }
            out.writeInt(row.sketch.length);
            for (int hash : row.sketch) {
                out.writeInt(hash);
            }
            out.writeInt(row.copies);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        rows.clear();
        bytes = 0;
        boundShared = in.readInt();
        boundLeast = in.readLong();
        boundKey = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            long key = in.readLong();
            int shared = in.readInt();
            long least = in.readLong();
            long same = in.readLong();
            long answer = in.readLong();
            long target = in.readLong();
            String text = Strings.read(in);
            long[] bands = new long[in.readInt()];
            for (int i = 0; i < bands.length; i++) {
                bands[i] = in.readLong();
            }
            int[] sketch = new int[in.readInt()];
            for (int i = 0; i < sketch.length; i++) {
                sketch[i] = in.readInt();
            }
            add(new Row(key, shared, least, same, answer, target, text, bands, sketch, in.readInt()));
        }
    }
}
