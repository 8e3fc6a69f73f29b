package io.bezoar.learn.robust;

import io.bezoar.core.Hashing;
import io.bezoar.learn.Features;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Softmax regression by stochastic gradient steps in an order drawn from the seed and the rows' keys.
///
/// The step falls linearly to nothing over the epochs. Steps are in units of the mean squared length of
/// a row, so that one rate serves all features.
///
/// @param epochs passes over the rows, at least 1
/// @param rate first step, above 0
/// @param decay penalty on the squared weights, 0 or more: each epoch shrinks the weights by `1 - step *
///     decay`
/// @param smoothing share of every label that is spread over all classes, 0 to below 1 (Szegedy et al.
///     2016, section 7). No row can demand certainty, so a wrong label pulls less; what smoothing takes
///     from an attack it takes from every honest row, too
/// @param seed of the order
public record SoftmaxTrainer(int epochs, double rate, double decay, double smoothing, long seed) {
    /// Defaults that fit short texts and scaled vectors alike.
    public SoftmaxTrainer() {
        this(15, 3, 0, 0, 1);
    }

    public SoftmaxTrainer {
        if (epochs < 1 || !(rate > 0) || !(decay >= 0) || !(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException(
                    "expected epochs of 1 or more, a rate above 0, a decay of 0 or more and a smoothing of 0 to below 1,"
                            + " came " + epochs + ", " + rate + ", " + decay + " and " + smoothing);
        }
    }

    /// The same with smoothed labels.
    public SoftmaxTrainer smoothed(double share) {
        return new SoftmaxTrainer(epochs, rate, decay, share, seed);
    }

    /// The same for another number of epochs.
    public SoftmaxTrainer lasting(int passes) {
        return new SoftmaxTrainer(passes, rate, decay, smoothing, seed);
    }

    /// Fits from nothing.
    public LinearClassifier fit(TrainingSet set, int[] use) {
        int columns = set.rows().columns();
        return fit(
                set,
                use,
                new LinearClassifier(columns, new double[columns * set.classes()], new double[set.classes()]),
                (row, loss) -> 1);
    }

    /// How strongly, and to which side, a row pulls.
    public interface Pull {
        /// @param loss of the row at this step
        /// @return 1 for a step downhill, -1 for one uphill, 0 for none
        double of(int row, double loss);
    }

    /// Fits from where `start` is.
    public LinearClassifier fit(TrainingSet set, int[] use, LinearClassifier start, Pull pull) {
        Features rows = set.rows();
        int columns = rows.columns();
        int classes = set.classes();
        double[] weights = start.weights().clone();
        double[] bias = start.bias().clone();
        double length = Arrays.stream(use).mapToDouble(rows::squaredNorm).average().orElse(1);
        double unit = 1 / Math.max(1e-300, length + 1);
        double[] scores = new double[classes];
        int[] order = Arrays.stream(use)
                .boxed()
                .sorted(java.util.Comparator.comparingLong((Integer row) -> Hashing.mix(set.keys()[row] ^ seed))
                        .thenComparing(row -> row))
                .mapToInt(Integer::intValue)
                .toArray();
        SplittableRandom random = new SplittableRandom(seed);
        long steps = (long) epochs * use.length;
        long step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            shuffle(order, random);
            for (int row : order) {
                double size = rate * unit * (1 - (double) step++ / steps);
                for (int c = 0; c < classes; c++) {
                    scores[c] = rows.dot(row, weights, c * columns) + bias[c];
                }
                softmax(scores);
                double strength = pull.of(row, -StrictMath.log(Math.max(1e-300, scores[set.labels()[row]])));
                if (strength != 0) {
                    for (int c = 0; c < classes; c++) {
                        double target = (c == set.labels()[row] ? 1 - smoothing : 0) + smoothing / classes;
                        double change = size * strength * (target - scores[c]);
                        if (Math.abs(change) > 1e-9) {
                            rows.add(row, change, weights, c * columns);
                            bias[c] += change;
                        }
                    }
                }
            }
            if (decay > 0) {
                double kept = Math.max(0, 1 - rate * unit * (1 - (double) epoch / epochs) * decay * use.length);
                for (int k = 0; k < weights.length; k++) {
                    weights[k] *= kept;
                }
            }
        }
        return new LinearClassifier(columns, weights, bias);
    }

    static void softmax(double[] scores) {
        double most = Arrays.stream(scores).max().orElse(0);
        double sum = 0;
        for (int c = 0; c < scores.length; c++) {
            scores[c] = StrictMath.exp(scores[c] - most);
            sum += scores[c];
        }
        for (int c = 0; c < scores.length; c++) {
            scores[c] /= sum;
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
}
