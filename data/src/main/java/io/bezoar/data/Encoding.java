package io.bezoar.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// How a file's characters are written; told by its first bytes, Windows-1252 by many more ([Western]).
enum Encoding {
    UTF8,
    /// UTF-8 after the three bytes of a byte order mark.
    UTF8_MARKED,
    UTF16_BIG,
    UTF16_LITTLE,
    /// Every other byte is zero, and no byte order mark says which kind of UTF-16 it is.
    UTF16_UNMARKED,
    UTF32,
    /// One byte a character. In a folder of texts those that are no UTF-8 are written so.
    WINDOWS_1252,
    /// No text: a tenth of the bytes is zero.
    BINARY;

    static Encoding of(byte[] head, int length) {
        if (length >= 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf) {
            return UTF8_MARKED;
        }
        if (length >= 2 && head[0] == (byte) 0xfe && head[1] == (byte) 0xff) {
            return UTF16_BIG;
        }
        if (length >= 2 && head[0] == (byte) 0xff && head[1] == (byte) 0xfe) {
            return length >= 4 && head[2] == 0 && head[3] == 0 ? UTF32 : UTF16_LITTLE;
        }
        int[] zeros = new int[2];
        int seen = Math.min(length, 1024);
        for (int i = 0; i < seen; i++) {
            zeros[i & 1] += head[i] == 0 ? 1 : 0;
        }
        int more = Math.max(zeros[0], zeros[1]);
        int fewer = Math.min(zeros[0], zeros[1]);
        if (seen >= 4 && 10 * more >= 3 * seen && 20 * fewer <= seen) {
            return UTF16_UNMARKED;
        }
        return seen >= 16 && 10 * (more + fewer) >= seen ? BINARY : UTF8;
    }

    /// Why a file of texts that begins so is not read; empty if it is.
    ///
    /// @param name of the file
    Optional<String> refused(String name) {
        return switch (this) {
            case UTF16_UNMARKED ->
                Optional.of("expected UTF-8 in \"" + name
                        + "\", came what looks like UTF-16 without a byte order mark; convert it to UTF-8");
            case UTF32 -> Optional.of("expected UTF-8 in \"" + name + "\", came UTF-32; convert it to UTF-8");
            case BINARY -> Optional.of("expected text in \"" + name + "\", came binary data");
            case UTF8, UTF8_MARKED, UTF16_BIG, UTF16_LITTLE, WINDOWS_1252 -> Optional.empty();
        };
    }

    boolean wide() {
        return this == UTF16_BIG || this == UTF16_LITTLE;
    }

    /// UTF-8 bytes of UTF-16 bytes. What is malformed there (half a surrogate pair, half a unit) comes out as malformed
    /// UTF-8, so that the row it is in is reported and not repaired.
    static InputStream transcode(InputStream in, Encoding from) {
        return new InputStream() {
            private final byte[] units = new byte[1 << 16];
            private int next;
            private int limit;
            private final byte[] character = new byte[4];
            private int given;
            private int ready;
            private int held = -1; // a high surrogate
            private boolean first = true;

            @Override
            public int read() throws IOException {
                while (given == ready) {
                    if (!more()) {
                        return -1;
                    }
                }
                return character[given++] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int at, int length) throws IOException {
                int count = 0;
                while (count < length) {
                    int b = read();
                    if (b < 0) {
                        return count == 0 ? -1 : count;
                    }
                    bytes[at + count++] = (byte) b;
                }
                return count;
            }

            private boolean more() throws IOException {
                given = 0;
                ready = 0;
                int a = unitByte();
                if (a < 0) {
                    if (held >= 0) {
                        put(held);
                        held = -1;
                        return true;
                    }
                    return false;
                }
                int b = unitByte();
                if (b < 0) {
                    character[ready++] = (byte) 0xff;
                    return true;
                }
                int unit = from == UTF16_BIG ? a << 8 | b : b << 8 | a;
                if (first) {
                    first = false;
                    return true; // the byte order mark
                }
                if (held >= 0) {
                    int high = held;
                    held = -1;
                    if (Character.isLowSurrogate((char) unit)) {
                        put(Character.toCodePoint((char) high, (char) unit));
                        return true;
                    }
                    character[ready++] = (byte) 0xff;
                    return again(unit);
                }
                return again(unit);
            }

            private boolean again(int unit) {
                if (Character.isHighSurrogate((char) unit)) {
                    held = unit;
                } else if (ready == 0) {
                    put(unit);
                } else if (unit < 0x80) {
                    character[ready++] = (byte) unit;
                } // else the row is malformed by the byte before
                return true;
            }

            private void put(int point) {
                if (point < 0x80) {
                    character[ready++] = (byte) point;
                } else if (point < 0x800) {
                    character[ready++] = (byte) (0xc0 | point >> 6);
                    character[ready++] = (byte) (0x80 | point & 0x3f);
                } else if (point < 0x10000) {
                    character[ready++] = (byte) (0xe0 | point >> 12);
                    character[ready++] = (byte) (0x80 | point >> 6 & 0x3f);
                    character[ready++] = (byte) (0x80 | point & 0x3f);
                } else {
                    character[ready++] = (byte) (0xf0 | point >> 18);
                    character[ready++] = (byte) (0x80 | point >> 12 & 0x3f);
                    character[ready++] = (byte) (0x80 | point >> 6 & 0x3f);
                    character[ready++] = (byte) (0x80 | point & 0x3f);
                }
            }

            private int unitByte() throws IOException {
                if (next == limit) {
                    next = 0;
                    limit = Math.max(0, in.read(units));
                    if (limit == 0) {
                        return -1;
                    }
                }
                return units[next++] & 0xff;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }
}
