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
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// What is to be known of all rows before they get ids: for every row its position, the hash of its content and
/// the hash of its own id (0 if it has none). 12 bytes a row, 20 where rows have ids of their own.
///
/// Written in ascending order of position:
///
/// ```
/// long rows, then rows times: long position (file << 44 | offset), long content, long id
/// ```
public final class RowIdSummary implements Summary<RowIdSummary> {
    private static final int OFFSET_BITS = 44;
    private static final int MOST_SHARED = 1 << 16;
    /// Rows looked at together at least when values are compared: 8 MB.
    private static final long AT_ONCE = 1 << 20;

    private final long atOnce;
    private final List<Block> blocks = new ArrayList<>();
    private Block last = new Block(0);
    private long rows;
    private long withId;

    /// Some rows one after another in one file. Owned by one thread.
    private static final class Block {
        private static final int MOST = 1024;

        private final long first;
        private int rows;
        private int[] after = new int[16]; // position beyond the first row's, unsigned
        private long[] contents = new long[16];
        private long[] ids = new long[0]; // none while no row has an id

        Block(long first) {
            this.first = first;
        }

        boolean takes(long position) {
            return rows < MOST && position >= first && position - first <= 0xffffffffL;
        }

        void add(long position, long content, long id) {
            if (rows == after.length) {
                int more = Math.min(MOST, 2 * rows);
                after = Arrays.copyOf(after, more);
                contents = Arrays.copyOf(contents, more);
                ids = ids.length == 0 ? ids : Arrays.copyOf(ids, more);
            }
            if (id != 0 && ids.length == 0) {
                ids = new long[after.length];
            }
            if (ids.length > 0) {
                ids[rows] = id;
            }
            after[rows] = (int) (position - first);
            contents[rows++] = content;
        }

        long position(int row) {
            return first + (after[row] & 0xffffffffL);
        }

        long id(int row) {
            return ids.length == 0 ? 0 : ids[row];
        }

        void trim() {
            after = Arrays.copyOf(after, rows);
            contents = Arrays.copyOf(contents, rows);
            ids = ids.length == 0 ? ids : Arrays.copyOf(ids, rows);
        }
    }

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

    RowIdSummary() {
        this(AT_ONCE);
    }

    /// @param atOnce rows whose values are copied together when they are compared, at least; at most 16 times are
    /// needed
    RowIdSummary(long atOnce) {
        this.atOnce = atOnce;
    }

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

    static int file(long packed) {
        return (int) (packed >> OFFSET_BITS);
    }

    static long offset(long packed) {
        return packed & (1L << OFFSET_BITS) - 1;
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
        if (last.rows == 0 || !last.takes(position)) {
            end();
            last = new Block(position);
        }
        last.add(position, content, id);
        rows++;
        withId += id == 0 ? 0 : 1;
    }

    /// Ends the last block.
    private void end() {
        if (last.rows > 0) {
            last.trim();
            blocks.add(last);
            last = new Block(0);
        }
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
        end();
        other.end();
        blocks.addAll(other.blocks);
        rows += other.rows;
        withId += other.withId;
    }

    /// How many rows have an id that an earlier row has.
    long sharedIds() {
        long[] shared = {0};
        inTurns(true, ids -> {
            for (int i = 1; i < ids.length; i++) {
                shared[0] += ids[i] == ids[i - 1] ? 1 : 0;
            }
        });
        return shared[0];
    }

    /// The place of the first row without an id of its own; negative if there is none.
    long firstWithout() {
        long[] first = {-1};
        each((position, content, id) -> {
            if (id == 0 && (first[0] < 0 || position < first[0])) {
                first[0] = position;
            }
        });
        return first[0];
    }

    /// The place of the first row with an id that an earlier row has; negative if there is none. Of very many such ids
    /// some are looked at.
    long firstShared() {
        LongStream.Builder found = LongStream.builder();
        long[] count = {0};
        inTurns(true, ids -> {
            for (int i = 1; i < ids.length && count[0] < MOST_SHARED; i++) {
                if (ids[i - 1] == ids[i] && (i == 1 || ids[i - 2] != ids[i])) {
                    found.add(ids[i]);
                    count[0]++;
                }
            }
        });
        long[] shared = found.build().toArray();
        long[] first = new long[shared.length];
        long[] second = new long[shared.length];
        Arrays.fill(first, Long.MAX_VALUE);
        Arrays.fill(second, Long.MAX_VALUE);
        each((position, content, id) -> {
            int at = Arrays.binarySearch(shared, id);
            if (at >= 0) {
                second[at] = Math.min(second[at], Math.max(first[at], position));
                first[at] = Math.min(first[at], position);
            }
        });
        return Arrays.stream(second).min().orElse(-1);
    }

    /// The rows that another row equals.
    Repeated repeated() {
        LongStream.Builder found = LongStream.builder();
        inTurns(false, contents -> {
            for (int i = 1; i < contents.length; i++) {
                if (contents[i - 1] == contents[i] && (i == 1 || contents[i - 2] != contents[i])) {
                    found.add(contents[i]);
                }
            }
        });
        long[] twins = found.build().toArray();
        int[] from = new int[twins.length + 1];
        each((position, content, id) -> {
            int twin = twins.length == 0 ? -1 : Arrays.binarySearch(twins, content);
            if (twin >= 0) {
                from[twin + 1]++;
            }
        });
        Arrays.parallelPrefix(from, Math::addExact);
        long[] positions = new long[from[twins.length]];
        int[] next = from.clone();
        each((position, content, id) -> {
            int twin = twins.length == 0 ? -1 : Arrays.binarySearch(twins, content);
            if (twin >= 0) {
                positions[next[twin]++] = position;
            }
        });
        for (int twin = 0; twin < twins.length; twin++) {
            Arrays.sort(positions, from[twin], from[twin + 1]);
        }
        return new Repeated(twins, from, positions);
    }

    /// The rows whose content more than one row has.
    ///
    /// @param contents hashes, ascending
    /// @param from where in the positions those of each content begin, and one past the last
    /// @param positions ascending for each content
    record Repeated(long[] contents, int[] from, long[] positions) {
        static final Repeated NONE = new Repeated(new long[0], new int[1], new long[0]);

        /// How many rows of that content there are up to that position; 1 if no other row has it.
        int number(long content, long position) {
            int twin = Arrays.binarySearch(contents, content);
            if (twin < 0) {
                return 1;
            }
            int at = Arrays.binarySearch(positions, from[twin], from[twin + 1], position);
            return Math.max(1, (at < 0 ? -at - 1 : at + 1) - from[twin]);
        }
    }

    private interface EachRow {
        void row(long position, long content, long id);
    }

    private void each(EachRow action) {
        for (Block block : blocks) {
            each(block, action);
        }
        each(last, action);
    }

    private static void each(Block block, EachRow action) {
        for (int row = 0; row < block.rows; row++) {
            action.row(block.position(row), block.contents[row], block.id(row));
        }
    }

    /// Gives `use` all ids or contents in ascending order, a range of values at a time, so that few are copied at once.
    private void inTurns(boolean ids, Consumer<long[]> use) {
        int bits = 0;
        while (bits < 4 && rows >> bits > atOnce) {
            bits++;
        }
        for (long range = -(1L << bits) / 2; range < Math.max(1, (1L << bits) / 2); range++) {
            long[] some = new long[1024];
            int count = 0;
            for (int b = 0; b <= blocks.size(); b++) {
                Block block = b < blocks.size() ? blocks.get(b) : last;
                for (int row = 0; row < block.rows; row++) {
                    long value = ids ? block.id(row) : block.contents[row];
                    if (bits == 0 || value >> Long.SIZE - bits == range) {
                        if (count == some.length) {
                            some = Arrays.copyOf(some, 2 * count);
                        }
                        some[count++] = value;
                    }
                }
            }
            some = Arrays.copyOf(some, count);
            Arrays.parallelSort(some);
            use.accept(some);
        }
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
        blocks.clear();
        last = new Block(0);
        rows = 0;
        withId = 0;
        for (long left = in.readLong(); left > 0; left--) {
            add(in.readLong(), in.readLong(), in.readLong());
        }
    }
}
