package io.bezoar.crawl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Views out of lists.
class ListedViewsTest {
    private static Taking read(String list, Optional<Instant> seen) throws IOException {
        Taking taking = new Taking();
        new ListedViews(seen, taking)
                .read(new ByteArrayInputStream(list.getBytes(StandardCharsets.UTF_8)), "list.jsonl");
        return taking;
    }

    @Test
    void textsAndDigests() throws IOException {
        String hash = "ab".repeat(32);
        Taking taking = read(
                "{\"id\":\"r1\",\"url\":\"http://a.com/\",\"text\":\"hello you there\",\"label\":3}\n\n"
                        + "{\"url\":\"http://b.com/\",\"sha256\":\"" + hash + "\",\"seenAt\":\"2026-01-01T00:00:00Z\","
                        + "\"revisedAt\":\"2025-12-31T00:00:00Z\"}\n",
                Optional.of(Views.MARCH));
        List<View> views = taking.snapshot().views();
        assertEquals(List.of(), taking.problems());
        assertEquals("r1", views.getFirst().id());
        assertEquals(Views.MARCH, views.getFirst().seen());
        assertEquals(View.digest("hello you there"), views.getFirst().payload());
        assertEquals(3, views.getFirst().words());
        assertEquals(hash, views.getLast().payload().hex());
        assertEquals("http://b.com/", views.getLast().id());
        assertEquals(
                Optional.of(Instant.parse("2025-12-31T00:00:00Z")),
                views.getLast().revised());
        assertEquals("list.jsonl:3", views.getLast().place());
    }

    private static View one(String members) throws IOException {
        Taking taking = read("{\"url\":\"http://a.com/\"," + members + "}\n", Optional.of(Views.MARCH));
        assertEquals(List.of(), taking.problems());
        return taking.snapshot().views().getFirst();
    }

    private static String text(String words) {
        return "\"text\":\"" + words + '"';
    }

    @Test
    void aDigestShowsNothingOfATextThatItIsNotMadeOf() throws IOException {
        String raw = "\"sha256\":\"" + "ab".repeat(32) + '"';
        String own = "\"sha256\":\"" + View.digest(Views.WORDS).hex() + '"';
        View first = one(raw + "," + text(Views.WORDS));
        assertTrue(first.claimed());
        assertFalse(one(own + "," + text(Views.WORDS)).claimed());
        assertFalse(one(text(Views.WORDS)).claimed());
        assertFalse(one(raw).claimed());
        assertEquals(
                new Change(Change.Kind.IDENTICAL, OptionalDouble.of(1), false),
                Change.between(first, one(raw + "," + text(Views.WORDS))));
        Change another = Change.between(first, one(raw + "," + text("quite another page of other words than those")));
        assertEquals(Change.Kind.DIFFERENT, another.kind());
        assertTrue(another.contradicted());
        Change nearly = Change.between(first, one(raw + "," + text(Views.WORDS + " buy")));
        assertEquals(Change.Kind.NEAR_DUPLICATE, nearly.kind());
        assertTrue(nearly.contradicted());
        // without a text beside it a digest is what the page is known by
        assertEquals(Change.Kind.IDENTICAL, Change.between(one(raw), one(raw)).kind());
        assertEquals(
                new Change(Change.Kind.DIFFERENT, OptionalDouble.empty(), true),
                Change.between(one(raw), one(raw + "," + text("what was never there"))));
        assertEquals(
                Change.Kind.IDENTICAL,
                Change.between(one(own), one(own + "," + text(Views.WORDS))).kind());
    }

    @Test
    void aListOfAddressesIsToldWhatALineHolds() throws IOException {
        Taking taking = read("https://a.example/x\n  https://b.example/y\n", Optional.of(Views.MARCH));
        assertEquals(2, taking.problemCount());
        assertTrue(
                taking.problems().getFirst().words().startsWith("expected a line {\"url\": …, \"text\": …}"),
                () -> taking.problems().getFirst().words());
    }

    @Test
    void badLinesAreTold() throws IOException {
        Taking taking = read(
                "{\"url\":\"http://a.com/\",\"text\":\"x\"}\n{\n{\"url\":\"ftp://a.com/\",\"text\":\"x\"}\n"
                        + "{\"url\":\"http://a.com/\"}\n{\"text\":\"x\"}\n"
                        + "{\"url\":\"http://a.com/\",\"sha256\":\"xyz\",\"seenAt\":\"2026-01-01T00:00:00Z\"}\n"
                        + "{\"url\":\"http://a.com/\",\"text\":\"x\",\"seenAt\":\"now\"}\n[]\n\u0000",
                Optional.empty());
        assertEquals(0, taking.size());
        assertEquals(9, taking.problemCount());
        assertEquals(
                "expected when the page was seen as \"seenAt\", came nothing; say it for all with --seen-at",
                taking.problems().getFirst().words());
        assertEquals(2, taking.problems().get(1).at());
    }

    @Test
    void aLineWithoutEndEndsTheList() throws IOException {
        Taking taking = read("x".repeat((32 << 20) + 1), Optional.empty());
        assertTrue(taking.incomplete());
    }
}
