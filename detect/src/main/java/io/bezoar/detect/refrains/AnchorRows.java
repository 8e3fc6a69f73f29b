package io.bezoar.detect.refrains;

import io.bezoar.core.Example;
import io.bezoar.core.Summary;
import io.bezoar.detect.counting.Tokens;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Per anchor the inputs of some rows whose answers hold it: of all of them those with the smallest keys. Equal rows
/// count once.
final class AnchorRows implements Summary<AnchorRows> {
    /// Rows of an anchor, at most.
    static final int ROWS = 8;

    private final Map<Long, Some> rows = new HashMap<>();

    /// Some rows, by ascending key.
    static final class Some {
        private final long[] keys = new long[ROWS];
        private final int[][] texts = new int[ROWS][];
        private int size;

        private void add(long key, int[] text) {
            int at = size;
            while (at > 0 && keys[at - 1] > key) {
                at--;
            }
            if (at == ROWS || at > 0 && keys[at - 1] == key) {
                return;
            }
            int moved = Math.min(size, ROWS - 1) - at;
            System.arraycopy(keys, at, keys, at + 1, moved);
            System.arraycopy(texts, at, texts, at + 1, moved);
            keys[at] = key;
            texts[at] = text;
            size = Math.min(ROWS, size + 1);
        }

        /// The tokens of each row's input, the middle of a long one left out.
        List<int[]> texts() {
            return Arrays.asList(texts).subList(0, size);
        }

        /// The rows' keys, ascending.
        List<Long> keys() {
            return Arrays.stream(keys, 0, size).boxed().toList();
        }
    }

    /// A row whose answer holds some anchors.
    void add(long[] anchors, Example row) {
        int[] text = Tokens.ends(row.tokens());
        for (long anchor : anchors) {
            rows.computeIfAbsent(anchor, _ -> new Some()).add(row.key(), text);
        }
    }

    /// By anchor, ascending.
    TreeMap<Long, Some> all() {
        return new TreeMap<>(rows);
    }

    @Override
    public void merge(AnchorRows other) {
        other.rows.forEach((anchor, some) -> {
            Some own = rows.computeIfAbsent(anchor, _ -> new Some());
            for (int i = 0; i < some.size; i++) {
                own.add(some.keys[i], some.texts[i]);
            }
        });
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(rows.size());
        for (Map.Entry<Long, Some> entry : all().entrySet()) {
            Some some = entry.getValue();
            out.writeLong(entry.getKey());
            out.writeInt(some.size);
            for (int i = 0; i < some.size; i++) {
                out.writeLong(some.keys[i]);
                out.writeInt(some.texts[i].length);
                for (int token : some.texts[i]) {
                    out.writeInt(token);
                }
            }
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        rows.clear();
        for (int left = in.readInt(); left > 0; left--) {
            Some some = rows.computeIfAbsent(in.readLong(), _ -> new Some());
            for (int more = in.readInt(); more > 0; more--) {
                long key = in.readLong();
                int[] text = new int[in.readInt()];
                for (int i = 0; i < text.length; i++) {
                    text[i] = in.readInt();
                }
                some.add(key, text);
            }
        }
    }
}
