package io.bezoar.bench.robust;

import io.bezoar.learn.DenseFeatures;
import java.util.Random;

/// Rows of which nine in ten are normal about (1, …, 1); one in twenty is a row of coins, one in twenty
/// is (12, -2, 0, …).
///
/// @param clean the number of honest rows, which come first
record NormalMixture(DenseFeatures rows, int clean) {
    static NormalMixture of(int n, int columns, long seed) {
        Random random = new Random(seed);
        double[][] rows = new double[n][columns];
        int clean = n * 9 / 10;
        int coins = n / 20;
        for (int row = 0; row < n; row++) {
            for (int j = 0; j < columns && row < clean + coins; j++) {
                rows[row][j] = row < clean ? 1 + random.nextGaussian() : random.nextInt(2);
            }
            if (row >= clean + coins) {
                rows[row][0] = 12;
                rows[row][1] = -2;
            }
        }
        return new NormalMixture(DenseFeatures.of(rows), clean);
    }

    /// The distance of `mean` from that of the honest rows' distribution.
    static double error(double[] mean) {
        double sum = 0;
        for (double each : mean) {
            sum += (each - 1) * (each - 1);
        }
        return Math.sqrt(sum);
    }
}
