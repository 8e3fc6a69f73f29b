package io.bezoar.learn.influence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The closed form against the definition: the mean gain over all orders in which the rows can come.
class NearestNeighbourShapleyTest {
    @Test
    void equalsTheMeanGainOverAllOrders() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 60; round++) {
            int n = 1 + random.nextInt(7);
            int k = 1 + random.nextInt(4);
            double[] distances = random.doubles(n).map(d -> Math.floor(4 * d)).toArray();
            int[] labels = random.ints(n, 0, 2).toArray();
            double[] values = NearestNeighbourShapley.of(distances, labels, 1, k);
            assertArrayEquals(bySubsets(distances, labels, k), values, 1e-12, "n " + n + ", k " + k);
            assertEquals(
                    worth((1 << n) - 1, distances, labels, k),
                    IntStream.range(0, n).mapToDouble(i -> values[i]).sum(),
                    1e-12);
        }
    }

    private static double[] bySubsets(double[] distances, int[] labels, int k) {
        int n = labels.length;
        double[] values = new double[n];
        for (int set = 0; set < 1 << n; set++) {
            for (int row = 0; row < n; row++) {
                if ((set >> row & 1) == 0) {
                    double gain = worth(set | 1 << row, distances, labels, k) - worth(set, distances, labels, k);
                    values[row] += gain / (n * choose(n - 1, Integer.bitCount(set)));
                }
            }
        }
        return values;
    }

    private static double worth(int set, double[] distances, int[] labels, int k) {
        return IntStream.range(0, labels.length)
                        .filter(row -> (set >> row & 1) == 1)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer row) -> distances[row])
                                .thenComparingInt(row -> row))
                        .limit(k)
                        .filter(row -> labels[row] == 1)
                        .count()
                / (double) k;
    }

    private static double choose(int n, int k) {
        return k == 0 ? 1 : choose(n - 1, k - 1) * n / k;
    }
}
