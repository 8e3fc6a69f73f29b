package io.bezoar.app.ledger;

import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Manifest;
import io.bezoar.ledger.json.JsonValue;

/// Batches as the verbs' JSON shows them.
final class Batches {
    private Batches() {}

    static JsonValue json(Batch batch, long heldBack) {
        return building(batch).with("heldBack", heldBack).done();
    }

    static JsonValue json(Batch batch) {
        return building(batch).done();
    }

    private static JsonValue.Building building(Batch batch) {
        Manifest manifest = batch.manifest();
        JsonValue.Building all = new JsonValue.Building()
                .with("batch", manifest.name())
                .with("entry", batch.entry())
                .with("rows", manifest.rows())
                .with("root", manifest.root().hex())
                .with("manifest", batch.digest().hex())
                .with("file", manifest.file())
                .with("author", manifest.author());
        manifest.reviewer().ifPresent(name -> all.with("reviewer", name));
        return all.with(
                        "signers",
                        JsonValue.texts(batch.signers().stream().sorted().toList()))
                .with("source", manifest.source())
                .with("createdAt", manifest.createdAt().toString());
    }
}
