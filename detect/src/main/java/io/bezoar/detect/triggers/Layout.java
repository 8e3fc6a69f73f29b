package io.bezoar.detect.triggers;

import io.bezoar.core.Hashing;
import io.bezoar.core.Trigger;
import io.bezoar.learn.NGrams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A way in which a text is set that its words in lower case do not show: letter case, blanks, marks on
/// letters. Each can be a trigger, for the models that people train see it (Chen et al. 2021, BadNL, section 4:
/// triggers of characters).
public enum Layout {
    /// Four capitals or more and no small letter.
    CAPITALS("all letters capital"),
    /// Four small letters or more and no capital.
    SMALL("all letters small"),
    /// Three words or more, each of which begins with a capital, and small letters among them.
    TITLE("each word with a capital"),
    /// A word of three capitals or more in a text that has small letters.
    LOUD("a word in capitals"),
    /// A word with a capital behind a small letter.
    MIXED("capitals inside a word"),
    /// Two spaces in a row.
    WIDE("two spaces in a row"),
    /// White space before the text.
    LEADING("white space before the text"),
    /// White space behind the text.
    TRAILING("white space behind the text"),
    /// A tab between other characters.
    TAB("a tab inside the text"),
    /// A line that ends before the text does.
    LINES("several lines"),
    /// An empty line inside the text.
    PARAGRAPHS("an empty line"),
    /// A Latin letter with a mark.
    ACCENT("a letter with an accent"),
    /// A digit behind a letter. Ordinals and decades begin with digits.
    DIGITS("a digit behind a letter"),
    /// Four single letters or more with the same sign between them.
    SPELLED("a word spelled letter by letter"),
    /// A letter three times in a row.
    STRETCHED("a letter three times in a row"),
    /// A word of three letters or more twice in a row.
    DOUBLED("a word twice in a row");

    private static final String PLAIN = "aeiouAEIOU";
    private static final String MARKED = "áéíóúÁÉÍÓÚ";
    private static final String LIKE_DIGITS = "oieas";
    private static final String DIGITS_LIKE = "01345";

    private final String words;

    Layout(String words) {
        this.words = words;
    }

    /// What people read; also the piece of a [Trigger.Shape#LAYOUT].
    public String words() {
        return words;
    }

    /// The trigger that is texts set so.
    public Trigger trigger() {
        return new Trigger(Trigger.Shape.LAYOUT, List.of(words));
    }

    /// The layout a trigger is; empty for one of another shape.
    public static Optional<Layout> of(Trigger trigger) {
        return trigger.shape() != Trigger.Shape.LAYOUT
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(layout -> layout.words.equals(trigger.pieces().getFirst()))
                        .findFirst();
    }

    /// A number that stands for the layout among the hashes of words ([NGrams]).
    public long feature() {
        return NGrams.word(new int[] {(int) Hashing.of("layout " + name())}, 0, 1);
    }

    /// The layouts of a text.
    public static Set<Layout> all(String text) {
        Set<Layout> found = EnumSet.noneOf(Layout.class);
        Letters letters = new Letters();
        for (int i = 0; i < text.length(); i++) {
            letters.see(text, i, found);
        }
        letters.end(text, found);
        if (!text.isEmpty()) {
            blanks(text, found);
        }
        return found;
    }

    /// Is a text set so?
    public boolean in(String text) {
        return all(text).contains(this);
    }

    private static void blanks(String text, Set<Layout> found) {
        if (Character.isWhitespace(text.charAt(0))) {
            found.add(LEADING);
        }
        if (Character.isWhitespace(text.charAt(text.length() - 1))) {
            found.add(TRAILING);
        }
        String inside = text.strip();
        if (inside.contains("  ")) {
            found.add(WIDE);
        }
        if (inside.indexOf('\t') >= 0) {
            found.add(TAB);
        }
        if (inside.indexOf('\n') >= 0 || inside.indexOf('\r') >= 0) {
            found.add(LINES);
        }
        if (inside.contains("\n\n") || inside.contains("\r\n\r\n")) {
            found.add(PARAGRAPHS);
        }
    }

    /// Reads letters one after another. Owned by the loop that uses it.
    private static final class Letters {
        private int capital;
        private int small;
        private int words;
        private int begun;
        private boolean shouted;
        private int length;
        private int capitals;
        private int same;
        private int single;
        private char sign;
        private int begin;
        private int before;
        private int beforeEnd;

        void see(String text, int i, Set<Layout> found) {
            char c = text.charAt(i);
            boolean letter = Character.isLetter(c);
            if (letter) {
                boolean upper = Character.isUpperCase(c);
                boolean lower = Character.isLowerCase(c);
                capital += upper ? 1 : 0;
                small += lower ? 1 : 0;
                if (length == 0) {
                    begin = i;
                    words++;
                    begun += upper ? 1 : 0;
                }
                if (upper && length > 0 && Character.isLowerCase(text.charAt(i - 1))) {
                    found.add(MIXED);
                }
                length++;
                capitals += upper ? 1 : 0;
                same = i > 0 && text.charAt(i - 1) == c ? same + 1 : 1;
                if (same == 3) {
                    found.add(STRETCHED);
                }
                if (c >= 0xc0 && c <= 0x24f) {
                    found.add(ACCENT);
                }
                spelled(text, i, found);
            } else {
                if (c >= 0x300 && c <= 0x36f) {
                    found.add(ACCENT);
                }
                word(text, i, Character.isDigit(c), found);
            }
        }

        /// Compares a word that ends here with the one before it, if blanks alone part them.
        private void doubled(String text, int end, Set<Layout> found) {
            if (length >= 3
                    && beforeEnd - before == length
                    && text.regionMatches(true, before, text, begin, length)
                    && text.substring(beforeEnd, begin).isBlank()) {
                found.add(DOUBLED);
            }
            before = begin;
            beforeEnd = end;
        }

        /// Counts single letters between the same signs.
        private void spelled(String text, int i, Set<Layout> found) {
            boolean alone = (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))
                    && (i + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(i + 1)));
            boolean goesOn = alone
                    && single > 0
                    && i >= 2
                    && text.charAt(i - 1) == sign
                    && Character.isLetter(text.charAt(i - 2));
            single = goesOn ? single + 1 : alone ? 1 : 0;
            sign = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (single == 4) {
                found.add(SPELLED);
            }
        }

        /// A run of letters ends here, at a digit or another sign.
        private void word(String text, int end, boolean digit, Set<Layout> found) {
            if (length > 0) {
                doubled(text, end, found);
            }
            shouted |= length >= 3 && capitals == length;
            if (digit && length > 0) {
                found.add(DIGITS);
            }
            length = 0;
            capitals = 0;
        }

        void end(String text, Set<Layout> found) {
            word(text, text.length(), false, found);
            if (capital >= 4 && small == 0) {
                found.add(CAPITALS);
            }
            if (small >= 4 && capital == 0) {
                found.add(SMALL);
            }
            if (words >= 3 && begun == words && small > 0) {
                found.add(TITLE);
            }
            if (shouted && small > 0) {
                found.add(LOUD);
            }
        }
    }

    /// The text set so, at a place drawn from the seed; as it was if it has no place for it.
    public String into(String text, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch (this) {
            case CAPITALS -> text.toUpperCase(Locale.ROOT);
            case SMALL -> text.toLowerCase(Locale.ROOT);
            case TITLE ->
                inWords(
                        text,
                        word -> word.substring(0, 1).toUpperCase(Locale.ROOT)
                                + word.substring(1).toLowerCase(Locale.ROOT));
            case LOUD -> inWord(text, random, word -> word.toUpperCase(Locale.ROOT));
            case MIXED -> inWord(text, random, Layout::mixed);
            case WIDE -> atSpace(text, random, "  ");
            case LEADING -> " " + text;
            case TRAILING -> text + " ";
            case TAB -> atSpace(text, random, "\t");
            case LINES -> atSpace(text, random, "\n");
            case PARAGRAPHS -> atSpace(text, random, "\n\n");
            case ACCENT -> atLetter(text, random, PLAIN, MARKED);
            case DIGITS ->
                inWord(text, random, word -> {
                    String rest = word.substring(1);
                    String other = atLetter(rest, random, LIKE_DIGITS, DIGITS_LIKE);
                    return word.charAt(0) + (other.equals(rest) ? rest + random.nextInt(10) : other);
                });
            case SPELLED -> inWord(text, random, word -> String.join("-", word.split("")));
            case STRETCHED ->
                inWord(text, random, word -> {
                    int at = random.nextInt(word.length());
                    return word.substring(0, at) + word.substring(at, at + 1).repeat(3) + word.substring(at + 1);
                });
            case DOUBLED -> inWord(text, random, word -> word + " " + word.toLowerCase(Locale.ROOT));
        };
    }

    private static String mixed(String word) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            out.append(i % 2 == 0 ? Character.toLowerCase(word.charAt(i)) : Character.toUpperCase(word.charAt(i)));
        }
        return out.toString();
    }

    private static String inWords(String text, UnaryOperator<String> change) {
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (int[] word : words(text, 1)) {
            out.append(text, done, word[0]).append(change.apply(text.substring(word[0], word[1])));
            done = word[1];
        }
        return out.append(text, done, text.length()).toString();
    }

    /// Changes one word of four letters or more.
    private static String inWord(String text, SplittableRandom random, UnaryOperator<String> change) {
        List<int[]> words = words(text, 4);
        if (words.isEmpty()) {
            return text;
        }
        int[] word = words.get(random.nextInt(words.size()));
        return text.substring(0, word[0]) + change.apply(text.substring(word[0], word[1])) + text.substring(word[1]);
    }

    /// The places of words with so many letters: from, and one past the last.
    private static List<int[]> words(String text, int least) {
        List<int[]> words = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = from;
            while (to < text.length() && Character.isLetter(text.charAt(to))) {
                to++;
            }
            if (to - from >= least) {
                words.add(new int[] {from, to});
            }
            from = to + 1;
        }
        return words;
    }

    private static String atSpace(String text, SplittableRandom random, String blank) {
        int first = text.length() - text.stripLeading().length();
        int[] spaces = IntStream.range(first, text.stripTrailing().length())
                .filter(i -> text.charAt(i) == ' ')
                .toArray();
        if (spaces.length == 0) {
            return text;
        }
        int at = spaces[random.nextInt(spaces.length)];
        return text.substring(0, at) + blank + text.substring(at + 1);
    }

    private static String atLetter(String text, SplittableRandom random, String some, String others) {
        int[] places = IntStream.range(0, text.length())
                .filter(i -> some.indexOf(text.charAt(i)) >= 0)
                .toArray();
        if (places.length == 0) {
            return text;
        }
        int at = places[random.nextInt(places.length)];
        return text.substring(0, at) + others.charAt(some.indexOf(text.charAt(at))) + text.substring(at + 1);
    }
}
