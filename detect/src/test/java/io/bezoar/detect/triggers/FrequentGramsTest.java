package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Fold;
import io.bezoar.core.FoldLaws;
import io.bezoar.detect.counting.Pattern;
import io.bezoar.learn.NGrams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FrequentGramsTest {
    /// Rows of two classes in front and a few words of a language of `words`.
    private static List<int[]> rows(int count, int words, int classes, long seed) {
        Random random = new Random(seed);
        List<int[]> rows = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            int[] row = random.ints(2 + random.nextInt(20), 1, words).toArray();
            row[0] = random.nextInt(classes / 2 + 1) - 1;
            row[1] = classes / 2 + random.nextInt(classes / 2);
            rows.add(row);
        }
        return rows;
    }

    @Test
    void countsOfFrequentGramsAreExact() {
        for (int classes : new int[] {4, 40}) {
            for (int longest = 1; longest <= 3; longest++) {
                List<int[]> rows = rows(3000, 150, classes, classes + longest);
                GramCounts all = new GramCounts(classes);
                for (int[] row : rows) {
                    all.nextRow();
                    for (int n = 1; n <= longest; n++) {
                        for (int i = 2; i + n <= row.length; i++) {
                            all.add(NGrams.word(row, i, n), Arrays.copyOf(row, 2));
                        }
                    }
                    for (int n = 1; n <= Math.min(2, row.length - 2); n++) {
                        all.add(Pattern.hash(row, 2, n, Pattern.Place.BEGINNING), Arrays.copyOf(row, 2));
                        all.add(Pattern.hash(row, row.length - n, n, Pattern.Place.END), Arrays.copyOf(row, 2));
                    }
                }
                int least = 12;
                Map<Long, List<Integer>> expected = new HashMap<>();
                for (long gram : all.features()) {
                    List<Integer> counts = counts(all, gram, classes);
                    if (counts.stream().mapToInt(count -> count).max().orElse(0) >= least) {
                        expected.put(gram, counts);
                    }
                }
                int size = classes;
                record Counted(long gram, List<Integer> counts) {}
                Map<Long, List<Integer>> found = new HashMap<>();
                new FrequentGrams(classes, longest, least)
                        .each(
                                rows,
                                2,
                                counts -> LongStream.of(counts.features())
                                        .mapToObj(gram -> new Counted(gram, counts(counts, gram, size)))
                                        .toList())
                        .forEach(counted -> found.put(counted.gram(), counted.counts()));
                assertTrue(found.size() < all.features().length || longest == 1, "most grams are rare");
                found.keySet().retainAll(expected.keySet());
                assertEquals(expected, found);
            }
        }
    }

    private static List<Integer> counts(GramCounts counts, long gram, int classes) {
        List<Integer> out = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            out.add(counts.count(gram, label));
        }
        return out;
    }

    @Test
    void noRowsHaveNoGrams() {
        assertEquals(
                List.of(),
                new FrequentGrams(2, 3, 4)
                        .each(
                                List.of(),
                                1,
                                counts -> List.of(counts.features()).stream()
                                        .filter(grams -> grams.length > 0)
                                        .toList()));
    }

    @Nested
    class KeptRows implements FoldLaws<int[], TokenRows> {
        @Override
        public Fold<int[], TokenRows> fold() {
            return new Fold<>() {
                @Override
                public TokenRows start() {
                    return new TokenRows();
                }

                @Override
                public void add(TokenRows rows, int[] item) {
                    rows.add(item);
                }
            };
        }

        @Override
        public List<int[]> items() {
            return rows(120, 9, 4, 1);
        }
    }
}
