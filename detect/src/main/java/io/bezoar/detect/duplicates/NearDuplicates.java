package io.bezoar.detect.duplicates;

import com.google.auto.service.AutoService;
import io.bezoar.core.Calibration;
import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.Family;
import io.bezoar.core.Hashing;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.detect.counting.ExactTests;
import io.bezoar.detect.groups.LaterPass;
import io.bezoar.detect.groups.Targets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Finds floods of nearly the same input with one target, and equal inputs whose targets contradict each other.
///
/// A *flood* repeats a few texts in many small variations, all with a target of the attacker's choice, so
/// that the model learns it for everything like them. A *contradiction* is the same input with another
/// target: many of them keep a model from learning at all.
///
/// The first pass finds out which [MinHash] bands and which normalised inputs occur more than once, in fixed
/// memory; the second keeps the rows that share one with another row, at most [#keep] of them: those that
/// share most bands first, whole groups before parts of groups. Groups form around leaders ([Clustering]), so
/// templates do not chain.
///
/// What sets a flood apart from honest repetition is opposition: rows of the same group, or a little further
/// off, with another target. A group nobody opposes is told as well, below all others, if it is large.
/// Contradictions are told as a group only where they go beyond honest noise, see [NearReport].
///
/// @param similarity Jaccard similarity of their words from which on two texts are nearly the same, above 0.5
///     to 1
/// @param leastRows a flood has at least so many rows with one target, 3 or more
/// @param keep rows kept in memory in the second pass at most; fewer where they take more than 24 MB
@AutoService(Detector.class)
public record NearDuplicates(double similarity, int leastRows, int keep) implements Detector<TwiceSeen> {
    static final String NAME = "near-duplicates";

    private static final int CELL_BITS = 26;
    private static final int LISTED_CELLS = 1 << 18;

    public NearDuplicates {
        if (!(similarity > 0.5 && similarity <= 1)) {
            throw new IllegalArgumentException("similarity must be above 0.5 and at most 1, not " + similarity);
        }
        if (leastRows < 3 || keep < 1) {
            throw new IllegalArgumentException(
                    "leastRows must be at least 3 and keep at least 1, not " + leastRows + " and " + keep);
        }
    }

    public NearDuplicates() {
        this(0.7, 4, 200_000);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String purpose() {
        return "floods of nearly equal inputs with one target, and equal inputs with contradicting targets";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.TARGETS, Need.TEXTS);
    }

    @Override
    public Family family() {
        return Family.REPETITION;
    }

    @Override
    public Calibration calibration() {
        return Calibration.of("each label is wrong by itself with a chance of 18 % or less", NearReport.ALPHA);
    }

    @Override
    public TwiceSeen start() {
        return new TwiceSeen(CELL_BITS, LISTED_CELLS);
    }

    @Override
    public void add(TwiceSeen seen, Example example) {
        seen.countRow();
        if (Targets.hash(example) != Targets.NONE && example.tokens().length >= MinHash.LEAST_TOKENS) {
            for (long band : MinHash.bands(example.tokens())) {
                seen.add(band);
            }
        }
        long same = SameText.quick(example);
        if (same != 0) {
            seen.add(same);
        }
    }

    @Override
    public Outcome finish(TwiceSeen seen) {
        return new Outcome.Again(new Closer(this, seen.repeated(), leastShared(seen)));
    }

    /// How many bands a row must share for the second pass to look at it: one, or so many that rows which share
    /// them by chance alone, because the filter is crowded, fill at most half of what is kept.
    private int leastShared(TwiceSeen seen) {
        double load = seen.load();
        int least = 1;
        while (least < MinHash.BANDS / 2
                && seen.rows() * Math.exp(ExactTests.logBinomialTail(least, MinHash.BANDS + 1, load)) > keep / 2.0) {
            least++;
        }
        return least;
    }

    /// Groups near-duplicates among texts given as tokens: per text the number of its group, groups numbered
    /// by their smallest keys. The result does not depend on the order of the texts.
    ///
    /// @param tokenRows per text its [Example#tokens()]
    /// @param keys per text its [Example#key()]; texts with equal keys must be equal
    public static int[] clusters(List<int[]> tokenRows, long[] keys) {
        int n = tokenRows.size();
        if (keys.length != n) {
            throw new IllegalArgumentException("expected a key for each of " + n + " texts, got " + keys.length);
        }
        long[][] bands = new long[n][];
        int[][] sketches = new int[n][];
        IntStream.range(0, n).parallel().forEach(i -> {
            int[] tokens = tokenRows.get(i);
            bands[i] = tokens.length < MinHash.LEAST_TOKENS ? new long[0] : MinHash.bands(tokens);
            sketches[i] = MinHash.sketch(tokens);
        });
        return new Clustering(bands, sketches, keys, new NearDuplicates().similarity).numbers();
    }

    /// The same without keys: texts are told apart by their content.
    public static int[] clusters(List<int[]> tokenRows) {
        return clusters(
                tokenRows,
                tokenRows.stream()
                        .mapToLong(tokens -> {
                            long hash = tokens.length;
                            for (int token : tokens) {
                                hash = Hashing.combine(hash, Hashing.mix(token));
                            }
                            return hash;
                        })
                        .toArray());
    }

    /// The second pass.
    private record Closer(NearDuplicates settings, TwiceSeen.Repeated repeated, int leastShared)
            implements LaterPass<NearRows> {
        @Override
        public NearRows start() {
            return new NearRows(settings.keep);
        }

        @Override
        public NearRows startAfter(NearRows before) {
            return before.after();
        }

        @Override
        public void add(NearRows rows, Example example) {
            long[] bands = new long[0];
            int shared = 0;
            long least = Long.MAX_VALUE;
            if (Targets.hash(example) != Targets.NONE && example.tokens().length >= MinHash.LEAST_TOKENS) {
                bands = MinHash.bands(example.tokens());
                for (long band : bands) {
                    if (repeated.holds(band)) {
                        shared++;
                        least = Math.min(least, band);
                    }
                }
            }
            long same = SameText.quick(example);
            boolean copied = same != 0 && repeated.holds(same);
            if (copied) {
                shared++;
                least = Math.min(least, same);
            }
            if (shared >= leastShared && rows.wants(shared, least)) {
                rows.add(new NearRows.Row(
                        example.key(),
                        shared,
                        least,
                        copied ? SameText.exact(example) : 0,
                        SameText.answer(example),
                        Targets.hash(example),
                        Targets.text(example),
                        bands,
                        bands.length == 0 ? new int[0] : MinHash.sketch(example.tokens()),
                        1));
            }
        }

        @Override
        public Outcome finish(NearRows rows) {
            return new NearReport(settings, rows.kept()).scorer();
        }
    }
}
