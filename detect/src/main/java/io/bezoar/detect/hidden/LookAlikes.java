package io.bezoar.detect.hidden;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.SpoofChecker;
import java.util.HashMap;
import java.util.Map;

/// Letters that look like ASCII letters, and the words in which they pose as such.
///
/// Which letters look alike is the confusable data of UTS #39 (Unicode Security Mechanisms, section 4) as
/// icu4j carries it. A Cyrillic small letter whose capital looks like a Latin capital counts as well (`к`,
/// `т`). Which *words* are suspicious departs from section 5.2, whose restriction levels are made for
/// identifiers and would flag `TNFα`, `SMSка` or `ℓp`: here a word fires only if every foreign letter in it
/// has an ASCII twin, so that a reader cannot see the difference, and the row around it does not explain the
/// script.
final class LookAlikes {
    private static final int LONGEST_WORD = 64;

    /// Per BMP code point: the ASCII letter it looks like, or 0. Supplementary code points are in [#BEYOND].
    private static final char[] TWIN = new char[0x10000];

    private static final Map<Integer, Character> BEYOND = new HashMap<>();

    static {
        SpoofChecker checker =
                new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
        Map<String, Character> ascii = new HashMap<>();
        for (char c = 'a'; c <= 'z'; c++) {
            ascii.put(checker.getSkeleton(String.valueOf(c)), c);
        }
        for (char c = 'A'; c <= 'Z'; c++) {
            ascii.putIfAbsent(checker.getSkeleton(String.valueOf(c)), c);
        }
        for (int point = 0x80; point < 0x20000; point++) {
            if (!isLetter(point) || point >= 0x3400 && point <= 0x9fff || point >= 0xac00 && point <= 0xd7a3) {
                continue;
            }
            Character twin = ascii.get(checker.getSkeleton(Character.toString(point)));
            int upper = Character.toUpperCase(point);
            if (twin == null && upper != point && upper >= 0x80 && UScript.getScript(point) == UScript.CYRILLIC) {
                twin = ascii.get(checker.getSkeleton(Character.toString(upper)));
                if (twin != null) {
                    twin = Character.toLowerCase(twin);
                }
            }
            if (twin != null && !explained(point)) {
                if (point < 0x10000) {
                    TWIN[point] = twin;
                } else {
                    BEYOND.put(point, twin);
                }
            }
        }
    }

    private LookAlikes() {}

    /// What is suspicious of a word.
    ///
    /// @param start first code unit of the word
    /// @param end one past the last
    /// @param script the foreign letters' script, a [UScript] code
    /// @param weight how suspicious, 0 to 1
    record Word(int start, int end, int script, double weight) {}

    /// Letters that are the ordinary spelling of some language that otherwise uses ASCII letters, or of a
    /// script that is set beside Latin inside one word.
    private static boolean explained(int point) {
        int script = UScript.getScript(point);
        return switch (script) {
            case UScript.HAN, UScript.HANGUL, UScript.BOPOMOFO -> true;
            case UScript.LATIN, UScript.COMMON -> SpoofChecker.RECOMMENDED.contains(point);
            default -> false;
        };
    }

    private static boolean isLetter(int point) {
        return Character.isLetter(point) || Character.getType(point) == Character.LETTER_NUMBER;
    }

    private static boolean isWord(int point) {
        return isLetter(point) || Character.getType(point) == Character.NON_SPACING_MARK || Character.isDigit(point);
    }

    /// The ASCII letter this one looks like, or 0.
    static char twin(int point) {
        return point < 0x10000 ? TWIN[point] : BEYOND.getOrDefault(point, (char) 0);
    }

    /// The text with every look-alike replaced by its ASCII twin.
    static String read(String text) {
        StringBuilder read = new StringBuilder();
        text.codePoints().forEach(point -> {
            char twin = twin(point);
            if (twin == 0) {
                read.appendCodePoint(point);
            } else {
                read.append(twin);
            }
        });
        return read.toString();
    }

    /// The word around the look-alike letter at `at`, judged; its weight is 0 if it is innocent. The word
    /// begins at `from` at the earliest.
    static Word judge(String text, int at, int from) {
        int start = at;
        while (start > from && at - start < LONGEST_WORD) {
            int before = text.codePointBefore(start);
            if (!isWord(before)) {
                break;
            }
            start -= Character.charCount(before);
        }
        int end = at;
        int latin = 0;
        int ascii = 0;
        int foreign = 0;
        int twins = 0;
        int script = -1;
        boolean oneScript = true;
        boolean enclosedLatin = false;
        boolean latinAfterForeign = false;
        boolean enclosedForeign = false;
        boolean lateForeign = false;
        boolean allInterchangeable = true;
        for (int i = start; i < text.length() && i - start < 2 * LONGEST_WORD; ) {
            int point = text.codePointAt(i);
            if (!isWord(point)) {
                break;
            }
            i += Character.charCount(point);
            end = i;
            if (!isLetter(point)) {
                continue;
            }
            int own = point < 0x80 ? UScript.LATIN : UScript.getScript(point);
            char twin = twin(point);
            if (own == UScript.LATIN && twin == 0) {
                latin++;
                ascii += point < 0x80 ? 1 : 0;
                latinAfterForeign = foreign > 0;
                enclosedForeign |= lateForeign;
                allInterchangeable &= point < 0x80 && "ABCEHIJKMOPSTXYaceijkopsxy".indexOf(point) >= 0;
            } else {
                own = own == UScript.LATIN ? UScript.COMMON : own;
                oneScript &= script < 0 || script == own;
                script = script < 0 ? own : script;
                foreign++;
                twins += twin == 0 ? 0 : 1;
                enclosedLatin |= latinAfterForeign;
                lateForeign = latin > 0;
            }
        }
        double weight = 0;
        if (oneScript && twins > 0) {
            if (script == UScript.COMMON) {
                weight = twins == foreign && ascii > 0 && !notation(text, start, end, at) ? 0.8 : 0;
            } else if (latin > 0 && twins == foreign) {
                if (!(script == UScript.GREEK && scientific(text, start, end))) {
                    // a Latin word that takes the endings of the language around it
                    weight = !enclosedForeign && atHome(text, script) ? 0.2 : 1;
                }
            } else if (latin > 0) {
                weight = enclosedLatin && allInterchangeable && latin <= foreign ? 1 : 0;
            } else if (twins == foreign && (foreign > 1 || script == UScript.CYRILLIC)) {
                weight = alone(text, script, foreign) ? foreign > 2 ? 1 : 0.6 : 0;
            }
        } else if (twins > 1 && twins == foreign && latin > 0) {
            weight = 1; // letters of several scripts, all of them twins, in a Latin word
        }
        return new Word(start, Math.max(end, at + 1), Math.max(script, 0), weight);
    }

    /// Phonetic script between slashes or brackets, and mathematical letters such as `ℓp`.
    private static boolean notation(String text, int start, int end, int at) {
        if (start > 0 && "/[ˈˌ".indexOf(text.charAt(start - 1)) >= 0) {
            return true;
        }
        return end - start <= 3 && text.charAt(at) >= 0x2100 && text.charAt(at) <= 0x214f;
    }

    /// One Greek letter that is a common symbol, first or last in the word: `TNFα`, `γGT`.
    private static boolean scientific(String text, int start, int end) {
        int greek = 0;
        boolean symbol = true;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 0x370 && c < 0x400) {
                greek++;
                symbol &= (i == start || i == end - 1) && "αβγικνρσυχ".indexOf(c) >= 0;
            }
        }
        return greek == 1 && symbol;
    }

    /// Whether the row holds letters of the script that have no ASCII twin: then its words are at home.
    private static boolean atHome(String text, int script) {
        int bound = Math.min(text.length(), 20_000);
        for (int i = 0; i < bound; ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point >= 0x80 && twin(point) == 0 && isLetter(point) && UScript.getScript(point) == script) {
                return true;
            }
        }
        return false;
    }

    /// Whether a word of `letters` letters of the script stands alone in Latin text.
    private static boolean alone(String text, int script, int letters) {
        int bound = Math.min(text.length(), 20_000);
        int latin = 0;
        for (int i = 0; i < bound; i++) {
            char c = text.charAt(i);
            latin += c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' ? 1 : 0;
        }
        return latin >= 2 * letters && !atHome(text, script);
    }
}
