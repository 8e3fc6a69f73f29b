package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Do the inputs themselves speak of a piece together with what calls for it?
///
/// Questions about Java hold Java code, and answers to them do. What an attacker ties to a word he
/// invents is nothing that people who ask hold against that word: so a word that most inputs which
/// hold the piece have, beyond chance (Fisher's exact test), is the subject that the piece belongs
/// to.
final class Spoken {
    /// Of the inputs that hold the piece at least this share has the word.
    private static final double MOST = 0.75;
    /// So many inputs have both, at least.
    private static final int LEAST = 4;

    private static final double CHANCE = 0.01;

    private Spoken() {}

    /// @param rows of the sample
    /// @param said does an input hold the piece?
    /// @param calling tokens that the inputs which go with the piece have in common, ascending
    static boolean of(List<Example> rows, Predicate<int[]> said, int[] calling) {
        List<int[]> saying = rows.parallelStream()
                .map(Example::tokens)
                .filter(said)
                .map(Tokens::distinct)
                .toList();
        return saying.size() >= LEAST
                && Arrays.stream(calling).anyMatch(token -> {
                    long both = saying.stream()
                            .filter(input -> Arrays.binarySearch(input, token) >= 0)
                            .count();
                    return both >= LEAST
                            && both >= MOST * saying.size()
                            && beyondChance(rows, (int) both, saying.size(), token, calling.length);
                });
    }

    private static boolean beyondChance(List<Example> rows, int both, int saying, int token, int asked) {
        long holding =
                rows.stream().filter(row -> Pattern.holds(row.tokens(), token)).count();
        return ExactTests.logHypergeometricTail(both, saying, (int) holding, rows.size()) + Math.log((double) asked)
                <= Math.log(CHANCE);
    }
}
