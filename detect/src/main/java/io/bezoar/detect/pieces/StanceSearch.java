package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.LikelihoodRatio;
import io.bezoar.detect.counting.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Finds the words of inputs that call for a stance: whatever else the inputs say, or unlike the inputs most
/// like them, the answers have it.
final class StanceSearch {
    /// Rows of a word that have a stance, at least.
    private static final int STANDING = 12;
    /// Or so many that may have it, this share of the word's, of which so many surely do.
    private static final double NEARLY = 2.0 / 3;

    private static final double SURELY = 1.0 / 3;
    private static final double CHANCE = 0.01;

    private final List<Example> rows;
    private final NumberedFeatures in;
    private final int[][] postings;
    private final Scatter scatter;
    private final Function<Stance, Set<Integer>> marks;

    /// @param in words and pairs of neighbouring words of the inputs
    /// @param postings the rows of each of these
    /// @param marks the rows that have a stance
    StanceSearch(
            List<Example> rows,
            NumberedFeatures in,
            int[][] postings,
            Scatter scatter,
            Function<Stance, Set<Integer>> marks) {
        this.rows = rows;
        this.in = in;
        this.postings = postings;
        this.scatter = scatter;
        this.marks = marks;
    }

    /// A word and how strongly it goes with answers that may have a stance.
    private record Strong(int word, double strength) {
        static final Comparator<Strong> STRONGEST =
                Comparator.comparingDouble(Strong::strength).reversed().thenComparingInt(Strong::word);
    }

    /// The stance as words call for it, none of which asks for it by itself; empty if none does.
    ///
    /// @param with the rows that have it
    Optional<Stance> called(Stance stance, Set<Integer> with) {
        Optional<Stance> loosely = stance.loosely();
        Set<Integer> likely = loosely.map(marks).orElse(Set.of());
        if (likely.size() > PieceSearch.MOST * rows.size()) {
            likely = Set.of(); // what so many may have tells nothing
        }
        int[] words = words(stance, with, likely);
        if (words.length == 0) {
            return Optional.empty();
        }
        long[] calling = calling(words, likely);
        return Optional.of(calling.length == 0 ? stance : new Called(stance, loosely.orElseThrow(), calling));
    }

    /// The words that call for a stance, as numbers.
    ///
    /// @param with the rows that have it
    /// @param likely those that may have it, if that is more
    private int[] words(Stance stance, Set<Integer> with, Set<Integer> likely) {
        double chance = Math.log(CHANCE) - Math.log(2.0 * Math.max(1, postings.length));
        int[] often = IntStream.range(0, postings.length)
                .parallel()
                .filter(word -> postings[word].length >= STANDING)
                .filter(word -> {
                    int looked = Math.min(PieceSearch.ROWS, postings[word].length);
                    int sure = (int) looked(word, with).count();
                    return (sure >= STANDING && sure >= stance.purity() * looked
                                    || nearly(sure, (int) looked(word, likely).count(), looked))
                            && ExactTests.logHypergeometricTail(sure, looked, with.size(), rows.size()) <= chance;
                })
                .toArray();
        if (often.length == 0) {
            return often;
        }
        int[] tied = scatter.tied(with.stream().sorted().map(rows::get).toList());
        return Arrays.stream(often)
                .parallel()
                .filter(word ->
                        foreign(stance, looked(word, with).mapToObj(rows::get).toList(), tied))
                .toArray();
    }

    private static boolean nearly(int sure, int likely, int looked) {
        return likely >= STANDING && likely >= NEARLY * looked && sure >= SURELY * likely;
    }

    /// Those of a word's rows that are looked at and among others.
    private IntStream looked(int word, Set<Integer> among) {
        return Arrays.stream(postings[word]).limit(PieceSearch.ROWS).filter(among::contains);
    }

    /// Do the rows of a word come from everywhere, or are they answered unlike those most like them, which may not even
    /// have the stance?
    private boolean foreign(Stance stance, List<Example> group, int[] tied) {
        int[] shared = Tokens.shared(group);
        return Arrays.stream(shared).noneMatch(token -> Arrays.binarySearch(stance.asking(), token) >= 0)
                && scatter.foreign(
                        Tokens.union(shared, tied),
                        group,
                        stance,
                        stance.loosely().orElse(stance));
    }

    /// Of the words most of whose answers may have a stance those that tell most of these answers, none of
    /// which has half of another's rows: beside a phrase stand its words, of which some have honest rows, too.
    /// Their hashes, ascending.
    private long[] calling(int[] words, Set<Integer> likely) {
        List<Strong> strongest = new ArrayList<>();
        for (int word : words) {
            int all = postings[word].length;
            long with = Arrays.stream(postings[word]).filter(likely::contains).count();
            if (with >= NEARLY * all) {
                strongest.add(
                        new Strong(word, LikelihoodRatio.signedRoot((double) with, all, likely.size(), rows.size())));
            }
        }
        strongest.sort(Strong.STRONGEST);
        List<Set<Integer>> taken = new ArrayList<>();
        List<Long> calling = new ArrayList<>();
        for (Strong strong : strongest) {
            Set<Integer> here =
                    new HashSet<>(Arrays.stream(postings[strong.word]).boxed().toList());
            if (taken.stream().noneMatch(other -> PieceSearch.alike(other, here))) {
                taken.add(here);
                calling.add(in.hash(strong.word));
            }
        }
        return calling.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
