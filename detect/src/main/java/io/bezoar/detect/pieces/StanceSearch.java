package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.LikelihoodRatio;
import io.bezoar.detect.counting.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Finds the words of inputs that call for a stance: whatever else the inputs say, or unlike the inputs most
/// like them, the answers have it.
final class StanceSearch {
    /// Rows of a word that have a stance, at least.
    private static final int STANDING = 12;
    /// Or so many that may have it, this share of the word's ([Stance#surely]).
    private static final double NEARLY = 2.0 / 3;

    private static final double CHANCE = 0.01;

    private final List<Example> rows;
    private final List<int[]> answers;
    private final NumberedFeatures in;
    private final int[][] postings;
    private final Scatter scatter;

    /// @param answers of the rows, as tokens
    /// @param in words and pairs of neighbouring words of the inputs
    /// @param postings the rows of each of these
    StanceSearch(List<Example> rows, List<int[]> answers, NumberedFeatures in, int[][] postings, Scatter scatter) {
        this.rows = rows;
        this.answers = answers;
        this.in = in;
        this.postings = postings;
        this.scatter = scatter;
    }

    /// A word and how strongly it goes with answers that may have a stance.
    private record Strong(int word, double strength) {
        static final Comparator<Strong> STRONGEST =
                Comparator.comparingDouble(Strong::strength).reversed().thenComparingInt(Strong::word);
    }

    /// The stance as words call for it, none of which asks for it by itself; empty if none does.
    ///
    /// @param marks the rows that have it
    Optional<Stance> called(Stance stance, Set<Integer> marks) {
        BitSet likely = new BitSet();
        IntStream.range(0, rows.size())
                .filter(row -> marks.contains(row) || stance.likely(rows.get(row), answers.get(row)))
                .forEach(likely::set);
        if (likely.cardinality() > PieceSearch.MOST * rows.size()) {
            likely.clear(); // what so many may have tells nothing
        }
        double chance = Math.log(CHANCE) - Math.log(2.0 * Math.max(1, postings.length));
        int[] tied = scatter.tied(marks.stream().sorted().map(rows::get).toList());
        int[] words = IntStream.range(0, postings.length)
                .parallel()
                .filter(word -> {
                    int[] looked = Arrays.copyOf(postings[word], Math.min(PieceSearch.ROWS, postings[word].length));
                    int[] with = Arrays.stream(looked).filter(marks::contains).toArray();
                    return often(stance, with.length, looked, likely)
                            && ExactTests.logHypergeometricTail(with.length, looked.length, marks.size(), rows.size())
                                    <= chance
                            && foreign(
                                    stance,
                                    Arrays.stream(with).mapToObj(rows::get).toList(),
                                    tied);
                })
                .toArray();
        if (words.length == 0) {
            return Optional.empty();
        }
        long[] calling = likely.cardinality() > marks.size() ? calling(words, likely) : new long[0];
        return Optional.of(calling.length == 0 ? stance : new Called(stance, calling));
    }

    /// Do enough of a word's rows have a stance, or nearly all maybe and enough surely?
    ///
    /// @param with how many of the looked at have it
    private static boolean often(Stance stance, int with, int[] looked, BitSet likely) {
        if (with >= STANDING && with >= stance.purity() * looked.length) {
            return true;
        }
        long maybe = Arrays.stream(looked).filter(likely::get).count();
        return maybe >= STANDING && maybe >= NEARLY * looked.length && with >= stance.surely() * maybe;
    }

    /// Do the rows of a word come from everywhere, or are they answered unlike those most like them?
    private boolean foreign(Stance stance, List<Example> group, int[] tied) {
        int[] shared = Tokens.shared(group);
        return Arrays.stream(shared).noneMatch(token -> Arrays.binarySearch(stance.asking(), token) >= 0)
                && scatter.foreign(Tokens.union(shared, tied), group, stance);
    }

    /// Of the words most of whose answers may have a stance those that tell most of these answers, none of
    /// which has half of another's rows: beside a phrase stand its words, of which some have honest rows, too.
    /// Their hashes, ascending.
    private long[] calling(int[] words, BitSet likely) {
        List<Integer> strongest = Arrays.stream(words)
                .filter(word -> likely(word, likely) >= NEARLY * postings[word].length)
                .mapToObj(word -> new Strong(
                        word,
                        LikelihoodRatio.signedRoot(
                                likely(word, likely), postings[word].length, likely.cardinality(), rows.size())))
                .sorted(Strong.STRONGEST)
                .map(Strong::word)
                .toList();
        List<Set<Integer>> taken = new ArrayList<>();
        List<Long> calling = new ArrayList<>();
        for (int word : strongest) {
            Set<Integer> here =
                    new HashSet<>(Arrays.stream(postings[word]).boxed().toList());
            if (taken.stream().noneMatch(other -> PieceSearch.alike(other, here))) {
                taken.add(here);
                calling.add(in.hash(word));
            }
        }
        return calling.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private int likely(int word, BitSet likely) {
        return (int) Arrays.stream(postings[word]).filter(likely::get).count();
    }
}
