package io.bezoar.detect.documents;

import com.google.auto.service.AutoService;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.core.Tier;
import io.bezoar.core.Trigger;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.detect.counting.Postings;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.duplicates.NearDuplicates;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.pieces.Scatter;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import io.bezoar.detect.triggers.Seam;
import io.bezoar.detect.triggers.TriggerGathering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Finds what was brought into documents of several domains: near-copies of one text, and rare words or phrases that
/// stand outside the language in documents which share nothing else. Each group says how many of its documents are of
/// the last days before the snapshot ([Lateness]).
///
/// A phrase counts if its documents come from everywhere ([Scatter]) and, all phrases looked at counted, it can be cut
/// out without a seam beyond chance ([Seam]): names have their subjects and lean on their neighbours. Mirrors and
/// agencies copy honestly, so groups are told as LOW and nothing is taken out.
///
/// Sources: Carlini et al. 2024 (poisoning web-scale sets, section 4: edits just before the snapshot, and domains
/// that one buyer controls); Souly et al. 2025 (few documents with one rare trigger suffice). The tests are our own.
///
/// @param leastRows a group has at least so many documents, near-copies counted once for a phrase, 4 or more
/// @param leastDomains from at least so many registrable domains, 2 or more
/// @param chance family-wise: the probability with which one meaningless phrase or more may pass, 0 to 1
@AutoService(Detector.class)
public record SpreadDocuments(int leastRows, int leastDomains, double chance) implements Surveyed {
    static final String NAME = "spread-documents";
    /// Phrases in a greater share of the documents are the language of the set.
    private static final double MOST = 0.02;
    /// Of a phrase's documents at most this share is from one domain.
    private static final double ONE = 0.5;
    /// Pairs of neighbours a phrase must have been seen between.
    private static final int PLACES = 5;
    /// Groups of each kind told at most.
    private static final int GROUPS = 8;

    public SpreadDocuments() {
        this(6, 4, 0.01);
    }

    public SpreadDocuments {
        if (leastRows < 4 || leastDomains < 2 || !(chance > 0 && chance <= 1)) {
            throw new IllegalArgumentException(
                    "spread-documents needs leastRows >= 4, leastDomains >= 2 and 0 < chance <= 1, not " + leastRows
                            + ", " + leastDomains + " and " + chance);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "copies and rare phrases brought into documents of several domains";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.DOCUMENTS);
    }

    @Override
    public Family family() {
        return Family.ORIGIN;
    }

    @Override
    public Tier tier() {
        return Tier.DEEP;
    }

    @Override
    public Outcome given(Foundation foundation) {
        List<Example> documents = foundation.sample().stream()
                .filter(row ->
                        row.target() instanceof Target.Absent && domain(row).isPresent())
                .toList();
        Lateness lateness = Lateness.of(documents);
        List<Candidate> candidates = new ArrayList<>();
        if (documents.size() >= leastRows) {
            copies(documents, lateness, candidates);
            phrases(documents, lateness, candidates);
        }
        return new Scores(candidates.stream().map(Candidate::members).toList(), new Groups(candidates, List.of()));
    }

    private static Optional<String> domain(Example row) {
        return row.origin().url().flatMap(Domains::of);
    }

    /// Rows of each domain.
    private static TreeMap<String, Integer> domains(List<Example> rows) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> domain(row).ifPresent(name -> counts.merge(name, 1, Integer::sum)));
        return counts;
    }

    private void copies(List<Example> documents, Lateness lateness, List<Candidate> candidates) {
        int[] cluster = NearDuplicates.clusters(
                documents.stream().map(Example::tokens).toList(),
                documents.stream().mapToLong(Example::key).toArray());
        TreeMap<Integer, List<Example>> clusters = new TreeMap<>();
        for (int d = 0; d < cluster.length; d++) {
            clusters.computeIfAbsent(cluster[d], _ -> new ArrayList<>()).add(documents.get(d));
        }
        clusters.values().stream()
                .filter(rows -> rows.size() >= leastRows && domains(rows).size() >= leastDomains)
                .sorted(Comparator.comparingInt((List<Example> rows) -> -rows.size())
                        .thenComparingLong(rows -> rows.getFirst().key()))
                .limit(GROUPS)
                .forEach(rows -> candidates.add(candidate(
                        Candidate.Kind.FLOOD,
                        "near-copies of one document",
                        Optional.empty(),
                        1 + Math.sqrt(rows.size()),
                        rows,
                        lateness)));
    }

    private Candidate candidate(
            Candidate.Kind kind,
            String title,
            Optional<Trigger> trigger,
            double strength,
            List<Example> rows,
            Lateness lateness) {
        return new Candidate(
                NAME,
                kind,
                title + " from " + domains(rows).size() + " domains" + lateness.told(rows),
                trigger,
                Optional.empty(),
                strength,
                rows.stream().mapToLong(Example::key).sorted().distinct().toArray());
    }

    /// A phrase that may have been brought in.
    private record Found(Pattern phrase, List<Example> rows, Seam.Result seam) {
        double strength() {
            return seam.mean() / seam.error();
        }

        static final Comparator<Found> STRONGEST =
                Comparator.comparingDouble(Found::strength).reversed().thenComparingLong(found -> found.phrase.hash());
    }

    private void phrases(List<Example> documents, Lateness lateness, List<Candidate> candidates) {
        int most = Math.max(leastRows, (int) (MOST * documents.size()));
        Postings postings = Postings.of(documents);
        Set<Integer> tokens = new HashSet<>();
        for (Example row : documents) {
            for (int token : row.tokens()) {
                tokens.add(token);
            }
        }
        Seam seam = new Seam(documents);
        Scatter scatter = new Scatter(documents);
        TreeMap<Long, Found> distinct = new TreeMap<>(); // the words of one phrase grow to it, all of them
        tokens.stream()
                .map(Pattern::phrase)
                .map(word -> found(word, postings, documents, most, seam))
                .flatMap(Optional::stream)
                .forEach(found -> distinct.putIfAbsent(found.phrase.hash(), found));
        List<Found> found = distinct.values().stream().sorted(Found.STRONGEST).toList();
        double bound = Math.log(chance) - Math.log(Math.max(1, found.size()));
        Set<Long> taken = new HashSet<>();
        int told = 0;
        for (Found next : found) {
            long fresh =
                    next.rows.stream().filter(row -> !taken.contains(row.key())).count();
            if (told == GROUPS || next.seam.logChance() > bound || 2 * fresh <= next.rows.size()) {
                continue;
            }
            Scatter.Result where = scatter.of(Tokens.shared(next.rows), next.rows);
            Trigger trigger = TriggerGathering.Grown.name(next.phrase, next.rows);
            if (where.distinct() >= leastRows
                    && where.area() < Scatter.APART
                    && trigger.text().codePoints().anyMatch(Character::isLetterOrDigit)) {
                next.rows.forEach(row -> taken.add(row.key()));
                candidates.add(candidate(
                        Candidate.Kind.TRIGGER,
                        "a rare phrase put into documents",
                        Optional.of(trigger),
                        next.strength(),
                        next.rows,
                        lateness));
                told++;
            }
        }
    }

    /// A word that few documents hold, of enough domains, grown to the phrase that nearly all of them hold.
    private Optional<Found> found(Pattern word, Postings postings, List<Example> documents, int most, Seam seam) {
        int[] where = postings.rows(word);
        if (where.length < leastRows || where.length > most) {
            return Optional.empty();
        }
        List<Example> rows = Arrays.stream(where).mapToObj(documents::get).toList();
        TreeMap<String, Integer> domains = domains(rows);
        if (domains.size() < leastDomains || domains.values().stream().anyMatch(count -> count > ONE * rows.size())) {
            return Optional.empty();
        }
        Pattern phrase = TriggerGathering.Grown.grow(word, rows);
        List<Example> holding =
                rows.stream().filter(row -> phrase.in(row.tokens())).toList();
        Seam.Result result = seam.of(phrase, holding);
        return result.places() < PLACES ? Optional.empty() : Optional.of(new Found(phrase, holding, result));
    }

    /// Scores a row by the size of the largest group it is in.
    ///
    /// @param members per group the keys of its rows, ascending
    record Scores(List<long[]> members, Groups groups) implements Outcome.Scorer {
        @Override
        public double score(Example example) {
            return members.stream()
                    .filter(keys -> Arrays.binarySearch(keys, example.key()) >= 0)
                    .mapToDouble(keys -> Math.sqrt(keys.length))
                    .max()
                    .orElse(0);
        }

        @Override
        public List<Evidence> explain(Example example) {
            double score = score(example);
            return score == 0
                    ? List.of()
                    : List.of(new Evidence(
                            NAME,
                            String.format(
                                    Locale.ROOT,
                                    "%.0f documents of several domains share its text or a rare phrase in it.",
                                    score * score),
                            List.of()));
        }

        @Override
        public List<Candidate> candidates() {
            return groups.candidates();
        }
    }
}
