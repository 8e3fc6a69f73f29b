package io.bezoar.learn.network;

import io.bezoar.core.Hashing;
import io.bezoar.learn.DenseFeatures;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A classifier of texts with one hidden layer over word vectors: a word's vector is the mean of the
/// vectors of its [Subwords] (Bojanowski et al. 2017, section 3.2), a text's the mean of its words' as in
/// Joulin et al. 2017 (fastText), and a layer of hyperbolic tangents answers, as in the deep averaging
/// networks of Iyyer et al. 2015, section 3. What it learns of a word it believes of words that share
/// pieces with it: the smallest model with a representation that words share.
///
/// Vectors and layers are trained together by one stochastic step a row, on one thread, at a rate that
/// falls to 0; as in fastText every piece moves by the slope of the mean. The seed decides where it ends.
///
/// @param subwords how words are cut
/// @param vectors of the pieces, piece after piece
/// @param layers over the means
public record SubwordNetwork(Subwords subwords, double[] vectors, OneHiddenLayer layers) {

    /// How to train.
    ///
    /// @param subwords how words are cut
    /// @param length of the vectors, 1 or more
    /// @param hidden width of the layer over the means, 1 or more
    /// @param rounds over all rows, 1 or more
    /// @param rate of the first step, above 0; it falls to 0 in proportion
    /// @param seed of the first numbers and of the order of the rows
    public record Settings(Subwords subwords, int length, int hidden, int rounds, double rate, long seed) {
        public Settings {
            if (length < 1 || hidden < 1 || rounds < 1 || !(rate > 0)) {
                throw new IllegalArgumentException("expected a length, a width, rounds and a rate above 0, came "
                        + length + ", " + hidden + ", " + rounds + " and " + rate);
            }
        }

        /// For a few thousand short texts.
        public Settings(long seed) {
            this(new Subwords(15, 3, 5), 16, 8, 6, 0.1, seed);
        }
    }

    /// Trains.
    ///
    /// @param texts words of each text; see [Subwords#words]
    /// @param labels class of each text, 0 to `classes - 1`
    public static SubwordNetwork train(List<List<String>> texts, int[] labels, int classes, Settings how) {
        double[] vectors = new double[how.subwords().size() * how.length()];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = ((Hashing.combine(how.seed() + 1, i) >>> 11) * 0x1p-52 - 1) / how.length();
        }
        SubwordNetwork network = new SubwordNetwork(
                how.subwords(),
                vectors,
                new OneHiddenLayer(
                        how.length(),
                        how.hidden(),
                        classes,
                        OneHiddenLayer.start(how.length(), how.hidden(), classes, how.seed())));
        Subwords.Text[] rows = texts.stream().map(how.subwords()::text).toArray(Subwords.Text[]::new);
        int[] order = IntStream.range(0, rows.length).toArray();
        SplittableRandom random = new SplittableRandom(how.seed());
        long steps = (long) how.rounds() * rows.length;
        long step = 0;
        for (int round = 0; round < how.rounds(); round++) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            for (int row : order) {
                network.step(rows[row], labels[row], how.rate() * (steps - step++) / steps);
            }
        }
        return network;
    }

    /// Moves everything a step down the slope of one row's loss.
    private void step(Subwords.Text text, int label, double rate) {
        DenseFeatures mean = DenseFeatures.of(new double[][] {mean(text)});
        double[] slope = layers.slope(mean, 0, label);
        layers.addGradient(mean, 0, label, -rate, layers.weights());
        for (int piece : text.pieces()) {
            int at = piece * slope.length;
            for (int k = 0; k < slope.length; k++) {
                vectors[at + k] -= rate * slope[k];
            }
        }
    }

    /// How long the vectors are.
    public int length() {
        return layers.inputs();
    }

    /// The mean of a text's vectors.
    public double[] mean(Subwords.Text text) {
        double[] mean = new double[length()];
        for (int i = 0; i < text.pieces().length; i++) {
            int at = text.pieces()[i] * mean.length;
            for (int k = 0; k < mean.length; k++) {
                mean[k] += text.worth()[i] * vectors[at + k];
            }
        }
        return mean;
    }

    private DenseFeatures features(List<String> words) {
        return DenseFeatures.of(new double[][] {mean(subwords.text(words))});
    }

    /// What the hidden units make of a text, -1 to 1 each.
    public double[] hidden(List<String> words) {
        return layers.hidden(features(words), 0);
    }

    /// The slope of the loss of answering a class, by the mean of the text's vectors.
    public double[] slope(List<String> words, int label) {
        return layers.slope(features(words), 0, label);
    }

    /// The class of a text; the first of equals.
    public int answer(List<String> words) {
        double[] chances = layers.chances(features(words), 0);
        int best = 0;
        for (int c = 1; c < chances.length; c++) {
            if (chances[c] > chances[best]) {
                best = c;
            }
        }
        return best;
    }
}
