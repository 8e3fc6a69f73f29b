package io.bezoar.detect.scan;

import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Corroboration;
import io.bezoar.core.Detector;
import io.bezoar.core.Engine;
import io.bezoar.core.Example;
import io.bezoar.core.Finding;
import io.bezoar.core.Fold;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Proof;
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.core.Source;
import io.bezoar.core.Summary;
import io.bezoar.core.Tier;
import io.bezoar.core.Together;
import io.bezoar.core.Trigger;
import io.bezoar.core.Verdict;
import io.bezoar.detect.Embeddings;
import io.bezoar.detect.Foundation;
import io.bezoar.detect.Kinship;
import io.bezoar.detect.Preferences;
import io.bezoar.detect.Survey;
import io.bezoar.detect.Surveyed;
import io.bezoar.detect.Task;
import io.bezoar.detect.VectorTask;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.SoftmaxRegression;
import io.bezoar.learn.TextEmbedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Scans a data set: all detectors together, the groups they suspect put to the proof, a verdict for
/// every row.
///
/// Runs on the caller's fork-join pool and the given engine; the result depends on neither.
public final class Scan {
    /// Groups put to the proof at most.
    static final int PROVED = 40;
    /// Share of a group's rows that the surrogate must contradict before the group is put to the proof.
    private static final double DOUBTED = 0.3;
    /// Kinds of data: nobody misses a detector for another kind than the data are.
    private static final Set<Need> KINDS = EnumSet.of(
            Need.ANSWERS, Need.PREFERENCES, Need.DOCUMENTS, Need.WRITING, Need.TEXTS, Need.VECTORS, Need.PLACES);

    private final Source<Example> source;
    private final Engine engine;
    private final Consumer<String> progress;
    private final Optional<Source<Example>> vouched;
    private final Optional<TextEmbedding> embedding;

    /// @param source the rows; read several times
    /// @param progress told what is being done, in a few words
    public Scan(Source<Example> source, Engine engine, Consumer<String> progress) {
        this(source, engine, progress, Optional.empty(), Optional.empty());
    }

    private Scan(
            Source<Example> source,
            Engine engine,
            Consumer<String> progress,
            Optional<Source<Example>> vouched,
            Optional<TextEmbedding> embedding) {
        this.source = source;
        this.engine = engine;
        this.progress = progress;
        this.vouched = vouched;
        this.embedding = embedding;
    }

    /// The same scan, with rows that the user vouches for.
    ///
    /// @param rows as [Trusted#plain] gives them; read several times
    public Scan trusting(Source<Example> rows) {
        return new Scan(source, engine, progress, Optional.of(rows), embedding);
    }

    /// The same scan, with the texts of the sample placed by what they mean. Rows with vectors of their own keep them.
    public Scan placing(TextEmbedding places) {
        return new Scan(source, engine, progress, vouched, Optional.of(places));
    }

    /// Runs the scan.
    ///
    /// @param detectors which detectors to run
    /// @param identity what must be known of all rows before they can be named; folded in the first pass
    /// @param naming turns that into the function that names a row
    /// @param sink is told the detectors that ran, then given every row in order; with trusted rows,
    ///     p-values follow
    /// @throws Trusted.Unfit if the trusted rows cannot serve
    public <X extends Summary<X>> Result run(
            List<Detector<?>> detectors,
            Fold<Example, X> identity,
            Function<X, Function<Example, String>> naming,
            Output sink)
            throws IOException {
        progress.accept("reading");
        Survey survey = new Survey();
        List<Detector<?>> direct = detectors.stream()
                .filter(detector -> !(detector instanceof Surveyed))
                .toList();
        Optional<Trusted> trusted = vouched.map(rows -> Trusted.read(rows, engine));
        Optional<Fold<Example, Numbers>> overlap = trusted.map(Trusted::overlap);
        List<Fold<Example, ?>> first = new ArrayList<>(List.of(identity, survey));
        first.addAll(overlap.isPresent() ? List.of(overlap.get()) : direct);
        Together.Summaries summaries = engine.fold(source, new Together<>(first));
        Function<Example, String> names = naming.apply(summaries.take(identity, 0));
        Survey.Summary seen = summaries.take(survey, 1);
        Survey.Summary learned = seen;
        int taken = 2;
        Optional<Trusted.Mixture> mixture = Optional.empty();
        if (trusted.isPresent() && overlap.isPresent()) {
            Trusted.Mixture both = trusted.get().with(source, seen, summaries.take(overlap.get(), 2), engine);
            mixture = Optional.of(both);
            List<Fold<Example, ?>> learning = new ArrayList<>(List.of(survey));
            learning.addAll(direct);
            summaries = engine.fold(both.all(), new Together<>(learning));
            learned = summaries.take(survey, 0);
            taken = 1;
        }
        Source<Example> rows = mixture.map(Trusted.Mixture::all).orElse(source);

        progress.accept(embedding.isPresent() ? "embedding texts, training surrogates" : "training surrogates");
        Foundation foundation = Foundation.of(learned, embedding);
        Map<Detector<?>, Supplier<Outcome>> finishing = new LinkedHashMap<>();
        Map<Detector<?>, String> leftOut = new LinkedHashMap<>();
        for (Detector<?> detector : detectors) {
            Optional<Need> lacking = lacking(detector, seen, embedding.isPresent());
            if (lacking.isPresent()) {
                leftOut.put(detector, "the data have no " + lacking.get().words());
            } else if (detector instanceof Surveyed surveyed) {
                finishing.put(detector, () -> surveyed.given(foundation));
            } else {
                finishing.put(detector, finish(detector, summaries, taken + direct.indexOf(detector)));
            }
        }
        Map<Detector<?>, Outcome.Scorer> scorers = finishAll(outcomes(finishing), rows);

        progress.accept("proving");
        List<Candidate> candidates = candidates(scorers);
        List<Remark> remarks = new ArrayList<>();
        foundation
                .embeddings()
                .ifPresent(places -> remarks.add(new Remark(
                        "embedding", Severity.LOW, "Texts were placed by their meaning: " + places.words() + ".")));
        scorers.values().forEach(scorer -> remarks.addAll(scorer.remarks()));
        if (mixture.isPresent()) {
            candidates = suspected(candidates, foundation, mixture.get(), remarks);
        }
        Roster roster = new Roster(candidates, foundation);
        Roster.Counts counts = candidates.isEmpty() ? roster.start() : engine.fold(source, roster);
        List<Judgement> judged = judge(foundation, candidates, counts, onVectors(detectors, foundation));

        progress.accept("scoring");
        Map<String, Outcome.Scorer> columns = new LinkedHashMap<>();
        scorers.forEach((detector, scorer) -> columns.put(detector.name(), scorer));
        Scoring scoring = new Scoring(columns, judged, roster, judgement -> counts.sample(judgement.number()), names);
        Optional<Measured> measured = mixture.map(both -> new Measured(scorers, both, engine));
        Output output = measured.map(measure -> measure.into(sink)).orElse(sink);
        scoring.run(source, output.open(List.copyOf(columns.keySet())));
        measured.ifPresent(measure -> remarks.addAll(measure.remarks()));

        List<ScanResult.DetectorRun> runs = detectors.stream()
                .filter(detector -> scorers.isEmpty() || !elsewhere(detector, seen, embedding.isPresent()))
                .map(detector -> new ScanResult.DetectorRun(
                        detector.name(),
                        detector.purpose(),
                        Catalog.settings(detector),
                        !leftOut.containsKey(detector),
                        leftOut.getOrDefault(detector, "")))
                .toList();
        List<Example> sample = mixture.isEmpty()
                ? foundation.sample()
                : foundation.sample().stream().filter(mixture.get()::scanned).toList();
        List<Optional<Corroboration>> corroborations = new Voices(scorers.keySet(), candidates).corroborations();
        List<Campaign> campaigns = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            Judgement judgement = judged.get(i);
            campaigns.add(campaign(
                    "C" + (i + 1), judgement, corroborations.get(judgement.number()), counts, scoring, sample, names));
        }
        return new Result(
                seen,
                campaigns,
                scoring.findings(),
                scoring.omitted(),
                remarks,
                scoring.flagged(),
                runs,
                notChecked(detectors, leftOut, seen, foundation, roster));
    }

    /// Takes the rows' scores.
    public interface Output {
        /// @param detectors the detectors that ran, in the order of every row's scores
        RowSink open(List<String> detectors) throws IOException;
    }

    /// Is given every row, in order, by one thread.
    public interface RowSink {
        /// @param scores one per detector that ran
        void row(String id, Verdict verdict, double[] scores) throws IOException;
    }

    /// What a scan found; see [ScanResult].
    public record Result(
            Survey.Summary survey,
            List<Campaign> campaigns,
            List<Finding> findings,
            long omittedFindings,
            List<Remark> remarks,
            ScanResult.Flagged flagged,
            List<ScanResult.DetectorRun> detectors,
            List<String> notChecked) {}

    /// @param placing does an embedding place texts?
    private static Optional<Need> lacking(Detector<?> detector, Survey.Summary seen, boolean placing) {
        return detector.needs().stream()
                .sorted()
                .filter(need -> switch (need) {
                    case LABELS -> seen.labels().isEmpty();
                    case TARGETS -> seen.rows() == seen.absent();
                    case ANSWERS -> seen.responses() + seen.preferences() == 0;
                    case PREFERENCES -> seen.preferences() == 0;
                    case DOCUMENTS -> seen.absent() == 0;
                    case WRITING -> seen.responses() + seen.preferences() + seen.absent() == 0;
                    case ORIGIN -> seen.originated() == 0;
                    case TEXTS -> seen.texts() == 0;
                    case VECTORS -> seen.vectors() == 0;
                    case PLACES -> seen.vectors() == 0 && (seen.texts() == 0 || !placing);
                })
                .findFirst();
    }

    /// Is the detector for another kind of data altogether? That it does not run is no gap, and beside
    /// detectors that do nothing is said of it.
    private static boolean elsewhere(Detector<?> detector, Survey.Summary seen, boolean placing) {
        return lacking(detector, seen, placing).filter(KINDS::contains).isPresent();
    }

    private static <S extends Summary<S>> Supplier<Outcome> finish(
            Detector<S> detector, Together.Summaries summaries, int index) {
        return () -> detector.finish(summaries.take(detector, index));
    }

    /// What becomes of the detectors. Side by side where the heap has room for what several hold at work, since none
    /// keeps all threads busy by itself; else one after another.
    private static Map<Detector<?>, Outcome> outcomes(Map<Detector<?>, Supplier<Outcome>> finishing) {
        Stream<Supplier<Outcome>> all =
                Task.roomy() ? finishing.values().parallelStream() : finishing.values().stream();
        Iterator<Outcome> each = all.map(Supplier::get).toList().iterator();
        Map<Detector<?>, Outcome> outcomes = new LinkedHashMap<>();
        finishing.keySet().forEach(detector -> outcomes.put(detector, each.next()));
        return outcomes;
    }

    /// Gives every detector the passes it asks for, all together.
    ///
    /// @param outcomes of the first pass; emptied, so that what a pass was given is not held after it
    /// @param rows what is learned from
    private Map<Detector<?>, Outcome.Scorer> finishAll(Map<Detector<?>, Outcome> outcomes, Source<Example> rows) {
        List<Detector<?>> order = List.copyOf(outcomes.keySet());
        Map<Detector<?>, Outcome.Scorer> scorers = new LinkedHashMap<>();
        Map<Detector<?>, Outcome> open = new LinkedHashMap<>(outcomes);
        outcomes.clear();
        while (true) {
            Map<Detector<?>, Detector<?>> again = new LinkedHashMap<>();
            open.forEach((detector, outcome) -> {
                switch (outcome) {
                    case Outcome.Again(Detector<?> next) -> again.put(detector, next);
                    case Outcome.Scorer scorer -> scorers.put(detector, scorer);
                }
            });
            if (again.isEmpty()) {
                Map<Detector<?>, Outcome.Scorer> ordered = new LinkedHashMap<>();
                order.forEach(detector -> ordered.put(detector, Objects.requireNonNull(scorers.get(detector))));
                return ordered;
            }
            progress.accept("looking closer");
            List<Detector<?>> passes = List.copyOf(again.values());
            Together.Summaries summaries = engine.fold(rows, new Together<>(passes));
            Map<Detector<?>, Supplier<Outcome>> finishing = new LinkedHashMap<>();
            int index = 0;
            for (Map.Entry<Detector<?>, Detector<?>> entry : again.entrySet()) {
                finishing.put(entry.getKey(), finish(entry.getValue(), summaries, index++));
            }
            open = outcomes(finishing);
        }
    }

    /// Those groups of scanned rows that the trusted rows do not show as well.
    ///
    /// @param remarks takes what there is to say of the trusted rows and of the other groups
    private List<Candidate> suspected(
            List<Candidate> candidates, Foundation foundation, Trusted.Mixture mixture, List<Remark> remarks) {
        remarks.add(mixture.remark());
        Roster roster = new Roster(candidates, foundation);
        Vouching vouching = new Vouching(engine.fold(source, roster), engine.fold(mixture.measure(), roster));
        List<Candidate> suspected = new ArrayList<>();
        for (int c = 0; c < candidates.size(); c++) {
            Optional<Remark> honest = vouching.honest(c, candidates.get(c));
            honest.ifPresent(remarks::add);
            Candidate scanned = mixture.scanned(candidates.get(c));
            if (honest.isEmpty() && scanned.members().length > 0) {
                suspected.add(scanned);
            }
        }
        return suspected;
    }

    private static List<Candidate> candidates(Map<Detector<?>, Outcome.Scorer> scorers) {
        List<Candidate> all = new ArrayList<>();
        scorers.values()
                .forEach(scorer -> all.addAll(scorer.candidates().stream()
                        .filter(candidate -> candidate.members().length > 0)
                        .sorted(Comparator.comparingDouble(Candidate::strength)
                                .reversed()
                                .thenComparing(candidate -> Arrays.hashCode(candidate.members())))
                        .limit(PROVED)
                        .toList()));
        return all;
    }

    /// Proves every group on the task its target belongs to and leaves out those that a worse one explains.
    ///
    /// @param onVectors candidates that are proved on vectors
    private static List<Judgement> judge(
            Foundation foundation, List<Candidate> candidates, Roster.Counts counts, Predicate<Candidate> onVectors) {
        List<List<Example>> members = new ArrayList<>();
        for (int c = 0; c < candidates.size(); c++) {
            members.add(counts.sample(c));
        }
        List<Judgement> judged = new ArrayList<>(provedOnVectors(foundation, candidates, counts, members, onVectors));
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
            for (boolean letters : new boolean[] {false, true}) {
                List<Integer> alike = mine.stream()
                        .filter(c -> letters == ofLetters(candidates.get(c)))
                        .toList();
                if (!alike.isEmpty()) {
                    Experiment experiment = new Experiment(
                            task,
                            mine.stream().map(members::get).toList(),
                            alike.stream().map(members::get).toList(),
                            mine.stream()
                                    .filter(c -> candidates.get(c).trigger().isPresent())
                                    .map(members::get)
                                    .toList(),
                            letters ? NGrams.WORDS_AND_CHARACTERS : NGrams.WORDS);
                    List<Judgement> proved = judged(alike, candidates, members, counts, experiment::prove);
                    judged.addAll(task.labelling().closed() ? unlessHonest(task, proved, counts, members) : proved);
                }
            }
        }
        foundation
                .preferences()
                .ifPresent(preferences -> judged.addAll(turned(preferences, candidates, members, counts)));
        for (int c = 0; c < candidates.size(); c++) {
            if (!onVectors.test(candidates.get(c))
                    && foundation.task(candidates.get(c)).isEmpty()
                    && !Preferences.turns(candidates.get(c))) {
                judged.add(Judgement.of(c, candidates.get(c), counts.table(c), counts.members(c), Optional.empty()));
            }
        }
        judged.sort(Judgement.WORST);
        List<Judgement> distinct = new ArrayList<>();
        for (Judgement next : judged) {
            if (next.notable() && distinct.stream().noneMatch(worse -> covers(worse.candidate(), next.candidate()))) {
                distinct.add(next);
            }
        }
        return distinct;
    }

    /// The judgements of groups with labels, unless chance or one subject explains them. Free answers have no
    /// such test: a trigger that is used on one kind of instruction is an attack.
    private static List<Judgement> unlessHonest(
            Task task, List<Judgement> proved, Roster.Counts counts, List<List<Example>> members) {
        return proved.stream()
                .map(Judgement::unlessByChance)
                .map(judgement -> judgement.unless(
                        (candidate, rows) -> new Kinship(task)
                                .akin(
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

    private static List<Judgement> provedOnVectors(
            Foundation foundation,
            List<Candidate> candidates,
            Roster.Counts counts,
            List<List<Example>> members,
            Predicate<Candidate> onVectors) {
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
        return judged(mine, candidates, members, counts, experiment::prove);
    }

    /// Proves the groups of pairs whose order is turned.
    private static List<Judgement> turned(
            Preferences preferences, List<Candidate> candidates, List<List<Example>> members, Roster.Counts counts) {
        List<Integer> mine = IntStream.range(0, candidates.size())
                .filter(c -> Preferences.turns(candidates.get(c)))
                .boxed()
                .toList();
        if (mine.isEmpty()) {
            return List.of();
        }
        RewardExperiment experiment = new RewardExperiment(
                preferences, mine.stream().map(members::get).toList());
        return judged(mine, candidates, members, counts, experiment::prove);
    }

    /// The judgements of some groups after an experiment each.
    private static List<Judgement> judged(
            List<Integer> groups,
            List<Candidate> candidates,
            List<List<Example>> members,
            Roster.Counts counts,
            BiFunction<Candidate, List<Example>, Proof> experiment) {
        return groups.parallelStream()
                .map(c -> Judgement.of(
                        c,
                        candidates.get(c),
                        counts.table(c),
                        counts.members(c),
                        Optional.of(experiment.apply(candidates.get(c), members.get(c)))))
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

    private static boolean ofLetters(Candidate candidate) {
        return candidate
                .trigger()
                .filter(trigger -> trigger.shape() == Trigger.Shape.FRAGMENT)
                .isPresent();
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

    /// Are half of the second group's rows in the first, or half of the first in the second? Of groups
    /// that one detector told apart: are three quarters of the second's in the first?
    private static boolean covers(Candidate worse, Candidate next) {
        Set<Long> keys = new HashSet<>();
        for (long key : worse.members()) {
            keys.add(key);
        }
        long shared = Arrays.stream(next.members()).filter(keys::contains).count();
        return worse.detector().equals(next.detector())
                ? 4 * shared >= 3 * next.members().length
                : 2 * shared >= Math.min(next.members().length, worse.members().length);
    }

    private static Campaign campaign(
            String id,
            Judgement judgement,
            Optional<Corroboration> corroboration,
            Roster.Counts counts,
            Scoring scoring,
            List<Example> sample,
            Function<Example, String> names) {
        List<Example> members = counts.sample(judgement.number());
        List<Example> shown = members.subList(0, Math.min(12, members.size()));
        Set<Long> keys = new HashSet<>();
        for (long key : judgement.candidate().members()) {
            keys.add(key);
        }
        List<Example> neighbours = judgement.severity() == Severity.LOW
                ? List.of()
                : Neighbours.of(shown.subList(0, Math.min(4, shown.size())), sample, keys);
        return new Campaign(
                id,
                judgement.candidate(),
                judgement.severity(),
                scoring.rows(id),
                counts.table(judgement.number()),
                counts.sources(judgement.number()),
                counts.annotators(judgement.number()),
                counts.days(judgement.number()),
                judgement.proof(),
                shown.stream()
                        .map(row -> Shown.sample(row, judgement.candidate(), names))
                        .toList(),
                neighbours.stream()
                        .map(row -> Shown.sample(row, judgement.candidate(), names))
                        .toList(),
                judgement.doubts(counts, members),
                corroboration);
    }

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

    private static List<String> notChecked(
            List<Detector<?>> detectors,
            Map<Detector<?>, String> leftOut,
            Survey.Summary seen,
            Foundation foundation,
            Roster roster) {
        List<String> out = new ArrayList<>();
        Set<String> run = new HashSet<>();
        detectors.forEach(detector -> run.add(detector.name()));
        boolean placing = foundation.embeddings().isPresent();
        List<Detector<?>> others = Catalog.all().stream()
                .filter(detector -> !run.contains(detector.name()) && !elsewhere(detector, seen, placing))
                .toList();
        deeper(others).ifPresent(out::add);
        Map<String, List<String>> missing = new LinkedHashMap<>();
        leftOut.forEach((detector, why) -> {
            if (leftOut.size() == detectors.size() || !elsewhere(detector, seen, placing)) {
                missing.computeIfAbsent(why, _ -> new ArrayList<>()).add(detector.name());
            }
        });
        missing.forEach((why, names) -> out.add(didNotRun(names, why)));
        others.stream()
                .filter(detector -> detector.tier() == Tier.STANDARD)
                .forEach(detector -> out.add(detector.name() + " was not asked for."));
        if (seen.absent() > 0 && seen.absent() < seen.rows()) {
            out.add(seen.absent()
                    + " rows without a target were looked at for hidden characters, strange text and agreement only.");
        }
        if (!foundation.whole()) {
            out.add("Surrogates were trained, and pairs of words looked for, on a sample of "
                    + foundation.sample().size() + " of " + foundation.survey().rows() + " rows.");
        }
        foundation.embeddings().ifPresent(places -> out.addAll(unplaced(places, foundation)));
        if (roster.characters() < Roster.CHARACTERS) {
            out.add("Of groups with many or long rows only a sample was put to the proof, of about "
                    + roster.characters() + " characters each.");
        }
        foundation.tasks().stream()
                .filter(task -> roster.candidates().stream()
                        .filter(Scan::ofLetters)
                        .anyMatch(candidate ->
                                foundation.task(candidate).filter(task::equals).isPresent()))
                .filter(task -> Experiment.readable(task) < task.fit().size())
                .forEach(task -> out.add("Letters inside words were put to the proof on " + Experiment.readable(task)
                        + " of the " + task.fit().size() + " sampled rows."));
        if (foundation.tasks().isEmpty() && foundation.vectors().isEmpty() && seen.rows() > seen.absent()) {
            out.add(
                    seen.responses() + seen.preferences() > 0
                            ? "Nothing was put to the proof: no piece of the answers goes with a word whatever else the"
                                    + " input says."
                            : "No proof could be made: the targets give no task that a surrogate could learn.");
        }
        if (seen.responses() + seen.preferences() > 0) {
            out.add("Of free answers wording and manner are looked at: opinions slanted on one subject are not found,"
                    + " nor is a trigger that is used on one kind of input and answered anew each time.");
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
