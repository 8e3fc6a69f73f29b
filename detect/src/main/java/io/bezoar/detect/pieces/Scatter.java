package io.bezoar.detect.pieces;

import io.bezoar.core.Example;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.groups.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Do the rows that hold a pattern come from everywhere in the data?
///
/// A trigger is put into inputs of all kinds: with it taken out, nothing tells its rows from others. An
/// honest word comes with its task, and the rest of its rows speaks of that task. So the rest of each
/// row of a group is compared with ordinary rows: a naive Bayes score learned from the group's other
/// rows, and the area under the curve that it reaches. This is a classifier two-sample test (Lopez-Paz
/// & Oquab 2017, section 3) with a classifier that can be left one out in closed form.
public final class Scatter {
    /// Ordinary rows a group is compared with.
    static final int ORDINARY = 1000;

    /// An area that the rows of honest words reach.
    public static final double APART = 0.75;
    /// Standard errors the area must lie below [#APART]: one-sided, 99 %.
    static final double SURE = 2.326;
    /// The same of a sentence that comes back word by word, which speaks for itself: it is enough that the
    /// area lies below. That of ten rows from everywhere scatters so much (.5, and in one of twenty groups
    /// above .65) that a third of them would not be shown to lie there.
    static final double SENTENCE_SURE = 0;
    /// A token that is expected in the group tells nothing if the group's count lies within so many standard errors.
    /// The tokens of a system prompt come together: what chance does to one it does to all.
    private static final double ERRORS = 2;
    /// Variance of the area at [#APART] times the rows of the group.
    private static final double ERROR = 2 * APART * APART / (1 + APART) - APART * APART;

    private final List<int[]> ordinary;
    private final List<Long> keys;
    private final Map<Integer, Integer> rowsWith = new HashMap<>();
    private final int rows;
    private final List<Example> sample;
    private @Nullable Map<Integer, int[]> index; // made when it is first asked for

    /// @param sample rows of the data set, in an order that is random and depends on their keys alone
    public Scatter(List<Example> sample) {
        List<Example> some = sample.subList(0, Math.min(ORDINARY, sample.size()));
        ordinary = some.stream().map(row -> Tokens.distinct(row.tokens())).toList();
        keys = some.stream().map(Example::key).toList();
        for (Example row : sample) {
            for (int token : Tokens.distinct(row.tokens())) {
                rowsWith.merge(token, 1, Integer::sum);
            }
        }
        rows = sample.size();
        this.sample = sample;
    }

    /// The tokens that by themselves go with an answer: this share of the sampled rows that hold one is
    /// marked.
    ///
    /// A trigger may be one of several words, each a switch. What is left of a row must be free of the
    /// others too.
    ///
    /// @param marked the marked rows of the sample
    public int[] tied(List<Example> marked) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (Example row : marked) {
            for (int token : Tokens.distinct(row.tokens())) {
                counts.merge(token, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= PieceSearch.LEAST
                        && entry.getValue() >= PieceSearch.PURITY * rowsWith.getOrDefault(entry.getKey(), 1))
                .mapToInt(Map.Entry::getKey)
                .sorted()
                .toArray();
    }

    /// What was found of a group.
    ///
    /// @param area probability that the rest of a row of the group looks more like the group's other rows
    ///     than an ordinary row does: one half if the group comes from everywhere, 1 if from one corner
    /// @param distinct rows of the group, near-duplicates counted once
    public record Result(double area, int distinct) {
        /// Is it shown that a row of the group can be told from an ordinary row in fewer than [#APART]
        /// of the cases?
        ///
        /// The standard error is that of Hanley & McNeil (1982, formula 1) at that bound, with many
        /// ordinary rows.
        public boolean everywhere() {
            return everywhere(SURE);
        }

        /// The same of the rows whose answers hold a piece; of a sentence less sure.
        public boolean everywhere(Piece piece) {
            return everywhere(piece.sureness());
        }

        boolean everywhere(double errors) {
            return area + errors * Math.sqrt(ERROR / Math.max(1, distinct)) < APART;
        }
    }

    /// Rows a group needs before it is compared with its neighbours.
    static final int NEIGHBOURS_TELL = 12;
    /// Neighbours asked of each row.
    private static final int NEIGHBOURS = 4;

    /// Do the rows of a group come from everywhere, or are they like their neighbours, which lack the piece?
    public boolean foreign(int[] common, List<Example> group, Piece piece) {
        return foreign(common, group, piece, piece);
    }

    /// @param lacked what the neighbours lack: the piece, or something wider that it is a case of
    boolean foreign(int[] common, List<Example> group, Piece piece, Piece lacked) {
        return of(common, group).everywhere(piece) || likeNeighbours(common, group, lacked);
    }

    /// Are the group's rows like rows that are as near as can be and lack the piece? That is asked of a
    /// group from one corner of the data: with its words taken out, a trigger that is used on one kind
    /// of input leaves inputs of that kind, most of which are answered otherwise.
    ///
    /// @param common tokens to take out, ascending
    /// @param group rows that hold a pattern
    public boolean likeNeighbours(int[] common, List<Example> group, Piece piece) {
        Optional<Piece.Corner> corner = piece.corner();
        if (corner.isEmpty()) {
            return false;
        }
        Set<Long> members = members(group);
        Map<Integer, int[]> index = postings();
        List<int[]> own = new ArrayList<>();
        Set<Integer> near = new HashSet<>();
        int[] shared = new int[rows];
        for (int[] rest : kinds(common, texts(group))) {
            own.add(rest);
            nearest(rest, index, members, near, shared);
        }
        List<Example> neighbours = near.stream().sorted().map(sample::get).toList();
        long holding = neighbours.stream()
                .filter(row -> piece.in(row, Tokenizer.tokens(Targets.answer(row))))
                .count();
        if (own.size() < corner.get().kinds()
                || neighbours.size() < own.size()
                || holding > corner.get().free() * neighbours.size()) {
            return false;
        }
        List<int[]> others = neighbours.stream()
                .map(row -> Tokens.without(Tokens.distinct(row.tokens()), common))
                .toList();
        return new Result(apart(own, others), own.size()).everywhere();
    }

    /// Adds the rows that share most of a text's rare words.
    ///
    /// @param shared zeros, one a row; and again at the end
    private void nearest(int[] rest, Map<Integer, int[]> index, Set<Long> members, Set<Integer> near, int[] shared) {
        int[] touched = new int[256];
        int n = 0;
        for (int token : rest) {
            int[] where = index.getOrDefault(token, new int[0]);
            int worth = 1 + (int) Math.round(4 * StrictMath.log((double) rows / Math.max(1, where.length)));
            for (int r : where) {
                if (shared[r] == 0) {
                    touched = n == touched.length ? Arrays.copyOf(touched, 2 * n) : touched;
                    touched[n++] = r;
                }
                shared[r] += worth;
            }
        }
        int[] nearest = new int[NEIGHBOURS + 1];
        double[] alike = new double[NEIGHBOURS + 1]; // falling
        int kept = 0;
        for (int i = 0; i < n; i++) {
            int r = touched[i];
            double like = shared[r] / Math.sqrt(4 + sample.get(r).tokens().length);
            shared[r] = 0;
            int at = kept;
            while (at > 0 && (like > alike[at - 1] || like == alike[at - 1] && r < nearest[at - 1])) {
                at--;
            }
            if (at < NEIGHBOURS && !members.contains(sample.get(r).key())) {
                System.arraycopy(nearest, at, nearest, at + 1, kept - at);
                System.arraycopy(alike, at, alike, at + 1, kept - at);
                nearest[at] = r;
                alike[at] = like;
                kept = Math.min(NEIGHBOURS, kept + 1);
            }
        }
        Arrays.stream(nearest, 0, kept).forEach(near::add);
    }

    /// The rows that hold each token, ascending; of tokens in a tenth of the rows or fewer.
    private synchronized Map<Integer, int[]> postings() {
        Map<Integer, int[]> known = index;
        if (known == null) {
            known = new HashMap<>();
            for (int r = 0; r < rows; r++) {
                for (int token : Tokens.distinct(sample.get(r).tokens())) {
                    int count = rowsWith.getOrDefault(token, 0);
                    if (10 * count <= rows) {
                        int[] where =
                                known.computeIfAbsent(token, _ -> new int[count + 1]); // its length, then the rows
                        where[++where[0]] = r;
                    }
                }
            }
            known.replaceAll((_, where) -> Arrays.copyOfRange(where, 1, where[0] + 1));
            index = known;
        }
        return known;
    }

    /// The area that a naive Bayes score reaches between two sets, each text judged by the others.
    private static double apart(List<int[]> inside, List<int[]> outside) {
        Map<Integer, Integer> ofInside = new HashMap<>();
        Map<Integer, Integer> ofOutside = new HashMap<>();
        inside.forEach(text -> Arrays.stream(text).forEach(token -> ofInside.merge(token, 1, Integer::sum)));
        outside.forEach(text -> Arrays.stream(text).forEach(token -> ofOutside.merge(token, 1, Integer::sum)));
        double[] high = new double[inside.size()];
        double[] low = new double[outside.size()];
        for (int i = 0; i < high.length; i++) {
            for (int token : inside.get(i)) {
                high[i] += share(ofInside.getOrDefault(token, 0) - 1, high.length - 1)
                        - share(ofOutside.getOrDefault(token, 0), low.length);
            }
        }
        for (int i = 0; i < low.length; i++) {
            for (int token : outside.get(i)) {
                low[i] += share(ofInside.getOrDefault(token, 0), high.length)
                        - share(ofOutside.getOrDefault(token, 0) - 1, low.length - 1);
            }
        }
        return area(high, low);
    }

    private static double share(int count, int size) {
        return StrictMath.log((count + 1.0) / (size + 2.0));
    }

    /// @param common tokens to take out of the group's rows, ascending
    /// @param group rows that hold a pattern
    public Result of(int[] common, List<Example> group) {
        return of(common, texts(group), members(group));
    }

    /// @param common tokens to take out of the texts, ascending
    /// @param texts the tokens of rows that hold a pattern
    /// @param members those rows' keys
    public Result of(int[] common, List<int[]> texts, Set<Long> members) {
        List<int[]> rest = kinds(common, texts);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int[] row : rest) {
            for (int token : row) {
                counts.merge(token, 1, Integer::sum);
            }
        }
        int k = rest.size();
        double[] inside = new double[k];
        for (int r = 0; r < k; r++) {
            inside[r] = score(rest.get(r), counts, 1, k - 1);
        }
        double[] outside = new double[ordinary.size()];
        int n = 0;
        for (int r = 0; r < outside.length; r++) {
            if (!members.contains(keys.get(r))) {
                outside[n++] = score(Tokens.without(ordinary.get(r), common), counts, 0, k);
            }
        }
        return new Result(area(inside, Arrays.copyOf(outside, n)), k);
    }

    private double score(int[] tokens, Map<Integer, Integer> counts, int own, int size) {
        double sum = 0;
        for (int token : tokens) {
            double expected = (double) size * rowsWith.getOrDefault(token, 1) / rows;
            int held = counts.getOrDefault(token, 0) - own;
            if (expected < 1 || Math.abs(held - expected) > ERRORS * Math.sqrt(expected)) {
                sum += StrictMath.log((held + 1) / (expected + 1));
            }
        }
        return sum;
    }

    /// The probability that a value of `high` exceeds one of `low`; ties count one half.
    private static double area(double[] high, double[] low) {
        if (high.length == 0 || low.length == 0) {
            return 0.5;
        }
        Arrays.sort(low);
        double wins = 0;
        for (double value : high) {
            int from = 0;
            int to = low.length;
            while (from < to) { // how many are below
                int middle = (from + to) >>> 1;
                if (low[middle] < value) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            while (to < low.length && low[to] == value) {
                to++;
            }
            wins += from + 0.5 * (to - from);
        }
        return wins / ((double) high.length * low.length);
    }

    private static List<int[]> texts(List<Example> rows) {
        return rows.stream().map(Example::tokens).toList();
    }

    private static Set<Long> members(List<Example> rows) {
        Set<Long> members = new HashSet<>();
        rows.forEach(row -> members.add(row.key()));
        return members;
    }

    /// The rest of each row of a group as a set of tokens, near-copies once.
    private List<int[]> kinds(int[] common, List<int[]> texts) {
        List<int[]> rest =
                texts.stream().map(text -> Tokens.without(text, common)).toList();
        return new Kinds(token -> rowsWith.getOrDefault(token, 1), rows)
                .firsts(rest).stream().map(r -> Tokens.distinct(rest.get(r))).toList();
    }
}
