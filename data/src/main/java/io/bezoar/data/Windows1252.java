package io.bezoar.data;

import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Windows-1252, of which Latin-1 is a part: one byte a character, into UTF-8 and back without loss.
///
/// Five bytes mean nothing in it: 0x81, 0x8d, 0x8f, 0x90 and 0x9d. They stay what they are, both ways: no character of
/// UTF-8 begins with one, so that the row they are in is malformed and not repaired.
///
/// Source: Unicode's mapping file CP1252.TXT, version 2.01.
final class Windows1252 {
    /// Bytes in UTF-8 of one character, at most.
    static final int LONGEST = 3;

    private static final int FIRST = 0x80;
    /// From [#FIRST]: the characters that Latin-1 does not have; what means nothing stands for itself.
    private static final String OWN =
            "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d"
                    + "\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";
    private static final byte[] BYTES = bytes();

    private Windows1252() {}

    /// The byte of each character; 0 where there is none.
    private static byte[] bytes() {
        byte[] bytes = new byte[0x2123];
        for (int b = FIRST; b < 0x100; b++) {
            if (defined(b)) {
                bytes[character(b)] = (byte) b;
            }
        }
        return bytes;
    }

    private static int character(int b) {
        return b - FIRST < OWN.length() ? OWN.charAt(b - FIRST) : b;
    }

    private static boolean defined(int b) {
        return b - FIRST >= OWN.length() || OWN.charAt(b - FIRST) != b;
    }

    /// Writes text in UTF-8; how many bytes it has.
    ///
    /// @param into has room for [#LONGEST] bytes for each of `length`
    static int decode(byte[] from, int length, byte[] into) {
        int at = 0;
        for (int i = 0; i < length; i++) {
            int b = from[i] & 0xff;
            if (b < FIRST || !defined(b)) {
                into[at++] = from[i];
                continue;
            }
            int point = character(b);
            if (point < 0x800) {
                into[at++] = (byte) (0xc0 | point >> 6);
            } else {
                into[at++] = (byte) (0xe0 | point >> 12);
                into[at++] = (byte) (0x80 | point >> 6 & 0x3f);
            }
            into[at++] = (byte) (0x80 | point & 0x3f);
        }
        return at;
    }

    /// The text in UTF-8.
    static byte[] decode(byte[] from) {
        byte[] into = new byte[Math.multiplyExact(LONGEST, from.length)];
        return Arrays.copyOf(into, decode(from, from.length, into));
    }

    /// What [#decode] wrote to `[from, to)`, as it was.
    static byte[] encode(byte[] text, int from, int to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        try (Encoded out = new Encoded(bytes)) {
            out.write(text, from, to - from);
        }
        return bytes.toByteArray();
    }

    /// Writes what is UTF-8 of [#decode] in Windows-1252: byte for byte what it was. Owned by one thread.
    static final class Encoded extends OutputStream {
        private final OutputStream out;
        private byte[] buffer = new byte[0];
        private int point;
        private int missing; // bytes of the character

        Encoded(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (buffer.length < length) {
                buffer = new byte[length];
            }
            int count = 0;
            for (int i = from; i < from + length; i++) {
                int b = bytes[i] & 0xff;
                if (missing > 0) {
                    point = point << 6 | b & 0x3f;
                    if (--missing == 0) {
                        buffer[count++] = encoded(point);
                    }
                } else if (b < 0xc0) {
                    buffer[count++] = bytes[i];
                } else {
                    missing = b < 0xe0 ? 1 : 2;
                    point = b & (b < 0xe0 ? 0x1f : 0xf);
                }
            }
            out.write(buffer, 0, count);
        }

        private static byte encoded(int point) throws IOException {
            byte b = point < BYTES.length ? BYTES[point] : 0;
            if (b == 0) {
                throw new CharConversionException(
                        "the unpacked copy holds what Windows-1252 cannot say; did it change?");
            }
            return b;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
