package io.bezoar.ledger.export;

import io.bezoar.ledger.Attestations;
import io.bezoar.ledger.Deed;
import io.bezoar.ledger.History;
import io.bezoar.ledger.Manifest;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.sign.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A transform as its SLSA provenance in the log states it.
///
/// @param verb what was done: `apply`, `drop`, `train`; a URI if it was not done by Bezoar
/// @param digest of the statement
/// @param entry its index in the log
/// @param read what it read
/// @param written what came out
record Transform(
        String verb,
        Digest digest,
        long entry,
        Instant started,
        Instant finished,
        List<Item> read,
        List<Item> written) {
    Transform {
        read = List.copyOf(read);
        written = List.copyOf(written);
    }

    /// A file, or the rows of a batch.
    ///
    /// @param sha256 of a file; empty of a batch
    /// @param root of a batch's rows; empty of a file
    record Item(String name, String sha256, String root) {
        /// A name that no two items share.
        String key() {
            return sha256.isEmpty() ? "batch:" + name : "sha256:" + sha256;
        }
    }

    /// A time to the second, in UTC.
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// All transforms, in the order of the log.
    static List<Transform> of(History history) {
        List<Transform> all = new ArrayList<>();
        for (Deed deed : history.deeds()) {
            for (Statement statement : deed.statements()) {
                if (statement.predicateType().equals(Attestations.PROVENANCE)) {
                    all.add(of(deed, statement));
                }
            }
        }
        return all;
    }

    private static Transform of(Deed deed, Statement statement) {
        Members definition = statement.predicate().members("buildDefinition");
        Members metadata = statement.predicate().members("runDetails").members("metadata");
        String type = definition.text("buildType");
        return new Transform(
                type.startsWith(Attestations.BUILD_TYPE) ? type.substring(Attestations.BUILD_TYPE.length()) : type,
                Hasher.digest(statement.bytes()),
                deed.entry(),
                Instant.parse(metadata.text("startedOn")),
                Instant.parse(metadata.text("finishedOn")),
                definition.objects("resolvedDependencies").stream()
                        .map(each -> item(each.text("name"), each.members("digest")))
                        .toList(),
                statement.subjects().stream()
                        .map(each -> item(each.name(), each.digests()))
                        .toList());
    }

    private static Item item(String name, Members digests) {
        return new Item(name, text(digests, "sha256"), text(digests, Manifest.ROOT));
    }

    private static String text(Members digests, String algorithm) {
        return digests.has(algorithm) ? digests.text(algorithm) : "";
    }

    private static Item item(String name, Map<String, String> digests) {
        return new Item(
                name,
                Optional.ofNullable(digests.get("sha256")).orElse(""),
                Optional.ofNullable(digests.get(Manifest.ROOT)).orElse(""));
    }
}
