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
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.core.Source;
import io.bezoar.core.Summary;
import io.bezoar.core.Together;
import io.bezoar.core.Verdict;
import io.bezoar.detect.refrains.CallerSearch;
import io.bezoar.detect.refrains.Callers;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Survey;
import io.bezoar.detect.survey.Surveyed;
import io.bezoar.detect.survey.Task;
import io.bezoar.learn.LanguageModel;
import io.bezoar.learn.TextEmbedding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Scans a data set: all detectors together, the groups they suspect put to the proof, a verdict for
/// every row.
///
/// Runs on the caller's fork-join pool and the given engine; the result depends on neither.
public final class Scan {
    /// Groups put to the proof at most.
    static final int PROVED = 40;

    private final Source<Example> source;
    private final Engine engine;
    private final Consumer<String> progress;
    private final Optional<Source<Example>> vouched;
    private final Optional<TextEmbedding> embedding;
    private final Optional<LanguageModel> model;

    /// @param source the rows; read several times
    /// @param progress told what is being done, in a few words
    public Scan(Source<Example> source, Engine engine, Consumer<String> progress) {
        this(source, engine, progress, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Scan(
            Source<Example> source,
            Engine engine,
            Consumer<String> progress,
            Optional<Source<Example>> vouched,
            Optional<TextEmbedding> embedding,
            Optional<LanguageModel> model) {
        this.source = source;
        this.engine = engine;
        this.progress = progress;
        this.vouched = vouched;
        this.embedding = embedding;
        this.model = model;
    }

    /// The same scan, with rows that the user vouches for.
    ///
    /// @param rows as [Trusted#plain] gives them; read several times
    public Scan trusting(Source<Example> rows) {
        return new Scan(source, engine, progress, Optional.of(rows), embedding, model);
    }

    /// The same scan, with the texts of the sample placed by what they mean. Rows with vectors of their own keep them.
    public Scan placing(TextEmbedding places) {
        return new Scan(source, engine, progress, vouched, Optional.of(places), model);
    }

    /// The same scan, with a language model that reads the answers of the sample.
    public Scan asking(LanguageModel reader) {
        return new Scan(source, engine, progress, vouched, embedding, Optional.of(reader));
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
        ForkJoinTask<Function<Example, String>> named = named(naming, summaries.take(identity, 0));
        Survey.Summary seen = summaries.take(survey, 1);
        Given given = new Given(seen, embedding.isPresent(), model.isPresent());
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

        Callers callers = callers(learned, rows);
        progress.accept(embedding.isPresent() ? "embedding texts, training surrogates" : "training surrogates");
        Foundation foundation = Foundation.of(learned, callers, embedding, model);
        Map<Detector<?>, Supplier<Outcome>> finishing = new LinkedHashMap<>();
        Map<Detector<?>, String> leftOut = new LinkedHashMap<>();
        for (Detector<?> detector : detectors) {
            Optional<Need> lacking = given.lacking(detector);
            if (lacking.isPresent()) {
                leftOut.put(detector, "the data have no " + lacking.get().words());
            } else if (detector instanceof Surveyed surveyed) {
                finishing.put(detector, () -> surveyed.given(foundation));
            } else {
                finishing.put(detector, finish(detector, summaries, taken + direct.indexOf(detector)));
            }
        }
        if (model.isPresent()) {
            progress.accept("asking the language model, looking closer");
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
        List<Judgement> judged = new Proving(foundation, candidates, counts, detectors).judged();

        progress.accept("scoring");
        Function<Example, String> names = named.join();
        Map<String, Outcome.Scorer> columns = new LinkedHashMap<>();
        scorers.forEach((detector, scorer) -> columns.put(detector.name(), scorer));
        Scoring scoring = new Scoring(columns, judged, roster, judgement -> counts.sample(judgement.number()), names);
        Optional<Measured> measured = mixture.map(both -> new Measured(scorers, both, engine));
        Output output = measured.map(measure -> measure.into(sink)).orElse(sink);
        scoring.run(source, output.open(List.copyOf(columns.keySet())));
        measured.ifPresent(measure -> remarks.addAll(measure.remarks()));

        List<ScanResult.DetectorRun> runs = detectors.stream()
                .filter(detector -> scorers.isEmpty() || !given.elsewhere(detector))
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
                Gaps.all(detectors, leftOut, given, foundation, roster, scorers.values()));
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

    /// Rows that call for what answers hold too seldom for the sample to show it.
    private Callers callers(Survey.Summary seen, Source<Example> rows) {
        List<Example> sample = seen.sample().examples();
        if (CallerSearch.needed(sample, seen.rows())) {
            progress.accept("looking for answers that come back");
        }
        return CallerSearch.of(seen.anchors(), sample, seen.rows(), rows, engine);
    }

    /// The names of the rows, made beside what comes next: they are wanted last. What they are made of is let go then.
    private static <X> ForkJoinTask<Function<Example, String>> named(
            Function<X, Function<Example, String>> naming, X known) {
        List<X> once = new ArrayList<>(List.of(known));
        return ForkJoinTask.adapt(() -> naming.apply(once.removeFirst())).fork();
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
}
