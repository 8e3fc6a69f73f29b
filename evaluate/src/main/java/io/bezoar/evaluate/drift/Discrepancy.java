package io.bezoar.evaluate.drift;

import java.util.Arrays;
import java.util.SplittableRandom;

/// How far apart the outputs of two models on the same inputs are: the unbiased squared maximum mean
/// discrepancy (Gretton et al. 2012, lemma 6) with a Gaussian kernel as wide as the median distance,
/// and the chance of one as large or larger if the models were one.
///
/// The inputs are the same, so the permutations exchange the two outputs of an input and nothing else: a
/// departure from the paper, whose samples are independent.
///
/// @param squared the estimate; around 0 if there is no difference, and then as often below it
/// @param p of the permutation test, above 0, at most 1
public record Discrepancy(double squared, double p) {
    /// Of outputs, an input each.
    ///
    /// @param before outputs of one model, vectors of equal length
    /// @param after outputs of the other, in the same order
    /// @param permutations 99 or more for a p-value of use
    public static Discrepancy of(double[][] before, double[][] after, int permutations, long seed) {
        int n = before.length;
        if (n < 2 || after.length != n) {
            throw new IllegalArgumentException(
                    "expected the outputs of both models on 2 inputs or more, came " + n + " and " + after.length);
        }
        double[][] all = new double[2 * n][];
        System.arraycopy(before, 0, all, 0, n);
        System.arraycopy(after, 0, all, n, n);
        double[][] kernel = kernel(all);
        boolean[] exchanged = new boolean[n];
        double observed = squared(kernel, exchanged);
        SplittableRandom random = new SplittableRandom(seed);
        int asLarge = 1;
        for (int round = 0; round < permutations; round++) {
            for (int i = 0; i < n; i++) {
                exchanged[i] = random.nextBoolean();
            }
            // sums in another order differ in the last digits: what is equal counts as large
            asLarge += squared(kernel, exchanged) >= observed - 1e-12 ? 1 : 0;
        }
        return new Discrepancy(observed, (double) asLarge / (permutations + 1));
    }

    /// The same with a kernel of a given width, for numbers with a known answer.
    ///
    /// @param width the standard deviation of the kernel
    public static double squared(double[] before, double[] after, double width) {
        double within = 0;
        double between = 0;
        int n = before.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double gap = before[i] - after[j];
                between += StrictMath.exp(-gap * gap / (2 * width * width));
                if (i != j) {
                    double first = before[i] - before[j];
                    double second = after[i] - after[j];
                    within += StrictMath.exp(-first * first / (2 * width * width))
                            + StrictMath.exp(-second * second / (2 * width * width));
                }
            }
        }
        return within / ((double) n * (n - 1)) - 2 * between / ((double) n * n);
    }

    private static double[][] kernel(double[][] all) {
        int n = all.length;
        double[][] squares = new double[n][n];
        double[] apart = new double[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double sum = 0;
                for (int k = 0; k < all[i].length; k++) {
                    double gap = all[i][k] - all[j][k];
                    sum += gap * gap;
                }
                squares[i][j] = sum;
                squares[j][i] = sum;
                if (sum > 0) {
                    apart[count++] = sum;
                }
            }
        }
        double[] some = Arrays.copyOf(apart, count);
        Arrays.sort(some);
        double median = count == 0 ? 1 : some[count / 2];
        for (double[] row : squares) {
            for (int j = 0; j < n; j++) {
                row[j] = StrictMath.exp(-row[j] / (2 * median));
            }
        }
        return squares;
    }

    private static double squared(double[][] kernel, boolean[] exchanged) {
        int n = exchanged.length;
        double within = 0;
        double between = 0;
        for (int i = 0; i < n; i++) {
            int x = exchanged[i] ? n + i : i;
            int y = exchanged[i] ? i : n + i;
            for (int j = 0; j < n; j++) {
                int u = exchanged[j] ? n + j : j;
                int v = exchanged[j] ? j : n + j;
                between += kernel[x][v];
                if (i != j) {
                    within += kernel[x][u] + kernel[y][v];
                }
            }
        }
        return within / ((double) n * (n - 1)) - 2 * between / ((double) n * n);
    }
}
