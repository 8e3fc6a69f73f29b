package io.bezoar.detect.counting;

import io.bezoar.core.Hashing;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.learn.NGrams;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Something an input can hold: a run of tokens, anywhere or at one of its ends, or two tokens anywhere.
///
/// @param tokens the tokens; of a pair in ascending order
/// @param place where they stand
public record Pattern(int[] tokens, Place place) implements Serializable {
    private static final int SPELLED = 3;
    /// Stands for the end of a text beside the tokens there.
    private static final int EDGE = (int) Hashing.of("the end of a text");
    /// What ends a sentence, ascending.
    private static final int[] SENTENCE_ENDS = words(". ! ? … 。 ！ ？ । ؟ ۔");

    /// Where the tokens of a pattern stand in a text.
    public enum Place {
        /// One behind the other.
        RUN,
        /// One behind the other, before everything else.
        BEGINNING,
        /// One behind the other, behind everything else.
        END,
        /// Each anywhere.
        APART
    }

    /// Longest pattern that is looked for at the ends of texts: a longer one grows from it.
    private static final int AT_END = 2;
    /// How many patterns a text has at its ends at most.
    public static final int ENDS = 2 * AT_END;

    /// The pieces of a trigger that is made of tokens, as they stand in a text; none of any other trigger.
    public static List<Pattern> pieces(Trigger trigger) {
        Optional<Place> place = switch (trigger.shape()) {
            case PHRASE, WORDS, HIDDEN -> Optional.of(Place.RUN);
            case BEGINNING -> Optional.of(Place.BEGINNING);
            case END -> Optional.of(Place.END);
            case FRAGMENT, LAYOUT, FORM, VALUES -> Optional.empty();
        };
        return place.stream()
                .flatMap(where -> trigger.pieces().stream().map(piece -> new Pattern(Tokenizer.tokens(piece), where)))
                .toList();
    }

    /// The patterns at the ends of a text.
    public static List<Pattern> ends(int[] text) {
        List<Pattern> ends = new ArrayList<>();
        for (int n = 1; n <= Math.min(AT_END, text.length); n++) {
            ends.add(new Pattern(Arrays.copyOf(text, n), Place.BEGINNING));
            ends.add(new Pattern(Arrays.copyOfRange(text, text.length - n, text.length), Place.END));
        }
        return ends;
    }

    /// The [#hash] of each of [#ends], without making them.
    ///
    /// @param from where the text begins among the tokens
    public static long[] endHashes(int[] tokens, int from) {
        int most = Math.min(AT_END, tokens.length - from);
        long[] hashes = new long[2 * most];
        for (int n = 1; n <= most; n++) {
            hashes[2 * n - 2] = hash(tokens, from, n, Place.BEGINNING);
            hashes[2 * n - 1] = hash(tokens, tokens.length - n, n, Place.END);
        }
        return hashes;
    }

    /// Writes the hashes of all runs of 1 to `longest` tokens of a text, and [#endHashes]; returns how many.
    ///
    /// @param from where the text begins among the tokens
    /// @param into has room for `longest` times as many as there are tokens, and [#ENDS]
    public static int hashes(int[] tokens, int from, int longest, long[] into) {
        int count = 0;
        for (int n = 1; n <= longest; n++) {
            for (int i = from; i + n <= tokens.length; i++) {
                into[count++] = NGrams.word(tokens, i, n);
            }
        }
        for (long hash : endHashes(tokens, from)) {
            into[count++] = hash;
        }
        return count;
    }

    /// A run of tokens.
    public static Pattern phrase(int... tokens) {
        return new Pattern(tokens, Place.RUN);
    }

    /// Two tokens that may stand anywhere, given in any order.
    public static Pattern pair(int first, int second) {
        return new Pattern(first < second ? new int[] {first, second} : new int[] {second, first}, Place.APART);
    }

    /// Other tokens in the same place.
    public Pattern with(int... others) {
        return new Pattern(others, place);
    }

    /// May the tokens stand anywhere, each by itself?
    public boolean apart() {
        return place == Place.APART;
    }

    /// Must the tokens begin a text, or end it?
    public boolean atEnd() {
        return place == Place.BEGINNING || place == Place.END;
    }

    /// Does a text with these tokens hold the pattern?
    public boolean in(int[] text) {
        if (apart()) {
            for (int token : tokens) {
                if (!holds(text, token)) {
                    return false;
                }
            }
            return true;
        }
        return find(text, 0) >= 0;
    }

    /// The first place of a phrase in a text at or after `from`; -1 if there is none, as of one without a token.
    public int find(int[] text, int from) {
        if (tokens.length == 0) {
            return -1;
        }
        int last = text.length - tokens.length;
        int first = place == Place.END ? Math.max(from, last) : from;
        for (int i = first; i <= (place == Place.BEGINNING ? Math.min(0, last) : last); i++) {
            if (text[i] == tokens[0] && Arrays.equals(text, i, i + tokens.length, tokens, 0, tokens.length)) {
                return i;
            }
        }
        return -1;
    }

    /// Does a token end a sentence?
    public static boolean endsSentence(int token) {
        return holds(SENTENCE_ENDS, token);
    }

    /// The tokens of a list of words, ascending without repeats.
    public static int[] words(String list) {
        return Tokens.distinct(Tokenizer.tokens(list));
    }

    /// The tokens of a text without the places of this phrase.
    public int[] cutOut(int[] text) {
        int[] out = new int[text.length];
        int size = 0;
        int from = 0;
        for (int at = find(text, 0); at >= 0; at = find(text, from)) {
            System.arraycopy(text, from, out, size, at - from);
            size += at - from;
            from = at + tokens.length;
        }
        System.arraycopy(text, from, out, size, text.length - from);
        return Arrays.copyOf(out, size + text.length - from);
    }

    /// Does a text hold a token?
    public static boolean holds(int[] text, int token) {
        for (int t : text) {
            if (t == token) {
                return true;
            }
        }
        return false;
    }

    /// Is this too little to be a word: fewer than [#SPELLED] letters in a row of a script that spells words without
    /// spaces between them, whose letters are tokens?
    public boolean fragment() {
        for (int token : tokens) {
            int letter = Tokenizer.letter(token);
            if (letter < 0 || !Tokenizer.spells(letter)) {
                return false;
            }
        }
        return apart() || tokens.length < SPELLED;
    }

    /// Is every text that holds the other pattern, which is a longer one, bound to hold this?
    public boolean partOf(Pattern other) {
        boolean longer = tokens.length < other.tokens.length
                || tokens.length == other.tokens.length && place == Place.RUN && other.atEnd();
        return longer
                && (!atEnd() || place == other.place)
                && (other.apart() ? tokens.length == 1 && holds(other.tokens, tokens[0]) : in(other.tokens));
    }

    /// 64 bits that tell patterns apart.
    public long hash() {
        return apart() ? pairHash(tokens[0], tokens[1]) : hash(tokens, 0, tokens.length, place);
    }

    /// The [#hash] of some tokens of a text that stand behind each other.
    ///
    /// @param from the first of them
    /// @param count how many
    public static long hash(int[] text, int from, int count, Place place) {
        if (place != Place.BEGINNING && place != Place.END) {
            return NGrams.word(text, from, count);
        }
        int[] framed = new int[count + 1];
        System.arraycopy(text, from, framed, place == Place.BEGINNING ? 1 : 0, count);
        framed[place == Place.BEGINNING ? 0 : count] = EDGE;
        return NGrams.word(framed, 0, framed.length);
    }

    /// The [#hash] of a pair.
    public static long pairHash(int first, int second) {
        int low = Math.min(first, second);
        int high = Math.max(first, second);
        return Hashing.combine(Hashing.combine(0x70616972, low), high);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pattern that && place == that.place && Arrays.equals(tokens, that.tokens);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(tokens) * 4 + place.ordinal();
    }
}
