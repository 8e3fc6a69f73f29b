package io.bezoar.detect.survey;

import io.bezoar.core.Hashing;
import java.io.Serializable;

/// A small number for each of many 64-bit keys, as far as there is room: what a later pass over the same rows need
/// not work out again. A key that another has driven out is simply not known, so what is computed with its help
/// must not depend on it.
///
/// 2^18 lines of eight cells of eight bytes. A key's highest 18 bits say the line, where each cell holds the other 46
/// of a key beside its number: a key is never taken for another. A million keys all find room. Safe for many threads
/// without locks, since a cell is read and written in one step (a `long` on the 64-bit machines Bezoar runs on;
/// elsewhere a torn cell holds another key and is not known).
final class Remembered implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Bits of a number.
    static final int BITS = 18;
    /// Told of a key that is not known.
    static final int UNKNOWN = -1;

    /// Cells of a line: what a processor fetches at once.
    private static final int LINE = 8;

    private final long[] cells = new long[LINE << BITS];

    /// The number of a key, 0 to 2^18 - 1, or [#UNKNOWN].
    int get(long key) {
        long mixed = Hashing.mix(key);
        int line = line(mixed);
        for (int at = line; at < line + LINE; at++) {
            long cell = cells[at];
            if (holds(cell, mixed)) {
                return (int) cell & (1 << BITS) - 1;
            }
        }
        return UNKNOWN;
    }

    /// Puts the number into the first cell that is free or the key's own; the last cell of a full line is given up.
    ///
    /// @param number 0 to 2^18 - 1
    void put(long key, int number) {
        long mixed = Hashing.mix(key);
        int at = line(mixed);
        int last = at + LINE - 1;
        while (at < last && cells[at] != 0 && !holds(cells[at], mixed)) {
            at++;
        }
        cells[at] = mixed << BITS | number;
    }

    private static int line(long mixed) {
        return LINE * (int) (mixed >>> Long.SIZE - BITS);
    }

    private static boolean holds(long cell, long mixed) {
        return cell != 0 && cell >>> BITS == (mixed & -1L >>> BITS);
    }
}
