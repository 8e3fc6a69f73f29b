package io.bezoar.detect.groups;

import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Trigger;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Scores a row by the strongest group it is in.
public final class TriggerScorer implements Outcome.Scorer {
    private static final long serialVersionUID = 1L;

    private final Groups groups;
    private final List<Tied> tied;

    /// A group as a worker needs it.
    ///
    /// @param why it is suspicious, after the name of the target
    private record Tied(double strength, Trigger trigger, String target, String why, long[] members)
            implements Serializable {
        boolean has(Example example) {
            return Arrays.binarySearch(members, example.key()) >= 0;
        }
    }

    /// @param candidates groups with a trigger and a target
    public TriggerScorer(List<Candidate> candidates) {
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
                return group.strength();
            }
        }
        return 0;
    }

    @Override
    public List<Evidence> explain(Example example) {
        return tied.stream()
                .filter(group -> group.has(example))
                .limit(3)
                .map(group -> new Evidence(
                        "trigger-association",
                        "Holds \"" + Targets.cut(group.trigger().text()) + "\", which goes with \""
                                + Targets.cut(group.target()) + "\"" + group.why(),
                        TriggerPlaces.of(example.input(), group.trigger())))
                .toList();
    }

    @Override
    public List<Candidate> candidates() {
        return groups.candidates();
    }
}
