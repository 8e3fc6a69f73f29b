package io.bezoar.learn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/// A linear softmax classifier over sparse binary features.
///
/// Trained by AdaGrad (Duchi, Hazan & Singer 2011, section 1.1), one row at a time in an order drawn from the seed.
/// Departure: one sum of squared gradients a feature, not one a weight; with many classes this is two and a half
/// times as fast. Rare features keep a large step, so a feature of a few dozen rows is learned as thoroughly as a
/// common one: what a large model would memorise, this one does too. Single-threaded and bit-reproducible: all
/// arithmetic is in `float` in a fixed order, with an exponential of our own.
public final class SoftmaxRegression implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Weights of a model; 200 classes leave room for 335,000 features.
    private static final int CELLS = 1 << 26;

    /// The least exponent that is told apart.
    private static final float LEAST = -87f;

    private final int classes;
    private final float[] weights; // feature-major: weights[feature * classes + class]
    private final float[] bias;

    private final FeatureWeights values;

    private SoftmaxRegression(int classes, float[] weights, float[] bias, FeatureWeights values) {
        this.values = values;
        this.classes = classes;
        this.weights = weights;
        this.bias = bias;
    }

    /// How to train.
    ///
    /// @param epochs passes over the rows, at least 1
    /// @param rate AdaGrad's step, above 0
    /// @param decay weight decay per visit of a feature, 0 or more
    /// @param seed of the row order
    public record Settings(int epochs, float rate, float decay, long seed) {
        /// Defaults that fit short texts; see `docs/decisions`.
        public Settings() {
            this(12, 0.5f, 0, 1);
        }
    }

    /// The most features that rows are given for a model of so many classes: with more, a model would take more
    /// than 256 MB.
    ///
    /// @param classes 1 or more
    public static int features(int classes) {
        return CELLS / classes;
    }

    /// Trains on the rows listed in `use` (all rows if it lists them all).
    ///
    /// @param labels class of each row of `rows`, 0 to `classes - 1`
    public static SoftmaxRegression train(SparseRows rows, int[] labels, int classes, int[] use, Settings settings) {
        Training training = new Training(rows, labels, classes, settings);
        int[] order = use.clone();
        SplittableRandom random = new SplittableRandom(settings.seed());
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            shuffle(order, random);
            for (int row : order) {
                training.learn(row);
            }
        }
        return training.learned();
    }

    /// A model while it is trained.
    private static final class Training {
        private final SparseRows rows;
        private final int[] index;
        private final float[] value;
        private final int[] labels;
        private final float rate;
        private final float decay;
        private final WeightTable weights;
        private final float[] squares;
        private final float[] bias;
        private float biasSquares = 1e-2f;
        private final float[] gradient;
        private final int[] doublings;
        private final float[] steps;

        Training(SparseRows rows, int[] labels, int classes, Settings settings) {
            this.rows = rows;
            this.index = rows.index();
            this.value = rows.values();
            this.labels = labels;
            this.rate = settings.rate();
            this.decay = settings.decay();
            this.weights = WeightTable.of(rows.columns(), classes);
            this.squares = new float[rows.columns()];
            Arrays.fill(squares, 1e-2f);
            this.bias = new float[classes];
            this.gradient = new float[classes];
            this.doublings = new int[classes];
            this.steps = new float[rows.longest()];
        }

        void learn(int row) {
            int from = rows.from(row);
            int to = rows.to(row);
            System.arraycopy(bias, 0, gradient, 0, bias.length);
            weights.addTo(gradient, index, value, from, to);
            softmax(gradient, doublings);
            gradient[labels[row]] -= 1;
            float square = 0;
            for (float g : gradient) {
                square += g * g;
            }
            biasSquares += square;
            float biasStep = 0.1f * rate / (float) Math.sqrt(biasSquares);
            for (int c = 0; c < bias.length; c++) {
                bias[c] -= biasStep * gradient[c];
            }
            for (int k = from; k < to; k++) {
                float sum = squares[index[k]] + square * value[k] * value[k];
                squares[index[k]] = sum;
                steps[k - from] = sum;
            }
            divide(rate, steps, to - from);
            weights.step(gradient, index, value, from, to, steps, decay);
        }

        SoftmaxRegression learned() {
            return new SoftmaxRegression(bias.length, weights.featureMajor(), bias, rows.weights());
        }
    }

    /// Puts in the place of each square what its root divides `rate` to: in a row of their own the JVM works on many
    /// numbers at once, among the features it would go number by number.
    private static void divide(float rate, float[] squares, int count) {
        for (int k = 0; k < count; k++) {
            squares[k] = rate / (float) Math.sqrt(squares[k]);
        }
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }

    private static void addScaled(float[] into, float[] from, int offset, float scale) {
        for (int c = 0; c < into.length; c++) {
            into[c] += from[offset + c] * scale;
        }
    }

    /// Number of classes.
    public int classes() {
        return classes;
    }

    /// Takes the classes' own weights out of a row's logits: what remains is what the row itself says.
    public void removePrior(float[] logits) {
        for (int c = 0; c < classes; c++) {
            logits[c] -= bias[c];
        }
    }

    /// The logit of each class for a row given by its features, kind by kind without repeats.
    public float[] logits(int[] features) {
        return logits(features, weighed(features), 0, features.length);
    }

    /// The logit of each class for row `row` of `rows`.
    public float[] logits(SparseRows rows, int row) {
        return logits(rows.index(), rows.values(), rows.from(row), rows.to(row));
    }

    private float[] logits(int[] index, float[] value, int from, int to) {
        float[] out = bias.clone();
        for (int k = from; k < to; k++) {
            addScaled(out, weights, index[k] * classes, value[k]);
        }
        return out;
    }

    /// The logits of a row without features, to which [#add] adds.
    float[] start() {
        return bias.clone();
    }

    /// Adds the features of one kind to a row's logits.
    ///
    /// @param logits changed
    /// @param features all features of that kind in the row, without repeats
    /// @param count how many entries of `features` to take, from its first
    void add(float[] logits, int[] features, int count) {
        if (count == 0) {
            return;
        }
        float[] rarity = new float[count];
        float squares = 0;
        for (int k = 0; k < count; k++) {
            rarity[k] = values.rarity(features[k]);
            squares += rarity[k] * rarity[k];
        }
        float scale = values.scale(features[0], squares);
        int c = 0;
        for (; c + 4 <= classes; c += 4) { // four classes at a time, whose sums stay in registers
            float first = 0;
            float second = 0;
            float third = 0;
            float fourth = 0;
            for (int k = 0; k < count; k++) {
                int at = features[k] * classes + c;
                first += weights[at] * rarity[k];
                second += weights[at + 1] * rarity[k];
                third += weights[at + 2] * rarity[k];
                fourth += weights[at + 3] * rarity[k];
            }
            logits[c] += first * scale;
            logits[c + 1] += second * scale;
            logits[c + 2] += third * scale;
            logits[c + 3] += fourth * scale;
        }
        for (; c < classes; c++) {
            float sum = 0;
            for (int k = 0; k < count; k++) {
                sum += weights[features[k] * classes + c] * rarity[k];
            }
            logits[c] += sum * scale;
        }
    }

    private float[] weighed(int[] features) {
        float[] value = new float[features.length];
        values.values(features, 0, features.length, value);
        return value;
    }

    /// Takes some of a row's features out of its logits.
    ///
    /// @param logits the logits of the row; changed
    /// @param features all features of the row, ascending without repeats
    /// @param gone the features to take out, each one of `features`, without repeats
    /// @param count how many entries of `gone` to take, from its first
    public void remove(float[] logits, int[] features, int[] gone, int count) {
        float[] value = weighed(features);
        for (int k = 0; k < count; k++) {
            int at = Arrays.binarySearch(features, gone[k]);
            addScaled(logits, weights, gone[k] * classes, -value[at]);
        }
    }

    /// Turns logits into probabilities in place.
    public static void softmax(float[] logits) {
        softmax(logits, new int[logits.length]);
    }

    /// @param doublings room for a number for each logit. The powers of two are multiplied in by a loop of their own:
    ///     the one before it, which has most to do, then works on many numbers at once
    private static void softmax(float[] logits, int[] doublings) {
        float max = logits[0];
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        float sum = 0;
        for (int c = 0; c < logits.length; c++) {
            float x = Math.max(logits[c] - max, LEAST);
            doublings[c] = doublings(x);
            logits[c] = rest(x, doublings[c]);
        }
        for (int c = 0; c < logits.length; c++) {
            logits[c] *= doubled(doublings[c]);
        }
        for (float e : logits) {
            sum += e;
        }
        float scale = 1 / sum;
        for (int c = 0; c < logits.length; c++) {
            logits[c] *= scale;
        }
    }

    /// The index of the largest value; the first of equals.
    public static int best(float[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            if (values[c] > values[best]) {
                best = c;
            }
        }
        return best;
    }

    /// The logistic function `1 / (1 + e^-x)`, relative error below 1e-6.
    public static float logistic(float x) {
        float e = exp(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /// `e^x` for `x <= 0`, relative error below 1e-6; `e^-87` below -87. `Math.exp` may differ between machines;
    /// this does not.
    static float exp(float x) {
        float y = Math.max(x, LEAST);
        int doublings = doublings(y);
        return doubled(doublings) * rest(y, doublings);
    }

    /// How many times `e^y`, -87 <= y <= 0, is doubled from nearly 1.
    private static int doublings(float y) {
        return (int) (y * 1.442695041f - 0.5f); // log2(e); y <= 0: rounds to nearest
    }

    /// 1 doubled so many times.
    private static float doubled(int doublings) {
        return Float.intBitsToFloat((doublings + 127) << 23);
    }

    /// `e^y` without its doublings: Taylor's series of what remains of `y`.
    private static float rest(float y, int doublings) {
        // less doublings * log(2), whose upper ten bits times them are exact (Cody & Waite 1980); |f| <= 0.35
        float f = (y - doublings * 0.693359375f) + doublings * 2.1219444e-4f;
        float cube = 0.16666667f + f * (0.041666668f + f * (0.008333334f + f * 0.0013888889f));
        return 1 + f * (1 + f * (0.5f + f * cube));
    }
}
