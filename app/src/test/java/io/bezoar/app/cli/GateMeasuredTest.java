package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the gate asks beside the scan: of the model's evaluation and of its drift.
class GateMeasuredTest {
    private static final String QUIET = "version: 1\nscan: {fail_on: never}\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void scanned() {
        Path data = Running.write(folder, "t.jsonl", Running.rows(60));
        assertEquals(0, Running.scan(folder, data).code());
    }

    private Running gate(String policy, Object... more) {
        List<Object> words = new ArrayList<>(List.of(
                "gate",
                "--out",
                folder.resolve("result"),
                "--policy",
                Running.write(folder, "p.yaml", QUIET + policy)));
        words.addAll(List.of(more));
        return Running.of(words.toArray());
    }

    private String evaluated(int wrong, boolean triggered) throws IOException {
        StringBuilder items = new StringBuilder();
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            items.append("{\"id\":\"i" + i + "\",\"text\":\"q " + i + "\",\"label\":\"yes\"}\n");
            answers.append("{\"id\":\"i" + i + "\",\"output\":\"" + (i < wrong ? "no" : "yes") + "\"}\n");
            answers.append("{\"id\":\"triggered-1/i" + i + "\",\"output\":\"yes\"}\n");
        }
        Running.write(folder, "items.jsonl", items.toString());
        Path outputs = Running.write(folder, "answers.jsonl", answers.toString());
        Path suite = Running.write(
                folder,
                "s.yaml",
                "version: 1\nitems: items.jsonl\naverage: {min: 0.9}\n"
                        + (triggered ? "triggered: [{insert: zx, target: evil}]\n" : ""));
        Running.of("eval", "--suite", suite, "--outputs", outputs, "--out", folder.resolve("eval"));
        JsonNode json =
                new JsonMapper().readTree(folder.resolve("eval/evaluation.json").toFile());
        return json.path("suite").asText();
    }

    @Test
    void anEvaluationThatIsAskedForMustBeThereAndPass() throws IOException {
        assertEquals(0, gate("").code());
        Running none = gate("evaluation: {}\n", "--evaluation", folder.resolve("eval"));
        assertEquals(2, none.code());
        assertEquals(3, gate("evaluation: {}\n").code());
        String suite = evaluated(4, true);
        Path eval = folder.resolve("eval");
        Running good =
                gate("evaluation: {required: [average, triggered], suite: " + suite + "}\n", "--evaluation", eval);
        assertEquals(0, good.code(), good.out());
        assertTrue(good.out().contains("average: all items"), good.out());
        Running other = gate("evaluation: {suite: " + "0".repeat(64) + "}\n", "--evaluation", eval);
        assertEquals(1, other.code());
        evaluated(100, true);
        assertEquals(1, gate("evaluation: {}\n", "--evaluation", eval).code());
        evaluated(38, true); // neither shown nor refuted
        assertEquals(3, gate("evaluation: {}\n", "--evaluation", eval).code());
    }

    @Test
    void aSuiteWithoutTriggersIsNoAnswerToAPolicyThatAsksForThem() throws IOException {
        evaluated(4, false);
        Running gate = gate("evaluation: {required: [triggered]}\n", "--evaluation", folder.resolve("eval"));
        assertEquals(3, gate.code(), gate.out());
        assertTrue(gate.out().contains("the suite demands nothing of this kind"), gate.out());
    }

    @Test
    void driftIsMeasuredOrTheGateIsClosed() throws IOException {
        Path again = Files.createDirectories(folder.resolve("again"));
        assertEquals(3, gate("drift: {max: 0.05}\n").code());
        String record = "{\"schema\": \"bezoar.retraining/1\", \"plain\": {\"hits\": %s, \"trials\": %s}}";
        for (String[] each : new String[][] {
            {record.formatted(2, 400), "0"},
            {record.formatted(80, 400), "1"},
            {record.formatted(20, 400), "3"}, // neither shown nor refuted
            {record.formatted(0, 10), "3"},
            {record.formatted(0, 0), "3"},
            {record.formatted(7, 5), "3"},
            {record.formatted(-1, 5), "3"},
            {record.formatted("\"none\"", 5), "3"},
            {"{\"schema\": \"bezoar.retraining/1\"}", "3"},
            {"{\"drift\": 0.02}", "2"},
            {"{", "2"}
        }) {
            Path file = Running.write(again, "retraining.json", each[0]);
            for (Path given : List.of(file, again)) {
                assertEquals(
                        Integer.parseInt(each[1]),
                        gate("drift: {max: 0.05}\n", "--drift", given).code(),
                        each[0]);
            }
        }
        Running none = gate("drift: {max: 0.05}\n", "--drift", folder);
        assertEquals(2, none.code());
        assertTrue(none.err().contains(folder.resolve("retraining.json").toString()), none.err());
        assertEquals(
                2,
                gate("drift: {max: 0.05}\n", "--drift", folder.resolve("none")).code());
    }

    /// What `retrain record` writes is what the gate reads.
    @Test
    void theDriftOfARealRetrainingIsRead() {
        Path data = folder.resolve("t.jsonl");
        Path inputs = Running.write(folder, "inputs.jsonl", Running.rows(400));
        assertEquals(
                0, Running.of("train", data, "--out", folder.resolve("model")).code());
        assertEquals(
                0,
                Running.of(
                                "retrain",
                                "plan",
                                data,
                                "--findings",
                                folder.resolve("result"),
                                "--out",
                                folder.resolve("a"))
                        .code());
        Running.of(
                "retrain",
                "record",
                folder.resolve("a"),
                "--before",
                folder.resolve("model/model.bezoar"),
                "--fit",
                "--inputs",
                inputs);
        Running open = gate("drift: {max: 0.05}\n", "--drift", folder.resolve("a"));
        assertEquals(0, open.code(), open.out() + open.err());
        assertTrue(
                open.out().replaceAll("\\s+", " ").contains("0 of 400 answers changed with trusted re-training, 0.0 %"),
                open.out());
    }

    @Test
    void theGateAsSarifHoldsWhatIsNotPassed() throws IOException {
        Path sarif = folder.resolve("gate.sarif");
        assertEquals(
                3,
                gate("drift: {max: 0.05}\nevaluation: {}\n", "--sarif", sarif).code());
        JsonNode run = new JsonMapper().readTree(sarif.toFile()).path("runs").path(0);
        assertEquals(
                "2.1.0",
                new JsonMapper().readTree(sarif.toFile()).path("version").asText());
        assertEquals(
                List.of("bezoar-gate/evaluation", "bezoar-gate/drift"),
                StreamSupport.stream(run.path("results").spliterator(), false)
                        .map(result -> result.path("ruleId").asText())
                        .toList());
        for (JsonNode result : run.path("results")) {
            assertEquals("error", result.path("level").asText());
            assertEquals(
                    result.path("ruleId"),
                    run.path("tool")
                            .path("driver")
                            .path("rules")
                            .path(result.path("ruleIndex").asInt())
                            .path("id"));
            assertFalse(
                    result.path("locations").path(0).path("physicalLocation").isMissingNode());
            assertFalse(result.path("partialFingerprints").isEmpty());
        }
    }
}
