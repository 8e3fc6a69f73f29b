package io.bezoar.ledger;

import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.log.Checkpoint;
import io.bezoar.ledger.log.LogProof;
import io.bezoar.ledger.log.Policy;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.merkle.Proofs;
import io.bezoar.ledger.sign.Envelope;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.PublicKey;
import io.bezoar.ledger.sign.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The proof that a row is in a batch of a ledger, to be verified without the ledger: the row's path to
/// the root that was signed, the signed manifest, and the proof that the manifest is in the log.
///
/// @param content digest of the row's exact bytes
/// @param index of the row in its batch
/// @param path hashes from the row's leaf to the root of the batch
/// @param envelope the signed manifest
/// @param entry the entry of the log that binds the manifest
/// @param log the proof of the entry
public record RowProof(Digest content, long index, List<Digest> path, Envelope envelope, byte[] entry, LogProof log) {
    private static final String FORMAT = "bezoar.row-proof/1";

    public RowProof {
        path = List.copyOf(path);
    }

    /// The proof of a row of a batch.
    public static RowProof of(Ledger ledger, Batch batch, long index) throws IOException {
        Manifest manifest = batch.manifest();
        RowFile rows = ledger.rows(batch);
        byte[] file = ledger.disk()
                .read(manifest.file("intoto.jsonl"))
                .orElseThrow(() -> new Broken("expected the manifest of " + manifest.name() + ", found none"));
        return new RowProof(
                rows.proved(index, manifest.root()),
                index,
                rows.inclusion(index, manifest.rows()),
                History.lines(file).getFirst(),
                ledger.log().entry(batch.entry()),
                ledger.log().prove(batch.entry()));
    }

    /// What a proof shows.
    ///
    /// @param manifest of the row's batch, to be signed by whom the reader trusts
    /// @param checkpoint of the log that holds it
    public record Shown(Manifest manifest, Checkpoint checkpoint) {}

    /// Which of these keys signed the manifest.
    public Set<NamedKey> signedBy(Collection<NamedKey> keys) {
        Set<PublicKey> signed =
                envelope.signedBy(keys.stream().map(NamedKey::key).toList());
        return keys.stream().filter(key -> signed.contains(key.key())).collect(Collectors.toSet());
    }

    /// Verifies everything but the signatures on the manifest: for these see [#signedBy].
    ///
    /// @throws Malformed if anything does not hold
    public Shown verify(NamedKey logKey, Policy policy) {
        Checkpoint checkpoint = log.verify(entry, logKey, policy);
        Entry bound = Entry.of(entry);
        if (bound.kind() != Entry.Kind.BATCH || !bound.payload().equals(envelope.digest())) {
            throw new Malformed("expected the manifest that the log's entry names, came another");
        }
        Manifest manifest = Manifest.of(Statement.read(envelope));
        Digest leaf = new Hasher().leaf(manifest.leaf().bytes(index, content));
        if (!Proofs.includes(leaf, index, manifest.rows(), path, manifest.root())) {
            throw new Malformed(
                    "expected the proof of row " + index + " to lead to the root of its batch, came to another");
        }
        return new Shown(manifest, checkpoint);
    }

    /// The proof as one JSON object.
    public byte[] bytes() {
        return CanonicalJson.bytes(new JsonValue.Building()
                .with("proof", FORMAT)
                .with(
                        "row",
                        new JsonValue.Building()
                                .with("sha256", content.hex())
                                .with("index", index)
                                .with(
                                        "path",
                                        JsonValue.texts(
                                                path.stream().map(Digest::hex).toList()))
                                .done())
                .with("manifest", StrictJson.read(envelope.bytes()))
                .with("entry", Base64.getEncoder().encodeToString(entry))
                .with("log", new String(log.bytes(), StandardCharsets.UTF_8))
                .done());
    }

    /// Reads [#bytes].
    public static RowProof read(byte[] bytes) {
        Members json = StrictJson.object(bytes);
        if (!json.text("proof").equals(FORMAT)) {
            throw new Malformed("expected a proof " + FORMAT + ", came another version");
        }
        Members row = json.members("row");
        byte[] entry;
        try {
            entry = Base64.getDecoder().decode(json.text("entry"));
        } catch (IllegalArgumentException _) {
            throw new Malformed("expected an entry in base64, came another text");
        }
        return new RowProof(
                Digest.ofHex(row.text("sha256")),
                row.whole("index"),
                row.texts("path").stream().map(Digest::ofHex).toList(),
                Envelope.read(CanonicalJson.bytes(json.members("manifest"))),
                entry,
                LogProof.read(json.text("log").getBytes(StandardCharsets.UTF_8)));
    }
}
