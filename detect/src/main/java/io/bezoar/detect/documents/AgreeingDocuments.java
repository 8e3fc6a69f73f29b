package io.bezoar.detect.documents;

import com.google.auto.service.AutoService;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Remark;
import io.bezoar.core.Severity;
import io.bezoar.core.Target;
import io.bezoar.detect.groups.Groups;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds small groups of documents that say the same in other words: what poison of a retrieval store
/// looks like, which has to win the places of one question and so brings several passages for it.
///
/// Every document is compared with every other that shares its rare words (cosine of inverse document
/// frequencies: Salton & Buckley 1988). The score is the cosine with the `neighbours`-th nearest
/// document that is worded anew, less what the document lacks of the words that its neighbours have in
/// common, and, where an embedding places the texts, times the square of the cosine of the place with the
/// `neighbours`-th nearest of those; near-copies count once, for copying is what news agencies and mirrors do.
/// Documents with the score `alike`
/// form groups around the one with most neighbours.
///
/// Source: Zou et al. 2024 (PoisonedRAG, section 4: several passages a question, some of them beginning
/// with it). That they agree with one another is our own test. What is true nobody can tell from the
/// documents: honest documents on one narrow subject agree as well, so a group is shown and never taken
/// out by itself.
///
/// @param neighbours how many documents besides itself a document must agree with, at least 2
/// @param alike cosine from which on two documents say the same, above 0 to 1
/// @param copies cosine from which on they are copies, above `alike` to 1
@AutoService(Detector.class)
public record AgreeingDocuments(int neighbours, double alike, double copies) implements Surveyed {
    static final String NAME = "agreeing-documents";
    private static final int GROUPS = 12;

    public AgreeingDocuments() {
        this(4, 0.25, 0.85);
    }

    public AgreeingDocuments {
        if (neighbours < 2 || !(alike > 0 && alike < copies && copies <= 1)) {
            throw new IllegalArgumentException(
                    "agreeing-documents needs neighbours >= 2 and 0 < alike < copies <= 1, not " + neighbours + ", "
                            + alike + " and " + copies);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "small groups of documents that say the same in other words";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.DOCUMENTS);
    }

    @Override
    public Family family() {
        return Family.REPETITION;
    }

    @Override
    public Outcome given(Foundation foundation) {
        List<Example> documents = foundation.sample().stream()
                .filter(row -> row.target() instanceof Target.Absent)
                .toList();
        Agreement agreement = new Agreement(this, documents, foundation.embeddings());
        Lateness lateness = Lateness.of(documents);
        List<Candidate> candidates = new ArrayList<>();
        List<Agreement.Group> groups = agreement.groups();
        for (Agreement.Group group : groups.subList(0, Math.min(GROUPS, groups.size()))) {
            long[] members = group.members().stream()
                    .mapToLong(d -> documents.get(d).key())
                    .sorted()
                    .distinct()
                    .toArray();
            candidates.add(new Candidate(
                    NAME,
                    Candidate.Kind.FLOOD,
                    "documents that say the same in other words" + Domains.told(group.members(), documents)
                            + lateness.told(
                                    group.members().stream().map(documents::get).toList()),
                    Optional.empty(),
                    Optional.empty(),
                    1 + group.cosine(),
                    members));
        }
        List<Remark> remarks = groups.isEmpty()
                ? List.of()
                : List.of(new Remark(
                        NAME,
                        Severity.LOW,
                        String.format(
                                Locale.ROOT,
                                "%d groups of %d documents or more say the same in other words (%d of %d documents"
                                        + " looked at).",
                                groups.size(),
                                neighbours + 1,
                                groups.stream()
                                        .mapToInt(group -> group.members().size())
                                        .sum(),
                                documents.size())));
        return Scores.of(documents, agreement.scores(), new Groups(candidates, remarks));
    }

    /// The score of every document looked at.
    ///
    /// @param keys ascending
    record Scores(long[] keys, float[] cosines, Groups groups) implements Outcome.Scorer, Serializable {
        static Scores of(List<Example> documents, float[] scores, Groups groups) {
            long[] keys = documents.stream()
                    .mapToLong(Example::key)
                    .sorted()
                    .distinct()
                    .toArray();
            float[] cosines = new float[keys.length];
            for (int d = 0; d < scores.length; d++) {
                int at = Arrays.binarySearch(keys, documents.get(d).key());
                cosines[at] = Math.max(cosines[at], scores[d]);
            }
            return new Scores(keys, cosines, groups);
        }

        @Override
        public double score(Example example) {
            int at = example.target() instanceof Target.Absent ? Arrays.binarySearch(keys, example.key()) : -1;
            return at < 0 ? 0 : cosines[at];
        }

        @Override
        public List<Evidence> explain(Example example) {
            double score = score(example);
            return score < 0.2
                    ? List.of()
                    : List.of(new Evidence(
                            NAME,
                            String.format(
                                    Locale.ROOT,
                                    "Several other documents say nearly the same in other words (agreement" + " %.2f).",
                                    score),
                            List.of()));
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
}
