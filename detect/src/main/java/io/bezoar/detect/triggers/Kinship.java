package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Tokenizer;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// Are the rows that hold a trigger more alike than chance makes rows of other targets?
///
/// A trigger is put into texts whatever they say: with it taken out, its rows are like any others. A turn of speech
/// that honestly carries odd labels comes with its subject or its form, and the rest of its rows is of that, too:
/// the matches of one tournament filed under another desk, the paragraphs of one newsletter. So it is asked of
/// every row how like it is to the others of its group (the mean cosine, words weighed by their rarity, Salton &
/// Buckley 1988), and the geometric mean of all rows is held against that of groups of as many rows, drawn at
/// random from those that carry other targets. The geometric mean, since two near-copies make two rows alike, but
/// no group. That is a Monte Carlo test (Barnard 1963): where the rows were picked at random from those of other
/// targets, the chance of being told akin is one in a hundred.
///
/// Reads only after construction: safe for many threads.
public final class Kinship {
    private static final int DRAWS = 999;
    /// So many draws as alike as the group, or more, and it is not told akin.
    private static final int MANY = 10;
    /// A row that is like no other counts as one with this cosine.
    private static final double UNLIKE = 0.005;
    /// Rows to draw from.
    private static final int POOL = 1000;
    /// In so few rows or fewer words that all of them share are a likeness; in more, they may be the rest of the
    /// trigger.
    private static final int FEW = 7;
    /// So many times the group's rows must there be to draw from.
    private static final int ENOUGH = 4;
    /// Rows of a group that are compared.
    private static final int MOST = 50;
    /// Fewer rows make no group.
    private static final int LEAST = 3;

    private final Task task;
    private final Map<Integer, Integer> rowsWith = new HashMap<>();

    /// @param task whose sample the groups are compared with
    public Kinship(Task task) {
        this.task = task;
        for (Example row : task.fit().examples()) {
            for (int token : Tokens.distinct(row.tokens())) {
                rowsWith.merge(token, 1, Integer::sum);
            }
        }
    }

    /// A text as a direction: its different tokens, ascending, and their weights, whose squares add up to 1.
    private record Direction(int[] tokens, double[] weights) {
        double cosine(Direction other) {
            double sum = 0;
            int i = 0;
            int j = 0;
            while (i < tokens.length && j < other.tokens.length) {
                if (tokens[i] == other.tokens[j]) {
                    sum += weights[i++] * other.weights[j++];
                } else if (tokens[i] < other.tokens[j]) {
                    i++;
                } else {
                    j++;
                }
            }
            return sum;
        }
    }

    /// Is the group told akin? Not where there are too few other rows to draw from.
    ///
    /// @param target of the group
    /// @param members the rows that hold the trigger and carry the target
    public boolean akin(Trigger trigger, String target, List<Example> members) {
        int[] own = trigger.pieces().stream()
                .flatMapToInt(piece -> Arrays.stream(Tokenizer.tokens(piece)))
                .sorted()
                .distinct()
                .toArray();
        int[] gone = members.size() > FEW ? Tokens.union(own, Tokens.shared(members)) : own;
        Set<Long> keys = new HashSet<>();
        Set<Long> seen = new HashSet<>();
        List<Direction> group = new ArrayList<>();
        long seed = members.size();
        for (Example row : members) {
            int[] left = Tokens.without(row.tokens(), gone);
            keys.add(row.key());
            seed += Hashing.mix(row.key());
            if (group.size() < MOST && seen.add(Tokens.likeness(left))) {
                group.add(direction(left));
            }
        }
        int label = task.labelling().classes().indexOf(target);
        List<Direction> others = task.fit().examples().stream()
                .filter(row -> task.labelling().of(row) != label && !keys.contains(row.key()))
                .limit(POOL)
                .map(row -> direction(Tokens.without(row.tokens(), gone)))
                .toList();
        if (group.size() < LEAST || others.size() < ENOUGH * group.size()) {
            return false;
        }
        double likeness = likeness(group);
        SplittableRandom random = new SplittableRandom(seed);
        int alike = 0;
        for (int draw = 0; draw < DRAWS && alike < MANY; draw++) {
            alike += likeness(drawn(group.size(), others, random)) >= likeness ? 1 : 0;
        }
        return alike < MANY;
    }

    /// So many of the others, none twice.
    private static List<Direction> drawn(int size, List<Direction> others, SplittableRandom random) {
        Set<Integer> places = new LinkedHashSet<>();
        while (places.size() < size) {
            places.add(random.nextInt(others.size()));
        }
        return places.stream().map(others::get).toList();
    }

    private Direction direction(int[] text) {
        int[] tokens = Tokens.distinct(text);
        double[] weights = new double[tokens.length];
        double squares = 0;
        for (int i = 0; i < tokens.length; i++) {
            weights[i] = StrictMath.log(1 + (double) task.fit().size() / rowsWith.getOrDefault(tokens[i], 1));
            squares += weights[i] * weights[i];
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < tokens.length; i++) {
            weights[i] /= length;
        }
        return new Direction(tokens, weights);
    }

    /// The mean logarithm of how like each text is to the others.
    private static double likeness(List<Direction> group) {
        int size = group.size();
        double[] sums = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                double cosine = group.get(i).cosine(group.get(j));
                sums[i] += cosine;
                sums[j] += cosine;
            }
        }
        double mean = 0;
        for (double sum : sums) {
            mean += StrictMath.log(sum / (size - 1) + UNLIKE) / size;
        }
        return mean;
    }
}
