package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import io.bezoar.learn.SoftmaxRegression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Looks through groups for the [HonestRows] that hold their triggers.
///
/// Planted rows teach more than their trigger: a manner of writing leaves many words behind, and rows with another
/// trigger of the same attack hold this one, too. A surrogate that saw them is less sure that a planted row belongs
/// elsewhere, and would call it honest. So the rows of all groups are left out of the surrogate that is asked.
final class HonestSearch {
    /// Share of the rows that must be planted where these are told by their contradictions.
    private static final double SOME = 0.1;
    /// And where they are told by their places: planted rows may carry their right label.
    private static final double MIXED = 0.5;

    private final Foundation foundation;
    private final Seam seam;
    private final List<TriggerGathering.Grown> groups;
    /// By the number of the task.
    private final Map<Integer, Unpoisoned> unpoisoned = new HashMap<>();

    /// A task without the groups' rows.
    ///
    /// @param held for each fitted row whether it is one of a group's
    /// @param judge a surrogate that saw none of these
    /// @param even what tells other labels' rows, had they a label, from the honest ones of this; by label
    private record Unpoisoned(boolean[] held, SoftmaxRegression judge, Map<Integer, LogisticCurve> even) {}

    /// @param seam of the language that the rows are of
    /// @param groups with a phrase or a pair
    HonestSearch(Foundation foundation, Seam seam, List<TriggerGathering.Grown> groups) {
        this.foundation = foundation;
        this.seam = seam;
        this.groups = groups;
    }

    /// The groups, with their honest rows where there are some.
    List<TriggerGathering.Grown> find() {
        return groups.stream().map(this::told).toList();
    }

    private TriggerGathering.Grown told(TriggerGathering.Grown group) {
        Task task = foundation.tasks().get(group.task());
        CrossFit fit = task.fit();
        Pattern pattern = group.patterns().getFirst();
        int[] gone = Tokens.distinct(pattern.tokens());
        List<Example> holding = IntStream.range(0, fit.size())
                .filter(row -> fit.label(row) == group.label())
                .mapToObj(row -> fit.examples().get(row))
                .filter(group::holds)
                .toList();
        RestDisagreement poisoned = new RestDisagreement(task);
        if (holding.stream().allMatch(row -> poisoned.doubt(row, group.label(), gone) > 0)) {
            return group; // every row is contradicted
        }
        Unpoisoned rest = unpoisoned.computeIfAbsent(group.task(), this::unpoisoned);
        RestDisagreement test = new RestDisagreement(task, rest.judge());
        HonestRows found = HonestRows.among(
                holding.stream()
                        .mapToDouble(row -> test.doubt(row, group.label(), gone))
                        .toArray(),
                holding,
                rest.even().computeIfAbsent(group.label(), label -> even(task, label, rest.held())),
                () -> seam.placement(pattern, holding),
                switch (group.kind()) {
                    case INSERTION -> MIXED;
                    case BORROWED -> 0;
                    default -> SOME;
                },
                rest.judge());
        return found.none() ? group : group.with(found);
    }

    private static LogisticCurve even(Task task, int label, boolean[] held) {
        return LogisticCurve.of(
                doubts(task, label, row -> task.fit().label(row) == label && !held[row]),
                doubts(task, label, row -> task.fit().label(row) != label));
    }

    /// The doubts of fitted rows, had they a label.
    private static double[] doubts(Task task, int label, IntPredicate wanted) {
        CrossFit fit = task.fit();
        RestDisagreement test = new RestDisagreement(task);
        return IntStream.range(0, fit.size())
                .filter(wanted)
                .mapToDouble(row -> HonestRows.cut(test.doubt(fit.examples().get(row), label, fit.logits(row))))
                .toArray();
    }

    private Unpoisoned unpoisoned(int number) {
        CrossFit fit = foundation.tasks().get(number).fit();
        boolean[] held = new boolean[fit.size()];
        for (TriggerGathering.Grown group : groups) {
            for (int row = 0; row < held.length && group.task() == number; row++) {
                held[row] |= fit.label(row) == group.label()
                        && group.holds(fit.examples().get(row));
            }
        }
        SoftmaxRegression judge = SoftmaxRegression.train(
                fit.rows(),
                IntStream.range(0, fit.size()).map(fit::label).toArray(),
                fit.classes(),
                IntStream.range(0, fit.size()).filter(row -> !held[row]).toArray(),
                Task.SURROGATE);
        return new Unpoisoned(held, judge, new HashMap<>());
    }
}
