package io.bezoar.detect;

import io.bezoar.learn.CrossFit;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Honest rows that hold a trigger by chance, and how sure of its own class a row must be to count as one.
///
/// A word of the language stands in honest rows as well. Those with other classes are seen; that there are as many
/// with the trigger's class, in proportion to the frequency of the classes, is expected. What tells them from
/// planted rows is the rest of the text: planted rows were rows of other classes, so what it says of their class is
/// what it says of rows of other classes ([RestDisagreement#doubt]). One planted row in a hundred is given up; all
/// rows as sure of their class as that are left out, if more honest rows than planted ones are expected among
/// them. The two classes of rows need no model: the sampled rows themselves are the distributions.
final class HonestUses {
    /// Share of the planted rows that is given up.
    private static final double LOST = 0.01;
    /// Fewer rows of a class are no distribution.
    private static final int LEAST = 100;

    private HonestUses() {}

    /// The least doubt that a group's rows must have, in nats; [TriggerGathering.Grown#ANY] for a trigger that nobody
    /// uses honestly, or whose rows the rest does not contradict: they keep their right class.
    ///
    /// @param pattern what the group was grown to
    static double least(Pattern pattern, TriggerSampling.Group group, Task task) {
        CrossFit fit = task.fit();
        int[] holding = IntStream.range(0, fit.size())
                .filter(row -> pattern.in(fit.examples().get(row).tokens()))
                .toArray();
        double tied = Arrays.stream(holding)
                .filter(row -> fit.label(row) == group.label())
                .count();
        double share = task.share(group.label());
        double honest = (holding.length - tied) / Math.max(1, tied) * share / Math.max(1e-9, 1 - share);
        boolean contradicted =
                2 * group.result().contradicted() >= group.result().distinct();
        if (honest <= 0 || !contradicted || !task.labelling().closed()) {
            return TriggerGathering.Grown.ANY;
        }
        double[] own = doubts(task, group.label(), true);
        double[] others = doubts(task, group.label(), false);
        if (own.length < LEAST || others.length < LEAST) {
            return TriggerGathering.Grown.ANY;
        }
        double least = others[(int) (LOST * others.length)];
        double sure =
                (double) Arrays.stream(own).filter(doubt -> doubt <= least).count() / own.length;
        return Math.min(1, honest) * sure > (1 - Math.min(1, honest)) * LOST ? least : TriggerGathering.Grown.ANY;
    }

    /// The doubt that sampled rows are of a class, of those labelled so or of the others; ascending.
    private static double[] doubts(Task task, int label, boolean own) {
        CrossFit fit = task.fit();
        RestDisagreement test = new RestDisagreement(task);
        return IntStream.range(0, fit.size())
                .filter(row -> (fit.label(row) == label) == own)
                .mapToDouble(row -> test.doubt(fit.examples().get(row), label, new int[0]))
                .sorted()
                .toArray();
    }
}
