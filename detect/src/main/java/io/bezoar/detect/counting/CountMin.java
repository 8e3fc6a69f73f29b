package io.bezoar.detect.counting;

import io.bezoar.core.Hashing;
import io.bezoar.core.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How often each of very many keys came, in a space that does not grow: never less than it did, up to [#MOST], and
/// seldom more.
///
/// Two rows of 2²² counters, 16 MB: of ten million different keys one in ten thousand or so is told to have come eight
/// times. The keys themselves are kept while they are few. Owned by one thread; once asked, and until the next key, any
/// may ask.
///
/// Source: Cormode & Muthukrishnan 2005, "An improved data stream summary: the count-min sketch and its applications".
public final class CountMin implements Summary<CountMin>, Serializable {
    /// A counter goes no further.
    public static final int MOST = 0xffff;

    private static final long serialVersionUID = 1L;
    private static final int WIDTH = 1 << 22;
    /// Keys that are kept as they came, at most.
    private static final int FEW = 1 << 19;

    private final int room;
    private long[] keys = new long[16];
    private int few; // keys that are kept
    /// The first row, then the second, unsigned. Made for more keys than are kept, or when it is first asked.
    private short @Nullable [] counters;

    private boolean many; // more keys came than are kept

    public CountMin() {
        this(FEW);
    }

    /// @param room keys that are kept as they came, at most
    CountMin(int room) {
        this.room = room;
    }

    /// Counts a key once more.
    public void add(long key) {
        if (!many && few < room) {
            keys = few == keys.length ? Arrays.copyOf(keys, 2 * few) : keys;
            keys[few++] = key;
            counters = null;
        } else {
            count(settled(), key);
        }
    }

    /// How often a key came: so often at most, unless it is [#MOST].
    public int of(long key) {
        short[] table = counters();
        return Math.min(table[first(key)] & MOST, table[second(key)] & MOST);
    }

    /// About how many keys came between `least` and `most` times; fewer only where two of them share a counter.
    public int between(int least, int most) {
        short[] table = counters();
        int n = 0;
        for (int i = 0; i < WIDTH; i++) {
            int count = table[i] & MOST;
            n += count >= least && count <= most ? 1 : 0;
        }
        return n;
    }

    private static int first(long key) {
        return (int) Hashing.mix(key) & WIDTH - 1;
    }

    private static int second(long key) {
        return WIDTH + ((int) (Hashing.mix(key) >>> 32) & WIDTH - 1);
    }

    private static void count(short[] table, long key) {
        raise(table, first(key), 1);
        raise(table, second(key), 1);
    }

    private static void raise(short[] table, int at, int by) {
        table[at] = (short) Math.min(MOST, (table[at] & MOST) + by);
    }

    private short[] counters() {
        short[] table = counters;
        if (table == null) {
            table = new short[2 * WIDTH];
            for (int i = 0; i < few; i++) {
                count(table, keys[i]);
            }
            counters = table;
        }
        return table;
    }

    /// The counters, from now on instead of the keys.
    private short[] settled() {
        short[] table = counters();
        many = true;
        keys = new long[0];
        few = 0;
        return table;
    }

    @Override
    public void merge(CountMin other) {
        if (other.many) {
            short[] table = settled();
            short[] others = other.counters();
            for (int i = 0; i < table.length; i++) {
                raise(table, i, others[i] & MOST);
            }
        } else {
            for (int i = 0; i < other.few; i++) {
                add(other.keys[i]);
            }
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeBoolean(many);
        if (many) {
            byte[] bytes = new byte[4 * WIDTH];
            ByteBuffer.wrap(bytes).asShortBuffer().put(counters());
            out.write(bytes);
        } else {
            Arrays.sort(keys, 0, few);
            out.writeInt(few);
            for (int i = 0; i < few; i++) {
                out.writeLong(keys[i]);
            }
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        many = in.readBoolean();
        few = 0;
        counters = null;
        if (many) {
            byte[] bytes = new byte[4 * WIDTH];
            in.readFully(bytes);
            short[] table = new short[2 * WIDTH];
            ByteBuffer.wrap(bytes).asShortBuffer().get(table);
            counters = table;
            keys = new long[0];
        } else {
            few = in.readInt();
            keys = new long[Math.max(16, few)];
            for (int i = 0; i < few; i++) {
                keys[i] = in.readLong();
            }
        }
    }
}
