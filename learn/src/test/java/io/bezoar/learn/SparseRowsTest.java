package io.bezoar.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Rows in compressed form and what their features are worth.
class SparseRowsTest {
    private static final double[] LENGTH = {0.8, 0.52, 0.3};

    private static List<long[]> hashed(Random random, int count) {
        List<long[]> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            long[] row = new long[random.nextInt(40)];
            for (int i = 0; i < row.length; i++) {
                row[i] = (long) random.nextInt(3) << 62 | 1 + random.nextInt(60);
            }
            rows.add(row);
        }
        return rows;
    }

    private static SparseRows rows(List<long[]> hashed, Vocabulary vocabulary) {
        SparseRows.Builder builder = new SparseRows.Builder();
        for (long[] row : hashed) {
            int[] numbers = vocabulary.numbers(row);
            builder.add(numbers, numbers.length);
        }
        return builder.build(vocabulary);
    }

    @Test
    void eachKindOfFeatureHasItsLength() {
        List<long[]> hashed = hashed(new Random(1), 500);
        Vocabulary vocabulary = Vocabulary.of(hashed, 2);
        SparseRows rows = rows(hashed, vocabulary);
        int[] ends = vocabulary.ends();
        for (int r = 0; r < rows.rows(); r++) {
            double[] squares = new double[3];
            for (int k = rows.from(r); k < rows.to(r); k++) {
                int feature = rows.index()[k];
                int block = feature < ends[0] ? 0 : feature < ends[1] ? 1 : 2;
                assertEquals(block, rows.weights().block(feature));
                assertTrue(rows.values()[k] > 0);
                squares[block] += rows.values()[k] * rows.values()[k];
            }
            for (int block = 0; block < 3; block++) {
                if (squares[block] > 0) {
                    assertEquals(LENGTH[block], Math.sqrt(squares[block]), 1e-5);
                }
            }
        }
    }

    @Test
    void aRareFeatureIsWorthMore() {
        List<long[]> hashed = List.of(new long[] {5, 6}, new long[] {5}, new long[] {5}, new long[] {5});
        SparseRows rows = rows(hashed, Vocabulary.of(hashed, 1));
        float common = rows.values()[0];
        float rare = rows.values()[1];
        assertEquals(1 + Math.log(4), rare / common, 1e-5);
        assertEquals(0.8f, rows.values()[2], 1e-6f);
    }

    @Test
    void repeatsAreDroppedAndFeaturesAscend() {
        Random random = new Random(2);
        List<long[]> hashed = hashed(random, 3000);
        Vocabulary vocabulary = Vocabulary.of(hashed, 1);
        SparseRows rows = rows(hashed, vocabulary);
        assertEquals(3000, rows.rows());
        assertEquals(vocabulary.size(), rows.columns());
        for (int r = 0; r < rows.rows(); r++) {
            int[] expected = Arrays.stream(vocabulary.numbers(hashed.get(r)))
                    .sorted()
                    .distinct()
                    .toArray();
            assertArrayEquals(expected, rows.features(r));
        }
    }

    @Test
    void anEmptyRowIsARow() {
        List<long[]> hashed = List.of(new long[0], new long[] {7}, new long[0]);
        SparseRows rows = rows(hashed, Vocabulary.of(hashed, 1));
        assertEquals(3, rows.rows());
        assertEquals(0, rows.features(0).length);
        assertEquals(1, rows.features(1).length);
        assertEquals(0, rows.features(2).length);
        assertEquals(0, rows(List.of(), Vocabulary.of(List.of(), 1)).rows());
    }

    @Test
    void onlyTheCountedEntriesAreTaken() {
        List<long[]> hashed = List.of(new long[] {5, 6, 7});
        Vocabulary vocabulary = Vocabulary.of(hashed, 1);
        SparseRows.Builder builder = new SparseRows.Builder();
        builder.add(new int[] {2, 0, 1}, 2);
        assertArrayEquals(new int[] {0, 2}, builder.build(vocabulary).features(0));
    }

    @Test
    void theBuilderGrowsByWhatALongRowNeeds() {
        int many = 100_000;
        long[] longRow = new long[many];
        for (int i = 0; i < many; i++) {
            longRow[i] = i + 1L;
        }
        List<long[]> hashed = List.of(longRow, new long[] {3}, longRow);
        SparseRows rows = rows(hashed, Vocabulary.of(hashed, 1));
        assertEquals(many, rows.features(0).length);
        assertArrayEquals(new int[] {0}, rows.features(1)); // the feature of most rows comes first
        assertEquals(many, rows.features(2).length);
    }
}
