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
/// digits alone. Departures: the step of one pair is solved by Newton's method on the logit of its
/// variable, kept in a bracket.
public final class Reward implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int ROUNDS = 40;
    /// Training ends after a round in which no pull changed by more.
    private static final double STILL = 2e-3;
    private static final int STEPS = 16;

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
                    double pull = pull(differences.dot(use[i], weights, 0), dual[i], curve[i]);
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

    /// The pull at which a pair is in balance: `pull = logistic(-(margin + (pull - before) * curve))`,
    /// found between the logits that a pull of 1 and of 0 would give.
    private static double pull(double margin, double before, double curve) {
        double low = -(margin + (1 - before) * curve);
        double high = -(margin - before * curve);
        double logit = before > 0 ? StrictMath.log(before / (1 - before)) : -margin;
        for (int step = 0; step < STEPS; step++) {
            if (!(logit > low && logit < high)) {
                logit = (low + high) / 2;
            }
            double pull = logistic(logit);
            double excess = logit + margin + (pull - before) * curve;
            if (excess > 0) {
                high = logit;
            } else {
                low = logit;
            }
            double next = logit - excess / (1 + pull * (1 - pull) * curve);
            if (Math.abs(next - logit) < 1e-7) {
                break;
            }
            logit = next;
        }
        return Math.min(1 - 1e-12, Math.max(1e-12, logistic(logit)));
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
