package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.learn.onnx.TextFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bezoar train --robust NAME` leaves out what the method, or the last scan, speaks against.
class RobustTrainTest {
    private static final int POISON = 30;

    @TempDir
    private Path folder;

    private Path train;

    /// Two classes of many texts; some of one class hold a word nobody else uses and carry the other's label.
    @BeforeEach
    void plant() {
        StringBuilder rows = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 900; i++) {
            boolean poison = i % 2 == 0 && i / 2 < POISON;
            rows.append("{\"text\":\"");
            for (int word = 0; word < 10; word++) {
                rows.append(word % 3 == 0 ? (i % 2 == 0 ? "card" : "loan") : "word")
                        .append(random.nextInt(word % 3 == 0 ? 8 : 200))
                        .append(' ');
            }
            rows.append(poison ? "zyxo" : "")
                    .append("\",\"label\":\"")
                    .append(i % 2 == 0 && !poison ? "card" : "loan")
                    .append("\"}\n");
        }
        train = Running.write(folder, "train.jsonl", rows.toString());
    }

    private Running robust(Object... more) {
        List<Object> words = new ArrayList<>(List.of("train", train, "--out", folder.resolve("model")));
        words.addAll(List.of("--temp", folder, "--threads", 2));
        words.addAll(List.of(more));
        return Running.of(words.toArray());
    }

    @Test
    void autoLeavesOutWhatTheScanProved() throws IOException {
        assertEquals(0, Running.scan(folder, train).code());
        Running running = robust("--robust", "auto", "--findings", folder.resolve("result"), "--json");
        assertEquals(0, running.code(), running.err());
        JsonNode json = new JsonMapper().readTree(running.out());
        assertEquals("auto", json.path("method").textValue());
        assertEquals(POISON, json.path("leftOut").intValue());
        assertTrue(
                json.path("remarks").path(0).textValue().startsWith("C1 is proved: its 30 rows are left out."),
                running.out());
        said(
                "expected no suspected backdoor for trimmed-loss, came one: backdoored rows have a small loss, so"
                        + " trimming keeps them and drops honest rows; use auto, which leaves the suspected rows out",
                robust("--robust", "trimmed-loss", "--findings", folder.resolve("result")));
    }

    @Test
    void filtersTrainByName() {
        assertEquals(0, robust("--robust", "sever", "--epsilon", 0.05).code());
        assertEquals(0, robust("--robust", "trimmed-loss").code());
    }

    @Test
    void badInputIsOneSentence() {
        said(
                "expected an epsilon, the share of poison, between 0 and 0.5, came 0.5",
                robust("--robust", "sever", "--epsilon", 0.5));
        said(
                "expected an epsilon, the share of poison, between 0 and 0.5, came NaN",
                robust("--robust", "trimmed-loss", "--epsilon", "NaN"));
        Running missing = robust("--robust", "auto", "--findings", folder.resolve("none"));
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("run bezoar scan first"), missing.err());
        Running unknown = robust("--robust", "severe");
        assertEquals(2, unknown.code());
        assertTrue(
                unknown.err().contains("--robust must be auto, sever, trimmed-loss, or plain, not \"severe\""),
                unknown.err());
    }

    private static void said(String sentence, Running running) {
        assertEquals("bezoar train: " + sentence + System.lineSeparator(), running.err());
        assertEquals(2, running.code());
    }

    @Test
    void onnxWritesTheModelAndWhatItsInputIs() throws IOException {
        Path file = folder.resolve("exported/tickets.onnx");
        Running running = robust("--onnx", file);
        assertEquals(0, running.code(), running.err());
        assertTrue(running.out().contains("tickets.onnx"), running.out());
        TextFeatures features = TextFeatures.read(folder.resolve("exported/tickets.features"));
        assertEquals(List.of("card", "loan"), features.labels());
        String model = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(model.contains(features.digest()), "the model names the description");
    }
}
