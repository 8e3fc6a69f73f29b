package io.bezoar.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Numbers the hashed features that occur in enough rows: `0 .. size() - 1`, words first, then runs of words, then
/// runs of characters ([NGrams#block]); within a kind those in most rows first, since what is often asked for
/// together then lies together in memory; equals by their hashes.
public final class Vocabulary implements Serializable {
    private static final long serialVersionUID = 2L;
    private static final int LARGEST = 1 << 27;
    /// Rows whose features are held at a time.
    private static final int BLOCK = 256;

    /// The hash of each feature, by number. A hash of 0 is counted as 1.
    private final long[] hashes;
    /// Open addressing: a feature's number and one in the low bits, bits of its hash above them; 0 is free. Most
    /// hashes that are not known are told from a slot's own without a look at `hashes`, where what is often
    /// asked for lies together. Less than half the room that hashes and numbers side by side take.
    private final int[] slots;
    /// The low bits of a slot.
    private final int low;
    private final int size;
    private final long[] filter; // bits: most hashes that are not known meet a 0 here, without a visit to the table
    private final int[] ends;
    private final float[] rarity;

    private Vocabulary(long[] kept, int[] ends, float[] rarity) {
        this.size = kept.length;
        this.ends = ends;
        this.rarity = rarity;
        this.hashes = kept;
        this.low = 2 * Integer.highestOneBit(Math.max(1, size)) - 1;
        this.slots = new int[2 * Integer.highestOneBit(Math.max(16, 2 * size))];
        this.filter = new long[slots.length / 16];
        int mask = slots.length - 1;
        for (int i = 0; i < size; i++) {
            int at = first(kept[i], mask);
            while (slots[at] != 0) {
                at = at + 1 & mask;
            }
            slots[at] = i + 1 | (int) kept[i] & ~low;
            filter[word(kept[i])] |= 1L << (kept[i] >>> 40);
        }
    }

    /// The features that occur in at least `minRows` of the given rows. Counts on the caller's fork-join pool.
    ///
    /// @param rows each row's features, repeats allowed
    public static Vocabulary of(List<long[]> rows, int minRows) {
        return of(rows.size(), rows::get, minRows);
    }

    /// The same of rows whose features are made when they are asked for, twice: never those of all rows are held.
    ///
    /// @param features of a row, repeats allowed; asked by many threads, and the same each time
    public static Vocabulary of(int rows, IntFunction<long[]> features, int minRows) {
        return of(rows, features, minRows, Integer.MAX_VALUE);
    }

    /// The same, of no more than `most` features: where more occur in `minRows` rows, it is those that occur in as
    /// many more rows as it takes.
    ///
    /// @param most 0 or more
    public static Vocabulary of(int rows, IntFunction<long[]> features, int minRows, int most) {
        Seen[] seen = IntStream.range(0, minRows > 1 ? Tally.PARTS : 0)
                .mapToObj(_ -> new Seen())
                .toArray(Seen[]::new);
        if (seen.length > 0) {
            blocks(rows, features, (part, _, hashes) -> seen[part].add(hashes, part));
        }
        Tally[] tallies =
                IntStream.range(0, Tally.PARTS).mapToObj(_ -> new Tally()).toArray(Tally[]::new);
        blocks(
                rows,
                features,
                (part, row, hashes) -> tallies[part].add(hashes, part, row + 1, seen.length == 0 ? null : seen[part]));
        int least = leastRows(tallies, minRows, most);
        long[] hashes = Arrays.stream(tallies)
                .flatMapToLong(tally -> tally.inRows(least))
                .map(hash -> hash ^ Long.MIN_VALUE)
                .sorted()
                .map(hash -> hash ^ Long.MIN_VALUE)
                .toArray();
        long[] order = new long[hashes.length]; // two bits kind, rows from most to least, place in `hashes`
        for (int i = 0; i < hashes.length; i++) {
            int largest = 0xfffffff;
            order[i] = (long) NGrams.block(hashes[i]) << 60
                    | (long) (largest - Math.min(largest, count(tallies, hashes[i]))) << 32
                    | i;
        }
        Arrays.parallelSort(order);
        int[] ends = new int[NGrams.BLOCKS];
        long[] sorted = new long[hashes.length];
        float[] rarity = new float[hashes.length];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = hashes[(int) order[i]];
            rarity[i] = (float) (1 + StrictMath.log((double) rows / count(tallies, sorted[i])));
            for (int block = NGrams.block(sorted[i]); block < NGrams.BLOCKS; block++) {
                ends[block] = i + 1;
            }
        }
        return new Vocabulary(sorted, ends, rarity);
    }

    /// The least number of rows, `minRows` or more, that no more than `most` features occur in.
    private static int leastRows(Tally[] tallies, int minRows, int most) {
        int[] counts = Arrays.stream(tallies)
                .flatMapToInt(tally -> Arrays.stream(tally.counts).filter(count -> count >= minRows))
                .toArray();
        if (counts.length <= most) {
            return minRows;
        }
        Arrays.parallelSort(counts);
        return counts[counts.length - 1 - most] + 1;
    }

    private static int count(Tally[] tallies, long hash) {
        Tally tally = tallies[Tally.part(hash)];
        return tally.counts[slot(tally.keys, hash)];
    }

    /// Takes the features of one row that belong to one part of all hashes.
    private interface Counting {
        void add(int part, int row, long[] hashes);
    }

    /// Shows every row to every part, rows in order, block by block.
    private static void blocks(int rows, IntFunction<long[]> features, Counting counting) {
        for (int from = 0; from < rows; from += BLOCK) {
            int first = from;
            long[][] block = IntStream.range(from, Math.min(rows, from + BLOCK))
                    .parallel()
                    .mapToObj(features)
                    .toArray(long[][]::new);
            IntStream.range(0, Tally.PARTS).parallel().forEach(part -> {
                for (int i = 0; i < block.length; i++) {
                    counting.add(part, first + i, block[i]);
                }
            });
        }
    }

    /// Which features of one part of all hashes may stand twice: most stand once, and need not be counted. Features
    /// share cells, so some that stand once are told twice; never the other way round.
    private static final class Seen {
        private static final int CELLS = 1 << 20;

        private final long[] once = new long[CELLS / 64];
        private final long[] twice = new long[CELLS / 64];

        void add(long[] hashes, int part) {
            for (long hash : hashes) {
                if (Tally.part(hash) == part) {
                    int word = word(hash);
                    long bit = 1L << hash;
                    twice[word] |= once[word] & bit;
                    once[word] |= bit;
                }
            }
        }

        boolean twice(long hash) {
            return (twice[word(hash)] & 1L << hash) != 0;
        }

        private static int word(long hash) {
            return (int) (hash >>> 6) & CELLS / 64 - 1;
        }
    }

    /// In how many rows each feature of one part of all hashes stands. Several small tables stay nearer to the
    /// processor than a large one, and are filled side by side.
    private static final class Tally {
        static final int PARTS = 8;

        private long[] keys = new long[1 << 14]; // open addressing; 0 is free
        private int[] counts = new int[keys.length];
        private int[] lastRow = new int[keys.length];
        private int used;

        static int part(long hash) {
            return (int) (hash >>> 53) & PARTS - 1;
        }

        /// @param seen leaves out what is in one row only; null counts all
        void add(long[] hashes, int part, int row, @Nullable Seen seen) {
            for (long hash : hashes) {
                if (part(hash) == part && (seen == null || seen.twice(hash))) {
                    add(hash == 0 ? 1 : hash, row);
                }
            }
        }

        private void add(long key, int row) {
            if (2 * used > keys.length) {
                grow();
            }
            int at = slot(keys, key);
            if (keys[at] == 0) {
                keys[at] = key;
                used++;
            }
            if (lastRow[at] != row) {
                lastRow[at] = row;
                counts[at]++;
            }
        }

        private void grow() {
            long[] oldKeys = keys;
            int[] oldCounts = counts;
            int[] oldLast = lastRow;
            keys = new long[2 * oldKeys.length];
            counts = new int[keys.length];
            lastRow = new int[keys.length];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldKeys[i] != 0) {
                    int at = slot(keys, oldKeys[i]);
                    keys[at] = oldKeys[i];
                    counts[at] = oldCounts[i];
                    lastRow[at] = oldLast[i];
                }
            }
        }

        LongStream inRows(int least) {
            return IntStream.range(0, keys.length)
                    .filter(i -> keys[i] != 0 && counts[i] >= least)
                    .mapToLong(i -> keys[i]);
        }
    }

    /// The vocabulary of some features, given by number.
    ///
    /// @param rarity the inverse document frequency of each, 1 or more
    /// @throws IllegalArgumentException if features stand twice or not kind by kind
    public static Vocabulary of(long[] hashes, float[] rarity) {
        int[] ends = new int[NGrams.BLOCKS];
        for (int i = 0; i < hashes.length; i++) {
            int kind = NGrams.block(hashes[i]);
            boolean inOrder = hashes[i] != 0 && kind < NGrams.BLOCKS && (i == 0 || NGrams.block(hashes[i - 1]) <= kind);
            if (!inOrder || !(rarity[i] >= 1 && rarity[i] < 100)) {
                throw new IllegalArgumentException(
                        "expected features kind by kind with a rarity of 1 or more, came another at " + i);
            }
            for (int block = kind; block < NGrams.BLOCKS; block++) {
                ends[block] = i + 1;
            }
        }
        Vocabulary vocabulary = new Vocabulary(hashes.clone(), ends, rarity.clone());
        for (int i = 0; i < hashes.length; i++) {
            if (vocabulary.number(hashes[i]) != i) {
                throw new IllegalArgumentException(
                        "expected every feature once, but that of number " + i + " stands twice");
            }
        }
        return vocabulary;
    }

    /// The hash of each feature, by number.
    public long[] hashes() {
        return hashes.clone();
    }

    /// Writes the features and their rarity, by number.
    public void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(hashes[i]);
            out.writeFloat(rarity[i]);
        }
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IOException if the features are none, or stand twice or not kind by kind
    public static Vocabulary read(DataInput in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > LARGEST) {
            throw new IOException("expected at most " + LARGEST + " features, came " + size);
        }
        long[] hashes = new long[Math.min(size, 1 << 16)];
        float[] rarity = new float[hashes.length];
        for (int i = 0; i < size; i++) {
            if (i == hashes.length) {
                hashes = Arrays.copyOf(hashes, Math.min(size, 2 * i));
                rarity = Arrays.copyOf(rarity, hashes.length);
            }
            hashes[i] = in.readLong();
            rarity[i] = in.readFloat();
        }
        try {
            return of(hashes, rarity);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// How many features there are.
    public int size() {
        return size;
    }

    /// One past the last number of each kind of feature.
    int[] ends() {
        return ends.clone();
    }

    /// The inverse document frequency of each feature, 1 or more.
    public float[] rarity() {
        return rarity.clone();
    }

    /// The inverse document frequency of a numbered feature, 1 or more.
    public float rarity(int number) {
        return rarity[number];
    }

    /// The number of a feature, or -1 if it is not in the vocabulary.
    public int number(long hash) {
        long key = hash == 0 ? 1 : hash;
        if ((filter[word(key)] >>> (key >>> 40) & 1) == 0) {
            return -1;
        }
        return find(key);
    }

    /// Numbers of the known features among `features`, without the unknown; repeats stay.
    public int[] numbers(long[] features) {
        int[] out = new int[features.length];
        int count = 0;
        for (long feature : features) {
            int number = number(feature);
            if (number >= 0) {
                out[count++] = number;
            }
        }
        return Arrays.copyOf(out, count);
    }

    /// Writes the numbers of the known features among the first `count` hashes, in their order; the hashes are
    /// overwritten. Returns how many there are. The unknown are dropped without a branch the processor would
    /// have to guess, and the slots are visited for all before the first answer is looked at, so that the
    /// processor waits for many places of memory at once.
    int numbers(long[] features, int count, int[] into) {
        int likely = 0;
        for (int i = 0; i < count; i++) {
            long key = features[i] == 0 ? 1 : features[i];
            features[likely] = key;
            likely += (int) (filter[word(key)] >>> (key >>> 40)) & 1;
        }
        int[] met = new int[likely];
        int mask = slots.length - 1;
        for (int i = 0; i < likely; i++) {
            met[i] = slots[first(features[i], mask)];
        }
        int known = 0;
        for (int i = 0; i < likely; i++) {
            if (met[i] != 0) {
                // most keys stand where they are looked for first
                int number = holds(met[i], features[i]) ? (met[i] & low) - 1 : find(features[i]);
                if (number >= 0) {
                    into[known++] = number;
                }
            }
        }
        return known;
    }

    private int word(long hash) {
        return (int) (hash >>> 20) & filter.length - 1;
    }

    private int find(long key) {
        int mask = slots.length - 1;
        int at = first(key, mask);
        for (int slot = slots[at]; slot != 0; slot = slots[at]) {
            if (holds(slot, key)) {
                return (slot & low) - 1;
            }
            at = at + 1 & mask;
        }
        return -1;
    }

    private boolean holds(int slot, long key) {
        return ((slot ^ (int) key) & ~low) == 0 && hashes[(slot & low) - 1] == key;
    }

    private static int first(long key, int mask) {
        return (int) (key ^ (key >>> 32)) & mask;
    }

    private static int slot(long[] table, long key) {
        int mask = table.length - 1;
        int at = (int) (key ^ (key >>> 32)) & mask;
        while (table[at] != 0 && table[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
