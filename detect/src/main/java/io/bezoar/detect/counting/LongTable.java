package io.bezoar.detect.counting;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/// Counts per 64-bit key: an open-addressing table of `width` integers a key. Owned by one thread.
public final class LongTable implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int width;
    private long[] keys; // 0 is free; a key of 0 is stored as 1
    private int[] values;
    private int size;

    /// @param width integers a key, at least 1
    public LongTable(int width) {
        this.width = width;
        this.keys = new long[1 << 10];
        this.values = new int[width << 10];
    }

    /// Number of keys.
    public int size() {
        return size;
    }

    /// The slot of a key, made if it is new. Valid until the next new key.
    public int slot(long key) {
        long k = key == 0 ? 1 : key;
        int at = find(keys, k);
        if (keys[at] == 0) {
            if (2 * (size + 1) > keys.length) {
                grow();
                at = find(keys, k);
            }
            keys[at] = k;
            size++;
        }
        return at;
    }

    /// The slot of a key, or -1.
    public int known(long key) {
        long k = key == 0 ? 1 : key;
        int at = find(keys, k);
        return keys[at] == 0 ? -1 : at;
    }

    /// One of the integers of a slot, 0 at first.
    public int get(int slot, int column) {
        return values[slot * width + column];
    }

    /// Sets one of the integers of a slot.
    public void set(int slot, int column, int value) {
        values[slot * width + column] = value;
    }

    /// Adds to one of the integers of a slot.
    public void add(int slot, int column, int value) {
        values[slot * width + column] += value;
    }

    /// Number of slots; those with `key(slot) == 0` are free.
    public int slots() {
        return keys.length;
    }

    /// The key of a slot, or 0 if it is free.
    public long key(int slot) {
        return keys[slot];
    }

    /// The keys, ascending.
    public long[] keys() {
        long[] out = new long[size];
        int count = 0;
        for (long key : keys) {
            if (key != 0) {
                out[count++] = key;
            }
        }
        Arrays.sort(out);
        return out;
    }

    private static int find(long[] keys, long key) {
        int mask = keys.length - 1;
        int at = (int) (key ^ (key >>> 32)) & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[width * keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = find(keys, oldKeys[i]);
                keys[at] = oldKeys[i];
                System.arraycopy(oldValues, i * width, values, at * width, width);
            }
        }
    }

    /// Adds every count of `other`.
    public void addAll(LongTable other) {
        for (int i = 0; i < other.keys.length; i++) {
            if (other.keys[i] != 0) {
                int at = slot(other.keys[i]);
                for (int c = 0; c < width; c++) {
                    values[at * width + c] += other.values[i * width + c];
                }
            }
        }
    }

    /// Writes the number of keys and each with its integers, by ascending key.
    public void write(DataOutput out) throws IOException {
        long[] sorted = keys();
        out.writeInt(sorted.length);
        for (long key : sorted) {
            out.writeLong(key);
            int at = find(keys, key);
            for (int c = 0; c < width; c++) {
                out.writeInt(values[at * width + c]);
            }
        }
    }

    /// Reads what [#write] of a table of the same width wrote, in place of what is here.
    public void read(DataInput in) throws IOException {
        keys = new long[1 << 10];
        values = new int[width << 10];
        size = 0;
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int at = slot(in.readLong());
            for (int c = 0; c < width; c++) {
                values[at * width + c] = in.readInt();
            }
        }
    }
}
