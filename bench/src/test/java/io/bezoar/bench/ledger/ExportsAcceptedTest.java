package io.bezoar.bench.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bezoar.ledger.Attestations;
import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Charter;
import io.bezoar.ledger.Contract;
import io.bezoar.ledger.Delivery;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Source;
import io.bezoar.ledger.disk.FolderDisk;
import io.bezoar.ledger.export.CycloneDxBom;
import io.bezoar.ledger.export.OpenLineageEvents;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.SigningKey;
import io.bezoar.ledger.sign.Statement;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cyclonedx.Version;
import org.cyclonedx.model.Component;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a ledger exports, read by the libraries of those who made the formats.
class ExportsAcceptedTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path folder;

    private Ledger ledger;

    @BeforeEach
    void aBatchACleanSetAndAModel() throws IOException {
        SigningKey log = SigningKey.make("bezoar/tickets", NamedKey.Type.SIGNATURE, new SecureRandom());
        SigningKey admin = SigningKey.make("admin", NamedKey.Type.SIGNATURE, new SecureRandom());
        ledger = Ledger.create(
                new FolderDisk(folder.resolve("ledger")),
                new FolderDisk(folder.resolve("seen")),
                "tickets",
                log,
                List.of(admin),
                1,
                InstantSource.fixed(NOW));
        ledger.amend(
                next -> next.stream(new Charter.Stream(
                        new Source("vendor-a", Source.Kind.VENDOR, "CC-BY-4.0"),
                        new Charter.Signers(1, Set.of("admin")),
                        Set.of(),
                        Contract.ANY)),
                List.of(admin),
                log);
        Batch batch;
        try (ExecutorService workers = Executors.newFixedThreadPool(1)) {
            batch = ledger.add(
                            Delivery.of("vendor-a", "train.jsonl", admin),
                            new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.UTF_8)),
                            log,
                            workers)
                    .batch();
        }
        Map<String, String> clean = Map.of("sha256", "c1".repeat(32));
        List<Statement> made = List.of(
                made("train.clean.jsonl", clean, "apply", Attestations.Material.of(batch)),
                made(
                        "model.bezoar",
                        Map.of("sha256", "d2".repeat(32)),
                        "train",
                        new Attestations.Material("train.clean.jsonl", clean)));
        ledger.state(made, List.of(admin), log);
    }

    private static Statement made(
            String name, Map<String, String> digests, String verb, Attestations.Material material) {
        return Attestations.provenance(
                List.of(new Statement.Subject(name, digests)),
                verb,
                new JsonValue.Building().done(),
                List.of(material),
                "0.1",
                NOW,
                NOW.plusSeconds(2));
    }

    @Test
    void cycloneDx() throws Exception {
        byte[] bom = CanonicalJson.bytes(CycloneDxBom.of(ledger, "0.1"));
        assertEquals(List.of(), new JsonParser().validate(bom, Version.VERSION_16));
        List<Component> components = new JsonParser().parse(bom).getComponents();
        assertEquals(
                List.of(Component.Type.DATA, Component.Type.DATA, Component.Type.MACHINE_LEARNING_MODEL),
                components.stream().map(Component::getType).toList());
    }

    @Test
    void openLineage() {
        List<OpenLineage.RunEvent> events = OpenLineageEvents.of(ledger).stream()
                .map(CanonicalJson::text)
                .map(OpenLineageClientUtils::runEventFromJson)
                .toList();
        assertEquals(4, events.size());
        OpenLineage.RunEvent train = events.getLast();
        assertEquals(OpenLineage.RunEvent.EventType.COMPLETE, train.getEventType());
        assertEquals("train", train.getJob().getName());
        assertEquals(
                "sha256:" + "c1".repeat(32),
                train.getInputs().getFirst().getFacets().getVersion().getDatasetVersion());
        assertEquals(7, train.getRun().getRunId().version());
    }
}
