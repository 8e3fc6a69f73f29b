package io.bezoar.learn;

import java.io.Serializable;
import java.util.SplittableRandom;

/// A linear reward learned from pairs of answers of which the first is preferred (Bradley & Terry
/// 1952): the chance that it is preferred is the logistic function of the difference of the two
/// rewards.
///
/// That is logistic regression without an intercept on the differences of the answers' features, every
/// pair of the same class. Trained in the dual, one pair at a time in an order drawn from the seed (Yu,
/// Huang & Lin 2011, algorithm 3): the objective is strictly convex, so the order matters for the last
/// digits alone; see [LogisticPull] for the step of one pair.
public final class Reward implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int ROUNDS = 40;
    /// Training ends after a round in which no pull changed by more.
    private static final double STILL = 2e-3;
    /// To which the logit of a pull is found.
    private static final double PRECISION = 1e-7;
    private static final double LEAST = 1e-12; // a pull that is not 0

    private final double[] weights;

    private Reward(double[] weights) {
        this.weights = weights;
    }

    /// Trains.
    ///
    /// @param differences per pair the features of the preferred answer less those of the other
    /// @param use the pairs to train on
    /// @param penalty of the squared length of the weights, halved, against the sum of all losses; above 0
    public static Reward train(Features differences, int[] use, double penalty, long seed) {
        if (!(penalty > 0)) {
            throw new IllegalArgumentException("a reward needs a penalty above 0, not " + penalty);
        }
        double[] weights = new double[differences.columns()];
        double[] dual = new double[use.length]; // the pull of each pair, 0 to 1
        double[] curve = new double[use.length];
        int[] order = new int[use.length];
        for (int i = 0; i < use.length; i++) {
            order[i] = i;
            curve[i] = differences.squaredNorm(use[i]) / penalty;
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            double moved = 0;
            for (int i : order) {
                if (curve[i] > 0) {
                    double margin = differences.dot(use[i], weights, 0);
                    double pull = Math.clamp(LogisticPull.of(margin, dual[i], curve[i], PRECISION), LEAST, 1 - LEAST);
                    moved = Math.max(moved, Math.abs(pull - dual[i]));
                    differences.add(use[i], (pull - dual[i]) / penalty, weights, 0);
                    dual[i] = pull;
                }
            }
            if (moved < STILL) {
                break;
            }
        }
        return new Reward(weights);
    }

    /// The logistic function.
    public static double logistic(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /// The reward of the preferred answer less that of the other, in nats: below 0 the pair is ordered
    /// the other way round.
    public double margin(Features differences, int pair) {
        return differences.dot(pair, weights, 0);
    }
}
