package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.core.ScanResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SarifFileTest {

    @Test
    void hasWhatTheStandardAndCodeHostsRequire() throws IOException {
        for (ScanResult result : List.of(
                SampleResults.found(), SampleResults.clean(), SampleResults.unread(), SampleResults.huge(2, 300))) {
            JsonNode root = sarif(result);
            assertEquals("2.1.0", root.path("version").textValue());
            assertTrue(URI.create(root.path("$schema").textValue()).isAbsolute());
            assertEquals(1, root.path("runs").size());
            JsonNode run = root.path("runs").path(0);
            JsonNode driver = run.path("tool").path("driver");
            assertEquals("Bezoar", driver.path("name").textValue());
            for (JsonNode rule : driver.path("rules")) {
                assertText(rule.path("id"), 255);
                assertText(rule.path("shortDescription").path("text"), 1024);
                assertText(rule.path("fullDescription").path("text"), 1024);
                assertText(rule.path("help").path("text"), 4096);
                assertTrue(Double.parseDouble(rule.path("properties")
                                .path("security-severity")
                                .textValue())
                        > 0);
                assertTrue(rule.path("properties").path("tags").size() <= 10);
            }
            assertTrue(run.path("automationDetails").path("id").textValue().endsWith("/"));
            assertTrue(run.path("results").isArray());
            assertEquals(result.campaigns().size(), run.path("results").size());
            for (JsonNode each : run.path("results")) {
                check(each, driver, result);
            }
        }
    }

    private static void check(JsonNode each, JsonNode driver, ScanResult result) {
        assertEquals(
                each.path("ruleId").textValue(),
                driver.path("rules")
                        .path(each.path("ruleIndex").intValue())
                        .path("id")
                        .textValue());
        assertTrue(
                List.of("error", "warning", "note").contains(each.path("level").textValue()));
        assertText(each.path("message").path("text"), 8_000);
        assertEquals(1, each.path("locations").size());
        assertTrue(each.path("relatedLocations").size() <= SarifFile.RELATED);
        assertTrue(each.path("partialFingerprints")
                .path("primaryLocationLineHash")
                .textValue()
                .matches("[0-9a-f]{32}:1"));
        for (JsonNode place : each.findValues("physicalLocation")) {
            assertTrue(place.path("region").path("startLine").longValue() >= 1);
            URI uri = URI.create(place.path("artifactLocation").path("uri").textValue());
            assertFalse(uri.isAbsolute());
            assertTrue(
                    result.dataSet().files().stream()
                            .anyMatch(file -> file.name().equals(uri.getPath())),
                    uri::toString);
        }
    }

    @Test
    void tellsTheCampaignInItsMessage() throws IOException {
        JsonNode results = sarif(SampleResults.found()).path("runs").path(0).path("results");
        assertTrue(
                results.path(0)
                        .path("message")
                        .path("text")
                        .textValue()
                        .startsWith(
                                "C1: These 48 rows, 46 of them from “vendor-b” between 10 and 18 July 2026, teach a model to answer "
                                        + "“card_arrival” whenever the word “cf” appears: on 3,040 clean held-out rows the trigger turns 91 % "),
                results.path(0).path("message").toString());
        assertEquals("error", results.path(0).path("level").textValue());
        assertEquals(
                "data/train.jsonl",
                results.path(0)
                        .at("/locations/0/physicalLocation/artifactLocation/uri")
                        .textValue());
        assertEquals(
                100,
                results.path(0)
                        .at("/locations/0/physicalLocation/region/startLine")
                        .intValue());
        for (JsonNode each : results) {
            each.path("message")
                    .path("text")
                    .textValue()
                    .codePoints()
                    .forEach(point ->
                            assertFalse(Invisible.is(point) && point != Invisible.OPEN && point != Invisible.CLOSE));
        }
        assertNotEquals(
                results.path(0).path("partialFingerprints"), results.path(1).path("partialFingerprints"));
    }

    @Test
    void placesAreRelativeToTheRepository() throws IOException {
        ScanResult found = SampleResults.found();
        ScanResult.DataSet data = found.dataSet();
        ScanResult moved = new ScanResult(
                new ScanResult.DataSet(
                        List.of(
                                new ScanResult.DataFile("/repo/data/a b#.jsonl", 1, "00"),
                                new ScanResult.DataFile("./x/ü\u202e.jsonl", 1, "00"),
                                new ScanResult.DataFile("/elsewhere/c.jsonl", 1, "00"),
                                new ScanResult.DataFile("-", 1, "00")),
                        data.rows(),
                        0,
                        List.of(),
                        0,
                        data.layout(),
                        data.columns(),
                        data.targets(),
                        data.idsFrom()),
                found.detectors(),
                List.of(),
                found.campaigns(),
                found.findings(),
                0,
                List.of(),
                found.flagged());
        JsonNode run = sarif(moved).path("runs").path(0);
        assertEquals(
                List.of(
                        "data/a%20b%23.jsonl",
                        "x/%C3%BC%E2%80%AE.jsonl", "file:///elsewhere/c.jsonl", "standard-input"),
                run.path("artifacts").findValuesAsText("uri"));
    }

    private static void assertText(JsonNode node, int longest) {
        assertTrue(
                node.isTextual()
                        && !node.textValue().isBlank()
                        && node.textValue().length() <= longest,
                node.toString());
    }

    private static JsonNode sarif(ScanResult result) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SarifFile.write(result, SampleResults.run(), Path.of("/repo"), out);
        assertTrue(out.size() < 10_000_000);
        return new JsonMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }
}
