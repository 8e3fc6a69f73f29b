package io.bezoar.detect.triggers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Trigger;
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

/// Scores a row by the strongest group it is in. A row that holds a trigger and its target, and is honest by what else
/// it says, has the chance that it is planted after all: below 1, the least strength of a group.
final class TriggerScorer implements Outcome.Scorer {
    private static final long serialVersionUID = 1L;

    private final Groups groups;
    private final List<Tied> tied;
    private final List<Mixed> mixed;

    /// A group as a worker needs it.
    ///
    /// @param why it is suspicious, after the name of the target
    private record Tied(double strength, Trigger trigger, String target, String why, long[] members)
            implements Serializable {
        boolean has(Example example) {
            return Arrays.binarySearch(members, example.key()) >= 0;
        }
    }

    /// A group whose trigger honest rows hold, too.
    record Mixed(TriggerGathering.Grown group, Task task) implements Serializable {
        Trigger trigger() {
            return group.trigger();
        }

        /// The chance that a row is one of the group's, 0 to 1; 0 if it does not hold the trigger or has another
        /// target.
        double planted(Example example) {
            return group.planted(task, example);
        }
    }

    /// @param candidates groups with a trigger and a target
    /// @param mixed those of them whose trigger honest rows hold, too
    TriggerScorer(List<Candidate> candidates, List<Mixed> mixed) {
        this.mixed = List.copyOf(mixed);
        groups = new Groups(candidates, List.of());
        List<Tied> all = new ArrayList<>();
        for (Candidate candidate : candidates) {
            all.add(new Tied(
                    candidate.strength(),
                    candidate.trigger().orElseThrow(),
                    candidate.target().orElseThrow(),
                    candidate.kind() == Candidate.Kind.INSERTION
                            ? " and can be cut out of such texts without a seam."
                            : candidate.kind() == Candidate.Kind.BORROWED
                                    ? " here, can be cut out without a seam, and is contradicted by what is left."
                                    : " although the rest of such texts points elsewhere.",
                    candidate.members()));
        }
        all.sort((a, b) -> Double.compare(b.strength(), a.strength()));
        tied = List.copyOf(all);
    }

    @Override
    public double score(Example example) {
        for (Tied group : tied) {
            if (group.has(example)) {
                return Math.max(1, group.strength());
            }
        }
        return mixed.stream().mapToDouble(group -> group.planted(example)).max().orElse(0);
    }

    @Override
    public List<Evidence> explain(Example example) {
        return Stream.concat(member(example), honest(example)).limit(3).toList();
    }

    private Stream<Evidence> honest(Example example) {
        return mixed.stream()
                .filter(group -> group.planted(example) > 0)
                .filter(group -> tied.stream()
                        .noneMatch(
                                other -> other.has(example) && other.trigger().equals(group.trigger())))
                .map(group -> new Evidence(
                        "trigger-association",
                        String.format(
                                Locale.ROOT,
                                "Holds \"%s\" as well, but what else it says agrees with its target: planted with a"
                                        + " chance of %.2f.",
                                Targets.cut(group.trigger().text()),
                                group.planted(example)),
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
