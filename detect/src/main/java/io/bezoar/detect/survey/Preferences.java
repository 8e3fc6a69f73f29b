package io.bezoar.detect.survey;

import io.bezoar.core.Candidate;
import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.detect.counting.Tokens;
import io.bezoar.detect.duplicates.NearDuplicates;
import io.bezoar.learn.PairFeatures;
import io.bezoar.learn.Reward;
import io.bezoar.learn.SparseVectors;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/// The pairs of a preference set with a cross-fitted reward: every pair is ordered by a model that saw
/// neither it nor a pair with nearly the same prompt.
///
/// Margins are calibrated: multiplied by the number under which the preferences of all pairs are most
/// probable.
public final class Preferences implements Serializable {
    private static final long serialVersionUID = 1L;

    /// The target of rows that teach the opposite of what other rows prefer.
    public static final String TURNED = "the answer that other pairs reject";

    /// The name of the detector of turned pairs and of words put into preferred answers.
    public static final String DETECTOR = "turned-preferences";

    /// Pairs with less are no preference set.
    private static final int LEAST = 40;

    private static final int FOLDS = 10;

    public static final double PENALTY = 1;
    public static final long SEED = 1;

    private final List<Example> pairs;
    private final List<int[]> chosen;
    private final List<int[]> rejected;
    private final PairFeatures features;
    private final int[] fold;
    private final Reward[] models;
    private final double scale;
    private final double[] margins;
    private final Map<Long, Integer> places = new HashMap<>();

    private Preferences(List<Example> pairs) {
        this.pairs = pairs;
        this.chosen = pairs.parallelStream().map(Preferences::chosen).toList();
        this.rejected = pairs.parallelStream().map(Preferences::rejected).toList();
        this.features = PairFeatures.of(java.util.stream.Stream.concat(chosen.stream(), rejected.stream())
                .toList());
        SparseVectors differences = features.of(chosen, rejected);
        this.fold = folds(pairs);
        int n = pairs.size();
        this.models = IntStream.range(0, FOLDS)
                .parallel()
                .mapToObj(f -> Reward.train(
                        differences,
                        IntStream.range(0, n).filter(r -> fold[r] != f).toArray(),
                        PENALTY,
                        SEED))
                .toArray(Reward[]::new);
        double[] raw = IntStream.range(0, n)
                .mapToDouble(r -> models[fold[r]].margin(differences, r))
                .toArray();
        this.scale = scale(raw);
        this.margins = Arrays.stream(raw).map(m -> scale * m).toArray();
        for (int r = 0; r < n; r++) {
            places.putIfAbsent(pairs.get(r).key(), r);
        }
    }

    /// The preferences of a sample; empty if there are too few.
    ///
    /// @param sample by ascending key
    static Optional<Preferences> of(List<Example> sample) {
        List<Example> pairs = sample.stream()
                .filter(row -> row.target() instanceof Target.Preference)
                .toList();
        return pairs.size() < LEAST ? Optional.empty() : Optional.of(new Preferences(pairs));
    }

    /// Is it a group of pairs whose order is turned?
    public static boolean turns(Candidate candidate) {
        return candidate.kind() != Candidate.Kind.INJECTED
                && candidate.target().filter(TURNED::equals).isPresent();
    }

    /// Is it a group of pairs into whose preferred answers a word or phrase was put? That is its target.
    public static boolean prefers(Candidate candidate) {
        return candidate.kind() == Candidate.Kind.INJECTED
                && candidate.detector().equals(DETECTOR);
    }

    /// Is a group proved on rewards?
    public static boolean proves(Candidate candidate) {
        return turns(candidate) || prefers(candidate);
    }

    private static int[] folds(List<Example> pairs) {
        long[] keys = pairs.stream().mapToLong(Example::key).toArray();
        int[] cluster = NearDuplicates.clusters(
                pairs.stream().map(row -> Tokens.ends(row.tokens())).toList(), keys);
        Map<Integer, Long> least = new HashMap<>();
        for (int r = 0; r < keys.length; r++) {
            least.merge(cluster[r], keys[r], Math::min);
        }
        return Arrays.stream(cluster)
                .map(c -> foldOf(Objects.requireNonNull(least.get(c))))
                .toArray();
    }

    private static int foldOf(long key) {
        return (int) Long.remainderUnsigned(Hashing.mix(key), FOLDS);
    }

    /// The number by which margins are multiplied so that the log-likelihood is largest; 0 to 8, by
    /// bisection of its slope, which falls.
    private static double scale(double[] margins) {
        double low = 0;
        double high = 8;
        for (int step = 0; step < 30; step++) {
            double middle = (low + high) / 2;
            double slope = 0;
            for (double m : margins) {
                slope += m * Reward.logistic(-middle * m);
            }
            if (slope > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The tokens of the preferred answer, the middle of a long one left out.
    public static int[] chosen(Example pair) {
        return pair.target() instanceof Target.Preference(String text, String _)
                ? Tokens.ends(Tokenizer.tokens(text))
                : new int[0];
    }

    /// The tokens of the other answer, likewise.
    public static int[] rejected(Example pair) {
        return pair.target() instanceof Target.Preference(String _, String text)
                ? Tokens.ends(Tokenizer.tokens(text))
                : new int[0];
    }

    /// The sampled pairs, by ascending key.
    public List<Example> pairs() {
        return pairs;
    }

    /// The tokens of the preferred answer of each sampled pair, see [#chosen(Example)].
    public List<int[]> chosen() {
        return chosen;
    }

    /// The tokens of the other answer of each sampled pair.
    public List<int[]> rejected() {
        return rejected;
    }

    /// What answers are turned into.
    public PairFeatures features() {
        return features;
    }

    /// The fold of a sampled pair, 0 to 9.
    public int fold(int pair) {
        return fold[pair];
    }

    /// How much more probable it is, by the other pairs, that the chosen answer is preferred than the
    /// rejected: the logarithm of the ratio. Below 0 the pair contradicts the others.
    public double margin(int pair) {
        return margins[pair];
    }

    /// The same for any example; 0 for one that is no pair.
    public double margin(Example example) {
        if (!(example.target() instanceof Target.Preference)) {
            return 0;
        }
        Integer place = places.get(example.key());
        return place != null
                ? margins[place]
                : scale
                        * models[foldOf(example.key())].margin(
                                features.of(List.of(chosen(example)), List.of(rejected(example))), 0);
    }

    /// The share of the sampled pairs that the reward orders as they stand, 0 to 1.
    public double agreement() {
        return Arrays.stream(margins).filter(m -> m > 0).count() / (double) margins.length;
    }
}
