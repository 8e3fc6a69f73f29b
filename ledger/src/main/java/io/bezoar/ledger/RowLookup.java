package io.bezoar.ledger;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds rows by their own ids or their places.
public final class RowLookup {
    private static final int MOST = 20;

    private RowLookup() {}

    /// Digests of the JSON rows whose member `id` is that text or number, at most 20.
    public static List<Digest> byId(InputStream in, String id) throws IOException {
        List<Digest> found = new ArrayList<>();
        Lines lines = new Lines(in);
        for (Optional<Lines.Block> next = lines.next(); next.isPresent(); next = lines.next()) {
            for (int i = 0; i < next.get().count() && found.size() < MOST; i++) {
                byte[] row = next.get().row(i);
                if (id.equals(id(row))) {
                    found.add(Hasher.digest(row));
                }
            }
        }
        return found;
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

    /// The digest of a row's bytes.
    public static Digest digest(Ledger ledger, Origins.Origin origin) throws IOException {
        return ledger.rows(origin.batch()).digest(origin.index());
    }

    /// What was stated about a batch since, in the order of the log.
    public static List<Deed> deeds(Ledger ledger, Batch batch) {
        return ledger.history().deeds().stream()
                .filter(deed -> deed.statements().stream().anyMatch(each -> Attestations.speaksOf(each, batch)))
                .toList();
    }
}
