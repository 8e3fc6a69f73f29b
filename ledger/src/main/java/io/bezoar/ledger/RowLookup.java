package io.bezoar.ledger;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds rows by their own ids or their places.
public final class RowLookup {
    private static final int MOST = 20;

    private RowLookup() {}

    /// Digests of the JSON rows whose member `id` is that text or number, at most 20.
    public static List<Digest> byId(InputStream in, String id) throws IOException {
        List<Digest> found = new ArrayList<>();
        Lines lines = new Lines(in);
        while (found.size() < MOST && lines.next()) {
            byte[] row = lines.row();
            if (id.equals(id(row))) {
                found.add(Hasher.digest(row));
            }
        }
        return found;
    }

    /// Digests of the rows that look like that text, or hold a JSON string that does, at most 20; see
    /// [DuplicateKey].
    public static List<Digest> alike(InputStream in, String text) throws IOException {
        DuplicateKey keys = new DuplicateKey();
        Digest wanted = keys.of(text);
        List<Digest> found = new ArrayList<>();
        Lines lines = new Lines(in);
        while (found.size() < MOST && lines.next()) {
            byte[] row = lines.row();
            if (texts(row).stream().anyMatch(each -> keys.of(each).equals(wanted))) {
                found.add(Hasher.digest(row));
            }
        }
        return found;
    }

    private static List<String> texts(byte[] row) {
        try {
            return StrictJson.object(row).values().values().stream()
                    .flatMap(each -> each instanceof JsonValue.Text(String text) ? Stream.of(text) : Stream.empty())
                    .toList();
        } catch (Malformed _) {
            return List.of(new String(row, StandardCharsets.UTF_8));
        }
    }

    private static String id(byte[] row) {
        try {
            return switch (StrictJson.object(row).find("id").orElse(new JsonValue.Nothing())) {
                case JsonValue.Text(String text) -> text;
                case JsonValue.Whole(long number) -> Long.toString(number);
                default -> "";
            };
        } catch (Malformed _) {
            return "";
        }
    }

    /// The row at that place.
    public static Optional<Origins.Origin> at(Ledger ledger, String stream, long sequence, long index) {
        return ledger.history().batches(stream).stream()
                .filter(batch -> batch.manifest().sequence() == sequence
                        && batch.manifest().rows() > index)
                .map(batch -> new Origins.Origin(batch, index))
                .findFirst();
    }

    /// The digest of a row's bytes, held against the root that was signed.
    public static Digest digest(Ledger ledger, Origins.Origin origin) throws IOException {
        return ledger.rows(origin.batch())
                .proved(origin.index(), origin.batch().manifest().root());
    }
}
