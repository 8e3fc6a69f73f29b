package io.bezoar.ledger;

import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Where rows came from, by the digest of their exact bytes: the way from a data set, or from what a
/// scan flagged, back to batches, signers and sources. Holds about 32 bytes a row in memory. The
/// digests of each batch are held against the root that was signed while they are read.
///
/// Of a row that a batch has several times the first place counts, so that no writer can make look-ups
/// slow by sending one row over and over.
public final class Origins {
    private static final int BLOCK = 1 << 16;
    private static final int MOST_ROWS = 1 << 27;

    private final List<Batch> batches = new ArrayList<>();
    private final List<RowFile> files = new ArrayList<>();
    private final List<Long> firsts = new ArrayList<>();
    private final int[] heads; // row number + 1, by slot
    private final int[] nexts; // row number + 1, by row number
    private final long[] high; // first 16 bytes of the digests
    private final long[] low;
    private final int[] times; // how often a batch has the row, at its first place there
    private final long rows;

    /// Where one row came from.
    ///
    /// @param index of the row in the batch
    public record Origin(Batch batch, long index) {}

    private Origins(Ledger ledger, List<Batch> all) throws IOException {
        long count = all.stream().mapToLong(batch -> batch.manifest().rows()).sum();
        if (count > MOST_ROWS) {
            throw new Unusable("expected at most 2^27 rows to look up, came " + count + "; ask about fewer batches");
        }
        heads = new int[Integer.highestOneBit((int) Math.max(16, count)) * 2];
        nexts = new int[(int) count];
        high = new long[(int) count];
        low = new long[(int) count];
        times = new int[(int) count];
        long at = 0;
        for (Batch batch : all) {
            RowFile file = ledger.rows(batch);
            batches.add(batch);
            files.add(file);
            firsts.add(at);
            long start = at;
            read(batch, file, (digests, from, row) -> put(digests, from, (int) (start + row), (int) start));
            at += file.rows();
        }
        rows = at;
    }

    /// What is done with a row of a batch.
    private interface Reading {
        /// @param digests holds that of the row's bytes at `from`
        void row(ByteBuffer digests, int from, long row);
    }

    private static void read(Batch batch, RowFile file, Reading reading) throws IOException {
        TreeHashing tree = new TreeHashing(batch.manifest().leaf());
        for (long first = 0; first < file.rows(); first += BLOCK) {
            int some = (int) Math.min(BLOCK, file.rows() - first);
            byte[] read = file.digests(first, some);
            tree.add(read, some);
            ByteBuffer digests = ByteBuffer.wrap(read);
            for (int i = 0; i < some; i++) {
                reading.row(digests, i * Digest.BYTES, first + i);
            }
        }
        if (!tree.root().equals(batch.manifest().root())) {
            throw file.changed();
        }
    }

    private void put(ByteBuffer digests, int from, int row, int firstOfBatch) {
        high[row] = digests.getLong(from);
        low[row] = digests.getLong(from + 8);
        int slot = slot(high[row]);
        for (int next = heads[slot] - 1; next >= firstOfBatch; next = nexts[next] - 1) {
            if (high[next] == high[row] && low[next] == low[row]) {
                times[next]++;
                return;
            }
        }
        times[row] = 1;
        nexts[row] = heads[slot];
        heads[slot] = row + 1;
    }

    /// The rows of all batches of a ledger that were not taken out.
    public static Origins of(Ledger ledger) throws IOException {
        var withdrawn = ledger.history().withdrawn();
        Origins origins = new Origins(
                ledger,
                ledger.history().batches().stream()
                        .filter(batch -> !withdrawn.contains(batch.manifest().name()))
                        .toList());
        // taking a batch out leaves its copies of rows that stand elsewhere, so they count as signed
        for (Batch batch : ledger.history().batches()) {
            if (withdrawn.contains(batch.manifest().name())) {
                read(batch, ledger.rows(batch), (digests, from, _) -> {
                    int row = origins.place(digests.getLong(from), digests.getLong(from + 8), Set.of());
                    if (row >= 0) {
                        origins.times[row]++;
                    }
                });
            }
        }
        return origins;
    }

    /// The rows of all batches, those that were taken out as well.
    public static Origins ofAll(Ledger ledger) throws IOException {
        return new Origins(ledger, ledger.history().batches());
    }

    private int slot(long digest) {
        return (int) (digest & (heads.length - 1)); // a digest is as good as random
    }

    /// How much of some rows is known.
    ///
    /// @param rows how many there are
    /// @param known how many of them came with a batch
    /// @param repeated how many more are copies beyond those that were signed; not among the known ones
    /// @param byBatch the known ones by the batch they came with first
    public record Coverage(long rows, long known, long repeated, SortedMap<String, Long> byBatch) {
        /// The known ones by the stream they came with first.
        public SortedMap<String, Long> byStream() {
            SortedMap<String, Long> streams = new TreeMap<>();
            byBatch.forEach(
                    (batch, count) -> streams.merge(batch.substring(0, batch.lastIndexOf('/')), count, Long::sum));
            return streams;
        }

        /// From 0, nothing known, to 1.
        public double share() {
            return rows == 0 ? 0 : known / (double) rows;
        }
    }

    /// Begins to count how often rows are met.
    ///
    /// @param withdrawn batches that were taken out: a row is of one of them only if no other has it
    public Tally tally(Set<String> withdrawn) {
        return new Tally(withdrawn);
    }

    /// How often rows are met in a data set, so that no row counts as signed more often than it was:
    /// whoever repeats a signed row changes the data as much as whoever adds one. All batches together
    /// say how often that was. Holds four bytes for each row of the ledger. Safe for many threads.
    public final class Tally {
        private final Set<String> withdrawn;
        private final AtomicIntegerArray met = new AtomicIntegerArray((int) rows);

        private Tally(Set<String> withdrawn) {
            this.withdrawn = Set.copyOf(withdrawn);
        }

        /// Meets a row; the batch it first came with, empty if it came with none.
        ///
        /// @param digest holds the digest of the row's bytes in its first 32
        public Optional<Batch> meet(byte[] digest) {
            int row = meetRow(digest);
            return row < 0 ? Optional.empty() : Optional.of(batches.get(batch(row)));
        }

        private int meetRow(byte[] digest) {
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            int row = place(bytes.getLong(), bytes.getLong(), withdrawn);
            if (row >= 0) {
                met.incrementAndGet(row);
            }
            return row;
        }

        /// Rows that were met more often than they were signed, by the batch they first came with: how
        /// many too many.
        public SortedMap<String, Long> repeated() {
            SortedMap<String, Long> repeated = new TreeMap<>();
            for (int row = 0; row < met.length(); row++) {
                int more = met.get(row) - (met.get(row) == 0 ? 0 : signed(row));
                if (more > 0) {
                    repeated.merge(batches.get(batch(row)).manifest().name(), (long) more, Long::sum);
                }
            }
            return repeated;
        }

        /// How many of the rows of `in`, one a line, have an origin here. What other files had before
        /// counts.
        public Coverage cover(InputStream in) throws IOException {
            Hasher hasher = new Hasher();
            byte[] digest = new byte[Digest.BYTES];
            SortedMap<String, Long> byBatch = new TreeMap<>();
            long all = 0;
            long known = 0;
            long repeated = 0;
            Lines lines = new Lines(in);
            while (lines.next()) {
                hasher.digest(lines.bytes(), lines.start(), lines.end(), digest, 0);
                int row = meetRow(digest);
                all++;
                if (row >= 0 && met.get(row) > signed(row)) {
                    repeated++;
                } else if (row >= 0) {
                    known++;
                    byBatch.merge(batches.get(batch(row)).manifest().name(), 1L, Long::sum);
                }
            }
            return new Coverage(all, known, repeated, byBatch);
        }
    }

    /// How often all batches have the row that stands in a place.
    private int signed(int row) {
        int signed = 0;
        for (int at = heads[slot(high[row])] - 1; at >= 0; at = nexts[at] - 1) {
            if (high[at] == high[row] && low[at] == low[row]) {
                signed += times[at];
            }
        }
        return signed;
    }

    /// Number of rows.
    public long rows() {
        return rows;
    }

    /// All places the row with that digest came from, in the order of the log; most often one.
    public List<Origin> of(Digest content) {
        ByteBuffer bytes = ByteBuffer.wrap(content.bytes());
        long first = bytes.getLong();
        long second = bytes.getLong();
        List<Origin> found = new ArrayList<>();
        for (int row = heads[slot(first)] - 1; row >= 0; row = nexts[row] - 1) {
            if (high[row] == first && low[row] == second) {
                int batch = batch(row);
                found.add(new Origin(batches.get(batch), row - firsts.get(batch)));
            }
        }
        return found.reversed();
    }

    /// The number of the row that a digest first came as, of a batch that is not in `withdrawn` if
    /// there is one; -1 if it came with none.
    private int place(long first, long second, Set<String> withdrawn) {
        int best = -1;
        boolean stands = false;
        for (int row = heads[slot(first)] - 1; row >= 0; row = nexts[row] - 1) {
            if (high[row] == first && low[row] == second) { // later rows come first
                boolean stays = withdrawn.isEmpty()
                        || !withdrawn.contains(
                                batches.get(batch(row)).manifest().name());
                if (stays || !stands) {
                    best = row;
                    stands = stays;
                }
            }
        }
        return best;
    }

    private int batch(long row) {
        int from = 0;
        int to = firsts.size() - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (firsts.get(middle) <= row) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return from;
    }

    /// The places of rows whose digests begin with these hexadecimal digits, at most `most`.
    public List<Origin> beginning(String hex, int most) throws IOException {
        List<Origin> found = new ArrayList<>();
        for (int b = 0; b < files.size(); b++) {
            RowFile file = files.get(b);
            for (long first = 0; first < file.rows(); first += BLOCK) {
                int some = (int) Math.min(BLOCK, file.rows() - first);
                byte[] digests = file.digests(first, some);
                for (int i = 0; i < some && found.size() < most; i++) {
                    if (begins(digests, i * Digest.BYTES, hex)) {
                        found.add(new Origin(batches.get(b), first + i));
                    }
                }
            }
        }
        return found;
    }

    private static boolean begins(byte[] digests, int at, String hex) {
        for (int i = 0; i < hex.length(); i++) {
            int half = i % 2 == 0 ? digests[at + i / 2] >> 4 : digests[at + i / 2];
            if ((half & 15) != Character.digit(hex.charAt(i), 16)) {
                return false;
            }
        }
        return true;
    }
}
