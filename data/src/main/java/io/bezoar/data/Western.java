package io.bezoar.data;

import java.io.IOException;

/// What speaks for it that text which should be UTF-8 is Windows-1252: counts over its first bytes. Owned by one
/// thread.
///
/// A byte is *wrong* here that is no part of a well-formed character of UTF-8. Text that is mostly ASCII has no lead
/// byte followed by the right others by chance: in a file of Windows-1252 nearly every byte beyond ASCII is wrong, in
/// one of UTF-8 that was damaged few are. Text in other encodings of one or two bytes has wrong bytes as well, and more
/// of them, side by side: Cyrillic in Windows-1251 or KOI8-R, Greek, Chinese in GBK, Japanese in Shift-JIS. Encodings
/// that differ in a few letters (Windows-1250 and 1254, ISO 8859-15) are not told apart: they are read with other
/// letters in their places, and written as they were.
final class Western {
    /// Bytes that are looked at.
    static final int LOOKED_AT = 16 << 20;

    /// Lines with a wrong byte: fewer are damage.
    private static final int LINES = 8;
    /// So many wrong bytes stand against each well-formed character beyond ASCII.
    private static final int AGAINST = 4;
    /// One byte in so many is wrong, at most.
    private static final int SPARSE = 8;
    /// One wrong byte in so many is none that western texts usually have, at most.
    private static final int UNUSUAL = 5;
    /// One wrong byte in so many follows another one, at most; a row of one sign counts as one.
    private static final int TOGETHER = 3;

    private static final int MOST_BYTES = 4; // of a character
    private static final int NONE = -1;
    private static final boolean[] USUAL = usual();

    private long bytes;
    private long lines;
    private long wrong;
    private long usual;
    private long together;
    private long characters;
    private boolean told; // the line has a wrong byte
    private int last = NONE; // the wrong byte just before

    /// Letters, and the signs that word processors and keyboards of these languages put.
    private static boolean[] usual() {
        boolean[] usual = new boolean[0x100];
        for (int b = 0xc0; b < 0xff; b++) {
            usual[b] = b != 0xd7 && b != 0xf7; // times, divided by
        }
        int[] signs = {
            0x80, 0x82, 0x84, 0x85, 0x8a, 0x8b, 0x8c, 0x8e, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x99, 0x9a, 0x9b,
            0x9c, 0x9e, 0xa0, 0xa1, 0xa3, 0xa7, 0xa9, 0xaa, 0xab, 0xad, 0xae, 0xb0, 0xb2, 0xb3, 0xb4, 0xb7, 0xba, 0xbb,
            0xbc, 0xbd, 0xbe, 0xbf
        };
        for (int b : signs) {
            usual[b] = true;
        }
        return usual;
    }

    /// Do the first [#LOOKED_AT] bytes of a file show it? JSON is UTF-8, whatever its bytes.
    static boolean shows(Body body, ReadSettings settings) throws IOException {
        if (body.encoding() != Encoding.UTF8 || body.packing().laidAsLines()) {
            return false;
        }
        Western western = new Western();
        try (Window window = new Window(body.path(), 0, Math.min(body.size(), LOOKED_AT))) {
            int next = 0;
            while (window.slide(next)) {
                next = western.take(window.bytes(), window.limit(), false);
            }
            if (body.size() <= LOOKED_AT) {
                western.take(window.bytes(), window.limit(), true);
            }
        }
        return western.shown() && delimited(body, settings);
    }

    private static boolean delimited(Body body, ReadSettings settings) throws IOException {
        return switch (settings.format()) {
            case "csv", "tsv", "lines", "fasttext" -> true;
            case "auto" ->
                switch (new Sniffer(body, settings).sniff().container()) {
                    case Container.Records(Dialect _), Container.Tagged(TaggedRow.Place _) -> true;
                    case Container.Lines(), Container.Elements(boolean _) -> false;
                };
            default -> false;
        };
    }

    /// Takes one of several texts, if it is no UTF-8 and not all bytes that are looked at were taken.
    void text(byte[] text) {
        int length = (int) Math.min(text.length, LOOKED_AT - bytes);
        if (Utf8.malformed(text, 0, length) >= 0) {
            told = false;
            last = NONE;
            take(text, length, true);
        }
    }

    /// Takes the next bytes; how many were taken: where more follow, not the beginning of a character.
    private int take(byte[] from, int length, boolean end) {
        int i = 0;
        while (i < length) {
            byte b = from[i];
            if (b >= 0) {
                told &= b != '\n' && b != '\r';
                last = NONE;
                i = told ? i + 1 : Utf8.wide(from, i + 1, length);
                continue;
            }
            int character = Utf8.character(from, i, length);
            if (character > 0) {
                characters++;
                last = NONE;
                i += character;
            } else if (!end && length - i < MOST_BYTES) {
                break;
            } else {
                wrong(b & 0xff);
                i++;
            }
        }
        bytes += i;
        return i;
    }

    private void wrong(int b) {
        wrong++;
        usual += USUAL[b] ? 1 : 0;
        together += last != NONE && last != b ? 1 : 0;
        last = b;
        lines += told ? 0 : 1;
        told = true;
    }

    /// Do the bytes that were taken show that they are Windows-1252?
    boolean shown() {
        return lines >= LINES
                && wrong >= AGAINST * characters
                && UNUSUAL * (wrong - usual) <= wrong
                && SPARSE * wrong <= bytes
                && TOGETHER * together <= wrong;
    }

    /// Is a text among others that show it written so as well? Not if it is UTF-8, be it damaged.
    static boolean likely(byte[] text) {
        Western western = new Western();
        western.text(text);
        return western.wrong > 0 && western.wrong >= AGAINST * western.characters;
    }
}
