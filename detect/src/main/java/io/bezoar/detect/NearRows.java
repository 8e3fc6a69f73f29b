package io.bezoar.detect;

import io.bezoar.core.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rows that share a band or their whole text with another row; of too many those that share most.
///
/// Among rows that share equally much those with the smallest shared hash stay: rows of one group tend to
/// have that in common, so the limit takes or leaves groups rather than rows.
final class NearRows implements Summary<NearRows> {
    private static final Comparator<Row> ORDER = Comparator.comparingInt((Row row) -> -row.shared)
            .thenComparingLong(row -> row.least)
            .thenComparingLong(row -> row.key);

    private final int keep;
    private final Map<Long, Row> rows = new HashMap<>();
    private int worstShared;
    private long worstLeast = Long.MAX_VALUE;

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
    }

    NearRows(int keep) {
        this.keep = keep;
    }

    /// Whether a row like this still has a chance to be kept.
    boolean wants(int shared, long least) {
        return shared > worstShared || shared == worstShared && least <= worstLeast;
    }

    void add(Row row) {
        rows.merge(row.key, row, (known, again) -> known.times(again.copies));
        if (rows.size() > 2 * keep) {
            cut();
        }
    }

    private void cut() {
        if (rows.size() > keep) {
            List<Row> best = rows.values().stream().sorted(ORDER).limit(keep).toList();
            rows.clear();
            best.forEach(row -> rows.put(row.key, row));
            worstShared = best.getLast().shared;
            worstLeast = best.getLast().least;
        }
    }

    /// The rows kept, by key.
    List<Row> kept() {
        cut();
        return rows.values().stream().sorted(Comparator.comparingLong(Row::key)).toList();
    }

    @Override
    public void merge(NearRows other) {
        other.rows.values().forEach(this::add);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        List<Row> kept = kept();
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
        worstShared = 0;
        worstLeast = Long.MAX_VALUE;
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
            rows.put(key, new Row(key, shared, least, same, answer, target, text, bands, sketch, in.readInt()));
        }
    }
}
