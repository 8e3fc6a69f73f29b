package io.bezoar.detect.groups;

import io.bezoar.core.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// Keys of the rows of each of several groups, as a pass gathers them.
public final class Members implements Summary<Members> {
    private final long[][] keys;
    private final int[] sizes;

    /// @param groups how many there are
    public Members(int groups) {
        keys = new long[groups][8];
        sizes = new int[groups];
    }

    /// Adds the key of a row to a group.
    public void add(int group, long key) {
        if (sizes[group] == keys[group].length) {
            keys[group] = Arrays.copyOf(keys[group], 2 * sizes[group]);
        }
        keys[group][sizes[group]++] = key;
    }

    /// The keys of a group, ascending; equal rows have equal keys, so a key may stand for several rows.
    public long[] keys(int group) {
        return Arrays.stream(keys[group], 0, sizes[group]).sorted().distinct().toArray();
    }

    @Override
    public void merge(Members other) {
        for (int g = 0; g < sizes.length; g++) {
            for (int i = 0; i < other.sizes[g]; i++) {
                add(g, other.keys[g][i]);
            }
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        for (int g = 0; g < sizes.length; g++) {
            long[] sorted = keys(g);
            out.writeInt(sorted.length);
            for (long key : sorted) {
                out.writeLong(key);
            }
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        for (int g = 0; g < sizes.length; g++) {
            sizes[g] = 0;
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                add(g, in.readLong());
            }
        }
    }
}
