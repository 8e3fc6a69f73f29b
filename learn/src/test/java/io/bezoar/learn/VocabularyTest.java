package io.bezoar.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    /// Against a slow count, with enough features to make the table grow twice.
    @Test
    void featuresOfEnoughRowsAreNumberedByKindRowsAndHash() {
        Random random = new Random(1);
        long[] pool = random.longs(90_000).toArray();
        List<long[]> rows = new ArrayList<>();
        Map<Long, Integer> count = new TreeMap<>(Long::compareUnsigned);
        for (int r = 0; r < 3000; r++) {
            long[] row = new long[60];
            for (int i = 0; i < row.length; i++) {
                row[i] = i > 0 && random.nextInt(10) == 0 ? row[i - 1] : pool[random.nextInt(pool.length)];
            }
            rows.add(row);
            TreeSet<Long> distinct = new TreeSet<>();
            for (long hash : row) {
                distinct.add(hash);
            }
            distinct.forEach(hash -> count.merge(hash, 1, Integer::sum));
        }
        for (int least : new int[] {1, 2, 3}) {
            Vocabulary vocabulary = Vocabulary.of(rows, least);
            float[] rarity = vocabulary.rarity();
            int next = 0;
            int[] ends = new int[3];
            List<Map.Entry<Long, Integer>> ordered = new ArrayList<>(count.entrySet());
            ordered.sort(Comparator.comparingInt((Map.Entry<Long, Integer> entry) -> NGrams.block(entry.getKey()))
                    .thenComparing(Map.Entry.comparingByValue(Comparator.reverseOrder())));
            for (Map.Entry<Long, Integer> entry : ordered) {
                long hash = entry.getKey();
                boolean kept = entry.getValue() >= least;
                assertEquals(kept ? next : -1, vocabulary.number(hash));
                if (kept) {
                    assertEquals(1 + Math.log(3000.0 / entry.getValue()), rarity[next], 1e-5);
                    next++;
                    for (int block = NGrams.block(hash); block < 3; block++) {
                        ends[block] = next;
                    }
                }
            }
            assertArrayEquals(ends, vocabulary.ends());
            assertEquals(next, vocabulary.size());
        }
    }

    /// Of 1, 2, .. 9 rows each: those of most rows stay, and of equally many all or none.
    @Test
    void noMoreFeaturesAreNumberedThanAreAllowed() {
        List<long[]> rows = new ArrayList<>();
        for (int r = 0; r < 9; r++) {
            long[] row = new long[2 * (r + 1)];
            for (int i = 0; i < row.length; i++) {
                row[i] = i + 1L;
            }
            rows.add(row);
        }
        int[] sizes = {0, 0, 2, 2, 4, 14, 16, 16, 16};
        int[] most = {0, 1, 2, 3, 5, 15, 16, 17, Integer.MAX_VALUE};
        for (int i = 0; i < most.length; i++) {
            Vocabulary vocabulary = Vocabulary.of(rows.size(), rows::get, 2, most[i]);
            assertEquals(sizes[i], vocabulary.size(), "at most " + most[i]);
            for (int hash = 1; hash <= sizes[i]; hash++) {
                assertTrue(vocabulary.number(hash) >= 0, "at most " + most[i]);
            }
        }
    }

    @Test
    void theBlocksStandOneAfterTheOther() {
        long runs = 1L << 62;
        long characters = 2L << 62;
        Vocabulary vocabulary =
                Vocabulary.of(List.of(new long[] {characters | 4, runs | 9, 3, runs | 2, 8, 1, characters | 1}), 1);
        assertArrayEquals(new int[] {3, 5, 7}, vocabulary.ends());
        assertArrayEquals(
                new int[] {0, 1, 2, 3, 4, 5, 6},
                vocabulary.numbers(new long[] {1, 3, 8, runs | 2, runs | 9, characters | 1, characters | 4}));
        Vocabulary runsAlone = Vocabulary.of(List.of(new long[] {runs, runs | 7}), 1);
        assertArrayEquals(new int[] {0, 2, 2}, runsAlone.ends());
    }

    @Test
    void whatIsUnknownHasNoNumber() {
        Random random = new Random(2);
        long[] known = random.longs(5000).toArray();
        Vocabulary vocabulary = Vocabulary.of(List.of(known), 1);
        for (int i = 0; i < 200_000; i++) {
            assertEquals(-1, vocabulary.number(random.nextLong()));
        }
        for (long hash : known) {
            assertEquals(-1, vocabulary.number(hash ^ 1));
        }
        assertArrayEquals(
                new int[] {vocabulary.number(known[3]), vocabulary.number(known[3])},
                vocabulary.numbers(new long[] {known[3], known[0] ^ 1, known[3]}),
                "repeats stay, unknown ones go");
    }

    @Test
    void anEmptyVocabularyKnowsNothing() {
        Vocabulary vocabulary = Vocabulary.of(List.of(), 2);
        assertEquals(0, vocabulary.size());
        assertEquals(-1, vocabulary.number(0));
        assertEquals(-1, vocabulary.number(-1));
        assertArrayEquals(new int[3], vocabulary.ends());
    }

    @Test
    void aFeatureCountsOncePerRow() {
        Vocabulary vocabulary = Vocabulary.of(List.of(new long[] {5, 5, 5}, new long[] {6}, new long[] {6}), 2);
        assertEquals(-1, vocabulary.number(5));
        assertEquals(0, vocabulary.number(6));
    }

    @Test
    void theHashZeroIsAFeatureLikeOthers() {
        Vocabulary vocabulary = Vocabulary.of(List.of(new long[] {0, 9}, new long[] {9, 0}), 2);
        assertEquals(2, vocabulary.size());
        assertEquals(0, vocabulary.number(0));
        assertEquals(1, vocabulary.number(9));
    }

    /// Features that are made anew each time, block by block, are counted as those that are held: more rows than a
    /// block has, and more features than cells that tell apart what stands once.
    @Test
    void countsBlockByBlock() {
        SplittableRandom random = new SplittableRandom(5);
        List<long[]> rows = new ArrayList<>();
        Map<Long, Integer> expected = new HashMap<>();
        for (int r = 0; r < 1100; r++) {
            long[] row = random.longs(900, 1, 1 << 21).toArray();
            Arrays.setAll(row, i -> row[i] * 0x9e3779b97f4a7c15L >>> 2);
            rows.add(row);
            Arrays.stream(row).distinct().forEach(hash -> expected.merge(hash, 1, Integer::sum));
        }
        Vocabulary vocabulary = Vocabulary.of(rows.size(), rows::get, 2);
        expected.values().removeIf(count -> count < 2);
        assertEquals(expected.size(), vocabulary.size());
        expected.forEach((hash, count) ->
                assertEquals((float) (1 + StrictMath.log(1100.0 / count)), vocabulary.rarity(vocabulary.number(hash))));
        SparseRows made = SparseRows.of(rows.size(), rows::get, vocabulary);
        assertEquals(1100, made.rows());
        assertArrayEquals(
                Arrays.stream(vocabulary.numbers(rows.get(1099)))
                        .sorted()
                        .distinct()
                        .toArray(),
                made.features(1099));
    }
}
