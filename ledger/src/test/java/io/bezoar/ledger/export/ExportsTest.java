package io.bezoar.ledger.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.Attestations;
import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Charter;
import io.bezoar.ledger.Contract;
import io.bezoar.ledger.Delivery;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Source;
import io.bezoar.ledger.disk.CrashDisk;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.SigningKey;
import io.bezoar.ledger.sign.Statement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A batch, a cleaned set and a model, as others read of them: every field their specifications ask for.
class ExportsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final SigningKey LOG = key("bezoar/tickets");
    private static final SigningKey ADMIN = key("admin");
    private static final Map<String, String> CLEAN = Map.of("sha256", "c1".repeat(32));
    private static final Map<String, String> MODEL = Map.of("sha256", "d2".repeat(32));

    private static Ledger ledger;

    private static SigningKey key(String name) {
        byte[] seed = Arrays.copyOf(("seed of " + name).getBytes(StandardCharsets.UTF_8), 32);
        return SigningKey.of(name, NamedKey.Type.SIGNATURE, seed);
    }

    @BeforeAll
    static void aBatchACleanSetAndAModel() throws IOException {
        ledger = Ledger.create(
                new CrashDisk(), new CrashDisk(), "tickets", LOG, List.of(ADMIN), 1, InstantSource.fixed(NOW));
        ledger.amend(
                next -> next.stream(new Charter.Stream(
                        new Source("vendor-a", Source.Kind.VENDOR, "CC-BY-4.0"),
                        new Charter.Signers(1, Set.of("admin")),
                        Set.of(),
                        Contract.ANY)),
                List.of(ADMIN),
                LOG);
        Batch batch;
        try (ExecutorService workers = Executors.newFixedThreadPool(1)) {
            batch = ledger.add(
                            Delivery.of("vendor-a", "train.jsonl", ADMIN),
                            new ByteArrayInputStream("a\nb\nc\n".getBytes(StandardCharsets.UTF_8)),
                            LOG,
                            workers)
                    .batch();
        }
        made("train.clean.jsonl", CLEAN, "apply", List.of(Attestations.Material.of(batch)));
        made("model.bezoar", MODEL, "train", List.of(new Attestations.Material("train.clean.jsonl", CLEAN)));
    }

    private static void made(
            String name, Map<String, String> digests, String verb, List<Attestations.Material> materials)
            throws IOException {
        Members nothing = new JsonValue.Building().done();
        Statement statement = Attestations.provenance(
                List.of(new Statement.Subject(name, digests)),
                verb,
                nothing,
                materials,
                "0.1",
                NOW,
                NOW.plusSeconds(2));
        ledger.state(List.of(statement), List.of(ADMIN), LOG);
    }

    @Test
    void openLineage() {
        List<Members> events = OpenLineageEvents.of(ledger);
        assertEquals(
                List.of("START", "COMPLETE", "START", "COMPLETE"),
                events.stream().map(each -> each.text("eventType")).toList());
        for (Members event : events) {
            UUID run = UUID.fromString(event.members("run").text("runId"));
            assertEquals(List.of(7, 2), List.of(run.version(), run.variant()));
            assertEquals(NOW.toEpochMilli(), run.getMostSignificantBits() >>> 16);
            assertEquals("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent", event.text("schemaURL"));
            assertTrue(event.has("producer"));
            for (String side : List.of("inputs", "outputs")) {
                for (Members set : event.objects(side)) {
                    Members version = set.members("facets").members("version");
                    assertTrue(version.has("_producer") && version.has("_schemaURL"));
                }
            }
        }
        assertEquals(
                events.get(0).members("run").text("runId"),
                events.get(1).members("run").text("runId"));
        assertEquals("2026-03-01T10:00:02Z", events.get(1).text("eventTime"));
        Members train = events.get(3);
        assertEquals("train", train.members("job").text("name"));
        // what one run writes and the next one reads is one data set
        assertEquals(
                CanonicalJson.text(events.get(1).objects("outputs").getFirst()),
                CanonicalJson.text(train.objects("inputs").getFirst()));
    }

    @Test
    void cycloneDx() {
        Members bom = CycloneDxBom.of(ledger, "0.1");
        assertEquals("CycloneDX 1.6", bom.text("bomFormat") + " " + bom.text("specVersion"));
        assertTrue(bom.text("serialNumber").matches("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
        List<Members> components = bom.objects("components");
        assertEquals(
                List.of("data vendor-a/0", "data train.clean.jsonl", "machine-learning-model model.bezoar"),
                components.stream()
                        .map(each -> each.text("type") + " " + each.text("name"))
                        .toList());
        assertEquals(
                "{\"name\":\"CC-BY-4.0\"}",
                CanonicalJson.text(
                        components.getFirst().objects("licenses").getFirst().members("license")));
        assertEquals("dataset", components.get(1).objects("data").getFirst().text("type"));
        assertEquals(
                "{\"alg\":\"SHA-256\",\"content\":\"" + CLEAN.get("sha256") + "\"}",
                CanonicalJson.text(components.get(1).objects("hashes").getFirst()));
        String clean = components.get(1).text("bom-ref");
        assertEquals(
                clean,
                components
                        .get(2)
                        .members("modelCard")
                        .members("modelParameters")
                        .objects("datasets")
                        .getFirst()
                        .text("ref"));
        List<Members> dependencies = bom.objects("dependencies");
        assertEquals(List.of("batch:vendor-a/0"), dependencies.getFirst().texts("dependsOn"));
        assertEquals(List.of(clean), dependencies.get(1).texts("dependsOn"));
        assertEquals(CanonicalJson.text(bom), CanonicalJson.text(CycloneDxBom.of(ledger, "0.1")));
    }

    @Test
    void croissant() {
        Croissant.DataFile file =
                new Croissant.DataFile("train.jsonl", 6, "ab".repeat(32), 3, new TreeMap<>(Map.of("vendor-a/0", 3L)));
        Members json = Croissant.of(
                ledger, List.of(file), new Croissant.Publication("tickets", "https://example.org/tickets", "Example"));
        for (String name : List.of(
                "@context",
                "@type",
                "dct:conformsTo",
                "name",
                "description",
                "license",
                "url",
                "creator",
                "datePublished",
                "distribution")) {
            assertTrue(json.has(name), name);
        }
        assertEquals("http://mlcommons.org/croissant/1.1", json.text("dct:conformsTo"));
        assertEquals(List.of("CC-BY-4.0"), json.texts("license"));
        Members object = json.objects("distribution").getFirst();
        assertEquals("cr:FileObject", object.text("@type"));
        assertEquals("ab".repeat(32), object.text("sha256"));
        assertEquals("application/jsonlines", object.text("encodingFormat"));
        assertEquals(
                "urn:bezoar:manifest:sha256:"
                        + ledger.history().batches().getFirst().digest().hex(),
                object.objects("prov:wasDerivedFrom").getFirst().text("@id"));
        assertEquals(
                "vendor-a", object.objects("prov:wasAttributedTo").getFirst().text("prov:label"));
    }
}
