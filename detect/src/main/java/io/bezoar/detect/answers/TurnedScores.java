package io.bezoar.detect.answers;

import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Target;
import io.bezoar.core.Trigger;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.groups.Targets;
import io.bezoar.detect.groups.TriggerPlaces;
import io.bezoar.detect.survey.Preferences;
import io.bezoar.learn.Reward;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Scores a pair: in a group its strength and 1; outside the probability, below 1, that it is ordered
/// the other way round.
final class TurnedScores implements Outcome.Scorer {
    private static final long serialVersionUID = 1L;

    private final Preferences preferences;
    private final List<Turned> turned;
    private final Groups groups;

    /// A group as a worker needs it.
    private record Turned(double strength, List<Trigger> triggers, long[] members) implements Serializable {
        boolean has(Example example) {
            return Arrays.binarySearch(members, example.key()) >= 0;
        }
    }

    TurnedScores(Preferences preferences, List<Candidate> candidates, Groups groups) {
        this.preferences = preferences;
        this.groups = groups;
        this.turned = candidates.stream()
                .map(candidate -> new Turned(
                        candidate.strength(), candidate.trigger().stream().toList(), candidate.members()))
                .toList();
    }

    @Override
    public double score(Example example) {
        if (!(example.target() instanceof Target.Preference)) {
            return 0;
        }
        double strongest = turned.stream()
                .filter(group -> group.has(example))
                .mapToDouble(Turned::strength)
                .max()
                .orElse(0);
        return strongest > 0 ? 1 + strongest : Reward.logistic(-preferences.margin(example));
    }

    @Override
    public List<Evidence> explain(Example example) {
        if (!(example.target() instanceof Target.Preference)) {
            return List.of();
        }
        return turned.stream()
                .filter(group -> group.has(example))
                .findFirst()
                .map(group -> new Evidence(
                        TurnedPreferences.NAME,
                        String.format(
                                Locale.ROOT,
                                "One of the pairs %s; in these the preferred answer is mostly the one that other pairs"
                                        + " reject. Of this pair alone a model of the others says so with probability"
                                        + " %.2f.",
                                group.triggers().stream()
                                        .findFirst()
                                        .map(trigger -> "that hold \"" + Targets.cut(trigger.text()) + "\"")
                                        .orElse("of one hand"),
                                Reward.logistic(-preferences.margin(example))),
                        group.triggers().stream()
                                .flatMap(trigger -> TriggerPlaces.of(example.input(), trigger).stream())
                                .toList()))
                .stream()
                .toList();
    }

    @Override
    public List<Candidate> candidates() {
        return groups.candidates();
    }

    @Override
    public List<Remark> remarks() {
        return groups.remarks();
    }
}
