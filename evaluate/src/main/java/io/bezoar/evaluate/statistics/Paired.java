package io.bezoar.evaluate.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/// Two models on the same items.
public final class Paired {
    private Paired() {}

    /// The exact two-sided test that as many items broke as were fixed (McNemar 1947, in its exact
    /// binomial form): only items on which the two differ count. With fewer than 6 of them it cannot
    /// reach 0.05.
    ///
    /// @param broken items the old model had right and the new has wrong
    /// @param fixed the other way round
    /// @return the p-value, 0 to 1
    public static double mcNemar(int broken, int fixed) {
        int differing = broken + fixed;
        return differing == 0
                ? 1
                : Math.min(
                        1, 2 * new BinomialDistribution(differing, 0.5).cumulativeProbability(Math.min(broken, fixed)));
    }

    /// A difference and its interval.
    ///
    /// @param estimate the mean difference, new minus old
    /// @param low 2.5th percentile of the resampled means
    /// @param high 97.5th percentile
    public record Difference(double estimate, double low, double high) {}

    /// The mean difference by a paired bootstrap over clusters (Efron & Tibshirani 1993, chapter 13;
    /// Field & Welsh 2007 for clusters): whole clusters are drawn, since items of one template stand
    /// and fall together.
    ///
    /// @param differences new minus old, an item each
    /// @param clusters the cluster of each item, 0 to `count - 1`
    /// @param count number of clusters, at least 1
    /// @param resamples how many, 1000 or more for usable ends
    public static Difference bootstrap(double[] differences, int[] clusters, int count, int resamples, long seed) {
        double[] sums = new double[count];
        int[] sizes = new int[count];
        double sum = 0;
        for (int i = 0; i < differences.length; i++) {
            sums[clusters[i]] += differences[i];
            sizes[clusters[i]]++;
            sum += differences[i];
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double drawn = 0;
            int size = 0;
            for (int k = 0; k < count; k++) {
                int cluster = random.nextInt(count);
                drawn += sums[cluster];
                size += sizes[cluster];
            }
            means[r] = size == 0 ? 0 : drawn / size;
        }
        Arrays.sort(means);
        return new Difference(
                sum / Math.max(1, differences.length),
                means[(int) (0.025 * (resamples - 1))],
                means[(int) Math.ceil(0.975 * (resamples - 1))]);
    }
}
