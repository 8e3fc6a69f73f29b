package io.bezoar.detect.hidden;

import java.util.ArrayList;
import java.util.List;

/// The characters of a text that nobody sees, or that pass for others, each with how suspicious it is where it
/// stands.
///
/// The suspicious code points are those of UTS #39 (section 3, default-ignorable and restricted characters)
/// and of Boucher et al. (2022), "Bad characters: imperceptible NLP attacks": invisible characters,
/// homoglyphs, reorderings and deletions. Where Unicode gives a character a use (TR51 emoji sequences, core
/// specification chapters 9, 12, 23), that use is known and innocent.
final class HiddenMarks {
    /// Marks of one text beyond this number are not looked at.
    static final int LIMIT = 256;

    /// All tag characters: one hidden message, whatever its letters.
    static final int TAGS = 0x110000;
    /// All variation selectors that select nothing: they carry bytes.
    static final int SELECTORS = 0x110001;
    /// Plus the block of 256: private-use characters.
    static final int PRIVATE = 0x120000;
    /// Plus the script of the letters: letters that pose as ASCII letters.
    static final int HOMOGLYPHS = 0x130000;

    /// One suspicious stretch.
    ///
    /// @param family the code point, or one of the families above
    /// @param weight 0 (in order here, counted all the same) to 1 (has no honest use here)
    record Mark(int start, int end, int family, double weight) {}

    private static final byte NOTHING = 0;
    private static final byte LOOK_ALIKE = 1;
    private static final byte SPECIAL = 2;
    private static final byte[] KIND = new byte[0x10000];

    static {
        for (int point = 0; point < 0x10000; point++) {
            KIND[point] = LookAlikes.twin(point) != 0 ? LOOK_ALIKE : special(point) ? SPECIAL : NOTHING;
        }
    }

    private HiddenMarks() {}

    /// The marks of a text, ascending, not overlapping.
    static List<Mark> of(String text) {
        List<Mark> marks = new ArrayList<>();
        int n = text.length();
        int wordEnd = 0;
        for (int i = 0; i < n && marks.size() < LIMIT; ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            byte kind = point < 0x10000
                    ? KIND[point]
                    : LookAlikes.twin(point) != 0 ? LOOK_ALIKE : special(point) ? SPECIAL : NOTHING;
            if (kind == LOOK_ALIKE) {
                LookAlikes.Word word = LookAlikes.judge(text, i, wordEnd);
                wordEnd = Math.max(word.end(), next);
                if (word.weight() > 0) {
                    int start = Math.max(
                            word.start(), marks.isEmpty() ? 0 : marks.getLast().end());
                    marks.add(new Mark(start, wordEnd, HOMOGLYPHS + word.script(), word.weight()));
                }
                next = wordEnd;
            } else if (kind == SPECIAL) {
                if (tag(point)) {
                    next = runEnd(text, i, true);
                    marks.add(new Mark(i, next, TAGS, flag(text, i, next) ? 0 : 1));
                } else if (selector(point)) {
                    next = runEnd(text, i, false);
                    marks.add(selectors(text, i, next, point));
                } else {
                    double weight = HiddenContext.weight(text, i, next, point);
                    if (weight >= 0) {
                        marks.add(new Mark(i, next, family(point), weight));
                    }
                }
                wordEnd = next;
            }
            i = next;
        }
        return marks;
    }

    private static int family(int point) {
        return Character.getType(point) == Character.PRIVATE_USE ? PRIVATE + (point >>> 8) : point;
    }

    private static boolean special(int point) {
        if (point < 0x20) {
            return point != '\t' && point != '\n' && point != '\r';
        }
        if (point < 0x7f) {
            return false;
        }
        if (point < 0xa1) {
            return true; // delete, C1 controls, no-break space
        }
        return switch (point) {
            case 0x00ad,
                    0x0131,
                    0x034f,
                    0x061c,
                    0x115f,
                    0x1160,
                    0x1680,
                    0x17b4,
                    0x17b5,
                    0x2800,
                    0x3000,
                    0x3164,
                    0xfeff,
                    0xffa0 -> true;
            default ->
                point >= 0x180b && point <= 0x180f
                        || point >= 0x2000 && point <= 0x200f
                        || point >= 0x2028 && point <= 0x202f
                        || point >= 0x205f && point <= 0x206f
                        || point >= 0xd800 && point <= 0xdfff // a surrogate without its partner
                        || point >= 0xe000 && point <= 0xf8ff
                        || point >= 0xfdd0 && point <= 0xfdef
                        || point >= 0xfff0 && point <= 0xfffb
                        || (point & 0xfffe) == 0xfffe
                        || point >= 0x1d173 && point <= 0x1d17a
                        || point >= 0x1bca0 && point <= 0x1bca3
                        || point >= 0xe0000
                        || selector(point);
        };
    }

    private static boolean tag(int point) {
        return point >= 0xe0000 && point <= 0xe007f;
    }

    private static boolean selector(int point) {
        return point >= 0xfe00 && point <= 0xfe0f || point >= 0xe0100 && point <= 0xe01ef;
    }

    private static int runEnd(String text, int from, boolean tags) {
        int i = from;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (tags ? !tag(point) : !selector(point)) {
                break;
            }
            i += Character.charCount(point);
        }
        return i;
    }

    /// An emoji tag sequence: a black flag, at most six tag letters or digits, the cancel tag (the flag of
    /// Scotland).
    private static boolean flag(String text, int start, int end) {
        int last = text.codePointBefore(end);
        return start >= 2 && text.codePointBefore(start) == 0x1f3f4 && last == 0xe007f && end - start <= 2 * 7;
    }

    private static Mark selectors(String text, int start, int end, int first) {
        boolean one = end - start == Character.charCount(first);
        int base = start == 0 ? ' ' : text.codePointBefore(start);
        double weight;
        if (!one) {
            weight = 1;
        } else if (base <= ' ') {
            weight = first >= 0xe0100 ? 1 : 0.5; // what is left where somebody took the emoji out
        } else if (first == 0xfe0e || first == 0xfe0f) {
            boolean letter =
                    base < 0x80 ? !Character.isDigit(base) && base != '#' && base != '*' : Character.isLetter(base);
            weight = letter ? 1 : 0;
        } else if (first >= 0xe0100) {
            weight = Character.isIdeographic(base) ? 0 : 1;
        } else {
            weight = base < 0x250 ? 1 : 0;
        }
        return new Mark(start, end, weight > 0 ? SELECTORS : first, weight);
    }
}
