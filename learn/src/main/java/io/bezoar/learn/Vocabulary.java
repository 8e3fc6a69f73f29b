package io.bezoar.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/// Numbers the hashed features that occur in enough rows: `0 .. size() - 1`, in ascending unsigned order of
/// their hashes, so that words come first, then runs of words, then runs of characters ([NGrams#block]).
public final class Vocabulary implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LARGEST = 1 << 27;

    private final long[] hashes; // open addressing; 0 is free, a hash of 0 is counted as 1
    private final int[] numbers;
    private final int size;
    private final long[] filter; // bits: most hashes that are not known meet a 0 here, without a visit to the table
    private final int[] ends;
    private final float[] rarity;

    private Vocabulary(long[] hashes, int[] numbers, int size, int[] ends, float[] rarity) {
        this.hashes = hashes;
        this.numbers = numbers;
        this.size = size;
        this.ends = ends;
        this.filter = new long[Math.max(1, hashes.length / 16)];
        for (long hash : hashes) {
            if (hash != 0) {
                filter[word(hash)] |= 1L << (hash >>> 40);
            }
        }
        this.rarity = rarity;
    }

    /// The features that occur in at least `minRows` of the given rows.
    ///
    /// @param rows each row's features, repeats allowed
    public static Vocabulary of(List<long[]> rows, int minRows) {
        int capacity = 1 << 16;
        long[] keys = new long[capacity];
        int[] counts = new int[capacity];
        int[] lastRow = new int[capacity];
        int used = 0;
        for (int r = 0; r < rows.size(); r++) {
            for (long hash : rows.get(r)) {
                if (2 * used > capacity) {
                    long[] oldKeys = keys;
                    int[] oldCounts = counts;
                    int[] oldLast = lastRow;
                    capacity *= 2;
                    keys = new long[capacity];
                    counts = new int[capacity];
                    lastRow = new int[capacity];
                    for (int i = 0; i < oldKeys.length; i++) {
                        if (oldKeys[i] != 0) {
                            int at = slot(keys, oldKeys[i]);
                            keys[at] = oldKeys[i];
                            counts[at] = oldCounts[i];
                            lastRow[at] = oldLast[i];
                        }
                    }
                }
                long key = hash == 0 ? 1 : hash;
                int at = slot(keys, key);
                if (keys[at] == 0) {
                    keys[at] = key;
                    used++;
                }
                if (lastRow[at] != r + 1) {
                    lastRow[at] = r + 1;
                    counts[at]++;
                }
            }
        }
        long[] kept = new long[used];
        int size = 0;
        for (int i = 0; i < capacity; i++) {
            if (keys[i] != 0 && counts[i] >= minRows) {
                kept[size++] = keys[i];
            }
        }
        kept = Arrays.copyOf(kept, size);
        Arrays.sort(kept);
        int negative = 0; // signed order puts the upper half first
        while (negative < size && kept[negative] < 0) {
            negative++;
        }
        long[] unsigned = new long[size];
        System.arraycopy(kept, negative, unsigned, 0, size - negative);
        System.arraycopy(kept, 0, unsigned, size - negative, negative);
        kept = unsigned;
        int[] ends = new int[NGrams.BLOCKS];
        for (int i = 0; i < size; i++) {
            for (int block = NGrams.block(kept[i]); block < NGrams.BLOCKS; block++) {
                ends[block] = i + 1;
            }
        }
        float[] rarity = new float[size];
        for (int i = 0; i < size; i++) {
            rarity[i] = (float) (1 + StrictMath.log((double) rows.size() / counts[slot(keys, kept[i])]));
        }
        return of(kept, ends, rarity);
    }

    /// @param kept the hashes by number
    private static Vocabulary of(long[] kept, int[] ends, float[] rarity) {
        int size = kept.length;
        int table = Integer.highestOneBit(Math.max(16, 2 * size)) * 2;
        long[] hashes = new long[table];
        int[] numbers = new int[table];
        for (int i = 0; i < size; i++) {
            int at = slot(hashes, kept[i]);
            hashes[at] = kept[i];
            numbers[at] = i;
        }
        return new Vocabulary(hashes, numbers, size, ends, rarity);
    }

    /// Writes the features and their rarity, by number.
    public void write(DataOutput out) throws IOException {
        long[] kept = new long[size];
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != 0) {
                kept[numbers[i]] = hashes[i];
            }
        }
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(kept[i]);
            out.writeFloat(rarity[i]);
        }
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IOException if it is not in order
    public static Vocabulary read(DataInput in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > LARGEST) {
            throw new IOException("expected at most " + LARGEST + " features, came " + size);
        }
        long[] kept = new long[Math.min(size, 1 << 16)];
        float[] rarity = new float[kept.length];
        int[] ends = new int[NGrams.BLOCKS];
        for (int i = 0; i < size; i++) {
            if (i == kept.length) {
                kept = Arrays.copyOf(kept, Math.min(size, 2 * i));
                rarity = Arrays.copyOf(rarity, kept.length);
            }
            kept[i] = in.readLong();
            rarity[i] = in.readFloat();
            boolean ascending = i == 0 ? kept[0] != 0 : Long.compareUnsigned(kept[i - 1], kept[i]) < 0;
            if (!ascending || NGrams.block(kept[i]) >= NGrams.BLOCKS || !(rarity[i] >= 1 && rarity[i] < 100)) {
                throw new IOException("expected ascending features with a rarity of 1 or more, came another at " + i);
            }
            for (int block = NGrams.block(kept[i]); block < NGrams.BLOCKS; block++) {
                ends[block] = i + 1;
            }
        }
        return of(Arrays.copyOf(kept, size), ends, Arrays.copyOf(rarity, size));
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
    float[] rarity() {
        return rarity.clone();
    }

    /// The number of a feature, or -1 if it is not in the vocabulary.
    public int number(long hash) {
        long key = hash == 0 ? 1 : hash;
        if ((filter[word(key)] >>> (key >>> 40) & 1) == 0) {
            return -1;
        }
        int at = slot(hashes, key);
        return hashes[at] == key ? numbers[at] : -1;
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

    private int word(long hash) {
        return (int) (hash >>> 20) & filter.length - 1;
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
