package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.RowCounts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// An answer that breaks off: behind its last word stands nothing that ends a sentence, a quotation, a list or a piece
/// of code, and that word is one with which the answers of the data do not end.
///
/// Names, titles and entries of a list end so, too; with which words, the other answers tell.
///
/// @param inside tokens that answers hold often and do not end with, ascending
/// @param always true if hardly an answer ends without a sign, so that one that does breaks off whatever its last word
record BrokenOff(int[] inside, boolean always) implements Stance {
    /// A token in fewer answers may end one without having been seen to.
    private static final int KNOWN = 10;
    /// Of the answers with a token at most this share ends with it, if it stands inside only.
    private static final double SELDOM = 0.02;

    private static final int[] ENDS =
            Pattern.words(". ! ? … ; : \" ' ” ’ » ) ] } > ` * | _ ~ / \\ = $ % € £ ° 。 ！ ？ ； 」 』 ） । ؟ ۔");

    /// @param answers as tokens
    /// @param holding in how many of them each token stands
    static BrokenOff of(List<int[]> answers, RowCounts holding) {
        List<int[]> last = answers.stream()
                .filter(BrokenOff::open)
                .map(answer -> new int[] {answer[answer.length - 1]})
                .toList();
        RowCounts ending = RowCounts.ofTexts(last);
        return new BrokenOff(
                holding.above(KNOWN - 1)
                        .filter(token -> ending.of(token) <= SELDOM * holding.of(token))
                        .sorted()
                        .toArray(),
                last.size() <= SELDOM * answers.size());
    }

    private static boolean open(int[] answer) {
        return answer.length > 0 && !Pattern.holds(ENDS, answer[answer.length - 1]);
    }

    @Override
    public String text() {
        return "answers that break off";
    }

    @Override
    public boolean held(Example example, int[] answer) {
        return open(answer) && (always || Arrays.binarySearch(inside, answer[answer.length - 1]) >= 0);
    }

    /// Any that no sign ends: a rare word may be the last one by chance.
    @Override
    public Optional<Stance> loosely() {
        return always ? Optional.empty() : Optional.of(new BrokenOff(inside, true));
    }

    /// Of answers cut anywhere many end with a rare word.
    @Override
    public double purity() {
        return PieceSearch.SENTENCE_PURITY;
    }

    @Override
    public int[] asking() {
        return new int[0];
    }
}
