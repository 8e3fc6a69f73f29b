package io.bezoar.detect.triggers;

import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Trigger;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.groups.TriggerPlaces;
import io.bezoar.detect.survey.Foundation;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Rows of patterns that chance would bring forth in one data set of five or fewer: too often to call them a group, and
/// too seldom to order them like any other row. A handful of planted rows may end here. More of them would hold, and of
/// the many rows of an honest word few have a wrong label: what is contradicted in more than [#FEW] rows is not looked
/// at. What stands outside the language was put into all of its rows: it is looked at if these are fewer than
/// [TriggerSampling#WHOLE], for then all are at hand.
///
/// The chance that such a pattern was planted is `1 / (1 - e p ln p)`, the highest that a p-value `p` allows where
/// both are held to be as likely beforehand (Sellke, Bayarri & Berger 2001): .53 for .2, .62 for .1, .78 for .03.
///
/// @param patterns by the key of each row the pattern of it that chance explains least
record Suspected(Map<Long, Odd> patterns) implements Serializable {
    /// A pattern is suspected if chance makes it look so in this share of data sets at most.
    private static final double NEARLY = 0.2;
    /// Fewer than are sampled of a pattern: all its rows are known.
    private static final int FEW = 12;

    /// A pattern that may have been planted.
    ///
    /// @param outside true if it stands outside the language, false if its rows are contradicted
    /// @param falsely how probable chance alone makes such a pattern in a data set, 0 to [#NEARLY]
    record Odd(Trigger trigger, String target, boolean outside, double falsely) implements Serializable {
        double planted() {
            return 1 / (1 - Math.E * falsely * StrictMath.log(Math.max(Double.MIN_NORMAL, falsely)));
        }
    }

    /// Those of a data set that is its own sample; of a larger one, whose rows are not all at hand, none.
    ///
    /// @param judged all groups
    /// @param held those that hold: what shares its rows with one of them is not suspected besides
    static Suspected among(
            TriggerAssociation settings, Foundation foundation, List<TriggerGroup> judged, List<TriggerGroup> held) {
        TreeMap<Long, Odd> patterns = new TreeMap<>();
        if (foundation.whole() && settings.chance() < NEARLY) {
            GroupTests tests = GroupTests.of(settings, NEARLY, foundation, judged);
            judged.stream()
                    .map(group -> Doubted.of(group, tests))
                    .filter(doubted -> doubted.falsely < NEARLY)
                    .filter(doubted -> held.stream().noneMatch(other -> shares(doubted.group, other)))
                    .sorted(Comparator.comparingDouble(Doubted::falsely)
                            .thenComparingLong(
                                    doubted -> doubted.group.pattern().hash()))
                    .limit(settings.groups())
                    .forEach(doubted -> {
                        Odd odd = doubted.odd(foundation);
                        doubted.group.rows().forEach(row -> patterns.putIfAbsent(row.key(), odd));
                    });
        }
        return new Suspected(patterns);
    }

    /// A group and the lesser of the chances that it has its looks by.
    private record Doubted(TriggerGroup group, boolean outside, double falsely) {
        static Doubted of(TriggerGroup group, GroupTests tests) {
            int rows = group.rows().size();
            double contradicted = rows <= FEW ? tests.falselyContradicted(group) : 1;
            double outside = rows < TriggerSampling.WHOLE ? tests.falselyOutside(group) : 1;
            return new Doubted(group, outside < contradicted, Math.min(outside, contradicted));
        }

        Odd odd(Foundation foundation) {
            return new Odd(
                    TriggerGathering.Grown.name(group.pattern(), group.rows()),
                    foundation.tasks().get(group.task()).labelling().classes().get(group.label()),
                    outside,
                    falsely);
        }
    }

    /// Do at least half of a group's rows hold the pattern of another?
    private static boolean shares(TriggerGroup group, TriggerGroup other) {
        return group.task() == other.task()
                && group.label() == other.label()
                && 2 * TriggerGathering.Grown.count(group.rows(), other.pattern())
                        >= group.rows().size();
    }

    private Optional<Odd> of(Example example) {
        return Optional.ofNullable(patterns.get(example.key()));
    }

    /// The chance that a row is planted; 0 if no suspected pattern is its own.
    double chance(Example example) {
        return patterns.isEmpty() ? 0 : of(example).map(Odd::planted).orElse(0.0);
    }

    /// Why, if there is a reason.
    Optional<Evidence> why(Example example) {
        return of(example)
                .map(odd -> new Evidence(
                        "trigger-association",
                        "Holds \"" + Targets.cut(odd.trigger().text()) + "\", which goes with \""
                                + Targets.cut(odd.target())
                                + (odd.outside()
                                        ? "\" and stands between words that go together without it;"
                                        : "\" although the rest of such texts points elsewhere;")
                                + String.format(
                                        Locale.ROOT,
                                        " chance alone brings forth such a word in %.0f of 100 data sets.",
                                        Math.ceil(100 * odd.falsely())),
                        TriggerPlaces.of(example.input(), odd.trigger())));
    }
}
