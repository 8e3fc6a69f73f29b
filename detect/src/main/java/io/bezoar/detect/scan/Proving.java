package io.bezoar.detect.scan;

import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.Need;
import io.bezoar.core.Proof;
import io.bezoar.core.Severity;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Preferences;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.survey.VectorTask;
import io.bezoar.detect.triggers.Kinship;
import io.bezoar.learn.SoftmaxRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Puts every suspected group to the proof on the task its target belongs to, and judges it. Owned by one thread,
/// which lets others help.
final class Proving {
    /// Share of a group's rows that the surrogate must contradict before the group is put to the proof.
    private static final double DOUBTED = 0.3;

    private final Foundation foundation;
    private final List<Candidate> candidates;
    private final Roster.Counts counts;
    private final List<List<Example>> members = new ArrayList<>();
    private final Predicate<Candidate> onVectors;

    /// @param detectors those that found the candidates
    Proving(Foundation foundation, List<Candidate> candidates, Roster.Counts counts, List<Detector<?>> detectors) {
        this.foundation = foundation;
        this.candidates = candidates;
        this.counts = counts;
        this.onVectors = onVectors(detectors, foundation);
        for (int c = 0; c < candidates.size(); c++) {
            members.add(counts.sample(c));
        }
    }

    /// The worst first, without those that a worse one explains; of two that are the same rows the one that names a
    /// trigger stays.
    List<Judgement> judged() {
        List<Judgement> judged = new ArrayList<>(provedOnVectors());
        for (Task task : foundation.tasks()) {
            List<Integer> mine = IntStream.range(0, candidates.size())
                    .filter(c -> !onVectors.test(candidates.get(c)))
                    .filter(c -> foundation
                            .task(candidates.get(c))
                            .filter(task::equals)
                            .isPresent())
                    .filter(c -> suspicious(task, candidates.get(c), members.get(c)))
                    .boxed()
                    .toList();
            Experiment.Suspects suspects = new Experiment.Suspects(
                    groups(mine, candidate -> candidate.trigger().isPresent()),
                    groups(mine, candidate -> candidate.trigger().isEmpty() && !contradicting(candidate)),
                    groups(mine, candidate -> candidate.trigger().isEmpty() && contradicting(candidate)));
            for (Sight sight : Sight.values()) {
                List<Integer> alike = mine.stream()
                        .filter(c -> sight == Sight.of(candidates.get(c)))
                        .toList();
                if (!alike.isEmpty()) {
                    Experiment experiment = new Experiment(
                            task, suspects, alike.stream().map(members::get).toList(), sight);
                    judged.addAll(proved(task, experiment, alike));
                }
            }
        }
        foundation.preferences().ifPresent(preferences -> judged.addAll(turned(preferences)));
        for (int c = 0; c < candidates.size(); c++) {
            if (!onVectors.test(candidates.get(c))
                    && foundation.task(candidates.get(c)).isEmpty()
                    && !Preferences.proves(candidates.get(c))) {
                judged.add(Judgement.of(c, candidates.get(c), counts.table(c), counts.members(c), Optional.empty()));
            }
        }
        List<Judgement> worst = Judgement.inCompany(judged).stream()
                .map(judgement -> judgement.unlessPhrased(judged))
                .sorted(Judgement.WORST)
                .toList();
        List<Judgement> distinct = new ArrayList<>();
        for (Judgement next : worst) {
            OptionalInt same = IntStream.range(0, distinct.size())
                    .filter(i -> covers(distinct.get(i).candidate(), next.candidate()))
                    .findFirst();
            if (next.notable() && same.isEmpty()) {
                distinct.add(next);
            } else if (next.notable() && names(next, distinct.get(same.getAsInt()))) {
                distinct.set(same.getAsInt(), next);
            }
        }
        return distinct.stream().sorted(Judgement.WORST).toList();
    }

    /// The judgements, less sure where something honest may explain what was proved.
    private List<Judgement> weighed(Task task, List<Judgement> proved) {
        if (task.labelling().closed()) {
            return unlessHonest(task, proved);
        }
        return task.labelling().disputable()
                ? proved.stream().map(Judgement::disputable).toList()
                : proved.stream().map(Judgement::unlessFew).toList();
    }

    /// The judgements of some groups after an experiment: first of those with a trigger, then of those without that no
    /// proved trigger explains.
    private List<Judgement> proved(Task task, Experiment experiment, List<Integer> groups) {
        List<Judgement> proved = new ArrayList<>(weighed(
                task,
                judged(
                        experiment,
                        groups.stream()
                                .filter(c -> candidates.get(c).trigger().isPresent())
                                .toList())));
        List<Judgement> others = judged(
                experiment,
                groups.stream()
                        .filter(c -> candidates.get(c).trigger().isEmpty())
                        .filter(c -> proved.stream().noneMatch(worse -> explains(worse, candidates.get(c))))
                        .toList());
        proved.addAll(weighed(
                task,
                Judgement.unlessMistaken(
                        together(experiment, others), judgement -> experiment.honest(suspect(judgement.number())))));
        return proved;
    }

    /// The judgements, after floods that pass for their target were put to the proof without the proved floods made
    /// like them, and contradicted ones were judged together with those.
    private List<Judgement> together(Experiment experiment, List<Judgement> proved) {
        List<Judgement> doubtful = new ArrayList<>();
        List<Experiment.Suspect> suspects = new ArrayList<>();
        for (Judgement judgement : proved) {
            Set<Long> like = judgement.company(proved).stream()
                    .flatMapToLong(other -> Arrays.stream(other.candidate().members()))
                    .boxed()
                    .collect(Collectors.toSet());
            if (!like.isEmpty()) {
                doubtful.add(judgement);
                suspects.add(new Experiment.Suspect(judgement.candidate(), members.get(judgement.number()), like));
            }
        }
        List<Proof> proofs = experiment.prove(suspects);
        return proved.stream()
                .map(judgement -> {
                    int again = doubtful.indexOf(judgement);
                    Optional<Proof> other = again >= 0 ? Optional.of(proofs.get(again)) : judgement.pooled(proved);
                    return other.map(proof -> judgement.orWorse(judgement(judgement.number(), proof)))
                            .orElse(judgement);
                })
                .toList();
    }

    /// The judgements of some groups, tried one by one.
    private List<Judgement> judged(Experiment experiment, List<Integer> groups) {
        List<Proof> proofs = experiment.prove(groups.stream().map(this::suspect).toList());
        return IntStream.range(0, proofs.size())
                .mapToObj(i -> judgement(groups.get(i), proofs.get(i)))
                .toList();
    }

    private Experiment.Suspect suspect(int group) {
        return new Experiment.Suspect(candidates.get(group), members.get(group), Set.of());
    }

    private Judgement judgement(int group, Proof proof) {
        return Judgement.of(
                group, candidates.get(group), counts.table(group), counts.members(group), Optional.of(proof));
    }

    private static boolean contradicting(Candidate candidate) {
        return candidate.kind() == Candidate.Kind.CONTRADICTION;
    }

    private List<List<Example>> groups(List<Integer> some, Predicate<Candidate> which) {
        return some.stream()
                .filter(c -> which.test(candidates.get(c)))
                .map(members::get)
                .toList();
    }

    /// The judgements of groups with labels, unless chance or one subject explains them. Free answers have no
    /// such test: a trigger that is used on one kind of instruction is an attack.
    private List<Judgement> unlessHonest(Task task, List<Judgement> proved) {
        List<Judgement> sure = proved.stream()
                .map(Judgement::unlessByChance)
                .map(Judgement::unlessAsOthers)
                .toList();
        if (sure.stream().noneMatch(judgement -> judgement.severity() == Severity.HIGH)) {
            return sure;
        }
        Kinship kinship = new Kinship(task);
        return sure.stream()
                .map(judgement -> judgement.unless(
                        (candidate, rows) -> kinship.akin(
                                candidate.trigger().orElseThrow(),
                                candidate.target().orElseThrow(),
                                rows),
                        counts.table(judgement.number()),
                        members.get(judgement.number())))
                .toList();
    }

    /// Is a group proved on vectors? Those of detectors that look at the data's own vectors are; all are where the data
    /// have no texts. What an embedding placed is proved on the texts.
    private static Predicate<Candidate> onVectors(List<Detector<?>> detectors, Foundation foundation) {
        Set<String> names = new HashSet<>();
        detectors.stream()
                .filter(detector -> detector.needs().contains(Need.VECTORS)
                        || detector.needs().contains(Need.PLACES))
                .forEach(detector -> names.add(detector.name()));
        boolean possible =
                foundation.vectors().isPresent() && foundation.embeddings().isEmpty();
        boolean alone = foundation.tasks().isEmpty() && foundation.preferences().isEmpty();
        return candidate -> possible && (alone || names.contains(candidate.detector()));
    }

    private List<Judgement> provedOnVectors() {
        List<Integer> mine = IntStream.range(0, candidates.size())
                .filter(c -> onVectors.test(candidates.get(c)))
                .filter(c -> suspicious(foundation.vectors().orElseThrow(), candidates.get(c), members.get(c)))
                .boxed()
                .toList();
        if (mine.isEmpty()) {
            return List.of();
        }
        VectorExperiment experiment = new VectorExperiment(
                foundation.vectors().orElseThrow(),
                mine.stream().map(members::get).toList());
        return judged(mine, experiment::prove);
    }

    /// Proves the groups of pairs whose order is turned, or into whose preferred answers something was put.
    private List<Judgement> turned(Preferences preferences) {
        List<Integer> mine = IntStream.range(0, candidates.size())
                .filter(c -> Preferences.proves(candidates.get(c)))
                .boxed()
                .toList();
        if (mine.isEmpty()) {
            return List.of();
        }
        RewardExperiment experiment = new RewardExperiment(
                preferences, mine.stream().map(members::get).toList());
        return judged(mine, experiment::prove);
    }

    /// The judgements of some groups after an experiment each.
    private List<Judgement> judged(List<Integer> groups, BiFunction<Candidate, List<Example>, Proof> experiment) {
        return groups.parallelStream()
                .map(c -> judgement(c, experiment.apply(candidates.get(c), members.get(c))))
                .toList();
    }

    private static boolean suspicious(VectorTask task, Candidate candidate, List<Example> members) {
        return candidate.kind() == Candidate.Kind.TRIGGER
                || members.stream()
                                .filter(row ->
                                        task.judges(row) && task.votes(row).contradicts())
                                .count()
                        >= DOUBTED * members.size();
    }

    /// Is the group worth an experiment? One without a trigger is not if the cross-fitted surrogate, which
    /// saw none of its near-duplicates, gives most of its rows the target they carry.
    private static boolean suspicious(Task task, Candidate candidate, List<Example> members) {
        if (candidate.trigger().isPresent() || candidate.strength() >= Judgement.CONFLICT) {
            return true;
        }
        long against = members.stream()
                .filter(row -> task.labelling().of(row) >= 0
                        && SoftmaxRegression.best(task.fit().logits(row))
                                != task.labelling().of(row))
                .count();
        return against >= DOUBTED * members.size();
    }

    /// Does a judgement name the trigger of the rows of another as bad that names none?
    private static boolean names(Judgement judgement, Judgement other) {
        return judgement.candidate().trigger().isPresent()
                && other.candidate().trigger().isEmpty()
                && judgement.severity() == other.severity()
                && tells(judgement.candidate(), other.candidate());
    }

    /// Will a group without a trigger not be told, whatever an experiment shows of it, since a proved trigger
    /// stands for its rows? Not of floods: those made like them are judged by them.
    private static boolean explains(Judgement worse, Candidate next) {
        return worse.severity() == Severity.HIGH
                && worse.candidate().trigger().isPresent()
                && next.kind() != Candidate.Kind.FLOOD
                && tells(worse.candidate(), next);
    }

    /// Is a group the other's, but for one row in ten that came along?
    private static boolean tells(Candidate group, Candidate other) {
        return 10 * group.shared(other) >= 9 * other.members().length;
    }

    /// Are half of the second group's rows in the first, or half of the first in the second? Of groups
    /// that one detector told apart: are three quarters of the second's in the first?
    private static boolean covers(Candidate worse, Candidate next) {
        int shared = worse.shared(next);
        return worse.detector().equals(next.detector())
                ? 4 * shared >= 3 * next.members().length
                : 2 * shared >= Math.min(next.members().length, worse.members().length);
    }
}
