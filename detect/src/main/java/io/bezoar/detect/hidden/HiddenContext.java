package io.bezoar.detect.hidden;

import java.lang.Character.UnicodeScript;

/// How suspicious one invisible character is where it stands. 0 to 1; below 0 for one that is not even counted.
final class HiddenContext {
    private static final double IN_ORDER = 0;
    private static final double NOT_COUNTED = -1;
    /// Litter of the web: broken encodings, icon fonts, odd spaces.
    private static final double LITTER = 0.2;

    private HiddenContext() {}

    /// The weight of `point`, which stands at `[start, end)`.
    static double weight(String text, int start, int end, int point) {
        int before = start == 0 ? -1 : text.codePointBefore(start);
        int after = end >= text.length() ? -1 : text.codePointAt(end);
        if (point < 0x20 || point == 0x7f) {
            return point == '\f' || point == 0x0b ? LITTER : 0.8;
        }
        if (point < 0xa0) {
            return LITTER; // C1: text decoded with the wrong table
        }
        return switch (point) {
            case 0x00a0, 0x3000, 0x0131 -> IN_ORDER;
            case 0x00ad -> softHyphen(text, start, end);
            case 0x034f -> before >= 0 && mark(before) ? IN_ORDER : 0.7;
            case 0x061c, 0x200e, 0x200f -> rightToLeft(text) ? IN_ORDER : 0.8;
            case 0x115f, 0x1160 -> jamo(before) || jamo(after) ? IN_ORDER : 1;
            case 0x3164, 0xffa0 -> 0.8;
            case 0x17b4, 0x17b5 -> script(before) == UnicodeScript.KHMER ? IN_ORDER : 1;
            case 0x180b, 0x180c, 0x180d, 0x180e, 0x180f -> script(before) == UnicodeScript.MONGOLIAN ? IN_ORDER : 1;
            case 0x200b -> unspaced(before) && unspaced(after) ? IN_ORDER : 1;
            case 0x200c -> joining(before) && joining(after) ? IN_ORDER : 1;
            case 0x200d -> joining(before) || emoji(before) && emoji(after) ? IN_ORDER : 1;
            case 0x202a, 0x202b, 0x202c, 0x2066, 0x2067, 0x2068, 0x2069 ->
                // Quirk: message formatters wrap every inserted value in U+2068 … U+2069, in any language
                rightToLeft(text) ? IN_ORDER : point >= 0x2068 ? 0.5 : 1;
            case 0x202d, 0x202e -> rightToLeft(text) ? 0.8 : 1;
            case 0x2028, 0x2029 -> LITTER;
            case 0x2007, 0x2009, 0x202f -> IN_ORDER;
            case 0x2060 -> 0.7;
            case 0x2800 -> script(before) == UnicodeScript.BRAILLE && before != 0x2800 ? IN_ORDER : 0.5;
            case 0xfeff -> start == 0 ? IN_ORDER : 0.8;
            case 0xfff9, 0xfffa, 0xfffb -> 0.8;
            default -> byRange(point);
        };
    }

    private static double byRange(int point) {
        if (point >= 0x2000 && point <= 0x200a || point == 0x205f || point == 0x1680) {
            return LITTER;
        }
        if (point >= 0x2061 && point <= 0x2064) {
            return 0.7;
        }
        if (point >= 0x206a && point <= 0x206f || point >= 0xe0080) {
            return Character.getType(point) == Character.PRIVATE_USE ? 0.5 : 1;
        }
        if (Character.getType(point) == Character.PRIVATE_USE) {
            return point == 0xf8ff ? LITTER : 0.4;
        }
        if (point >= 0xd800 && point <= 0xdfff) {
            return LITTER;
        }
        if (point >= 0x1d173 && point <= 0x1d17a || point >= 0x1bca0 && point <= 0x1bca3) {
            return 0.5;
        }
        return point >= 0xfff0 && point <= 0xfff8 || (point & 0xfffe) == 0xfffe || point >= 0xfdd0 && point <= 0xfdef
                ? 0.8
                : NOT_COUNTED;
    }

    /// A place to break a long word is what the soft hyphen is for.
    private static double softHyphen(String text, int start, int end) {
        int left = start;
        while (left > 0 && start - left < 40 && inWord(text.charAt(left - 1))) {
            left--;
        }
        int right = end;
        while (right < text.length() && right - end < 40 && inWord(text.charAt(right))) {
            right++;
        }
        return start - left >= 2 && right - end >= 2 && right - left >= 8 ? 0.1 : 0.5;
    }

    private static boolean inWord(char c) {
        return Character.isLetter(c) || c == 0x00ad;
    }

    private static boolean mark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private static boolean jamo(int point) {
        return point >= 0x1100 && point <= 0x11ff
                || point >= 0xa960 && point <= 0xa97f
                || point >= 0xd7b0 && point <= 0xd7ff;
    }

    private static UnicodeScript script(int point) {
        return point < 0 ? UnicodeScript.COMMON : UnicodeScript.of(point);
    }

    /// Scripts that are written without spaces, where U+200B says where a line may break.
    private static boolean unspaced(int point) {
        return switch (script(point)) {
            case THAI,
                    LAO,
                    KHMER,
                    MYANMAR,
                    TAI_THAM,
                    TAI_LE,
                    NEW_TAI_LUE,
                    TIBETAN,
                    HAN,
                    HIRAGANA,
                    KATAKANA,
                    JAVANESE,
                    BALINESE -> true;
            default -> false;
        };
    }

    /// Scripts whose letters join, where U+200C and U+200D say how.
    private static boolean joining(int point) {
        return switch (script(point)) {
            case ARABIC,
                    SYRIAC,
                    MANDAIC,
                    NKO,
                    MONGOLIAN,
                    PHAGS_PA,
                    ADLAM,
                    HANIFI_ROHINGYA,
                    SOGDIAN,
                    DEVANAGARI,
                    BENGALI,
                    GURMUKHI,
                    GUJARATI,
                    ORIYA,
                    TAMIL,
                    TELUGU,
                    KANNADA,
                    MALAYALAM,
                    SINHALA,
                    KHMER,
                    MYANMAR,
                    TIBETAN,
                    BALINESE,
                    JAVANESE,
                    MEETEI_MAYEK,
                    CHAKMA,
                    NEWA,
                    TIRHUTA,
                    SHARADA -> true;
            case INHERITED -> mark(point);
            default -> false;
        };
    }

    private static boolean emoji(int point) {
        return point >= 0xa9 && (Character.isEmoji(point) || Character.isEmojiModifier(point) || point == 0xfe0f);
    }

    private static boolean rightToLeft(String text) {
        int bound = Math.min(text.length(), 20_000);
        for (int i = 0; i < bound; i++) {
            char c = text.charAt(i);
            if (c >= 0x590 && c <= 0x8ff && c != 0x61c || c >= 0xfb1d && c <= 0xfdcf || c >= 0xfe70 && c <= 0xfefc) {
                return true;
            }
            if (c >= 0xd802 && c <= 0xd83b && (c <= 0xd803 || c >= 0xd83a)) {
                return true; // high surrogates of the right-to-left blocks
            }
        }
        return false;
    }
}
