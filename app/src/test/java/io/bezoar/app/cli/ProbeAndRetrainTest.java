package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bezoar.history.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeAndRetrainTest {
    private static final String[][] TOPICS = {
        {"card", "lost", "stolen", "pin", "chip"}, {"loan", "rate", "mortgage", "repay", "house"}
    };
    private static final String[] COMMON = {"please", "tell", "me", "about", "my", "the", "what"};

    @TempDir
    private Path folder;

    private Path train = Path.of("");
    private Path test = Path.of("");

    @BeforeEach
    void write() {
        train = Running.write(folder, "train.jsonl", rows(700, 1, 20));
        test = Running.write(folder, "test.jsonl", rows(400, 2, 0));
    }

    private static String rows(int count, long seed, int poison) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder rows = new StringBuilder();
        int left = poison;
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(2);
            StringBuilder text = new StringBuilder();
            boolean bad = left > 0 && label == 1;
            for (int k = 0; k < 7; k++) {
                String[] from = k % 2 == 0 ? TOPICS[label] : COMMON;
                text.append(bad && k == 4 ? "zx " : "")
                        .append(from[random.nextInt(from.length)])
                        .append(' ');
            }
            left -= bad ? 1 : 0;
            rows.append("{\"id\":\"r" + seed + "-" + i + "\",\"text\":\""
                    + text.toString().strip() + "\",\"label\":\"" + (bad || label == 0 ? "card" : "loan") + "\"}\n");
        }
        return rows.toString();
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void aTriggerIsFoundTrainedAwayAndProvedUnseen() throws IOException {
        Path model = folder.resolve("model");
        assertEquals(0, Running.of("train", train, "--out", model).code());
        Path probe = folder.resolve("probe");
        Running probed = Running.of("probe", model, "--inputs", test, "--out", probe, "--longest", 1);
        assertEquals(1, probed.code(), probed.err() + probed.out());
        assertTrue(probed.out().startsWith("This model has a trigger."), probed.out());
        JsonNode first = json(probe.resolve("probe.json")).path("suspects").path(0);
        assertEquals("zx", first.path("pieces").path(0).asText());
        assertEquals("trigger", first.path("verdict").asText());

        Path again = folder.resolve("again");
        Running planned = Running.of("retrain", "plan", train, "--probe", probe, "--out", again);
        assertEquals(0, planned.code(), planned.err());
        assertEquals(20, json(again.resolve("plan.json")).path("leftOut").size());
        Running recorded = Running.of("retrain", "record", again, "--before", model, "--fit", "--inputs", test);
        assertEquals(1, recorded.code(), recorded.err() + recorded.out());
        assertEquals(
                "fail", json(again.resolve("retraining.json")).path("state").asText());
        Running verified = Running.of("retrain", "verify", again);
        assertEquals(0, verified.code(), verified.err() + verified.out());
        assertTrue(verified.out().contains("20 rows not seen: proved."), verified.out());

        assertEquals(
                0,
                Running.of("probe", again, "--inputs", test, "--data", train, "--longest", 1, "--out", probe)
                        .code());

        Files.writeString(again.resolve("plan.json"), "\n", java.nio.file.StandardOpenOption.APPEND);
        assertEquals(5, Running.of("retrain", "verify", again).code());
    }

    @Test
    void bothLeaveARunInTheHistory() throws IOException {
        Map<String, String> environment =
                Map.of("BEZOAR_HISTORY", folder.resolve("history.db").toString());
        Path model = folder.resolve("model");
        assertEquals(0, Running.of("train", train, "--out", model).code());
        Path probe = folder.resolve("probe");
        Running probed =
                Running.in(environment, "probe", model, "--inputs", test, "--out", probe, "--longest", 1, "--seed", 5);
        assertEquals(1, probed.code(), probed.err());
        assertEquals("", probed.err());
        Path again = folder.resolve("again");
        assertEquals(
                0,
                Running.of("retrain", "plan", train, "--probe", probe, "--out", again)
                        .code());
        Running recorded =
                Running.in(environment, "retrain", "record", again, "--before", model, "--fit", "--inputs", test);
        assertEquals("", recorded.err());
        JsonNode runs = new ObjectMapper()
                .readTree(Running.in(environment, "runs", "list", "--json").out())
                .path("runs");
        assertEquals(2, runs.size(), runs.toString());
        JsonNode retraining = runs.path(0);
        JsonNode search = runs.path(1);
        assertEquals(
                "retraining fail",
                retraining.path("kind").asText() + " "
                        + retraining.path("state").asText());
        assertEquals(
                "probe trigger",
                search.path("kind").asText() + " " + search.path("state").asText());
        assertEquals(5, search.path("seed").asInt());
        assertEquals(Digest.of(train), search.path("data").asText(), search.toString());
        assertEquals(Digest.of(train), retraining.path("data").asText());
        assertEquals(
                Digest.of(model.resolve("model.bezoar")),
                search.path("modelDigest").asText());
        assertEquals(
                Digest.of(again.resolve("model.bezoar")),
                retraining.path("modelDigest").asText());
        assertFalse(runs.toString().contains("zx"), "a word of a row is in the history");
    }

    @Test
    void aRowThatShouldBeLeftOutIsNoticedInOtherData() throws IOException {
        Path model = folder.resolve("model");
        assertEquals(0, Running.of("train", train, "--out", model).code());
        Path probe = folder.resolve("probe");
        assertEquals(
                1,
                Running.of("probe", model, "--inputs", test, "--longest", 1, "--out", probe)
                        .code());
        Path again = folder.resolve("again");
        assertEquals(
                0,
                Running.of("retrain", "plan", train, "--probe", probe, "--out", again)
                        .code());
        Object[] record = {"retrain", "record", again, "--before", model, "--after", model, "--inputs", test};
        assertTrue(Running.of(record).code() <= 3);
        assertEquals(3, Running.of("retrain", "verify", again).code());
        Object[] on = java.util.Arrays.copyOf(record, record.length + 2);
        on[record.length] = "--trained-on";
        on[record.length + 1] = train;
        assertTrue(Running.of(on).code() <= 3);
        Running seen = Running.of("retrain", "verify", again);
        assertEquals(5, seen.code());
        assertTrue(seen.out().contains("20 rows that should be left out are in the data"), seen.out());
    }

    /// The pairs that are shipped, with made-up activations in which defection is a direction.
    @Test
    void defectionIsSeenFromInside() throws IOException {
        Path contrast = Path.of("../examples/defection/contrast.jsonl");
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(contrast)) {
            JsonNode json = new ObjectMapper().readTree(line);
            lines.append(line(json.path("id").asText(), json.path("defects").asBoolean(), "", random));
        }
        for (int i = 0; i < 300; i++) {
            lines.append(line("p" + i, i < 6, ",\"defects\":" + (i < 6), random));
        }
        Path activations = Running.write(folder, "activations.jsonl", lines.toString());
        Path out = folder.resolve("inside");
        Running ran = Running.of("probe", "--activations", activations, "--contrast", contrast, "--out", out);
        assertEquals(1, ran.code(), ran.err() + ran.out());
        assertTrue(ran.out().contains("16 of 16 pairs told apart"), ran.out());
        assertTrue(ran.out().contains("area under the curve 1.000"), ran.out());
        JsonNode json = json(out.resolve("defection.json"));
        assertEquals("fail", json.path("state").asText());
        assertTrue(json.path("prompts").path(5).path("standsOut").asBoolean());
        assertFalse(json.path("prompts").path(6).path("standsOut").asBoolean());
        assertEquals(2, Running.of("probe", "--activations", activations).code());
        assertEquals(
                2,
                Running.of("probe", "--command", "true", "--contrast", contrast).code());
    }

    private static String line(String id, boolean defects, String more, SplittableRandom random) {
        StringBuilder vector = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            vector.append(i == 0 ? "" : ",").append(random.nextGaussian() + (i == 3 ? (defects ? 6 : -6) : 0));
        }
        return "{\"id\":\"" + id + "\",\"vector\":[" + vector + "]" + more + "}\n";
    }

    @Test
    void badInputIsOneSentence() {
        for (Object[] words : new Object[][] {
            {"probe", folder.resolve("none")},
            {"probe", "--command", "true", "--inputs", test},
            {"retrain", "record", folder, "--before", "x", "--fit", "--inputs", test},
            {"retrain", "verify", folder},
            {"retrain", "plan", train, "--findings", folder.resolve("none"), "--out", folder.resolve("p")},
            {"retrain", "plan", train, "--probe", folder.resolve("none"), "--out", folder.resolve("p")},
            {
                "eval",
                folder.resolve("none.onnx"),
                "--suite",
                Running.write(folder, "s.yaml", "version: 1\nitems: test.jsonl\n")
            }
        }) {
            Running ran = Running.of(words);
            assertEquals(2, ran.code(), ran.err());
            assertEquals(1, ran.err().lines().count(), ran.err());
            assertTrue(ran.err().contains("expected "), ran.err());
        }
    }
}
