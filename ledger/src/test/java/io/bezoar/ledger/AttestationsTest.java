package io.bezoar.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.sign.Statement;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Statements have what SLSA 1.1 asks for.
class AttestationsTest {
    private static final Statement.Subject CLEAN = new Statement.Subject("train.clean.jsonl", Map.of("sha256", "ab"));
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void provenanceOfATransform() throws IOException {
        Sample sample = Sample.copy();
        Batch batch = sample.add("vendor-a", "a", Sample.rows(0, 3)).batch();
        Statement statement = Attestations.provenance(
                List.of(CLEAN),
                "apply",
                new JsonValue.Building().with("quarantine", "high").done(),
                List.of(Attestations.Material.of(batch)),
                "0.1",
                NOW,
                NOW);
        Members definition = statement.predicate().members("buildDefinition");
        assertEquals("https://bezoar.io/transforms/v1/apply", definition.text("buildType"));
        assertEquals("high", definition.members("externalParameters").text("quarantine"));
        assertEquals(
                "vendor-a/0",
                definition.objects("resolvedDependencies").getFirst().text("name"));
        Members details = statement.predicate().members("runDetails");
        assertEquals(
                "https://bezoar.io/builders/command-line/v1",
                details.members("builder").text("id"));
        assertEquals("2026-03-01T00:00:00Z", details.members("metadata").text("startedOn"));
        // signed, stated, and found again from the batch
        sample.ledger.state(List.of(statement), List.of(Sample.ALICE), Sample.LOG);
        assertEquals(
                List.of(statement),
                Lineage.of(sample.ledger, batch).stream()
                        .map(Lineage.Step::statement)
                        .toList());
    }

    @Test
    void summaryOfAGate() {
        Members summary = Attestations.summary(
                        List.of(CLEAN),
                        "file:train.clean.jsonl",
                        "https://example.org/policy",
                        "cd",
                        true,
                        List.of("BEZOAR_SOURCE_L2"),
                        NOW)
                .predicate();
        assertEquals(
                "{\"policy\":{\"digest\":{\"sha256\":\"cd\"},\"uri\":\"https://example.org/policy\"},"
                        + "\"resourceUri\":\"file:train.clean.jsonl\",\"timeVerified\":\"2026-03-01T00:00:00Z\","
                        + "\"verificationResult\":\"PASSED\",\"verifiedLevels\":[\"BEZOAR_SOURCE_L2\"],"
                        + "\"verifier\":{\"id\":\"https://bezoar.io/builders/command-line/v1\"}}",
                CanonicalJson.text(summary));
        assertThrows(
                Malformed.class,
                () -> Attestations.summary(List.of(CLEAN), "", "", "", false, List.of("SLSA_BUILD_LEVEL_3"), NOW));
    }
}
