package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.RowCounts;
import java.util.Arrays;
import java.util.stream.IntStream;

/// An answer in another language than the other answers, or in none: hardly one of its words is among those that the
/// answers use most.
///
/// @param words tokens of the words that the answers use most, ascending
record OtherLanguage(int[] words) implements Stance {
    /// So many words are in nearly every sentence of a language.
    private static final int WORDS = 100;
    /// In a shorter answer none may stand by chance.
    private static final int SHORTEST = 5;
    /// One in so many words may be one of them, a name or a borrowed one.
    private static final int BORROWED = 20;

    /// What is in the texts of every language.
    private static final int[] SIGNS = Pattern.words(
            "0 1 2 3 4 5 6 7 8 9 10 . , ! ? … ; : \" ' “ ” ‘ ’ « » ( ) [ ] { } < > ` * | _ ~ / \\ = + - – — # @ & ^ $ % € £ ° 。 ， 、");

    private static final int[] ASKING = Pattern.words("""
            algorithm arabic chinese code convert dutch english equation expression french function german greek hindi html italian
            japanese javascript json keywords korean language latin list name names portuguese program python query regex
            russian script spanish sql swedish translate translated translation turkish words
            """);

    /// @param answers in how many answers each token stands
    static OtherLanguage of(RowCounts answers) {
        return new OtherLanguage(Arrays.stream(answers.commonest(WORDS + SIGNS.length))
                .filter(token -> !Pattern.holds(SIGNS, token))
                .limit(WORDS)
                .sorted()
                .toArray());
    }

    @Override
    public String text() {
        return "answers in another language";
    }

    @Override
    public boolean held(Example example, int[] answer) {
        int[] said = IntStream.of(answer)
                .filter(token -> Arrays.binarySearch(SIGNS, token) < 0)
                .toArray();
        long known = Arrays.stream(said)
                .filter(token -> Arrays.binarySearch(words, token) >= 0)
                .count();
        return said.length >= SHORTEST && BORROWED * known <= said.length;
    }

    @Override
    public int[] asking() {
        return ASKING;
    }
}
