package io.bezoar.detect.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpellingsTest {
    @Test
    void caseFormsAndBlanks() {
        List<Spellings> found = Spellings.of(Map.of(
                "positive",
                90L,
                "POSITIVE",
                4L,
                "pos\u00adItive",
                5L,
                "\uff50ositive ",
                4L,
                "negative",
                80L,
                "Fee",
                2L,
                "fee",
                1L));
        assertEquals(
                List.of(
                        new Spellings(
                                "positive",
                                90,
                                List.of(
                                        Map.entry("pos\u00adItive", 5L),
                                        Map.entry("POSITIVE", 4L),
                                        Map.entry("\uff50ositive ", 4L))),
                        new Spellings("Fee", 2, List.of(Map.entry("fee", 1L)))),
                found);
        assertEquals(13, found.getFirst().rare());
    }

    @Test
    void equalNumbers() {
        assertEquals(
                List.of(new Spellings(
                        "1",
                        9,
                        List.of(
                                Map.entry("+1.0", 1L),
                                Map.entry("01", 1L),
                                Map.entry("10e-1", 1L),
                                Map.entry("true", 1L)))),
                Spellings.of(
                        Map.of("1", 9L, "+1.0", 1L, "01", 1L, "10e-1", 1L, "true", 1L, "2", 1L, "-1", 3L, "1.1", 2L)));
    }

    /// Classes that only look alike are classes.
    @Test
    void oneSpellingEach() {
        assertEquals(
                List.of(),
                Spellings.of(Map.of(
                        "card", 1L, "cards", 1L, "1e999999999", 1L, "", 1L, "c-1", 1L, "c1", 1L, "-", 1L, ".", 1L)));
        assertEquals(List.of(), Spellings.of(Map.of()));
        assertEquals(List.of(), Spellings.of(Map.of("x".repeat(1000), 1L, "X".repeat(1000), 1L)));
    }
}
