package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.core.ScanResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    @Test
    void holdsEverythingToRepeatTheRun() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunFile.write(SampleResults.found(), SampleResults.run(), out);
        JsonNode root = new JsonMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertEquals("bezoar.run/1", root.path("schema").textValue());
        assertEquals("2026-07-20T10:15:30Z", root.path("start").textValue());
        assertEquals(12.5, root.path("wallSeconds").doubleValue());
        assertEquals("9f2b".repeat(16), root.at("/inputs/0/sha256").textValue());
        assertEquals("25.0.3", root.at("/environment/java").textValue());
        assertEquals(10, root.path("again").size());
        assertEquals("data/vendor b/july.jsonl", root.at("/data/1").textValue());
    }

    /// The names in a result are relative to where the scan ran, which is found again from the result's folder.
    @Test
    void tellsWhereTheScanRan(@TempDir Path folder) throws IOException {
        Path result = Files.createDirectories(folder.resolve("scanned/bezoar-out"));
        Files.createFile(folder.resolve("scanned/train.jsonl"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunFile.write(SampleResults.found(), SampleResults.run(), result, Map.of("scores.csv", "ab"), out);
        String here = new JsonMapper()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .path("folder")
                .textValue();
        assertEquals(Path.of("").toRealPath(), result.toRealPath().resolve(here).normalize());
        List<ScanResult.DataFile> files = List.of(
                new ScanResult.DataFile("train.jsonl", 0, ""),
                new ScanResult.DataFile("-", 0, ""),
                new ScanResult.DataFile("gone.jsonl", 0, ""));
        Files.writeString(result.resolve("run.json"), out.toString(StandardCharsets.UTF_8));
        assertEquals(
                List.of("train.jsonl", "-", "gone.jsonl"), ScanPlace.of(result).data(files), "ran here");
        Files.writeString(result.resolve("run.json"), "{\"folder\": \"..\"}");
        Path ran = folder.resolve("scanned").toRealPath();
        assertEquals(
                List.of(ran.resolve("train.jsonl").toString(), "-", "gone.jsonl"),
                ScanPlace.of(result).data(files));
        assertEquals(ran.resolve("log.jsonl"), ScanPlace.of(result).beside(Path.of("log.jsonl"), Path.of("log.jsonl")));
        assertEquals(Path.of("mine.jsonl"), ScanPlace.of(result).beside(Path.of("mine.jsonl"), Path.of("log.jsonl")));
        Files.writeString(
                result.resolve("run.json"),
                "{\"folder\": \"..\", \"data\": [\"data\", \"*.jsonl\", \"-\", \"/else\"]}");
        assertEquals(
                List.of(ran + "/data", ran + "/*.jsonl", "-", "/else"),
                ScanPlace.of(result).given());
        for (String broken : List.of("{", "{}", "{\"folder\": \"nowhere\"}", "{\"folder\": \"\\u0000\"}", "[1]")) {
            Files.writeString(result.resolve("run.json"), broken);
            assertEquals(
                    List.of("train.jsonl", "-", "gone.jsonl"),
                    ScanPlace.of(result).data(files),
                    broken);
        }
    }

    @Test
    void quotesForTheShell() {
        assertEquals(
                "bezoar scan 'a b' '' 'it'\\''s' '$(x)' --seed 7 '*'",
                RunRecord.shell(List.of("bezoar", "scan", "a b", "", "it's", "$(x)", "--seed", "7", "*")));
    }
}
