package io.bezoar.learn.convex;

import java.util.stream.IntStream;

/// Sums over rows that come out the same, to the bit, on any number of threads: rows are cut into
/// blocks by their number alone, a block is summed in row order, and blocks join by a fixed binary
/// tree.
public final class Blocks {
    private static final int LEAST = 2048;
    private static final int MOST = 8; // every block holds a sum of its own

    private Blocks() {}

    /// Adds what the rows `from .. to - 1` give to `into`.
    @FunctionalInterface
    public interface Pass {
        void add(int from, int to, double[] into);
    }

    /// The sum over all rows.
    ///
    /// @param length of the sum
    public static double[] sum(int rows, int length, Pass pass) {
        int blocks = Math.clamp(rows / LEAST, 1, MOST);
        if (blocks == 1) {
            double[] sum = new double[length];
            pass.add(0, rows, sum);
            return sum;
        }
        double[][] sums = IntStream.range(0, blocks)
                .parallel()
                .mapToObj(block -> {
                    double[] sum = new double[length];
                    pass.add(from(block, blocks, rows), from(block + 1, blocks, rows), sum);
                    return sum;
                })
                .toArray(double[][]::new);
        for (int step = 1; step < blocks; step *= 2) {
            for (int block = 0; block + step < blocks; block += 2 * step) {
                double[] left = sums[block];
                double[] right = sums[block + step];
                for (int i = 0; i < length; i++) {
                    left[i] += right[i];
                }
            }
        }
        return sums[0];
    }

    /// Does something to every row; what it does to one must not depend on another.
    public static void each(int rows, RowRange range) {
        int blocks = Math.max(1, rows / 256);
        IntStream.range(0, blocks)
                .parallel()
                .forEach(block -> range.see(from(block, blocks, rows), from(block + 1, blocks, rows)));
    }

    /// Looks at the rows `from .. to - 1`.
    @FunctionalInterface
    public interface RowRange {
        void see(int from, int to);
    }

    private static int from(int block, int blocks, int rows) {
        return (int) ((long) block * rows / blocks);
    }
}
