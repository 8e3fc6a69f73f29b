package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Softmax regression whose weights hardly depend on any one row: gradients are clipped, noise is added
/// to their sum (Abadi et al. 2016, algorithm 1).
///
/// Departure: every step uses all rows, so that the accounting is that of the Gaussian mechanism,
/// without the amplification by sampling (Mironov 2017, corollary 3).
///
/// @param steps at least 1
/// @param rate of a step, above 0
/// @param clip largest length of a row's gradient, above 0
/// @param noise standard deviation of the noise in units of `clip`, above 0
/// @param seed of the noise
public record PrivateTrainer(int steps, double rate, double clip, double noise, long seed) {
    /// Settings that cost scaled vectors of a thousand rows a few points of accuracy.
    public PrivateTrainer() {
        this(60, 4, 1, 10, 1);
    }

    public PrivateTrainer {
        if (steps < 1 || !(rate > 0) || !(clip > 0) || !(noise > 0)) {
            throw new IllegalArgumentException("expected at least one step and a rate, a clip and a noise above 0, came "
                    + steps + ", " + rate + ", " + clip + " and " + noise);
        }
    }

    /// The privacy loss for a chance of failure of `delta`: no event is `e^epsilon` times as likely, or
    /// less, if one row is added or removed. With `k` poisoned rows it is `e^(k epsilon)`, which bounds
    /// what they can do while `k epsilon` stays near 1.
    public double epsilon(double delta) {
        double each = steps / (2 * noise * noise);
        double least = Double.POSITIVE_INFINITY;
        for (double order = 1.01; order < 1e4; order *= 1.01) {
            least = Math.min(least, order * each + StrictMath.log(1 / delta) / (order - 1));
        }
        return least;
    }

    /// Fits.
    public LinearClassifier fit(TrainingSet set, int[] use) {
        Features rows = set.rows();
        int columns = rows.columns();
        int classes = set.classes();
        double[] weights = new double[Math.multiplyExact(columns, classes)];
        double[] bias = new double[classes];
        double[] sum = new double[weights.length];
        double[] biasSum = new double[classes];
        double[] scores = new double[classes];
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < steps; step++) {
            Arrays.fill(sum, 0);
            Arrays.fill(biasSum, 0);
            for (int row : use) {
                for (int c = 0; c < classes; c++) {
                    scores[c] = rows.dot(row, weights, c * columns) + bias[c];
                }
                SoftmaxTrainer.softmax(scores);
                scores[set.labels()[row]] -= 1;
                double length = Math.sqrt(Arrays.stream(scores).map(g -> g * g).sum() * (rows.squaredNorm(row) + 1));
                double scale = Math.min(1, clip / Math.max(1e-300, length));
                for (int c = 0; c < classes; c++) {
                    rows.add(row, scale * scores[c], sum, c * columns);
                    biasSum[c] += scale * scores[c];
                }
            }
            double size = rate * (1 - (double) step / steps) / use.length;
            for (int k = 0; k < weights.length; k++) {
                weights[k] -= size * (sum[k] + noise * clip * normal(random));
            }
            for (int c = 0; c < classes; c++) {
                bias[c] -= size * (biasSum[c] + noise * clip * normal(random));
            }
        }
        return new LinearClassifier(columns, weights, bias);
    }

    /// A standard normal number (Box & Muller 1958).
    private static double normal(SplittableRandom random) {
        double length = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return length * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}
