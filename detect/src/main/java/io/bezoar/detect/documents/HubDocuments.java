package io.bezoar.detect.documents;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.core.Evidence;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Target;
import io.bezoar.core.Tier;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Ranks documents whose vectors are near too many others: what a document is that was made to be found whatever is
/// asked.
///
/// Every document takes the place of a question: the score is how often a document is among the `nearest` of the
/// others by the cosine of their vectors, in multiples of what it would be if all were found equally often, less
/// one; 0 for one that is not found more often than that.
///
/// Source: Radovanović, Nanopoulos & Ivanović 2010 (hubs, section 3: the k-occurrences of a point). Departure: the
/// count itself and no standardised skewness. Honest hubs exist, such as overviews and tables of contents, so
/// nothing is cut out or told of groups. At most [#LOOKED] documents are looked at.
///
/// @param nearest how many neighbours of every document are asked, at least 1
@AutoService(Detector.class)
public record HubDocuments(int nearest) implements Surveyed {
    static final String NAME = "hub-documents";
    private static final int LOOKED = 4000;

    public HubDocuments() {
        this(10);
    }

    public HubDocuments {
        if (nearest < 1) {
            throw new IllegalArgumentException("hub-documents needs nearest >= 1, not " + nearest);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "documents whose vectors are near too many others";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.DOCUMENTS, Need.PLACES);
    }

    @Override
    public Family family() {
        return Family.GEOMETRY;
    }

    @Override
    public Tier tier() {
        return Tier.DEEP;
    }

    @Override
    public Outcome given(Foundation foundation) {
        List<Example> with = foundation.placedDocuments();
        int length = with.isEmpty() ? 0 : with.getFirst().vector().length;
        List<Example> documents = with.stream()
                .filter(row -> row.vector().length == length)
                .limit(LOOKED)
                .toList();
        int[] occurrences =
                occurrences(documents.stream().map(row -> unit(row.vector())).toList());
        long[] keys =
                documents.stream().mapToLong(Example::key).sorted().distinct().toArray();
        int[] most = new int[keys.length];
        for (int d = 0; d < occurrences.length; d++) {
            int at = Arrays.binarySearch(keys, documents.get(d).key());
            most[at] = Math.max(most[at], occurrences[d]);
        }
        return new Scores(nearest, keys, most);
    }

    /// A vector of length 1 in the same direction; all 0 for one without a direction.
    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        float[] out = new float[vector.length];
        for (int i = 0; squares > 0 && squares < Double.POSITIVE_INFINITY && i < out.length; i++) {
            out[i] = (float) (vector[i] / Math.sqrt(squares));
        }
        return out;
    }

    /// How often each vector is among the nearest of another.
    private int[] occurrences(List<float[]> vectors) {
        int[] out = new int[vectors.size()];
        IntStream.range(0, vectors.size())
                .parallel()
                .mapToObj(v -> neighbours(v, vectors))
                .toList()
                .forEach(near -> Arrays.stream(near).forEach(other -> out[other]++));
        return out;
    }

    /// The nearest others; of those that are as near the first.
    private int[] neighbours(int vector, List<float[]> vectors) {
        int[] near = new int[Math.min(nearest, vectors.size() - 1)];
        double[] cosines = new double[near.length];
        int found = 0;
        float[] own = vectors.get(vector);
        for (int v = 0; v < vectors.size(); v++) {
            if (v == vector) {
                continue;
            }
            float[] other = vectors.get(v);
            double cosine = 0;
            for (int i = 0; i < own.length; i++) {
                cosine += (double) own[i] * other[i];
            }
            int at = found;
            while (at > 0 && cosines[at - 1] < cosine) {
                at--;
            }
            if (at < near.length) {
                found = Math.min(near.length, found + 1);
                System.arraycopy(cosines, at, cosines, at + 1, found - at - 1);
                System.arraycopy(near, at, near, at + 1, found - at - 1);
                cosines[at] = cosine;
                near[at] = v;
            }
        }
        return Arrays.copyOf(near, found);
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
