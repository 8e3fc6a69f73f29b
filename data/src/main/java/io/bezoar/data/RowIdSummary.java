package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Fold;
import io.bezoar.core.Hashing;
import io.bezoar.core.Position;
import io.bezoar.core.Summary;
import io.bezoar.core.Target;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is to be known of all rows before they get ids: for every row the hash of its own id (0 if it has none), the
/// hash
/// of its content and its position, 24 bytes.
///
/// Written in ascending order of position:
///
/// ```
/// long rows, then rows times: long position (file << 44 | offset), long content, long id
/// ```
public final class RowIdSummary implements Summary<RowIdSummary> {
    private static final int BLOCK = 3 * 1024;
    private static final int OFFSET_BITS = 44;

    private final List<long[]> full = new ArrayList<>();
    private long[] last = new long[3 * 16];
    private int filled;
    private long rows;
    private long withId;

    /// Takes rows in.
    record Gather() implements Fold<Example, RowIdSummary> {
        private static final long serialVersionUID = 1L;

        @Override
        public RowIdSummary start() {
            return new RowIdSummary();
        }

        @Override
        public void add(RowIdSummary summary, Example example) {
            long id = example.declaredId().map(RowIdSummary::idHash).orElse(0L);
            summary.add(packed(example.position()), content(example), id);
        }
    }

    RowIdSummary() {}

    private static long idHash(String id) {
        long hash = Hashing.of(id);
        return hash == 0 ? 1 : hash;
    }

    /// A position as one number that ascends in the order of rows.
    static long packed(Position position) {
        if (position.file() >= 1 << 19 || position.offset() >= 1L << OFFSET_BITS) {
            throw new IllegalArgumentException("expected at most 524288 files of at most 16 TiB, came " + position);
        }
        return (long) position.file() << OFFSET_BITS | position.offset();
    }

    /// A hash of what a row says.
    static long content(Example example) {
        long input = example.inputHash();
        return switch (example.target()) {
            case Target.Label(String name) -> Hashing.combine(Hashing.combine(1, input), Hashing.of(name));
            case Target.Response(String text) -> Hashing.combine(Hashing.combine(2, input), Hashing.of(text));
            case Target.Preference(String chosen, String rejected) ->
                Hashing.combine(Hashing.combine(3, input), Hashing.combine(Hashing.of(chosen), Hashing.of(rejected)));
            case Target.Absent() -> Hashing.combine(4, input);
        };
    }

    private void add(long position, long content, long id) {
        if (filled == last.length) {
            if (last.length < BLOCK) {
                last = Arrays.copyOf(last, Math.min(BLOCK, 2 * last.length));
            } else {
                full.add(last);
                last = new long[BLOCK];
                filled = 0;
            }
        }
        last[filled++] = position;
        last[filled++] = content;
        last[filled++] = id;
        rows++;
        withId += id == 0 ? 0 : 1;
    }

    /// How many rows there were.
    public long rows() {
        return rows;
    }

    /// How many rows have an id of their own.
    public long withId() {
        return withId;
    }

    @Override
    public void merge(RowIdSummary other) {
        full.addAll(other.full);
        for (int i = 0; i < other.filled; i += 3) {
            add(other.last[i], other.last[i + 1], other.last[i + 2]);
        }
        rows += other.full.size() * (long) (BLOCK / 3);
        for (long[] block : other.full) {
            for (int i = 2; i < BLOCK; i += 3) {
                withId += block[i] == 0 ? 0 : 1;
            }
        }
    }

    /// How many rows have an id that an earlier row has.
    long sharedIds() {
        long[] ids = column(2);
        Arrays.parallelSort(ids);
        long shared = 0;
        for (int i = 1; i < ids.length; i++) {
            shared += ids[i] == ids[i - 1] ? 1 : 0;
        }
        return shared;
    }

    /// Content and position of the rows that another row equals, ascending; pairs of entries.
    long[] repeated() {
        long[] contents = column(1);
        Arrays.parallelSort(contents);
        int kept = 0;
        for (int i = 0; i < contents.length; i++) {
            boolean twin = i > 0 && contents[i - 1] == contents[i]
                    || i + 1 < contents.length && contents[i + 1] == contents[i];
            if (twin && (kept == 0 || contents[kept - 1] != contents[i])) {
                contents[kept++] = contents[i];
            }
        }
        long[] twins = Arrays.copyOf(contents, kept);
        List<long[]> found = new ArrayList<>();
        each((position, content, id) -> {
            if (Arrays.binarySearch(twins, content) >= 0) {
                found.add(new long[] {content, position});
            }
        });
        found.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
        long[] pairs = new long[2 * found.size()];
        for (int i = 0; i < found.size(); i++) {
            pairs[2 * i] = found.get(i)[0];
            pairs[2 * i + 1] = found.get(i)[1];
        }
        return pairs;
    }

    private interface EachRow {
        void row(long position, long content, long id);
    }

    private void each(EachRow action) {
        for (long[] block : full) {
            for (int i = 0; i < BLOCK; i += 3) {
                action.row(block[i], block[i + 1], block[i + 2]);
            }
        }
        for (int i = 0; i < filled; i += 3) {
            action.row(last[i], last[i + 1], last[i + 2]);
        }
    }

    private long[] column(int which) {
        long[] values = new long[Math.toIntExact(rows)];
        int[] at = {0};
        each((position, content, id) -> values[at[0]++] = which == 1 ? content : id);
        return values;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        long[][] sorted = new long[Math.toIntExact(rows)][];
        int[] at = {0};
        each((position, content, id) -> sorted[at[0]++] = new long[] {position, content, id});
        Arrays.sort(sorted, Arrays::compare);
        out.writeLong(rows);
        for (long[] row : sorted) {
            out.writeLong(row[0]);
            out.writeLong(row[1]);
            out.writeLong(row[2]);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        full.clear();
        last = new long[3 * 16];
        filled = 0;
        rows = 0;
        withId = 0;
        for (long left = in.readLong(); left > 0; left--) {
            add(in.readLong(), in.readLong(), in.readLong());
        }
    }
}
