package io.bezoar.app.standards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Candidate;
import io.bezoar.data.BadInput;
import io.bezoar.detect.scan.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardsTest {
    private static final Map<String, String> SHAPES = Map.of(
            "atlas", "AML\\.[TM][0-9]{4}([.][0-9]{3})?",
            "nist", "NISTAML\\.[0-9]{2,3}",
            "owasp-2025", "LLM[0-9]{2}:2025",
            "owasp-2026", "LLM[0-9]{2}:2026",
            "aisvs", "[0-9]+[.][0-9]+[.][0-9]+");

    /// Every detector of the catalog, alone and with every kind of campaign, and every pillar has ids
    /// of every standard.
    @Test
    void nothingIsWithoutIds() {
        Standards own = StandardsFile.own();
        for (var detector : Catalog.all()) {
            complete(own.finding(detector.name(), Optional.empty()), detector.name());
            for (Candidate.Kind kind : Candidate.Kind.values()) {
                complete(own.finding(detector.name(), Optional.of(kind.name().toLowerCase(Locale.ROOT))), "" + kind);
            }
        }
        for (String pillar : List.of("scan", "review", "evaluation", "drift", "ledger", "policy", "another")) {
            complete(own.check(pillar), pillar);
        }
        complete(own.finding("a detector of tomorrow", Optional.of("new")), "unknown");
    }

    private static void complete(Map<String, List<String>> ids, String of) {
        assertEquals(SHAPES.keySet(), ids.keySet(), of);
        ids.forEach((catalog, own) -> {
            assertFalse(own.isEmpty(), of + " " + catalog);
            own.forEach(id -> assertTrue(id.matches(SHAPES.getOrDefault(catalog, "")), of + " " + id));
        });
        assertTrue(StandardsFile.own().tags(ids).size() <= 8, "with our own two, a rule has ten tags: " + of);
    }

    /// What findings and checks are said to concern stands in the list of demands.
    @Test
    void everyDemandThatIsNamedIsListed() {
        Standards own = StandardsFile.own();
        List<String> listed = own.controls().stream().map(Standards.Control::id).toList();
        assertEquals(listed.size(), listed.stream().distinct().count());
        own.findings().forEach(rule -> assertTrue(listed.containsAll(rule.ids().getOrDefault("aisvs", List.of()))));
        own.checks()
                .forEach(rule ->
                        assertTrue(listed.containsAll(rule.ids().getOrDefault("aisvs", List.of())), "" + rule.ids()));
        own.controls()
                .forEach(control -> assertEquals(
                        control.covered() == Standards.Coverage.NO, control.by().isEmpty(), control.id()));
    }

    @Test
    void anotherFileReplacesAll() throws IOException {
        Standards other = StandardsFile.read("x", """
            {"schema": "bezoar.standards/1",
             "catalogs": [{"key": "ours", "name": "House rules", "version": "7"}],
             "findings": [{"detector": "near-duplicates", "kind": "flood", "ids": {"ours": ["R-2"]}},
                          {"ids": {"ours": ["R-1"]}}],
             "checks": [{"ids": {}}]}
            """.getBytes(StandardCharsets.UTF_8));
        assertEquals(Map.of("ours", List.of("R-2")), other.finding("near-duplicates", Optional.of("flood")));
        assertEquals(Map.of("ours", List.of("R-1")), other.finding("near-duplicates", Optional.empty()));
        assertEquals(Map.of(), other.check("scan"));
        assertEquals("House rules R-1", other.words(other.finding("x", Optional.empty())));
        assertEquals(List.of("external/ours/R-1"), other.tags(other.finding("x", Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|expected JSON in the standards of x, it is malformed",
                "[]|expected an object in the standards of x, came something else",
                "{\"schema\": \"bezoar.standards/9\"}|expected the schema bezoar.standards/1 in the standards of x,"
                        + " came “bezoar.standards/9”",
                "{\"schema\": \"bezoar.standards/1\", \"finding\": []}|expected known keys (catalogs, checks,"
                        + " controls, findings, schema) in the standards of x, came “finding”",
                "{\"schema\": \"bezoar.standards/1\"}|expected a last entry of findings that fits all in the standards"
                        + " of x, came none",
                "{\"schema\": \"bezoar.standards/1\", \"findings\": [{\"ids\": {\"a\": []}}]}|expected ids of the"
                        + " catalogs  in the standards of x, came “a”",
            })
    void whatIsNotUnderstoodIsSaid(String text, String message) {
        assertEquals(
                message,
                assertThrows(BadInput.class, () -> StandardsFile.read("x", text.getBytes(StandardCharsets.UTF_8)))
                        .getMessage());
    }
}
