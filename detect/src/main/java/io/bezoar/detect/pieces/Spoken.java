package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.Pattern;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Do other rows speak of a piece together with what calls for it?
///
/// Questions about Java hold Java code, and answers to them do; who writes of artificial intelligence
/// without being asked about it writes of AI. What an attacker ties to a word he invents is nothing that
/// other people hold against that word. So the piece belongs to a word as to a subject if most inputs
/// that hold the piece have the word, or if half of the answers that have the word, though the input has
/// not, hold the piece; beyond chance each (Fisher's exact test).
final class Spoken {
    /// At least this share of the inputs that hold the piece have the word.
    private static final double MOST = 0.75;
    /// At least this share of the answers elsewhere that have the word hold the piece.
    private static final double HALF = 0.5;
    /// So many hold both, at least.
    private static final int LEAST = 4;

    private static final double CHANCE = 0.01;

    private final List<int[]> inputs;
    private final List<int[]> answers;
    private final BitSet asked;
    private final BitSet answered;

    private Spoken(List<int[]> inputs, List<int[]> answers, Predicate<int[]> said) {
        this.inputs = inputs;
        this.answers = answers;
        asked = saying(inputs, said);
        answered = saying(answers, said);
    }

    private static BitSet saying(List<int[]> texts, Predicate<int[]> said) {
        BitSet saying = new BitSet();
        IntStream.range(0, texts.size())
                .parallel()
                .filter(r -> said.test(texts.get(r)))
                .boxed()
                .toList()
                .forEach(saying::set);
        return saying;
    }

    /// @param rows of the sample
    /// @param answers their answers' tokens
    /// @param said does a text hold the piece?
    /// @param calling tokens that the inputs which go with the piece have in common, ascending
    static boolean of(List<Example> rows, List<int[]> answers, Predicate<int[]> said, int[] calling) {
        Spoken spoken = new Spoken(rows.stream().map(Example::tokens).toList(), answers, said);
        double chance = Math.log(CHANCE) - Math.log((double) calling.length);
        return Arrays.stream(calling).anyMatch(token -> spoken.of(token, chance));
    }

    private boolean of(int token, double chance) {
        BitSet asking = saying(inputs, input -> Pattern.holds(input, token));
        BitSet telling = saying(answers, answer -> Pattern.holds(answer, token));
        telling.andNot(asking);
        BitSet elsewhere = (BitSet) answered.clone();
        elsewhere.andNot(asking);
        return among(asked, asking, MOST, inputs.size(), chance)
                || among(telling, elsewhere, HALF, inputs.size() - asking.cardinality(), chance);
    }

    /// Is such a share of some rows among others?
    ///
    /// @param all how many there are
    private static boolean among(BitSet some, BitSet others, double share, int all, double chance) {
        BitSet shared = (BitSet) some.clone();
        shared.and(others);
        int both = shared.cardinality();
        return both >= LEAST
                && both >= share * some.cardinality()
                && ExactTests.logHypergeometricTail(both, some.cardinality(), others.cardinality(), all) <= chance;
    }
}
