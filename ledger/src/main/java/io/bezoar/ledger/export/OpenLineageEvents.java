package io.bezoar.ledger.export;

import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Manifest;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.merkle.Digest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The transforms of a ledger as OpenLineage run events (specification 2-0-2): a START and a
/// COMPLETE for each, with the batches and files that were read and written. Data sets go by their
/// digests, which are their versions, too.
public final class OpenLineageEvents {
    private static final String PRODUCER = "https://bezoar.io/openlineage/v1";
    private static final String SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String VERSION_FACET =
            "https://openlineage.io/spec/facets/1-0-1/DatasetVersionDatasetFacet.json#/$defs/DatasetVersionDatasetFacet";
    private static final String LEDGER_FACET = "https://bezoar.io/openlineage/LedgerRunFacet.json";

    private OpenLineageEvents() {}

    /// The events, in the order of the log.
    public static List<Members> of(Ledger ledger) {
        List<Members> events = new ArrayList<>();
        for (Transform transform : Transform.of(ledger.history())) {
            events.add(event(ledger, transform, "START", transform.started()));
            events.add(event(ledger, transform, "COMPLETE", transform.finished()));
        }
        return events;
    }

    private static Members event(Ledger ledger, Transform transform, String type, Instant time) {
        Members facet = new JsonValue.Building()
                .with("_producer", PRODUCER)
                .with("_schemaURL", LEDGER_FACET)
                .with("log", ledger.charter().log().text())
                .with("entry", transform.entry())
                .with("statement", transform.digest().hex())
                .done();
        return new JsonValue.Building()
                .with("eventType", type)
                .with("eventTime", Transform.time(time))
                .with(
                        "run",
                        new JsonValue.Building()
                                .with("runId", run(transform).toString())
                                .with(
                                        "facets",
                                        new JsonValue.Building()
                                                .with("bezoar_ledger", facet)
                                                .done())
                                .done())
                .with(
                        "job",
                        new JsonValue.Building()
                                .with("namespace", namespace(ledger))
                                .with("name", transform.verb())
                                .done())
                .with("inputs", dataSets(ledger, transform.read()))
                .with("outputs", dataSets(ledger, transform.written()))
                .with("producer", PRODUCER)
                .with("schemaURL", SCHEMA)
                .done();
    }

    private static String namespace(Ledger ledger) {
        return "bezoar://" + ledger.charter().log().name();
    }

    private static JsonValue dataSets(Ledger ledger, List<Transform.Item> items) {
        return new JsonValue.Elements(items.stream()
                .map(item -> (JsonValue) new JsonValue.Building()
                        .with("namespace", namespace(ledger))
                        .with("name", item.name())
                        .with(
                                "facets",
                                new JsonValue.Building()
                                        .with(
                                                "version",
                                                new JsonValue.Building()
                                                        .with("_producer", PRODUCER)
                                                        .with("_schemaURL", VERSION_FACET)
                                                        .with(
                                                                "datasetVersion",
                                                                item.sha256().isEmpty()
                                                                        ? Manifest.ROOT + ":" + item.root()
                                                                        : "sha256:" + item.sha256())
                                                        .done())
                                        .done())
                        .done())
                .toList());
    }

    /// A UUID of version 7 (RFC 9562) whose random bits are those of the statement's digest: the same for the same
    /// statement.
    static UUID run(Transform transform) {
        Digest digest = transform.digest();
        ByteBuffer bits = ByteBuffer.wrap(digest.bytes());
        long high = transform.started().toEpochMilli() << 16 | 0x7000 | bits.getLong() & 0xfff;
        long low = bits.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
