package io.bezoar.app.report;

/// How many columns of a terminal a text takes: two for East Asian wide characters and pictographs, none for marks.
///
/// The ranges follow EastAsianWidth.txt (Unicode Standard Annex #11), rounded to blocks; a terminal may differ, by
/// which a line
/// comes out a little short.
final class Columns {
    private Columns() {}

    /// The columns of `text`.
    static int of(String text) {
        int columns = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            columns += Invisible.mark(point) ? 0 : wide(point) ? 2 : 1;
        }
        return columns;
    }

    private static boolean wide(int point) {
        if (point < 0x1100) {
            return false;
        }
        return point <= 0x115f
                || point >= 0x2e80 && point <= 0x303e
                || point >= 0x3041 && point <= 0xa4cf
                || point >= 0xa960 && point <= 0xa97f
                || point >= 0xac00 && point <= 0xd7a3
                || point >= 0xf900 && point <= 0xfaff
                || point >= 0xfe30 && point <= 0xfe6f
                || point >= 0xff00 && point <= 0xff60
                || point >= 0xffe0 && point <= 0xffe6
                || point >= 0x16fe0 && point <= 0x18cff
                || point >= 0x1aff0 && point <= 0x1b2ff
                || point >= 0x1f1e6 && point <= 0x1f64f
                || point >= 0x1f680 && point <= 0x1f6ff
                || point >= 0x1f7e0 && point <= 0x1f7eb
                || point >= 0x1f900 && point <= 0x1faff
                || point >= 0x20000 && point <= 0x3fffd;
    }
}
