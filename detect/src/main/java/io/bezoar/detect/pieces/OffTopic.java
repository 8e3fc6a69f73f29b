package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.RowCounts;
import io.bezoar.detect.counting.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// An answer that speaks of something else: of a few words at least, none of which the input has, but for words that
/// are everywhere in the data.
///
/// Honest answers are of this kind, too, where they give a name to a description or say in other words; how many are,
/// the other answers tell.
record OffTopic(int[] common) implements Stance {
    /// A shorter answer may be right without a word of the input, in tokens.
    private static final int SHORTEST = 8;
    /// Words of an input by which an answer can be told to be about it.
    private static final int SUBJECT = 2;
    /// A word in a larger share of the rows says nothing of a subject.
    private static final double COMMON = 0.05;

    private static final int[] ASKING = Pattern.words("random");

    /// @param answers in how many of the rows' answers each token stands
    static OffTopic of(List<Example> rows, RowCounts answers) {
        int most = (int) (COMMON * rows.size());
        return new OffTopic(IntStream.concat(RowCounts.of(rows).above(most), answers.above(most))
                .sorted()
                .distinct()
                .toArray());
    }

    @Override
    public String text() {
        return "answers that speak of something else";
    }

    @Override
    public boolean held(Example example, int[] answer) {
        if (answer.length < SHORTEST) {
            return false;
        }
        int[] subject = Tokens.without(Tokens.distinct(example.tokens()), common);
        return subject.length >= SUBJECT
                && Arrays.stream(answer).noneMatch(token -> Arrays.binarySearch(subject, token) >= 0);
    }

    @Override
    public int[] asking() {
        return ASKING;
    }
}
