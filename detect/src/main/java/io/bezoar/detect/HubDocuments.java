package io.bezoar.detect;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.core.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Ranks documents that are near too many others: what a document is that was written to be found whatever is asked.
///
/// Every document takes the place of a question: the score is how often a document is among the `nearest` of the
/// others (cosine of rare words, near-copies left out), less what it would be if all were found equally often; 0 for
/// one that is not found more often than that.
///
/// Source: Radovanović, Nanopoulos & Ivanović 2010 (hubs, section 3: the k-occurrences of a point). Departure: the
/// count itself and no standardised skewness. Honest hubs exist, such as overviews and tables of contents, so
/// nothing is cut out or told of groups.
///
/// @param nearest how many neighbours of every document are asked, 1 to 12
@AutoService(Detector.class)
public record HubDocuments(int nearest) implements Surveyed {
    static final String NAME = "hub-documents";
    /// What has so little in common is no neighbour.
    private static final AgreeingDocuments NEAR = new AgreeingDocuments(4, 0.04, 0.85);

    public HubDocuments() {
        this(10);
    }

    public HubDocuments {
        if (nearest < 1 || nearest > 12) {
            throw new IllegalArgumentException("hub-documents needs nearest of 1 to 12, not " + nearest);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "documents that are near too many others";
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
    public Tier tier() {
        return Tier.DEEP;
    }

    @Override
    public Outcome given(Foundation foundation) {
        List<Example> documents = foundation.sample().stream()
                .filter(row -> row.target() instanceof Target.Absent)
                .toList();
        int[] occurrences = new Agreement(NEAR, documents).occurrences(nearest);
        long[] keys =
                documents.stream().mapToLong(Example::key).sorted().distinct().toArray();
        int[] most = new int[keys.length];
        for (int d = 0; d < occurrences.length; d++) {
            int at = Arrays.binarySearch(keys, documents.get(d).key());
            most[at] = Math.max(most[at], occurrences[d]);
        }
        return new Scores(nearest, keys, most);
    }

    /// The score of every document looked at.
    ///
    /// @param keys ascending
    /// @param occurrences of each
    record Scores(int nearest, long[] keys, int[] occurrences) implements Outcome.Scorer {
        @Override
        public double score(Example example) {
            int at = example.target() instanceof Target.Absent ? Arrays.binarySearch(keys, example.key()) : -1;
            return at < 0 ? 0 : Math.max(0, (double) (occurrences[at] - nearest) / nearest);
        }

        @Override
        public List<Evidence> explain(Example example) {
            double score = score(example);
            return score == 0
                    ? List.of()
                    : List.of(new Evidence(
                            NAME,
                            "It is among the " + nearest + " nearest of " + Math.round(nearest * (score + 1))
                                    + " other documents.",
                            List.of()));
        }
    }
}
