package io.bezoar.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

final class SampleTest {
    private static List<Example> rows(int n, int longest, long seed) {
        Random random = new Random(seed);
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String text = "row " + i % (n / 2 + 1) + " " + "x".repeat(random.nextInt(longest));
            rows.add(new Example(text, new Target.Label("y"), Origin.UNKNOWN, new Position(0, i + 1, 10L * i, 9), ""));
        }
        return rows;
    }

    private static byte[] bytes(Sample sample) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sample.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static Sample of(List<Example> rows, int size, long characters) {
        Sample sample = new Sample(size, characters);
        rows.forEach(sample::add);
        return sample;
    }

    @Test
    void anyOrderAndAnySplitGiveTheSameBytes() throws IOException {
        for (long seed = 0; seed < 30; seed++) {
            List<Example> rows = rows(400, 200, seed);
            int size = 20 + (int) seed * 10;
            long characters = 500 + 1000 * seed;
            byte[] whole = bytes(of(rows, size, characters));
            List<Example> shuffled = new ArrayList<>(rows);
            Collections.shuffle(shuffled, new Random(seed));
            assertArrayEquals(whole, bytes(of(shuffled, size, characters)), "seed " + seed);
            int cut = new Random(seed).nextInt(rows.size());
            Sample left = of(shuffled.subList(0, cut), size, characters);
            left.merge(of(shuffled.subList(cut, shuffled.size()), size, characters));
            assertArrayEquals(whole, bytes(left), "seed " + seed + " cut at " + cut);
            Sample back = new Sample(size, characters);
            back.read(new DataInputStream(new ByteArrayInputStream(whole)));
            assertArrayEquals(whole, bytes(back), "seed " + seed);
        }
    }

    /// @param length of each row's text, drawn
    private static List<Example> drawn(int n, IntSupplier length) {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String text = "x".repeat(length.getAsInt()) + i;
            rows.add(new Example(text, Target.ABSENT, Origin.UNKNOWN, new Position(0, i + 1, 10L * i, 9), ""));
        }
        return rows;
    }

    private static void sameHoweverTheyCome(List<Example> rows, int size, long characters, Random random, long seed)
            throws IOException {
        int n = rows.size();
        byte[] whole = bytes(of(rows, size, characters));
        int a = random.nextInt(n);
        int b = a + random.nextInt(n - a);
        Sample last = of(rows.subList(b, n), size, characters);
        last.merge(of(rows.subList(0, a), size, characters));
        last.merge(of(rows.subList(a, b), size, characters));
        assertArrayEquals(whole, bytes(last), "seed " + seed);
        Sample first = of(rows.subList(0, a), size, characters);
        Sample next = first.after();
        rows.subList(a, n).forEach(next::add);
        first.merge(next);
        assertArrayEquals(whole, bytes(first), "seed " + seed + ", the rest begun after " + a);
        Sample back = of(rows.subList(0, a), size, characters);
        back.read(new DataInputStream(new ByteArrayInputStream(whole)));
        assertArrayEquals(whole, bytes(back), "seed " + seed);
    }

    @Test
    void longAndShortRowsAreDroppedTheSameHoweverTheyCome() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Example> rows = drawn(60, () -> random.nextInt(5) == 0 ? 900 : random.nextInt(40));
            sameHoweverTheyCome(rows, 30, 2000, random, seed);
        }
    }

    @Test
    void longRowsHaveRoomOfTheirOwnHoweverTheyCome() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Example> rows =
                    drawn(90, () -> random.nextInt(5) == 0 ? 1001 + random.nextInt(9000) : random.nextInt(900));
            sameHoweverTheyCome(rows, 40, 20_000, random, seed);
        }
    }

    @Test
    void longRowsTakeNobodysPlace() {
        List<Example> rows = rows(300, 60, 5);
        List<Example> few = of(rows, 400, 10_000).examples();
        List<Example> more = new ArrayList<>(rows);
        for (int i = 0; i < 200; i++) {
            String text = i + "x".repeat(9_000);
            more.add(new Example(text, Target.ABSENT, Origin.UNKNOWN, new Position(1, i + 1, 10L * i, 9), ""));
        }
        List<Example> with = of(more, 600, 10_000).examples();
        assertTrue(with.containsAll(few), "rows were pushed out");
        assertTrue(few.size() > 200, () -> few.size() + " rows");
        assertTrue(with.size() - few.size() <= 1, () -> with.size() - few.size() + " long rows");
    }

    @Test
    void fewExamplesAreKeptWholeAndOfMoreThereIsLessRoom() {
        List<Example> rows = rows(100, 30, 3);
        long all = rows.stream().mapToLong(row -> row.input().length() + 1).sum();
        Sample enough = new Sample(100, 500, all);
        rows.forEach(enough::add);
        assertEquals(100, enough.examples().size());
        for (Sample less : List.of(new Sample(100, 500, all - 1), new Sample(99, 500, all))) {
            rows.forEach(less::add);
            assertEquals(of(rows, 100, 500).examples(), less.examples());
            assertTrue(less.examples().size() < 50);
        }
        assertEquals(
                "all examples may not have less room than some of them: 4 characters and not 5",
                assertThrows(IllegalArgumentException.class, () -> new Sample(1, 5, 4))
                        .getMessage());
    }

    @Test
    void theSmallestKeysThatFitAreKept() {
        List<Example> rows = rows(300, 100, 7);
        rows.sort(Comparator.comparingLong(Example::key)
                .thenComparingLong(row -> row.position().offset()));
        List<Example> kept = of(rows, 50, 2000).examples();
        assertEquals(rows.subList(0, kept.size()), kept);
        assertTrue(kept.size() <= 50);
        long characters =
                kept.stream().mapToLong(row -> row.input().length() + 1).sum();
        assertTrue(characters <= 2000, () -> characters + " characters");
        long more = characters + rows.get(kept.size()).input().length() + 1;
        assertTrue(kept.size() == 50 || more > 2000, () -> more + " characters would have fitted");
    }

    @Test
    void oneExampleIsKeptHoweverLong() {
        assertEquals(1, of(rows(1, 2, 1), 5, 1).examples().size());
        assertEquals(1, of(rows(40, 50, 1), 5, 1).examples().size());
    }

    @Test
    void aSampleWithoutRoomIsRefused() {
        assertEquals(
                "a sample needs room for one example and one character or more, not 0 and 6000000",
                assertThrows(IllegalArgumentException.class, () -> new Sample(0))
                        .getMessage());
    }
}
