package io.bezoar.core;

import java.util.Arrays;

/// Cuts a text into tokens: runs of letters and digits, lower case; every other character but white space by
/// itself.
///
/// Invisible characters (zero-width, bidirectional controls, tags, variation selectors, fillers) are tokens
/// of their own, so a hidden trigger is as visible to the detectors as a word. Scripts written without spaces
/// (Han, kana, Thai, Lao, Khmer, Myanmar) give one token a character. A token is known by 32 bits of hash;
/// whoever names one to a person looks the characters up in the row ([#spans]).
///
/// At most [#LIMIT] tokens of a text are looked at.
public final class Tokenizer {
    /// Tokens of one text beyond this number are not looked at.
    public static final int LIMIT = 8192;

    private static final int SEED = 0x811c9dc5;
    private static final int PRIME = 0x01000193;
    /// Times [#PRIME] this is 1, modulo 2³².
    private static final int INVERSE = 0x359c449b;

    private static final byte SPACE = 0;
    private static final byte WORD = 1;
    private static final byte SINGLE = 2;

    private static final byte[] ASCII = new byte[128];

    static {
        for (int c = 0; c < 128; c++) {
            ASCII[c] = Character.isLetterOrDigit(c) ? WORD : c <= ' ' && isSpace(c) ? SPACE : SINGLE;
        }
    }

    private Tokenizer() {}

    /// The hashes of the tokens, in order.
    public static int[] tokens(String text) {
        int n = text.length();
        int[] out = new int[Math.min(LIMIT, n / 5 + 8)];
        int count = 0;
        int i = 0;
        while (i < n && count < LIMIT) {
            char c = text.charAt(i);
            int hash;
            if (c < 128) {
                byte kind = ASCII[c];
                if (kind == SPACE) {
                    i++;
                    continue;
                }
                hash = SEED;
                if (kind == SINGLE) {
                    hash = (hash ^ c) * PRIME;
                    i++;
                } else {
                    do {
                        hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32 : c)) * PRIME;
                        i++;
                    } while (i < n && (c = text.charAt(i)) < 128 && ASCII[c] == WORD);
                    if (i < n && c >= 128) {
                        // the word goes on beyond ASCII
                        while (i < n) {
                            int point = text.codePointAt(i);
                            if (kind(point) != WORD) {
                                break;
                            }
                            hash = (hash ^ lower(point)) * PRIME;
                            i += Character.charCount(point);
                        }
                    }
                }
            } else {
                int point = text.codePointAt(i);
                byte kind = kind(point);
                i += Character.charCount(point);
                if (kind == SPACE) {
                    continue;
                }
                hash = (SEED ^ lower(point)) * PRIME;
                if (kind == WORD) {
                    while (i < n) {
                        point = text.codePointAt(i);
                        if (kind(point) != WORD) {
                            break;
                        }
                        hash = (hash ^ lower(point)) * PRIME;
                        i += Character.charCount(point);
                    }
                }
            }
            if (count == out.length) {
                out = Arrays.copyOf(out, Math.min(LIMIT, 2 * count));
            }
            out[count++] = hash ^ (hash >>> 15);
        }
        return count == out.length ? out : Arrays.copyOf(out, count);
    }

    /// Where the tokens of [#tokens] stand, as start and end of each: `start0, end0, start1, end1, …` in
    /// UTF-16 code units.
    public static int[] spans(String text) {
        int[] out = new int[64];
        int count = 0;
        int i = 0;
        int n = text.length();
        while (i < n && count < 2 * LIMIT) {
            int point = text.codePointAt(i);
            byte kind = kind(point);
            int start = i;
            i += Character.charCount(point);
            if (kind == SPACE) {
                continue;
            }
            if (kind == WORD) {
                while (i < n && kind(point = text.codePointAt(i)) == WORD) {
                    i += Character.charCount(point);
                }
            }
            if (count == out.length) {
                out = Arrays.copyOf(out, 2 * count);
            }
            out[count++] = start;
            out[count++] = i;
        }
        return Arrays.copyOf(out, count);
    }

    /// The hash of a text that is one token.
    public static int token(String word) {
        int[] tokens = tokens(word);
        if (tokens.length != 1) {
            throw new IllegalArgumentException("expected one token, got " + tokens.length);
        }
        return tokens[0];
    }

    /// The letter of a script written without spaces that a token is, as a code point in lower case; -1 for any
    /// other token, save that one word in about 50,000 has the hash of such a letter.
    public static int letter(int token) {
        int point = (token ^ token >>> 15 ^ token >>> 30) * INVERSE ^ SEED;
        return Character.isValidCodePoint(point) && unspaced(point) ? point : -1;
    }

    /// Is a letter of a script without spaces ([#letter]) one of a few dozen that spell sounds, as those of Thai and
    /// the kana do, and not one of thousands that stand for words?
    public static boolean spells(int letter) {
        return letter < 0x3400;
    }

    private static int lower(int point) {
        return Character.toLowerCase(point);
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    private static byte kind(int point) {
        if (point < 128) {
            return ASCII[point];
        }
        if (Character.isLetterOrDigit(point)) {
            return unspaced(point) || filler(point) ? SINGLE : WORD;
        }
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                variationSelector(point) ? SINGLE : WORD;
            case Character.SPACE_SEPARATOR -> point == 0x00a0 || point == 0x3000 ? SPACE : SINGLE;
            default -> SINGLE;
        };
    }

    private static boolean variationSelector(int point) {
        return point >= 0xfe00 && point <= 0xfe0f
                || point >= 0xe0100 && point <= 0xe01ef
                || point == 0x034f
                || point >= 0x180b && point <= 0x180f;
    }

    private static boolean filler(int point) {
        return point == 0x115f || point == 0x1160 || point == 0x3164 || point == 0xffa0;
    }

    private static boolean unspaced(int point) {
        if (point < 0x0e00) {
            return false;
        }
        return point <= 0x0eff // Thai, Lao
                || point >= 0x1000 && point <= 0x109f // Myanmar
                || point >= 0x1780 && point <= 0x17ff // Khmer
                || point >= 0x3040 && point <= 0x30ff // kana
                || point >= 0x3400 && point <= 0x9fff // Han
                || point >= 0xf900 && point <= 0xfaff
                || point >= 0x20000 && point <= 0x3ffff;
    }
}
