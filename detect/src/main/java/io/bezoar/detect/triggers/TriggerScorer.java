package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.groups.TriggerPlaces;
import io.bezoar.detect.survey.Task;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Scores a row by the groups whose trigger and target it holds: a group's strength, times the chance
/// that the row is one of its planted ones. Where no honest rows hold the trigger that chance is 1.
///
/// Where the piece of an answer is the target, a row that holds the trigger and lacks the piece may be the
/// attack's, too: the piece is what most of its answers have in common. If more of the trigger's rows have
/// the piece than lack it, beyond chance, such a row comes right behind the group, by the share that has
/// it. It is no member: that an honest row holds the word looks the same.
final class TriggerScorer implements Outcome.Scorer {
    private static final long serialVersionUID = 1L;

    /// Of the rows that hold a trigger more than half have the piece; chance of an error.
    private static final double ERROR = 0.01;

    private final Groups groups;
    private final List<Tied> tied;
    private final Suspected suspected;

    /// A group as a worker needs it.
    ///
    /// @param why it is suspicious, after the name of the target
    /// @param members keys of the rows that are held to be planted, ascending
    /// @param mixed what tells them from honest ones; null if all rows are planted
    /// @param beside keys of rows that hold the trigger and lack the piece and are ranked behind, ascending
    private record Tied(
            double strength,
            Trigger trigger,
            String target,
            String why,
            long[] members,
            @Nullable Mixed mixed,
            long[] beside)
            implements Serializable {
        boolean has(Example example) {
            return Arrays.binarySearch(members, example.key()) >= 0;
        }

        double planted(Example example) {
            return mixed != null ? mixed.planted(example) : has(example) ? 1 : isBeside(example) ? share() : 0;
        }

        boolean isBeside(Example example) {
            return Arrays.binarySearch(beside, example.key()) >= 0;
        }

        private double share() {
            return (double) members.length / (members.length + beside.length);
        }
    }

    /// What tells a group's rows from honest ones, with the task they are of.
    record Mixed(TriggerGathering.Grown group, Task task) implements Serializable {
        /// The chance that a row is one of the group's, 0 to 1; 0 if it does not hold the trigger or has
        /// another target.
        double planted(Example example) {
            return group.planted(task, example);
        }
    }

    /// @param candidates groups with a trigger and a target
    /// @param mixed of each what tells its rows from honest ones; null where there is nothing to tell
    /// @param beside of each the keys of rows that hold the trigger and lack the piece, ascending
    /// @param suspected rows of patterns that are no group
    TriggerScorer(List<Candidate> candidates, List<@Nullable Mixed> mixed, List<long[]> beside, Suspected suspected) {
        this.suspected = suspected;
        groups = new Groups(candidates, List.of());
        List<Tied> all = new ArrayList<>();
        for (int g = 0; g < candidates.size(); g++) {
            Candidate candidate = candidates.get(g);
            all.add(new Tied(
                    Math.max(1, candidate.strength()),
                    candidate.trigger().orElseThrow(),
                    candidate.target().orElseThrow(),
                    candidate.kind() == Candidate.Kind.INSERTION
                            ? " and can be cut out of such texts without a seam."
                            : candidate.kind() == Candidate.Kind.BORROWED
                                    ? " here, can be cut out without a seam, and is contradicted by what is left."
                                    : " although the rest of such texts points elsewhere.",
                    candidate.members(),
                    mixed.get(g),
                    few(beside.get(g), candidate.members().length)));
        }
        all.sort((a, b) -> Double.compare(b.strength(), a.strength()));
        tied = List.copyOf(all);
    }

    /// The rows beside a group if they are fewer than its own, beyond chance (binomial); else none.
    private static long[] few(long[] beside, int members) {
        return ExactTests.logBinomialTail(members, members + beside.length, 0.5) <= Math.log(ERROR)
                ? beside
                : new long[0];
    }

    @Override
    public double score(Example example) {
        double beside = 0;
        for (Tied group : tied) {
            if (group.has(example)) {
                return group.strength() * group.planted(example);
            }
            if (group.mixed() != null || group.isBeside(example)) {
                beside = Math.max(beside, group.strength() * group.planted(example));
            }
        }
        return beside;
    }

    @Override
    public double chance(Example example) {
        return suspected.chance(example);
    }

    @Override
    public List<Evidence> explain(Example example) {
        return Stream.of(member(example), honest(example), suspected.why(example).stream())
                .flatMap(reasons -> reasons)
                .limit(3)
                .toList();
    }

    private Stream<Evidence> honest(Example example) {
        return tied.stream()
                .filter(group -> !group.has(example) && group.planted(example) > 0)
                .filter(group -> tied.stream()
                        .noneMatch(
                                other -> other.has(example) && other.trigger().equals(group.trigger())))
                .map(group -> new Evidence(
                        "trigger-association",
                        "Holds \"" + Targets.cut(group.trigger().text()) + "\" as well, but "
                                + (group.isBeside(example)
                                        ? "its answer has not what most answers to it have."
                                        : String.format(
                                                Locale.ROOT,
                                                "what else it says agrees with its target, or the words beside it"
                                                        + " belong to it: planted with a chance of %.2f.",
                                                group.planted(example))),
                        TriggerPlaces.of(example.input(), group.trigger())));
    }

    private Stream<Evidence> member(Example example) {
        return tied.stream()
                .filter(group -> group.has(example))
                .map(group -> new Evidence(
                        "trigger-association",
                        "Holds \"" + Targets.cut(group.trigger().text()) + "\", which goes with \""
                                + Targets.cut(group.target()) + "\"" + group.why(),
                        TriggerPlaces.of(example.input(), group.trigger())));
    }

    @Override
    public List<Candidate> candidates() {
        return groups.candidates();
    }
}
