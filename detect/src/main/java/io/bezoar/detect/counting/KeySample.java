package io.bezoar.detect.counting;

import io.bezoar.core.Hashing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The keys of some rows, each with the hash of its target: all of them up to a limit, beyond it those whose
/// mixed keys are smallest, which is a uniform sample that does not depend on the order of rows or on how
/// they were split.
public final class KeySample {
    private final int limit;
    private final Map<Long, Long> targets = new HashMap<>();

    /// @param limit rows kept, at most; at least 1
    public KeySample(int limit) {
        this.limit = limit;
    }

    /// Adds a row by its key and the hash of its target.
    public void add(long key, long target) {
        targets.put(key, target);
        if (targets.size() > 2 * limit) {
            cut();
        }
    }

    /// Adds the rows that another sample kept.
    public void merge(KeySample other) {
        targets.putAll(other.targets);
        if (targets.size() > 2 * limit) {
            cut();
        }
    }

    /// The keys kept, ascending.
    public long[] keys() {
        cut();
        return targets.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /// The keys kept of rows with this target, ascending.
    public long[] keys(long target) {
        cut();
        return targets.entrySet().stream()
                .filter(row -> row.getValue() == target)
                .mapToLong(Map.Entry::getKey)
                .sorted()
                .toArray();
    }

    private void cut() {
        if (targets.size() <= limit) {
            return;
        }
        long[] order = targets.keySet().stream().mapToLong(Hashing::mix).toArray();
        Arrays.sort(order);
        long last = order[limit - 1];
        targets.keySet().removeIf(key -> Hashing.mix(key) > last);
    }

    /// Writes the number of rows kept and each with its target, by ascending key.
    public void write(DataOutput out) throws IOException {
        long[] keys = keys();
        out.writeInt(keys.length);
        for (long key : keys) {
            out.writeLong(key);
            out.writeLong(targets.getOrDefault(key, 0L));
        }
    }

    /// Reads what [#write] wrote, in place of what is here.
    public void read(DataInput in) throws IOException {
        targets.clear();
        int n = in.readInt();
        for (int i = 0; i < n; i++) {
            long key = in.readLong();
            targets.put(key, in.readLong());
        }
    }
}
