package io.bezoar.detect.scan;

import io.bezoar.core.Action;
import io.bezoar.core.Candidate;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Finding;
import io.bezoar.core.Outcome;
import io.bezoar.core.Part;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.core.Source;
import io.bezoar.core.Verdict;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The last pass: gives every row its verdict and hands the rows on in order, whatever the number of
/// threads.
final class Scoring {
    /// Row findings kept.
    static final int FINDINGS = 1000;
    /// Parts scored ahead of the one being written.
    private static final int AHEAD = 4;
    /// A row whose hidden characters weigh this much by themselves is shown to a person.
    private static final double HIDDEN = 1;

    /// Score of a row that holds the trigger of a suspected group and its target, and is honest by what
    /// else it says: beneath the suspected rows, above those that are in no group.
    private static final double BESIDE = 0.36;

    /// Its strength tells how surely a row is one of the planted among those that hold a trigger.
    private static final String TRIGGERS = "trigger-association";

    /// What weighs little: honest data have strange texts as well.
    private static final double SELDOM = 0.5;

    /// The chance that an unproved group of rows which are said to keep their right label is an attack.
    private static final double UNPROVED = 0.5;
    /// The least chance that a row of an unproved group is poison.
    private static final double UNKNOWN = 0.05;

    private static final Comparator<Found> WORST = Comparator.comparingDouble(
                    (Found f) -> f.verdict().score())
            .reversed()
            .thenComparingLong(f -> f.example().key())
            .thenComparingInt(f -> f.example().position().file())
            .thenComparingLong(f -> f.example().position().offset());

    private final List<Outcome.Scorer> scorers;
    private final List<Judgement> judged;
    private final Roster roster;
    private final Function<Example, String> names;
    private final int[] rankOf;
    private final double[] chance;
    private final int conflict;
    private final int turned;
    private final int agreeing;
    private final int style;
    private final int hidden;
    private final int strange;
    private final int trigger;

    private final Map<String, List<String>> rows = new HashMap<>();
    private final List<Found> found = new ArrayList<>();
    /// The last of the row findings kept so far: no row that is not worse is kept any more.
    private volatile @Nullable Found bar;
    private long notable;
    private long review;
    private long quarantine;

    /// @param scorers in the order of the columns
    /// @param judged the campaigns, worst first
    /// @param members a sample of a campaign's rows
    Scoring(
            Map<String, Outcome.Scorer> scorers,
            List<Judgement> judged,
            Roster roster,
            Function<Judgement, List<Example>> members,
            Function<Example, String> names) {
        this.scorers = List.copyOf(scorers.values());
        List<String> columns = List.copyOf(scorers.keySet());
        this.conflict = columns.contains("label-conflict")
                ? columns.indexOf("label-conflict")
                : columns.indexOf("neighbour-conflict");
        this.turned = columns.indexOf("turned-preferences");
        this.agreeing = columns.indexOf("agreeing-documents");
        this.style = columns.indexOf("style-association");
        this.hidden = columns.indexOf("hidden-characters");
        this.strange = conflict >= 0 ? -1 : columns.indexOf("strange-text"); // where labels tell more, it only explains
        this.trigger = columns.indexOf(TRIGGERS);
        this.judged = judged;
        this.roster = roster;
        this.names = names;
        this.rankOf = new int[roster.candidates().size()];
        Arrays.fill(rankOf, Integer.MAX_VALUE);
        for (int i = 0; i < judged.size(); i++) {
            rankOf[judged.get(i).number()] = i;
        }
        this.chance = judged.stream()
                .mapToDouble(judgement -> ranked(judgement) ? chance(judgement, members.apply(judgement)) : 0)
                .toArray();
    }

    /// Do a campaign's rows take their place among the single rows? Those of an unproved group do, where
    /// single rows are ordered by the chance that their label is wrong.
    private boolean ranked(Judgement judgement) {
        return conflict >= 0 && judgement.severity() == Severity.LOW;
    }

    /// The chance that a row of an unproved group is poison before its own label is looked at: the mean
    /// chance of its rows that their label is wrong, or, if they are said to keep their right label,
    /// [#UNPROVED].
    private double chance(Judgement judgement, List<Example> members) {
        if (judgement.candidate().kind() == Candidate.Kind.INSERTION) {
            return UNPROVED;
        }
        return members.parallelStream()
                .mapToDouble(row -> Math.min(1, scorers.get(conflict).score(row)))
                .average()
                .orElse(0);
    }

    private record Scored(String id, Verdict verdict, double[] scores) {}

    private record Found(Example example, Verdict verdict, Severity severity) {}

    /// One part's rows and the worst of them.
    private record Page(List<Scored> rows, List<Found> worst, long notable) {}

    void run(Source<Example> source, Scan.RowSink sink) throws IOException {
        ArrayDeque<ForkJoinTask<Page>> ahead = new ArrayDeque<>();
        var parts = source.parts().iterator();
        while (parts.hasNext() || !ahead.isEmpty()) {
            while (parts.hasNext() && ahead.size() < AHEAD) {
                Part<Example> part = parts.next();
                ahead.add(ForkJoinTask.adapt(() -> page(part)).fork());
            }
            Page page = ahead.remove().join();
            for (Scored row : page.rows()) {
                sink.row(row.id(), row.verdict(), row.scores());
                switch (row.verdict().action()) {
                    case KEEP -> {}
                    case REVIEW -> review++;
                    case QUARANTINE -> quarantine++;
                }
                row.verdict()
                        .campaign()
                        .ifPresent(campaign -> rows.computeIfAbsent(campaign, _ -> new ArrayList<>())
                                .add(row.id()));
            }
            notable += page.notable();
            found.addAll(page.worst());
            cut(found);
            bar = found.size() < FINDINGS ? null : found.getLast();
        }
    }

    private static void cut(List<Found> found) {
        found.sort(WORST);
        if (found.size() > FINDINGS) {
            found.subList(FINDINGS, found.size()).clear();
        }
    }

    private Page page(Part<Example> part) {
        List<Scored> scored = new ArrayList<>();
        List<Found> worst = new ArrayList<>();
        long[] count = new long[1];
        try (Stream<Example> examples = part.open()) {
            examples.forEachOrdered(example -> {
                double[] scores = new double[scorers.size()];
                for (int i = 0; i < scores.length; i++) {
                    scores[i] = scorers.get(i).score(example);
                }
                double weak = weak(example);
                Verdict verdict = verdict(example, scores, weak);
                scored.add(new Scored(names.apply(example), verdict, scores));
                Optional<Severity> severity = severity(verdict, scores, weak);
                if (severity.isPresent()) {
                    count[0]++;
                    Found next = new Found(example, verdict, severity.get());
                    Found last = bar;
                    if (last == null || WORST.compare(next, last) < 0) {
                        worst.add(next);
                    }
                    if (worst.size() > FINDINGS + FINDINGS / 4) {
                        cut(worst);
                    }
                }
            });
        }
        cut(worst);
        return new Page(scored, worst, count[0]);
    }

    /// The chance that the row is poison for reasons too weak to suspect a group, 0 to 1; the reasons are taken to be
    /// independent.
    private double weak(Example example) {
        double honest = 1;
        for (Outcome.Scorer scorer : scorers) {
            honest *= 1 - scorer.chance(example);
        }
        return 1 - honest;
    }

    private Verdict verdict(Example example, double[] scores, double weak) {
        int best = Integer.MAX_VALUE;
        for (int group : roster.groups(example)) {
            best = Math.min(best, rankOf[group]);
        }
        double lone = lone(scores, weak);
        if (best < Integer.MAX_VALUE) {
            Judgement judgement = judged.get(best);
            if (ranked(judgement)) {
                double poison = 1 - (1 - lone) * (1 - Math.max(chance[best], UNKNOWN));
                return new Verdict(0.35 * poison, judgement.action(), Optional.of("C" + (best + 1)));
            }
            return new Verdict(
                    judgement.ranksByItself() ? judgement.score() + 0.01 * order(judgement, scores, lone) : 0.35 * lone,
                    judgement.action(),
                    Optional.of("C" + (best + 1)));
        }
        double mark = hidden >= 0 ? scores[hidden] : 0;
        if (mark >= HIDDEN) {
            return new Verdict(0.6 + 0.01 * lone, Action.REVIEW, Optional.empty());
        }
        double planted = beside(example, scores);
        if (planted > 0) {
            return new Verdict(BESIDE + 0.1 * planted, Action.KEEP, Optional.empty());
        }
        return new Verdict(Math.max(0.35 * lone, 0.3 * Math.min(1, mark)), Action.KEEP, Optional.empty());
    }

    /// What comes first within a campaign, 0 to 1: where honest rows hold the trigger, too, the chance
    /// that the row is planted, else how suspicious it is by itself.
    private double order(Judgement judgement, double[] scores, double lone) {
        double planted = planted(judgement, scores);
        return planted > 0 && planted < 1 ? planted : lone;
    }

    /// The chance that a row is planted of which a trigger's strength is left, 0 to 1; 0 where none is.
    private double planted(Judgement judgement, double[] scores) {
        Candidate candidate = judgement.candidate();
        return trigger >= 0 && candidate.detector().equals(TRIGGERS)
                ? Math.min(1, scores[trigger] / Math.max(1, candidate.strength()))
                : 0;
    }

    /// The chance that a row in no campaign is planted that holds the trigger of one that a person is
    /// asked about, and its target; 0 if it does not.
    private double beside(Example example, double[] scores) {
        return trigger < 0 || scores[trigger] <= 0
                ? 0
                : judged.stream()
                        .filter(judgement ->
                                judgement.severity() != Severity.LOW && roster.holds(example, judgement.number()))
                        .mapToDouble(judgement -> planted(judgement, scores))
                        .max()
                        .orElse(0);
    }

    /// The score of a row in no campaign, 0 to 1: of those detectors that order single rows, the
    /// highest. A row may have a wrong label or be written in a suspected manner, and most rows that are
    /// merely a little like it are not.
    ///
    /// @param weak the chance that the row is planted by what is too weak for a campaign, 0 to 1
    private double lone(double[] scores, double weak) {
        double lone = 0;
        for (int column : new int[] {conflict, turned, agreeing}) {
            lone = Math.max(lone, column < 0 ? 0 : Math.min(1, scores[column]));
        }
        double written = style < 0 ? 0 : Math.min(1, scores[style]);
        lone = 1 - (1 - lone) * (1 - written * written * written);
        lone = weak > 0 ? 1 - (1 - lone) * (1 - weak) : lone;
        return Math.max(lone, strange < 0 ? 0 : SELDOM * Math.min(1, scores[strange]));
    }

    private Optional<Severity> severity(Verdict verdict, double[] scores, double weak) {
        if (verdict.campaign().isPresent()) {
            return Optional.of(
                    judged.get(Integer.parseInt(verdict.campaign().get().substring(1)) - 1)
                            .severity());
        }
        if (verdict.action() == Action.REVIEW) {
            return Optional.of(Severity.MEDIUM);
        }
        return weak > 0 || conflict >= 0 && scores[conflict] > 0.5 ? Optional.of(Severity.LOW) : Optional.empty();
    }

    List<String> rows(String campaign) {
        return rows.getOrDefault(campaign, List.of());
    }

    ScanResult.Flagged flagged() {
        return new ScanResult.Flagged(review, quarantine);
    }

    long omitted() {
        return Math.max(0, notable - found.size());
    }

    /// The worst rows with the detectors' reasons.
    List<Finding> findings() {
        return found.stream().map(this::finding).toList();
    }

    private Finding finding(Found f) {
        String input = Shown.cut(Shown.input(f.example()));
        List<Evidence> evidence = scorers.stream()
                .flatMap(scorer -> scorer.explain(f.example()).stream())
                .map(e -> new Evidence(
                        e.detector(),
                        e.text(),
                        e.spans().stream()
                                .filter(span -> span.end() <= input.length())
                                .toList()))
                .toList();
        return new Finding(
                names.apply(f.example()),
                f.example().position(),
                f.severity(),
                f.verdict().score(),
                f.verdict().action(),
                f.verdict().campaign(),
                input,
                Shown.cut(Shown.target(f.example())),
                evidence);
    }
}
