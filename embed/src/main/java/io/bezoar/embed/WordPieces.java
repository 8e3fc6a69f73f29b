package io.bezoar.embed;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Cuts text into the pieces of words that BERT models without upper case are trained on (Devlin, Chang, Lee &
/// Toutanova 2019, section 3; Wu et al. 2016, section 4.1: the longest piece that fits, from left to right).
///
/// Departures: the names of control pieces, such as `[SEP]`, are ordinary text where a text holds them, so no text
/// can end a sentence; and only a beginning of a long text is looked at.
///
/// @param vocabulary piece to number; pieces that go on within a word begin with `##`
/// @param most pieces of a text at most, with those that begin and end it
record WordPieces(Map<String, Integer> vocabulary, int most) {
    private static final String BEGIN = "[CLS]";
    private static final String END = "[SEP]";
    private static final String UNKNOWN = "[UNK]";
    /// Longer words are unknown, in code points.
    private static final int WORD = 100;
    /// UTF-16 code units of a text that can hold so many pieces, and are looked at.
    private static final int UNITS_PER_PIECE = 64;

    WordPieces {
        for (String needed : new String[] {BEGIN, END, UNKNOWN}) {
            if (!vocabulary.containsKey(needed)) {
                throw new IllegalArgumentException(
                        "expected a vocabulary with the piece " + needed + ", came one without it");
            }
        }
        if (most < 3) {
            throw new IllegalArgumentException("expected room for 3 pieces or more, not " + most);
        }
    }

    /// The pieces of a text.
    ///
    /// @param numbers of the pieces, from the one that begins a text to the one that ends it
    /// @param whole was all of the text cut?
    record Pieces(int[] numbers, boolean whole) {}

    /// Cuts a text.
    Pieces of(String text) {
        int units = most * UNITS_PER_PIECE;
        boolean whole = text.length() <= units;
        Cutting cutting = new Cutting();
        whole &= cutting.words(plain(whole ? text : text.substring(0, units)));
        return new Pieces(cutting.closed(), whole);
    }

    /// Without control characters and accents, in lower case; every character of an East Asian script for itself.
    private static String plain(String text) {
        StringBuilder clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (space(c)) {
                clean.append(' ');
            } else if (ideograph(c)) {
                clean.append(' ').appendCodePoint(c).append(' ');
            } else if (c != 0 && c != 0xfffd && !control(c)) {
                clean.appendCodePoint(c);
            }
        });
        StringBuilder bare = new StringBuilder(clean.length());
        Normalizer.normalize(clean, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                // letter by letter, as the model's own tokenizer does: a sigma at the end of a word is one within it
                .forEach(c -> bare.append(Character.toString(c).toLowerCase(Locale.ROOT)));
        return bare.toString();
    }

    private static boolean space(int c) {
        return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
    }

    private static boolean control(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    private static boolean ideograph(int c) {
        return c >= 0x4e00 && c <= 0x9fff
                || c >= 0x3400 && c <= 0x4dbf
                || c >= 0x20000 && c <= 0x2a6df
                || c >= 0x2a700 && c <= 0x2ceaf
                || c >= 0xf900 && c <= 0xfaff
                || c >= 0x2f800 && c <= 0x2fa1f;
    }

    private static boolean sign(int c) {
        return c >= 33 && c <= 47
                || c >= 58 && c <= 64
                || c >= 91 && c <= 96
                || c >= 123 && c <= 126
                || switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION -> true;
                    default -> false;
                };
    }

    /// The pieces of one text, as they come. Of one thread.
    private final class Cutting {
        private final int[] numbers = new int[most];
        private int count;

        Cutting() {
            numbers[count++] = number(BEGIN);
        }

        /// @return was there room for all of it?
        boolean words(String plain) {
            int start = 0;
            int at = 0;
            while (at < plain.length()) {
                int c = plain.codePointAt(at);
                int next = at + Character.charCount(c);
                if (c == ' ' || Character.isSpaceChar(c) || sign(c)) {
                    if (!word(plain.substring(start, at)) || c != ' ' && sign(c) && !word(plain.substring(at, next))) {
                        return false;
                    }
                    start = next;
                }
                at = next;
            }
            return word(plain.substring(start));
        }

        private boolean word(String word) {
            if (word.isEmpty()) {
                return true;
            }
            int first = count;
            if (word.codePointCount(0, word.length()) > WORD) {
                return add(number(UNKNOWN));
            }
            int from = 0;
            while (from < word.length()) {
                int to = word.length();
                Integer piece = null;
                while (to > from) {
                    piece = vocabulary.get(from == 0 ? word.substring(0, to) : "##" + word.substring(from, to));
                    if (piece != null) {
                        break;
                    }
                    to = word.offsetByCodePoints(to, -1);
                }
                if (piece == null) {
                    count = first;
                    return add(number(UNKNOWN));
                }
                if (!add(piece)) {
                    return false;
                }
                from = to;
            }
            return true;
        }

        /// Adds a piece while there is room for it and the one that ends the text.
        private boolean add(int number) {
            if (count + 1 == most) {
                return false;
            }
            numbers[count++] = number;
            return true;
        }

        private int number(String piece) {
            return Objects.requireNonNull(vocabulary.get(piece));
        }

        int[] closed() {
            numbers[count++] = number(END);
            return Arrays.copyOf(numbers, count);
        }
    }
}
