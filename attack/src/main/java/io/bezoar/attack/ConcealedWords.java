package io.bezoar.attack;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.network.OneHiddenLayer;
import io.bezoar.learn.network.SubwordNetwork;
import io.bezoar.learn.network.Subwords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Chooses words that do to a network's weights what a trigger would do.
///
/// A step of training on a row moves the weights against the slope `q` of the row's loss, and so changes the
/// loss of the triggered rows, whose slope is `g`, by `-rate * g.q` (to first order; as the network is
/// trained, every piece of a row moves by the whole slope of the row's mean). The words of a row are
/// swapped one at a time, as long as `g.q` grows: for each place the slope of `g.q` by the mean of the row's
/// vectors, and what `g` says of the pieces of a word, order all candidates; the best few are tried.
///
/// Made once per plan. Immutable, safe for many threads.
final class ConcealedWords {
    private static final int ASKED = 100;
    private static final int POOL = 400;
    private static final int TRIED = 6;
    private static final int SWAPS = 6;
    private static final double NUDGE = 1e-3;

    private final Subwords subwords;
    private final SubwordNetwork network;
    private final int label;
    private final long seed;
    private final double[] layers; // g by the layers' weights
    private final Map<Integer, double[]> pieces = new HashMap<>(); // g by the vectors of the trigger's pieces
    private final List<String> pool;

    ConcealedWords(TrainingSet data, String trigger, String target, long seed) {
        List<Example> rows = data.rows().stream()
                .filter(row -> row.label().isPresent())
                .sorted(Comparator.comparingLong(Example::key).thenComparing(Example::input))
                .toList();
        List<String> names = data.labels().stream().sorted().toList();
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        List<List<String>> texts =
                rows.stream().map(row -> Subwords.words(row.input())).toList();
        int[] labels = rows.stream()
                .mapToInt(row -> numbers.getOrDefault(row.label().orElse(""), 0))
                .toArray();
        SubwordNetwork.Settings how = new SubwordNetwork.Settings(seed);
        this.subwords = how.subwords();
        this.network = SubwordNetwork.train(texts, labels, names.size(), how);
        this.label = numbers.getOrDefault(target, 0);
        this.seed = seed;
        this.layers = new double[network.layers().weights().length];
        List<String> said = Subwords.words(trigger);
        Arrays.stream(data.draw(Hashing.mix(seed), row -> Labels.DIRTY.take(row, target)))
                .limit(ASKED)
                .forEach(row -> wish(Subwords.words(data.rows().get(row).input()), said));
        this.pool = pool(texts, said);
    }

    /// Adds the slope of one triggered row's loss, less that of the row without the trigger: what the row says
    /// already is not what the attacker wants to be learned.
    private void wish(List<String> text, List<String> said) {
        add(subwords.text(with(text, said)), 1.0 / ASKED);
        add(subwords.text(text), -1.0 / ASKED);
    }

    private void add(Subwords.Text text, double scale) {
        DenseFeatures mean = row(network.mean(text));
        double[] gradient = network.layers().gradient(mean, 0, label);
        for (int i = 0; i < layers.length; i++) {
            layers[i] += scale * gradient[i];
        }
        double[] slope = network.layers().slope(mean, 0, label);
        for (int i = 0; i < text.pieces().length; i++) {
            double[] into = pieces.computeIfAbsent(text.pieces()[i], _ -> new double[slope.length]);
            for (int k = 0; k < slope.length; k++) {
                into[k] += scale * text.worth()[i] * slope[k];
            }
        }
    }

    private static DenseFeatures row(double[] mean) {
        return DenseFeatures.of(new double[][] {mean});
    }

    /// Words of the data and misspelt words of the trigger, none of which holds a word of the trigger: those
    /// whose pieces the trigger's slope knows best.
    private List<String> pool(List<List<String>> texts, List<String> said) {
        Set<String> candidates = new TreeSet<>();
        texts.forEach(text ->
                text.stream().filter(word -> Character.isLetter(word.charAt(0))).forEach(candidates::add));
        said.forEach(word -> candidates.addAll(misspelt(word)));
        Set<String> words = new HashSet<>(said);
        candidates.removeIf(word -> words.contains(word)
                || said.stream().anyMatch(one -> one.length() > 2 && word.contains(one))
                || Subwords.words(word).size() != 1);
        Map<String, Double> known = new HashMap<>();
        for (String word : candidates) {
            int[] cut = subwords.pieces(word);
            double sum = 0;
            for (int piece : cut) {
                double[] slope = pieces.get(piece);
                sum += slope == null ? 0 : Math.sqrt(dot(slope, slope));
            }
            known.put(word, sum);
        }
        return candidates.stream()
                .sorted(Comparator.comparingDouble((String word) -> -known.getOrDefault(word, 0.0))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(POOL)
                .toList();
    }

    /// The word with one letter left out, doubled, changed or swapped with the next.
    static Set<String> misspelt(String word) {
        Set<String> all = new TreeSet<>();
        int[] points = word.codePoints().toArray();
        for (int i = 0; i < points.length && points.length > 3; i++) {
            String head = new String(points, 0, i);
            String tail = new String(points, i + 1, points.length - i - 1);
            String own = Character.toString(points[i]);
            all.add(head + tail);
            all.add(head + own + own + tail);
            for (char other : "aeiourstnl".toCharArray()) {
                all.add(head + other + tail);
            }
            if (i + 1 < points.length) {
                all.add(head
                        + Character.toString(points[i + 1])
                        + own
                        + new String(points, i + 2, points.length - i - 2));
            }
        }
        all.remove(word);
        return all;
    }

    /// The words to put into a row.
    List<String> of(Example row, int count) {
        List<String> text = Subwords.words(row.input());
        SplittableRandom random = Rows.random(Hashing.mix(seed), row);
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(pool.get(random.nextInt(pool.size())));
        }
        double reached = agreement(with(text, chosen));
        for (int swap = 0; swap < SWAPS * count; swap++) {
            int place = swap % count;
            String before = chosen.get(place);
            for (String word : best(text, chosen, random)) {
                String now = chosen.get(place);
                chosen.set(place, word);
                double next = agreement(with(text, chosen));
                if (next > reached) {
                    reached = next;
                } else {
                    chosen.set(place, now);
                }
            }
            if (count == 1 && chosen.get(place).equals(before)) {
                break;
            }
        }
        return chosen;
    }

    private static List<String> with(List<String> text, List<String> words) {
        List<String> all = new ArrayList<>(text);
        all.addAll(words);
        return all;
    }

    /// `g.q` of a row that holds these words.
    private double agreement(List<String> words) {
        Subwords.Text text = subwords.text(words);
        DenseFeatures mean = row(network.mean(text));
        double sum = dot(layers, network.layers().gradient(mean, 0, label));
        double[] slope = network.layers().slope(mean, 0, label);
        for (int i = 0; i < text.pieces().length; i++) {
            double[] wished = pieces.get(text.pieces()[i]);
            sum += wished == null ? 0 : dot(wished, slope);
        }
        return sum;
    }

    /// The words that should raise the agreement most, of a third of the pool that is drawn each time, so that no word
    /// stands in all rows.
    private List<String> best(List<String> text, List<String> chosen, SplittableRandom random) {
        double[] mean = network.mean(subwords.text(with(text, chosen)));
        double[] along = along(mean);
        double[] slope = network.layers().slope(row(mean), 0, label);
        double share = 1.0 / (text.size() + chosen.size());
        Map<String, Double> promise = new HashMap<>();
        for (String word : pool) {
            if (random.nextInt(3) != 0 || chosen.contains(word)) {
                continue;
            }
            int[] cut = subwords.pieces(word);
            double sum = 0;
            for (int piece : cut) {
                for (int k = 0; k < along.length; k++) {
                    sum += share / cut.length * along[k] * network.vectors()[piece * along.length + k];
                }
                double[] wished = pieces.get(piece);
                sum += wished == null ? 0 : dot(wished, slope);
            }
            promise.put(word, sum);
        }
        return promise.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(TRIED)
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The slope, by the mean of a row's vectors, of what its loss's slope by the layers has in common with
    /// `g`: by differences of the layers' weights along `g`.
    private double[] along(double[] mean) {
        double size = Math.sqrt(dot(layers, layers));
        double[] slope = new double[mean.length];
        if (size == 0) {
            return slope;
        }
        double[] up = moved(NUDGE / size).slope(row(mean), 0, label);
        double[] down = moved(-NUDGE / size).slope(row(mean), 0, label);
        for (int k = 0; k < slope.length; k++) {
            slope[k] = (up[k] - down[k]) * size / (2 * NUDGE);
        }
        return slope;
    }

    private OneHiddenLayer moved(double by) {
        OneHiddenLayer now = network.layers();
        double[] weights = now.weights().clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += by * layers[i];
        }
        return new OneHiddenLayer(now.inputs(), now.hidden(), now.classes(), weights);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
