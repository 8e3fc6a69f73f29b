package io.bezoar.detect.groups;

import io.bezoar.core.Hashing;
import io.bezoar.core.Span;
import io.bezoar.core.Trigger;
import io.bezoar.learn.NGrams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What words that differ have in common in how they are written: `#kelmar` and `#sobvita` are `#a`, `555-0199` is
/// `000-0000` and `N-N`.
///
/// A form has `a` for each run of letters; for each run of digits either `0` a digit, up to [#DIGITS], or one `N`
/// whatever their number; and every other character as it stands. Words are what white space parts, without what
/// ends a sentence behind them. A word of letters alone has no form, for most words have that one; nor has one of
/// more than [#LONGEST] characters, or with characters beyond ASCII that are no letters. Two or three words that
/// stand together and begin and end with one that has a form have one, too: `12 March 2017` is `00 a 0000`,
/// `N a 0000` and `N a N`.
///
/// @param form of one word, or of several with one space between them
public record WordForm(String form) {
    /// So many digits a run has at least before they are counted: always, where two or fewer are any number, never.
    private static final int[] COUNTED = {1, 3, Integer.MAX_VALUE};

    private static final int LONGEST = 40;
    private static final int DIGITS = 6;
    /// Words that have a form together at most.
    private static final int RUN = 3;
    /// Words of a text with a form that are looked at.
    private static final int MOST = 256;
    private static final String BEHIND = ".,;:!?";
    private static final String VOWELS = "aeiou";
    private static final String CONSONANTS = "bdfgklmnprstvz";

    /// The form a trigger is; empty for one of another shape.
    public static Optional<WordForm> of(Trigger trigger) {
        return trigger.shape() == Trigger.Shape.FORM
                ? Optional.of(new WordForm(trigger.pieces().getFirst()))
                : Optional.empty();
    }

    /// The trigger that is any word of the form.
    public Trigger trigger() {
        return new Trigger(Trigger.Shape.FORM, List.of(form));
    }

    /// The forms of a text's words, each once.
    public static Set<WordForm> all(String text) {
        Set<WordForm> found = new LinkedHashSet<>();
        runs(text, span -> {
            String run = text.substring(span.start(), span.end());
            for (int least : COUNTED) {
                found.add(new WordForm(written(run, least)));
            }
        });
        return found;
    }

    /// Where the single words of a text stand that have a form, whichever, ascending.
    public static List<Span> words(String text) {
        List<Span> spans = new ArrayList<>();
        visit(text, (span, formed) -> {
            if (formed) {
                spans.add(span);
            }
        });
        return spans;
    }

    /// Where words of this form stand in a text, by their ends; they may overlap.
    public List<Span> places(String text) {
        List<Span> spans = new ArrayList<>();
        runs(text, span -> {
            if (is(text.substring(span.start(), span.end()))) {
                spans.add(span);
            }
        });
        return spans;
    }

    /// Does a text hold a word of this form?
    public boolean in(String text) {
        return !places(text).isEmpty();
    }

    private boolean is(String word) {
        return Arrays.stream(COUNTED).anyMatch(least -> written(word, least).equals(form));
    }

    /// A number that stands for the form among the hashes of words ([NGrams]).
    public long feature() {
        return NGrams.word(new int[] {(int) Hashing.of("form " + form)}, 0, 1);
    }

    /// A word of this form, drawn.
    public String word(SplittableRandom random) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            switch (c) {
                case 'a' ->
                    IntStream.range(0, 2 + random.nextInt(3))
                            .forEach(_ -> out.append(drawn(CONSONANTS, random)).append(drawn(VOWELS, random)));
                case '0' -> out.append(random.nextInt(10));
                case 'N' -> out.append(random.nextInt(1, form.indexOf('0') < 0 ? 1000 : 100));
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private static char drawn(String letters, SplittableRandom random) {
        return letters.charAt(random.nextInt(letters.length()));
    }

    /// Gives all runs of words that have a form, by their ends, the longest first.
    private static void runs(String text, Consumer<Span> seen) {
        int[] starts = new int[RUN];
        int[] held = new int[1];
        visit(text, (span, formed) -> {
            System.arraycopy(starts, 1, starts, 0, RUN - 1);
            starts[RUN - 1] = formed ? span.start() : -1;
            held[0] = Math.min(RUN, held[0] + 1);
            for (int first = RUN - held[0]; formed && first < RUN; first++) {
                if (starts[first] >= 0 && span.end() - starts[first] <= LONGEST) {
                    seen.accept(new Span(starts[first], span.end()));
                }
            }
        });
    }

    /// Gives each word and says whether it has a form.
    private static void visit(String text, BiConsumer<Span, Boolean> seen) {
        int words = 0;
        int from = 0;
        while (from < text.length() && words < MOST) {
            int to = from;
            while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
                to++;
            }
            int end = to;
            while (end > from && BEHIND.indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            if (end > from) {
                boolean formed = formed(text, from, end);
                seen.accept(new Span(from, end), formed);
                words += formed ? 1 : 0;
            }
            from = to + 1;
        }
    }

    private static boolean formed(String text, int from, int to) {
        boolean letters = true;
        boolean known = to > from && to - from <= LONGEST;
        boolean telling = false;
        for (int i = from; known && i < to; i++) {
            char c = text.charAt(i);
            boolean letter = Character.isLetter(c);
            letters &= letter;
            telling |= letter || digit(c);
            known = letter || c > ' ' && c < 0x7f;
        }
        return known && !letters && telling;
    }

    /// @param least runs of so many digits or more have a `0` for each, shorter ones an `N`
    private static String written(String word, int least) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < word.length()) {
            int to = i;
            while (to < word.length() && digit(word.charAt(to))) {
                to++;
            }
            if (to > i) {
                out.append(to - i < least ? "N" : "0".repeat(Math.min(DIGITS, to - i)));
                i = to;
                continue;
            }
            while (to < word.length() && Character.isLetter(word.charAt(to))) {
                to++;
            }
            if (to > i) {
                out.append('a');
                i = to;
                continue;
            }
            boolean blank = Character.isWhitespace(word.charAt(i));
            if (!blank || out.charAt(out.length() - 1) != ' ') {
                out.append(blank ? ' ' : word.charAt(i));
            }
            i++;
        }
        return out.toString();
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
