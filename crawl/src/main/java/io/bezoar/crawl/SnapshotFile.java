package io.bezoar.crawl;

import io.bezoar.crawl.address.Address;
import io.bezoar.crawl.page.Sketch;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes and reads snapshots: JSON lines, the first says what it is. Equal views give equal bytes. The
/// layout is in `docs/formats/crawl.md`.
public final class SnapshotFile {
    /// Name and version of the format.
    public static final String FORMAT = "bezoar.crawl-snapshot/1";

    private static final int LONGEST_LINE = 256 << 10;

    private SnapshotFile() {}

    /// Writes a snapshot; `out` stays open.
    public static void write(Snapshot snapshot, OutputStream out) throws IOException {
        out.write(CanonicalJson.bytes(new JsonValue.Building()
                .with("format", FORMAT)
                .with("sha256", snapshot.digest().hex())
                .with("views", snapshot.views().size())
                .done()));
        out.write('\n');
        for (View view : snapshot.views()) {
            out.write(line(view));
        }
    }

    static Digest digest(List<View> views) {
        MessageDigest digest = Sha256.start();
        views.forEach(view -> digest.update(line(view)));
        return Digest.of(digest.digest());
    }

    private static byte[] line(View view) {
        JsonValue.Building json = new JsonValue.Building()
                .with("address", view.address().text())
                .with("bytes", view.bytes())
                .with("payload", view.payload().hex())
                .with("place", view.place())
                .with("seenAt", view.seen().toString())
                .with("type", view.type());
        if (!view.id().equals(view.address().text())) {
            json.with("id", view.id());
        }
        if (view.cut()) {
            json.with("cut", new JsonValue.Truth(true));
        }
        if (view.claimed()) {
            json.with("claimed", new JsonValue.Truth(true));
        }
        view.text().ifPresent(text -> json.with("text", text.hex()));
        view.sketch().ifPresent(sketch -> json.with("sketch", sketch.text()).with("words", sketch.words()));
        view.revised().ifPresent(time -> json.with("revisedAt", time.toString()));
        byte[] bytes = CanonicalJson.bytes(json.done());
        byte[] line = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        line[bytes.length] = '\n';
        return line;
    }

    /// Does a file that begins like this hold a snapshot?
    static boolean begins(String start) {
        return start.startsWith("{\"format\":\"bezoar.crawl-snapshot/");
    }

    /// Reads a snapshot.
    ///
    /// @throws Malformed if it is none
    /// @throws Broken if it was changed or cut
    public static Snapshot read(InputStream in) throws IOException {
        Lines lines = new Lines(in, LONGEST_LINE);
        Members head =
                StrictJson.object(lines.next().orElseThrow(() -> new Malformed("expected a snapshot, came nothing")));
        if (!head.text("format").equals(FORMAT)) {
            throw new Malformed("expected a snapshot of format " + FORMAT + ", came another");
        }
        Digest said = Digest.ofHex(head.text("sha256"));
        MessageDigest digest = Sha256.start();
        List<View> views = new ArrayList<>();
        long count = head.whole("views");
        try {
            for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
                digest.update(line.get());
                digest.update((byte) '\n');
                views.add(view(StrictJson.object(line.get())));
            }
        } catch (Malformed _) {
            throw changed();
        }
        if (views.size() != count || !Digest.of(digest.digest()).equals(said)) {
            throw changed();
        }
        return new Snapshot(views, said);
    }

    private static Broken changed() {
        return new Broken("expected the snapshot as it was written, came one that was changed or cut; get it again,"
                + " or take it anew with bezoar crawl snapshot");
    }

    private static View view(Members json) {
        Address address = Address.of(json.text("address"));
        Optional<Sketch> sketch = json.has("sketch")
                ? Optional.of(Sketch.of(json.text("sketch"), (int) Math.min(Integer.MAX_VALUE, json.whole("words"))))
                : Optional.empty();
        return new View(
                json.has("id") ? json.text("id") : address.text(),
                address,
                time(json, "seenAt"),
                json.text("type"),
                json.whole("bytes"),
                json.find("cut").filter(new JsonValue.Truth(true)::equals).isPresent(),
                Digest.ofHex(json.text("payload")),
                json.find("claimed").filter(new JsonValue.Truth(true)::equals).isPresent(),
                json.has("text") ? Optional.of(Digest.ofHex(json.text("text"))) : Optional.empty(),
                sketch,
                json.has("revisedAt") ? Optional.of(time(json, "revisedAt")) : Optional.empty(),
                json.text("place"));
    }

    static Instant time(Members json, String name) {
        try {
            return Instant.parse(json.text(name));
        } catch (DateTimeException _) {
            throw new Malformed("expected a time such as 2026-01-31T12:00:00Z as \"" + name + "\", came another text");
        }
    }
}
