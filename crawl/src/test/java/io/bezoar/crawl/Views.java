package io.bezoar.crawl;

import io.bezoar.crawl.address.Address;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Views for tests.
final class Views {
    static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
    static final Instant AUGUST = Instant.parse("2026-08-01T00:00:00Z");
    static final String WORDS = "the quick brown fox jumps over the lazy dog while nine grey geese watch from the hill"
            + " above the old mill where the river bends twice before it meets the road to the village of stone";

    private Views() {}

    static View of(String url, Instant seen, String text) {
        return of(url, seen, text, Optional.empty());
    }

    static View of(String url, Instant seen, String text, Optional<Instant> revised) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return View.of(
                Address.of(url), seen, "text/plain", bytes, bytes.length, false, View.digest(text), revised, "test:1");
    }
}
