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
    private final Map<Integer, SoftmaxRegression> unpoisoned = new HashMap<>();

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
        SoftmaxRegression judge = unpoisoned.computeIfAbsent(group.task(), this::unpoisoned);
        RestDisagreement test = new RestDisagreement(task, judge);
        HonestRows found = HonestRows.among(
                holding.stream()
                        .mapToDouble(row -> test.doubt(row, group.label(), gone))
                        .toArray(),
                holding,
                even(group),
                () -> seam.placement(pattern, holding),
                switch (group.kind()) {
                    case INSERTION -> MIXED;
                    case BORROWED -> 0;
                    default -> SOME;
                },
                judge);
        return found.none() ? group : group.with(found);
    }

    /// What tells other labels' rows, had they the group's label, from the honest ones of this.
    private LogisticCurve even(TriggerGathering.Grown group) {
        CrossFit fit = foundation.tasks().get(group.task()).fit();
        return LogisticCurve.of(
                doubts(
                        group,
                        row -> fit.label(row) == group.label()
                                && !held(
                                        group.task(),
                                        group.label(),
                                        fit.examples().get(row))),
                doubts(group, row -> fit.label(row) != group.label()));
    }

    private double[] doubts(TriggerGathering.Grown group, IntPredicate wanted) {
        Task task = foundation.tasks().get(group.task());
        CrossFit fit = task.fit();
        RestDisagreement test = new RestDisagreement(task);
        return IntStream.range(0, fit.size())
                .filter(wanted)
                .mapToDouble(row -> HonestRows.cut(test.doubt(fit.examples().get(row), group.label(), fit.logits(row))))
                .toArray();
    }

    /// A surrogate that saw none of the groups' rows.
    private SoftmaxRegression unpoisoned(int number) {
        CrossFit fit = foundation.tasks().get(number).fit();
        return SoftmaxRegression.train(
                fit.rows(),
                IntStream.range(0, fit.size()).map(fit::label).toArray(),
                fit.classes(),
                IntStream.range(0, fit.size())
                        .filter(row ->
                                !held(number, fit.label(row), fit.examples().get(row)))
                        .toArray(),
                Task.SURROGATE);
    }

    private boolean held(int task, int label, Example row) {
        return groups.stream().anyMatch(group -> group.task() == task && group.label() == label && group.holds(row));
    }
}
