package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Task;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Tells which groups hold beyond chance, each held to a bound that is corrected for how many were asked.
///
/// All bounds are natural logarithms.
///
/// @param chance of one false group or more
/// @param certainty of the rest of a group's rows, at least
/// @param all the bound among all groups
/// @param foreign among those that chance hardly makes look as if they stood outside the language: a
///     filter that knows nothing of labels (Bourgon, Gentleman & Huber 2010)
/// @param sentence among the sentences, all parts of one counted once: another filter that knows
///     nothing of labels
/// @param seam among those that a label is tied to and that may stand outside the language: a pattern that is as much
///     part of it as not is left out with a chance of [Seam.Result#NATURAL], and the chances of the others
///     grow by as much (conditionalization: Ellis, Pecanka & Goeman 2020)
record GroupTests(
        Foundation foundation,
        double chance,
        double certainty,
        double all,
        double foreign,
        double sentence,
        double seam) {
    /// A pattern outside the language counts if this share of its rows carries the class.
    private static final double SWITCH = 0.9;
    /// It must have been seen between so many pairs of neighbours.
    private static final int PLACES = 8;
    /// Natural logarithm of the chance below which a pattern may stand outside the language.
    private static final double FOREIGN = -2;
    /// And of that below which the rest of its rows contradicts them.
    private static final double CONTRADICTED = -3;
    /// A pattern that is part of the language must be purer than this.
    static final double IMPURE = 0.75;

    /// The tests of these groups, none of which was left out for what its labels are.
    ///
    /// @param falsely the chance of one false group or more, above 0, at most 1
    static GroupTests of(
            TriggerAssociation settings, double falsely, Foundation foundation, List<TriggerGroup> judged) {
        double chance = Math.log(falsely);
        double all = bound(chance, judged.size());
        double foreign = bound(
                chance,
                judged.stream()
                        .filter(group -> group.seam().logChance() <= FOREIGN)
                        .count());
        double sentence = bound(
                chance,
                judged.stream()
                        .filter(TriggerGroup::sentence)
                        .map(TriggerGroup::phrase)
                        .distinct()
                        .count());
        long asked = judged.stream().filter(group -> asked(group, all)).count();
        return new GroupTests(
                foundation,
                chance,
                settings.certainty(),
                all,
                foreign,
                sentence,
                bound(chance + Math.log1p(-Seam.Result.NATURAL), asked));
    }

    private static double bound(double chance, long groups) {
        return chance - Math.log((double) Math.max(1, groups));
    }

    /// The groups that hold, strongest first.
    List<TriggerGroup> held(List<TriggerGroup> judged) {
        return judged.stream()
                .flatMap(group -> inserted(group)
                        ? Stream.of(group.found(Candidate.Kind.INSERTION, logChance(group)))
                        : contradicted(group)
                                ? Stream.of(group.found(Candidate.Kind.TRIGGER, logChance(group)))
                                : Stream.empty())
                .sorted(Comparator.comparingDouble(TriggerGroup::rank)
                        .reversed()
                        .thenComparing(group -> group.pattern().atEnd())
                        .thenComparingLong(group -> group.pattern().hash()))
                .toList();
    }

    /// Has a pattern hardly a row of another class, and enough neighbours to be asked whether it was put between them?
    /// What surely is part of the language is not asked.
    static boolean asked(double purity, Pattern pattern, Seam.Result seam) {
        return purity >= SWITCH && seam.places() >= PLACES && !pattern.atEnd() && !seam.natural();
    }

    /// Is a label tied to such a pattern beyond chance?
    private static boolean asked(TriggerGroup group, double bound) {
        return asked(group.purity(), group.pattern(), group.seam()) && group.logLabel() <= bound;
    }

    /// Is a label tied to it, and does it stand outside the language beyond chance?
    private boolean alien(TriggerGroup group) {
        return asked(group, all) && strange(group) <= seam;
    }

    /// The chance that it is as much part of the language as not, as a logarithm. There are two languages to stand out
    /// of, that of all rows and that of its class, so twice the smaller chance.
    private static double strange(TriggerGroup group) {
        return Math.min(0, Math.min(group.seam().logChance(), group.own().logChance()) + Math.log(2));
    }

    /// Does the rest contradict the rows beyond chance? What leans on its neighbours and has other uses
    /// is a topic whose labels are odd.
    private boolean contradicted(TriggerGroup group) {
        return group.telling()
                && group.result().certainty() >= certainty
                && (!task(group).labelling().closed()
                        || rest(group) <= all
                                && !(group.purity() < IMPURE && group.seam().natural()));
    }

    /// Was the pattern put in from outside? Either that alone is beyond chance, and a label is tied to
    /// it; or it may have been, or is a whole sentence that comes back, and chance does not explain that
    /// such rows carry the class *and* are contradicted (the product of two probabilities, Fisher 1925). What
    /// begins or ends texts says too little of that: a dateline has one neighbour, and the text goes on without it.
    private boolean inserted(TriggerGroup group) {
        return insertable(group) && (alien(group) || outside(group) || returning(group));
    }

    private boolean insertable(TriggerGroup group) {
        return task(group).labelling().closed()
                && group.purity() >= IMPURE
                && !group.pattern().atEnd();
    }

    /// Does it stand outside the language, as far as that can be told, and is it tied to its label and contradicted
    /// beyond chance?
    private boolean outside(TriggerGroup group) {
        return doubted(group) && group.seam().logChance() <= FOREIGN && product(group) <= foreign;
    }

    /// The same of a sentence that comes back.
    private boolean returning(TriggerGroup group) {
        return doubted(group) && group.sentence() && product(group) <= sentence;
    }

    private boolean doubted(TriggerGroup group) {
        return rest(group) <= CONTRADICTED && 2 * group.result().certainty() >= certainty;
    }

    /// How probable chance alone makes it that one of the groups or more is contradicted as much as this, 0 to 1; 1 if
    /// it is not contradicted beyond the bound.
    double falselyContradicted(TriggerGroup group) {
        return StrictMath.exp(Math.min(0, contradiction(group)));
    }

    /// How probable chance alone makes it that one of them or more is tied to a label and stands outside the
    /// language as much as this, 0 to 1; 1 if it does not beyond the bound.
    double falselyOutside(TriggerGroup group) {
        return StrictMath.exp(Math.min(0, departure(group)));
    }

    /// The chance that the rows carry the class and are contradicted as much, both by chance.
    private double product(TriggerGroup group) {
        return ExactTests.logProductTail(rest(group) + group.logLabel());
    }

    /// The corrected p-value of the group, of the test that says most of those that found it; 0, as a
    /// logarithm, in free answers, where groups are found without a test.
    private double logChance(TriggerGroup group) {
        return Math.min(contradiction(group), departure(group));
    }

    /// The same of the two tests that ask whether it is tied to a label and stands outside the language: both
    /// hypotheses are given up, so the larger p-value counts.
    private double departure(TriggerGroup group) {
        return insertable(group) && alien(group)
                ? Math.max(group.logLabel() + chance - all, strange(group) + chance - seam)
                : 0;
    }

    /// The same of the tests that ask whether its rows are contradicted.
    private double contradiction(TriggerGroup group) {
        if (!task(group).labelling().closed()) {
            return 0;
        }
        double least = contradicted(group) ? rest(group) + chance - all : 0;
        if (insertable(group)) {
            least = outside(group) ? Math.min(least, product(group) + chance - foreign) : least;
            least = returning(group) ? Math.min(least, product(group) + chance - sentence) : least;
        }
        return least;
    }

    private double rest(TriggerGroup group) {
        return group.result().logChance(task(group), group.label());
    }

    private Task task(TriggerGroup group) {
        return foundation.tasks().get(group.task());
    }
}
