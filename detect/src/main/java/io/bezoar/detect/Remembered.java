package io.bezoar.detect;

import io.bezoar.core.Hashing;
import java.io.Serializable;

/// A small number for each of many 64-bit keys, as far as there is room: what a later pass over the same rows need
/// not work out again. A key that another has driven out is simply not known, so what is computed with its help
/// must not depend on it.
///
/// 2^21 cells of eight bytes, each found by 21 bits of its key and holding the other 43 beside the number: a key is
/// never taken for another. Safe for many threads without locks, since a cell is read and written in one step (a
/// `long` on the 64-bit machines Bezoar runs on; elsewhere a torn cell holds another key and is not known).
final class Remembered implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Bits of a number.
    static final int BITS = 21;
    /// Told of a key that is not known.
    static final int UNKNOWN = -1;

    private final long[] cells = new long[1 << BITS];

    /// The number of a key, 0 to 2^21 - 1, or [#UNKNOWN].
    int get(long key) {
        long mixed = Hashing.mix(key);
        long cell = cells[(int) (mixed >>> Long.SIZE - BITS)];
        return cell != 0 && cell >>> BITS == (mixed & -1L >>> BITS) ? (int) cell & (1 << BITS) - 1 : UNKNOWN;
    }

    /// @param number 0 to 2^21 - 1
    void put(long key, int number) {
        long mixed = Hashing.mix(key);
        cells[(int) (mixed >>> Long.SIZE - BITS)] = mixed << BITS | number;
    }
}
