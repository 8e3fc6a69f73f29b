package io.bezoar.ledger;

import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.sign.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A removal of batches from a data set: which batches are no longer to be trained on, and what was left.
final class Removal {
    static final String TYPE = "https://bezoar.io/attestations/removal/v1";

    private Removal() {}

    /// The statement that batches were withdrawn.
    ///
    /// @param names of the batches, `stream/sequence`
    static Statement statement(List<Statement.Subject> written, List<Batch> batches, String reason) {
        List<JsonValue> gone = batches.stream()
                .map(batch -> (JsonValue) new JsonValue.Building()
                        .with("batch", batch.manifest().name())
                        .with("manifest", Manifest.sha256(batch.digest()))
                        .done())
                .toList();
        Members predicate = new JsonValue.Building()
                .with("withdrawn", new JsonValue.Elements(gone))
                .with("reason", reason)
                .done();
        return new Statement(written, TYPE, predicate);
    }

    /// Names of the batches that any deed withdrew.
    static Set<String> withdrawn(List<Deed> deeds) {
        Set<String> names = new LinkedHashSet<>();
        for (Deed deed : deeds) {
            for (Statement statement : deed.statements()) {
                if (statement.predicateType().equals(TYPE)) {
                    statement.predicate().objects("withdrawn").forEach(each -> names.add(each.text("batch")));
                }
            }
        }
        return names;
    }

    /// The digest of the manifest a deed withdrew, for those who check.
    static Digest manifest(Members withdrawn) {
        return Digest.ofHex(withdrawn.members("manifest").text("sha256"));
    }
}
