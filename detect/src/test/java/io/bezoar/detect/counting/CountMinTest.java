package io.bezoar.detect.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Fold;
import io.bezoar.core.FoldLaws;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CountMinTest {
    /// Counts numbers, of which so many are kept as they came.
    private record Counting(int room) implements Fold<Long, CountMin> {
        @Override
        public CountMin start() {
            return new CountMin(room);
        }

        @Override
        public void add(CountMin counts, Long key) {
            counts.add(key);
        }
    }

    private static List<Long> numbers() {
        return new Random(3).longs(400, 0, 60).boxed().toList();
    }

    @Nested
    class Few implements FoldLaws<Long, CountMin> {
        @Override
        public Fold<Long, CountMin> fold() {
            return new Counting(1000);
        }

        @Override
        public List<Long> items() {
            return numbers();
        }
    }

    @Nested
    class MoreThanAreKept implements FoldLaws<Long, CountMin> {
        @Override
        public Fold<Long, CountMin> fold() {
            return new Counting(130);
        }

        @Override
        public List<Long> items() {
            return numbers();
        }
    }

    @Test
    void noKeyIsToldLessThanItCameAndHardlyOneMore() {
        CountMin counts = new CountMin();
        Random random = new Random(5);
        Map<Long, Integer> came = new HashMap<>();
        for (int i = 0; i < 700_000; i++) {
            long key = random.nextInt(4) > 0 ? random.nextLong() : random.nextLong(20_000);
            came.merge(key, 1, Integer::sum);
            counts.add(key);
        }
        int more = 0;
        for (Map.Entry<Long, Integer> one : came.entrySet()) {
            assertTrue(counts.of(one.getKey()) >= one.getValue());
            more += counts.of(one.getKey()) > one.getValue() ? 1 : 0;
        }
        assertTrue(more < came.size() / 20, more + " of " + came.size());
        double often = came.values().stream().filter(n -> n >= 6 && n <= 9).count();
        assertEquals(often, counts.between(6, 9), 0.12 * often);
    }

    @Test
    void whatIsAskedMayBeCountedOn() {
        CountMin counts = new CountMin();
        counts.add(7);
        assertEquals(1, counts.of(7));
        counts.add(7);
        assertEquals(2, counts.of(7));
        assertEquals(0, counts.of(8));
    }

    @Test
    void aCounterStopsAtItsMost() {
        CountMin counts = new CountMin(10);
        LongStream.range(0, 40_000).forEach(_ -> counts.add(1));
        CountMin others = new CountMin(10);
        LongStream.range(0, 40_000).forEach(_ -> others.add(1));
        counts.merge(others);
        assertEquals(CountMin.MOST, counts.of(1));
    }
}
