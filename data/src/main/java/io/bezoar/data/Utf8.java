package io.bezoar.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Bytes that should be UTF-8, looked at eight at a time.
final class Utf8 {
    /// Flags of [#inspect].
    static final int WIDE = 1;

    static final int BACKSLASH = 2;
    static final int NUL = 4;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long BACKSLASHES = ONES * '\\';

    private Utf8() {}

    /// Eight bytes from `at`, the first the lowest.
    static long word(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /// Non-zero where a byte of `word` is zero; exact in the lowest byte that is set.
    static long zeros(long word) {
        return (word - ONES) & ~word & HIGH;
    }

    /// The index of the first `wanted` in `[from, to)`, or -1.
    static int find(byte[] bytes, int from, int to, byte wanted) {
        long pattern = ONES * (wanted & 0xff);
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long hits = zeros(word(bytes, i) ^ pattern);
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /// How many `wanted` there are in `[from, to)`.
    static long count(byte[] bytes, int from, int to, byte wanted) {
        long pattern = ONES * (wanted & 0xff);
        long count = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long x = word(bytes, i) ^ pattern;
            // exact for every byte, unlike zeros: no borrow crosses a byte
            long hits = ~(((x & ~HIGH) + ~HIGH) | x | ~HIGH);
            count += Long.bitCount(hits);
        }
        for (; i < to; i++) {
            if (bytes[i] == wanted) {
                count++;
            }
        }
        return count;
    }

    /// The index of the first byte in `[from, to)` that is beyond ASCII, or `to`.
    static int wide(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long hits = word(bytes, i) & HIGH;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (i < to && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /// Which of [#WIDE] (a byte beyond ASCII), [#BACKSLASH] and [#NUL] are in `[from, to)`.
    static int inspect(byte[] bytes, int from, int to) {
        long wide = 0;
        long slash = 0;
        long nul = 0;
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = word(bytes, i);
            wide |= word;
            slash |= zeros(word ^ BACKSLASHES);
            nul |= zeros(word);
        }
        int flags = ((wide & HIGH) != 0 ? WIDE : 0) | (slash != 0 ? BACKSLASH : 0) | (nul != 0 ? NUL : 0);
        for (; i < to; i++) {
            byte b = bytes[i];
            flags |= b < 0 ? WIDE : b == '\\' ? BACKSLASH : b == 0 ? NUL : 0;
        }
        return flags;
    }

    /// The index of the first byte in `[from, to)` that is not well-formed UTF-8 (Unicode 16, table 3-7), or -1.
    static int malformed(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int length = character(bytes, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /// How many bytes the character at `at` has; 0 if it is not well-formed.
    static int character(byte[] bytes, int at, int to) {
        int b = bytes[at] & 0xff;
        if (b < 0x80) {
            return 1;
        }
        if (b >= 0xc2 && b <= 0xdf) {
            return continues(bytes, at + 1, to, 0x80, 0xbf) ? 2 : 0;
        }
        if (b >= 0xe0 && b <= 0xef) {
            int low = b == 0xe0 ? 0xa0 : 0x80;
            int high = b == 0xed ? 0x9f : 0xbf;
            return continues(bytes, at + 1, to, low, high) && continues(bytes, at + 2, to, 0x80, 0xbf) ? 3 : 0;
        }
        if (b >= 0xf0 && b <= 0xf4) {
            int low = b == 0xf0 ? 0x90 : 0x80;
            int high = b == 0xf4 ? 0x8f : 0xbf;
            boolean whole = continues(bytes, at + 1, to, low, high)
                    && continues(bytes, at + 2, to, 0x80, 0xbf)
                    && continues(bytes, at + 3, to, 0x80, 0xbf);
            return whole ? 4 : 0;
        }
        return 0;
    }

    private static boolean continues(byte[] bytes, int at, int to, int low, int high) {
        return at < to && (bytes[at] & 0xff) >= low && (bytes[at] & 0xff) <= high;
    }

    /// Whether a text holds half a surrogate pair, which no Unicode text may.
    static boolean loneSurrogate(CharSequence text) {
        int n = text.length();
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == n || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /// The beginning of a piece, to show.
    static String quote(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + 120);
        String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        while (end < to && !text.isEmpty() && text.charAt(text.length() - 1) == '\ufffd') {
            text = text.substring(0, text.length() - 1); // a character cut in half by the bound
        }
        return text;
    }
}
