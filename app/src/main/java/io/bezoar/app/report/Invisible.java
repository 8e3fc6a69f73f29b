package io.bezoar.app.report;

import java.util.Locale;
import java.util.Map;

/// Code points that a reader would not see, or that would change how the text around them is seen.
///
/// These are: Default_Ignorable_Code_Point (Unicode 17, DerivedCoreProperties.txt), every control and format character,
/// every space but U+0020, line and paragraph separators, private use, lone surrogates, code points without a
/// character, and a few characters whose glyph is blank. The brackets [#OPEN] and [#CLOSE] count too, so that no text
/// can forge a token.
public final class Invisible {
    static final char OPEN = '⟦';
    static final char CLOSE = '⟧';

    private static final String[] CONTROLS = {
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI", "DLE",
        "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US"
    };

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x7f, "DEL"),
            Map.entry(0x85, "NEL"),
            Map.entry(0x9b, "CSI"),
            Map.entry(0xa0, "NBSP"),
            Map.entry(0xad, "SHY"),
            Map.entry(0x34f, "CGJ"),
            Map.entry(0x61c, "ALM"),
            Map.entry(0x115f, "HANGUL CHOSEONG FILLER"),
            Map.entry(0x1160, "HANGUL JUNGSEONG FILLER"),
            Map.entry(0x1680, "OGHAM SPACE"),
            Map.entry(0x180e, "MVS"),
            Map.entry(0x2000, "EN QUAD"),
            Map.entry(0x2001, "EM QUAD"),
            Map.entry(0x2002, "EN SPACE"),
            Map.entry(0x2003, "EM SPACE"),
            Map.entry(0x2004, "1/3 EM SPACE"),
            Map.entry(0x2005, "1/4 EM SPACE"),
            Map.entry(0x2006, "1/6 EM SPACE"),
            Map.entry(0x2007, "FIGURE SPACE"),
            Map.entry(0x2008, "PUNCTUATION SPACE"),
            Map.entry(0x2009, "THIN SPACE"),
            Map.entry(0x200a, "HAIR SPACE"),
            Map.entry(0x200b, "ZWSP"),
            Map.entry(0x200c, "ZWNJ"),
            Map.entry(0x200d, "ZWJ"),
            Map.entry(0x200e, "LRM"),
            Map.entry(0x200f, "RLM"),
            Map.entry(0x2028, "LINE SEPARATOR"),
            Map.entry(0x2029, "PARAGRAPH SEPARATOR"),
            Map.entry(0x202a, "LRE"),
            Map.entry(0x202b, "RLE"),
            Map.entry(0x202c, "PDF"),
            Map.entry(0x202d, "LRO"),
            Map.entry(0x202e, "RLO"),
            Map.entry(0x202f, "NNBSP"),
            Map.entry(0x205f, "MATH SPACE"),
            Map.entry(0x2060, "WJ"),
            Map.entry(0x2066, "LRI"),
            Map.entry(0x2067, "RLI"),
            Map.entry(0x2068, "FSI"),
            Map.entry(0x2069, "PDI"),
            Map.entry(0x2800, "BRAILLE BLANK"),
            Map.entry(0x3000, "WIDE SPACE"),
            Map.entry(0x3164, "HANGUL FILLER"),
            Map.entry(0xfeff, "BOM"),
            Map.entry(0xffa0, "HALFWIDTH HANGUL FILLER"),
            Map.entry(0xfffc, "OBJECT"),
            Map.entry(0xe0001, "TAG:BEGIN"),
            Map.entry(0xe007f, "TAG:END"));

    private Invisible() {}

    /// Must the code point be drawn as a token rather than shown?
    public static boolean is(int point) {
        if (point < 0x7f) {
            return point < ' ';
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> ignorable(point) || blank(point) || point == OPEN || point == CLOSE;
        };
    }

    /// The Default_Ignorable_Code_Points that are neither format characters nor unassigned.
    private static boolean ignorable(int point) {
        return point == 0x34f
                || point == 0x115f
                || point == 0x1160
                || point == 0x17b4
                || point == 0x17b5
                || point >= 0x180b && point <= 0x180f
                || point == 0x3164
                || point == 0xffa0
                || selector(point);
    }

    /// Characters drawn as nothing though no property says so.
    private static boolean blank(int point) {
        return point == 0x2800 || point == 0xfffc || point == 0x16fe4 || point == 0x1d159;
    }

    /// Variation selectors 1 to 256.
    static boolean selector(int point) {
        return point >= 0xfe00 && point <= 0xfe0f || point >= 0xe0100 && point <= 0xe01ef;
    }

    /// Tag characters that stand for a printable ASCII character.
    static boolean tag(int point) {
        return point >= 0xe0020 && point <= 0xe007e;
    }

    /// A mark that stands on the character before it.
    static boolean mark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> !is(point);
            default -> false;
        };
    }

    /// The byte that a variation selector stands for where text is hidden in selectors: VS1 is 0, VS256 is 255.
    static int payload(int selector) {
        return selector <= 0xfe0f ? selector - 0xfe00 : selector - 0xe0100 + 16;
    }

    /// What stands between the brackets for this code point: an abbreviation of the Unicode charts where one is common,
    /// else `U+E000`. Printable ASCII only.
    static String name(int point) {
        if (point < 0x20) {
            return CONTROLS[point];
        }
        if (selector(point)) {
            return "VS" + (payload(point) + 1);
        }
        if (tag(point)) {
            return "TAG:" + (char) (point - 0xe0000);
        }
        String name = NAMES.get(point);
        return name != null ? name : String.format(Locale.ROOT, "U+%04X", point);
    }
}
