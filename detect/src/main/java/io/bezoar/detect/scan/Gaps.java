package io.bezoar.detect.scan;

import io.bezoar.core.Detector;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Tier;
import io.bezoar.detect.survey.Embeddings;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Survey;
import io.bezoar.detect.survey.Task;
import io.bezoar.detect.survey.Tasks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a scan did not look at, for the person who reads its verdict.
final class Gaps {
    private Gaps() {}

    /// What a deeper scan would look at beside, and how it is asked for.
    ///
    /// @param others detectors that this scan did not run
    static Optional<String> deeper(List<Detector<?>> others) {
        List<String> names = others.stream()
                .filter(detector -> detector.tier() == Tier.DEEP)
                .map(Detector::name)
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("Left out, because slow or no more than a ranking: " + String.join(", ", names)
                        + "; scan with --deep to run all of them, with --detector NAME for one.");
    }

    /// One line for all detectors that lack the same.
    static String didNotRun(List<String> names, String why) {
        int last = names.size() - 1;
        String all =
                last == 0 ? names.getFirst() : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
        String origin = "the data have no " + Need.ORIGIN.words();
        return why.equals(origin)
                ? "Who gave the rows, and when, was not looked at (" + all + "): " + origin + "."
                : all + " did not run: " + why + ".";
    }

    /// What cannot be found where the inputs do not tell the labels: nothing contradicts a label then.
    private static Optional<String> unlearned(Task task) {
        if (!task.labelling().closed() || task.told()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "The inputs hardly tell the labels: a model trained on the other rows answers %.1f %% of them rightly, the"
                        + " commonest label would %.1f %%. Triggers and wrong labels that only contradict the rest of"
                        + " their texts are not found here.",
                100 * task.fit().accuracy(),
                100 * task.commonest()));
    }

    /// What an embedding did not see.
    private static List<String> unplaced(Embeddings places, Foundation foundation) {
        List<String> out = new ArrayList<>();
        if (!foundation.whole()) {
            out.add("The embedding placed a sample of " + foundation.sample().size() + " of "
                    + foundation.survey().rows() + " rows.");
        }
        if (places.cut() > 0) {
            out.add("Of " + places.cut() + (places.cut() == 1 ? " long text" : " long texts")
                    + " the embedding read the beginning alone.");
        }
        return out;
    }

    /// All that a scan leaves open, a sentence each.
    ///
    /// @param detectors that were asked for
    /// @param leftOut those of them that did not run, and why
    /// @param scorers of the others
    static List<String> all(
            List<Detector<?>> detectors,
            Map<Detector<?>, String> leftOut,
            Given given,
            Foundation foundation,
            Roster roster,
            Collection<Outcome.Scorer> scorers) {
        Survey.Summary seen = given.seen();
        List<String> out = new ArrayList<>();
        Set<String> run = new HashSet<>();
        detectors.forEach(detector -> run.add(detector.name()));
        List<Detector<?>> others = Catalog.all().stream()
                .filter(detector -> !run.contains(detector.name()) && !given.elsewhere(detector))
                .toList();
        if (seen.answers() == 0) {
            foundation.tasks().stream()
                    .flatMap(task -> unlearned(task).stream())
                    .distinct()
                    .forEach(out::add);
        }
        int labels = seen.labels().size();
        if (labels > Tasks.LABELS) {
            out.add("Of " + labels + " labels the " + Tasks.LABELS
                    + " of most rows were learned. Triggers and wrong labels"
                    + " that only contradict the rest of their texts are not found in rows of the others.");
        }
        deeper(others).ifPresent(out::add);
        Map<String, List<String>> missing = new LinkedHashMap<>();
        leftOut.forEach((detector, why) -> {
            if (leftOut.size() == detectors.size() || !given.elsewhere(detector)) {
                missing.computeIfAbsent(why, _ -> new ArrayList<>()).add(detector.name());
            }
        });
        missing.forEach((why, names) -> out.add(didNotRun(names, why)));
        others.stream()
                .filter(detector -> detector.tier() == Tier.STANDARD)
                .forEach(detector -> out.add(Catalog.notAskedFor(detector.name())));
        if (seen.absent() > 0 && seen.absent() < seen.rows()) {
            out.add(seen.absent()
                    + " rows without a target were looked at for hidden characters, strange text and agreement only.");
        }
        if (seen.countless()) {
            out.add("There are more than " + Survey.LABEL_LIMIT + " different labels. Rows of "
                    + (seen.labels().isEmpty()
                            ? "none"
                            : "the " + seen.labels().size() + " that most sampled rows have")
                    + " were put to what looks at labels: the others are too few of a kind. Is it the right column?");
        }
        if (!foundation.whole()) {
            int searched = foundation.searched();
            out.add("Surrogates were trained, and pairs of words looked for, on a sample of "
                    + foundation.sample().size() + " of " + foundation.survey().rows() + " rows"
                    + (searched < foundation.sample().size() ? ", the pairs on " + searched + " of them." : "."));
            if (seen.answers() > 0) {
                out.add("What words call for in answers was looked for in these sampled rows (of a hundred rows with a"
                        + " trigger about "
                        + Math.round(100.0 * foundation.sample().size() / seen.rows())
                        + " are among them) and in rows that call for a text which comes back word by word in "
                        + foundation.callers().least() + " answers or more.");
            }
        }
        foundation.embeddings().ifPresent(places -> out.addAll(unplaced(places, foundation)));
        scorers.forEach(scorer -> out.addAll(scorer.notChecked()));
        if (given.asking() && seen.answers() == 0) {
            out.add("The language model was not asked: the data have no " + Need.ANSWERS.words() + ".");
        }
        if (roster.characters() < Roster.CHARACTERS) {
            out.add("Of groups with many or long rows only a sample was put to the proof, of about "
                    + roster.characters() + " characters each.");
        }
        foundation.tasks().stream()
                .filter(task -> roster.candidates().stream()
                        .filter(candidate -> Sight.of(candidate) == Sight.LETTERS)
                        .anyMatch(candidate ->
                                foundation.task(candidate).filter(task::equals).isPresent()))
                .filter(task -> Experiment.readable(task) < task.fit().size())
                .forEach(task -> out.add("Letters inside words were put to the proof on " + Experiment.readable(task)
                        + " of the " + task.fit().size() + " sampled rows."));
        if (foundation.tasks().isEmpty() && foundation.vectors().isEmpty() && seen.rows() > seen.absent()) {
            out.add(
                    seen.answers() > 0
                            ? "No piece of the answers was put to the proof: none goes with a word whatever else the"
                                    + " input says."
                            : "No proof could be made: the targets give no task that a surrogate could learn.");
        }
        if (seen.answers() > 0) {
            out.add("Of free answers wording and manner are looked at, whether they break off, speak of something else"
                    + " or are in another language, and in English whether they speak ill or well or refuse: a trigger"
                    + " that is used on one kind of input and answered anew each time is found by these alone.");
        }
        if (seen.preferences() > 0) {
            out.add("Single swapped pairs are only ranked: no reward learned from a few thousand pairs tells them from"
                    + " honest disagreement.");
        }
        if (seen.absent() > 0) {
            out.add("Whether what documents say is true is not looked at, nor which questions they would answer.");
        }
        foundation
                .vectors()
                .filter(task -> task.size() < foundation.survey().vectors())
                .ifPresent(task -> out.add("Patterns in vectors were looked for in a sample of " + task.size() + " of "
                        + foundation.survey().vectors() + " rows with vectors."));
        out.add("Triggers that keep the right label and always stand in one place are not looked for; nor is a manner"
                + " of writing of few rows, or one that rows keep their right label with.");
        return out;
    }
}
