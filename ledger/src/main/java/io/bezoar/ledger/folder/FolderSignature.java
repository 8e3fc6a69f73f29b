package io.bezoar.ledger.folder;

import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.sign.Envelope;
import io.bezoar.ledger.sign.Statement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A signature over all files of a folder: a Sigstore bundle with an in-toto statement, as OpenSSF model signing 1.0
/// makes it with a key.
///
/// The subject's digest covers the files' digests and not their names, so a verifier has to compare the names as well;
/// this one does, and takes no file more or less than was signed.
public final class FolderSignature {
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String PREDICATE = "https://model_signing/signature/v1.0";

    private FolderSignature() {}

    /// The bundle for a folder.
    ///
    /// @throws Unusable if it holds no file, or anything that cannot be signed
    public static byte[] sign(Path folder, KeyPair keys) throws IOException {
        SortedMap<String, Digest> files;
        try {
            files = FolderFiles.of(folder);
        } catch (Malformed e) {
            throw new Unusable(e.getMessage() + "; copy what a link stands for, rename what is named otherwise");
        }
        if (files.isEmpty()) {
            throw new Unusable("expected files in \"" + folder + "\", found none; check the path");
        }
        List<JsonValue> resources = new ArrayList<>();
        files.forEach((name, digest) -> resources.add(new JsonValue.Building()
                .with("algorithm", "sha256")
                .with("digest", digest.hex())
                .with("name", name)
                .done()));
        Members predicate = new JsonValue.Building()
                .with("resources", new JsonValue.Elements(resources))
                .with(
                        "serialization",
                        new JsonValue.Building()
                                .with("allow_symlinks", new JsonValue.Truth(false))
                                .with("hash_type", "sha256")
                                .with("ignore_paths", new JsonValue.Elements(List.of()))
                                .with("method", "files")
                                .done())
                .done();
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        byte[] payload = new Statement(
                        List.of(new Statement.Subject(
                                name, Map.of("sha256", root(files).hex()))),
                        PREDICATE,
                        predicate)
                .bytes();
        byte[] signature = FolderKey.sign(keys, Envelope.preAuthenticated(Envelope.IN_TOTO, payload));
        Envelope envelope = new Envelope(Envelope.IN_TOTO, payload, List.of(signature));
        return CanonicalJson.bytes(new JsonValue.Building()
                .with("mediaType", MEDIA_TYPE)
                .with(
                        "verificationMaterial",
                        new JsonValue.Building()
                                .with(
                                        "publicKey",
                                        new JsonValue.Building()
                                                .with("hint", FolderKey.hint(keys.getPublic()))
                                                .done())
                                .with("tlogEntries", new JsonValue.Elements(List.of()))
                                .done())
                .with("dsseEnvelope", StrictJson.object(envelope.bytes()))
                .done());
    }

    /// SHA-256 over the files' digests, one behind the other.
    private static Digest root(SortedMap<String, Digest> files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        files.values().forEach(digest -> all.writeBytes(digest.bytes()));
        return Hasher.digest(all.toByteArray());
    }

    /// Holds a folder against its bundle.
    ///
    /// @return how many files are as they were signed
    /// @throws Broken if the key did not sign it, or any file was changed, added, removed, renamed or
    ///     linked
    public static int verify(Path folder, byte[] bundle, ECPublicKey key) throws IOException {
        SortedMap<String, Digest> signed;
        SortedMap<String, Digest> found;
        try {
            signed = signed(bundle, key);
            found = FolderFiles.of(folder);
        } catch (Malformed e) {
            throw new Broken(e.getMessage() + "; do not use the folder");
        }
        for (Map.Entry<String, Digest> file : signed.entrySet()) {
            if (!Optional.of(file.getValue()).equals(Optional.ofNullable(found.get(file.getKey())))) {
                throw new Broken("expected \"" + file.getKey() + "\" as it was signed, found "
                        + (found.containsKey(file.getKey()) ? "other bytes" : "no such file")
                        + "; get the folder again");
            }
        }
        for (String name : found.keySet()) {
            if (!signed.containsKey(name)) {
                throw new Broken("expected only files that were signed, found \"" + name + "\" besides; get the folder"
                        + " again");
            }
        }
        return signed.size();
    }

    /// The files that a bundle names, once the signature has been verified.
    private static SortedMap<String, Digest> signed(byte[] bundle, ECPublicKey key) {
        Members json = StrictJson.object(bundle);
        if (!json.text("mediaType").equals(MEDIA_TYPE)) {
            throw new Malformed("expected a bundle " + MEDIA_TYPE + ", came another type");
        }
        Envelope envelope = Envelope.read(CanonicalJson.bytes(json.members("dsseEnvelope")));
        byte[] message = Envelope.preAuthenticated(envelope.payloadType(), envelope.payload());
        if (envelope.signatures().size() != 1
                || !FolderKey.verifies(key, message, envelope.signatures().getFirst())) {
            throw new Malformed("expected one signature of the key at hand, came none that verifies");
        }
        Statement statement = Statement.read(envelope);
        Members serialization = statement.predicate().members("serialization");
        if (!statement.predicateType().equals(PREDICATE)
                || statement.subjects().size() != 1
                || !serialization.text("method").equals("files")
                || !serialization.text("hash_type").equals("sha256")) {
            throw new Malformed("expected a signature over files by their SHA-256, came another kind");
        }
        SortedMap<String, Digest> files = new TreeMap<>(FolderFiles.ORDER);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Members each : statement.predicate().objects("resources")) {
            Digest digest = Digest.ofHex(each.text("digest"));
            String name = each.text("name");
            if (!each.text("algorithm").equals("sha256")
                    || !FolderFiles.safe(name)
                    || files.put(name, digest) != null) {
                throw new Malformed("expected files by relative names, each once, came \"" + name + "\"");
            }
            all.writeBytes(digest.bytes());
        }
        Map<String, String> subject = statement.subjects().getFirst().digests();
        if (!Hasher.digest(all.toByteArray()).hex().equals(subject.get("sha256"))) {
            throw new Malformed("expected the digest of all files as the subject has it, came another");
        }
        return files;
    }
}
