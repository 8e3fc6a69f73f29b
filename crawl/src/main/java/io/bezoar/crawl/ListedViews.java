package io.bezoar.crawl;

import io.bezoar.crawl.address.Address;
import io.bezoar.crawl.page.Sketch;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Takes views from a list: JSON lines with `url` and, of the page, its `text` or `sha256`; if known
/// `seenAt`, `revisedAt` and the row's `id`. A training set with addresses is such a list.
public final class ListedViews {
    private static final int LONGEST_LINE = 32 << 20;

    private final Optional<Instant> seen;
    private final Taking taking;

    /// @param seen when pages were seen whose line does not say
    public ListedViews(Optional<Instant> seen, Taking taking) {
        this.seen = seen;
        this.taking = taking;
    }

    /// Takes all views of one list.
    ///
    /// @param name of the file, without folders
    public void read(InputStream in, String name) throws IOException {
        Lines lines = new Lines(in, LONGEST_LINE);
        for (long number = 1; ; number++) {
            try {
                Optional<byte[]> line = lines.next();
                if (line.isEmpty()) {
                    return;
                }
                String start =
                        new String(line.get(), 0, Math.min(100, line.get().length), StandardCharsets.US_ASCII).strip();
                if (!start.isEmpty()) {
                    view(line.get(), start, name + ":" + number);
                }
            } catch (Malformed e) {
                boolean rest = String.valueOf(e.getMessage()).startsWith("expected lines of at most");
                taking.fail(new Problem(name, number, String.valueOf(e.getMessage()), rest));
                if (rest) {
                    return;
                }
            }
        }
    }

    private void view(byte[] line, String start, String place) {
        if (Character.isLetter(start.charAt(0))) {
            throw new Malformed("expected a line {\"url\": …, \"text\": …}, or with \"sha256\" for the text, came"
                    + " something else");
        }
        Members json = StrictJson.object(line);
        Address address = Address.of(json.text("url"));
        Optional<String> text = json.has("text") ? Optional.of(json.text("text")) : Optional.empty();
        if (text.isEmpty() && !json.has("sha256")) {
            throw new Malformed("expected the page's text or sha256, came neither");
        }
        Optional<Digest> words = text.map(View::digest);
        Digest payload = json.has("sha256") ? Digest.ofHex(json.text("sha256")) : words.orElseThrow();
        Instant when = json.has("seenAt")
                ? SnapshotFile.time(json, "seenAt")
                : seen.orElseThrow(() -> new Malformed("expected when the page was seen as \"seenAt\", came nothing;"
                        + " say it for all with --seen-at"));
        taking.take(new View(
                json.has("id") ? json.text("id") : address.text(),
                address,
                when,
                text.isPresent() ? "text/plain" : "",
                text.map(page -> (long) page.getBytes(StandardCharsets.UTF_8).length)
                        .orElse(0L),
                false,
                payload,
                words.filter(own -> !own.equals(payload)).isPresent(),
                words,
                text.map(Sketch::of),
                json.has("revisedAt") ? Optional.of(SnapshotFile.time(json, "revisedAt")) : Optional.empty(),
                place));
    }
}
