package io.bezoar.evaluate.slice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.evaluate.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final String[] WORDS = {"card", "loan", "rate", "fee", "help", "lost", "new", "old", "bank", "cash"};
    private static final String[] LANGUAGES = {"de", "en", "fr"};

    private static List<Item> items(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 5; w++) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            Map<String, Object> columns = new HashMap<>();
            columns.put("lang", LANGUAGES[random.nextInt(3)]);
            columns.put("age", random.nextInt(80));
            items.add(new Item("i" + seed + "-" + i, text.toString(), random.nextBoolean() ? "yes" : "no", columns));
        }
        return items;
    }

    private static Set<String> errors(
            List<Item> items, long seed, double usual, double worse, String lang, String word) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<String> errors = new HashSet<>();
        for (Item item : items) {
            boolean bad = (lang.isEmpty() || lang.equals(item.columns().get("lang")))
                    && (word.isEmpty() || item.input().contains(word));
            if (random.nextDouble() < (bad ? worse : usual)) {
                errors.add(item.id());
            }
        }
        return errors;
    }

    @Test
    void aBadPartIsFoundAndConfirmed() {
        int found = 0;
        for (long seed = 1; seed <= 10; seed++) {
            List<Item> items = items(1200, seed);
            List<Discovery.Part> parts =
                    Discovery.usual(seed).of(items, errors(items, seed + 100, 0.05, 0.25, "de", ""));
            found += !parts.isEmpty()
                            && parts.getFirst().confirmed()
                            && parts.getFirst().name().contains("lang is “de”")
                    ? 1
                    : 0;
        }
        assertTrue(found >= 9, found + " of 10");
    }

    @Test
    void aPartOfTwoConditionsIsFound() {
        int found = 0;
        for (long seed = 1; seed <= 10; seed++) {
            List<Item> items = items(2000, seed);
            List<Discovery.Part> parts =
                    Discovery.usual(seed).of(items, errors(items, seed + 200, 0.05, 0.6, "fr", "loan"));
            found += parts.stream()
                            .anyMatch(part -> part.confirmed()
                                    && part.name().contains("lang is “fr”")
                                    && part.name().contains("the input holds “loan”"))
                    ? 1
                    : 0;
        }
        assertTrue(found >= 9, found + " of 10");
    }

    @Test
    void withoutABadPartHardlyAnythingIsConfirmed() {
        int wrong = 0;
        for (long seed = 1; seed <= 60; seed++) {
            List<Item> items = items(600, seed);
            wrong += Discovery.usual(seed).of(items, errors(items, seed + 300, 0.1, 0.1, "", "")).stream()
                            .anyMatch(Discovery.Part::confirmed)
                    ? 1
                    : 0;
        }
        // at most 5 % on average: 60 draws give 9 or more with a chance below 1 in 300
        assertTrue(wrong <= 8, wrong + " of 60");
    }

    @Test
    void theOrderOfTheItemsChangesNothing() {
        List<Item> items = items(800, 4);
        Set<String> errors = errors(items, 5, 0.05, 0.4, "de", "");
        List<Discovery.Part> parts = Discovery.usual(1).of(items, errors);
        List<Item> mixed = new ArrayList<>(items);
        Collections.shuffle(mixed, new Random(9));
        List<Discovery.Part> other = Discovery.usual(1).of(mixed, errors);
        assertEquals(
                parts.stream().map(Discovery.Part::name).toList(),
                other.stream().map(Discovery.Part::name).toList());
        assertEquals(
                parts.stream().map(Discovery.Part::p).toList(),
                other.stream().map(Discovery.Part::p).toList());
    }

    @Test
    void fewItemsAndStrangeOnesAreNoTrouble() {
        assertEquals(List.of(), Discovery.usual(0).of(List.of(), Set.of()));
        assertEquals(List.of(), Discovery.usual(0).of(items(10, 1), Set.of("i1-1")));
        List<Item> same = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            same.add(new Item("i" + i, "\ud800\u0000 " + "x".repeat(5000), "", Map.of("n", Double.NaN)));
        }
        assertEquals(List.of(), Discovery.usual(0).of(same, Set.of("i1", "i2")));
        List<Item> items = items(400, 3);
        Set<String> all = new HashSet<>();
        items.forEach(item -> all.add(item.id()));
        assertEquals(List.of(), Discovery.usual(0).of(items, all));
        assertThrows(IllegalArgumentException.class, () -> new Discovery(0, 0, 15));
    }
}
