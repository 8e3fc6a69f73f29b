package io.bezoar.crawl;

import io.bezoar.crawl.address.Address;
import io.bezoar.crawl.page.PageText;
import io.bezoar.crawl.page.Sketch;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// What was seen at an address at one moment: digests and a sketch of a page, never the page itself.
///
/// @param id by which scores are joined: the row's own, else the address
/// @param address where it was seen
/// @param seen when
/// @param type media type as the server said it; may be empty
/// @param bytes length of the page, transfer and content encodings taken off
/// @param cut is what was read only the beginning of the page? Then no digest can show that two are equal
/// @param payload digest of these bytes
/// @param claimed did a list name that digest beside a text it is not the digest of? Then it shows
///     nothing of the text
/// @param text digest of the page's text in UTF-8; empty if pages of its type hold none, or nobody kept it
/// @param sketch of the text, where there is one
/// @param revised when the page was last edited, where its source says so
/// @param place file and offset of its record, for people
public record View(
        String id,
        Address address,
        Instant seen,
        String type,
        long bytes,
        boolean cut,
        Digest payload,
        boolean claimed,
        Optional<Digest> text,
        Optional<Sketch> sketch,
        Optional<Instant> revised,
        String place) {
    /// The order of views in a snapshot: by address, then by time.
    static final Comparator<View> ORDER = Comparator.comparing(
                    (View view) -> view.address().text())
            .thenComparing(View::seen)
            .thenComparing(View::id)
            .thenComparing(View::payload)
            .thenComparing(View::place);

    /// The view of a page.
    ///
    /// @param page its bytes, at most the first [PageText#MOST_BYTES] of them
    /// @param payload digest of all its bytes
    public static View of(
            Address address,
            Instant seen,
            String type,
            byte[] page,
            long bytes,
            boolean cut,
            Digest payload,
            Optional<Instant> revised,
            String place) {
        Optional<String> text = PageText.of(page, type);
        return new View(
                address.text(),
                address,
                seen,
                type.length() > 200 ? "" : type,
                bytes,
                cut,
                payload,
                false,
                text.map(View::digest),
                text.map(Sketch::of),
                revised,
                place);
    }

    static Digest digest(String text) {
        return Hasher.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Number of words of its text.
    int words() {
        return sketch.map(Sketch::words).orElse(0);
    }
}
