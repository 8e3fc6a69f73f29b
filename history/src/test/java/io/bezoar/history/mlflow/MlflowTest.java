package io.bezoar.history.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.history.Entry;
import io.bezoar.history.Run;
import io.bezoar.history.RunText;
import io.bezoar.history.Subject;
import io.bezoar.history.Tally;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MlflowTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private TrackingStandIn standIn = new TrackingStandIn();

    @BeforeEach
    void start() throws IOException {
        standIn.start();
    }

    @AfterEach
    void stop() {
        standIn.stop();
    }

    private TrackingServer server() {
        return TrackingServer.of(standIn.address(), Map.of("MLFLOW_TRACKING_TOKEN", "s3cret"), LIMIT);
    }

    private static Entry entry(int number, int settings) {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < settings; i++) {
            many.put("setting " + i + " ä'", "value " + i);
        }
        Run run = new Run(
                "evaluation",
                "fail",
                Instant.ofEpochSecond(1_700_000_000L + number),
                3.5,
                "0.1",
                number,
                new Subject(
                        Optional.of("ab".repeat(32)),
                        Optional.of("mine"),
                        Optional.of("cd".repeat(32)),
                        Optional.of("ef".repeat(32))),
                many,
                Map.of("right", 0.75),
                List.of(new Tally.Share("average: all items", 75, 100, 0.9, true)),
                List.of(new Run.File("items.jsonl", "01".repeat(32))));
        return new Entry(number, RunText.id(run), "", run);
    }

    @Test
    void whatGoesOutComesBackAsItWas() throws IOException {
        List<Entry> entries = List.of(entry(1, 2), entry(2, 3));
        assertEquals(2, new MlflowExport(server(), "bezoar").write(entries));
        assertEquals(entries.stream().map(Entry::run).toList(), new MlflowImport(server(), "bezoar").read());
        assertEquals("Bearer s3cret", standIn.authorization());
    }

    @Test
    void aSecondExportAddsNothingAndOneThatWasCutOffGoesOn() throws IOException {
        standIn.failAfter(6); // within the second run
        assertThrows(
                IOException.class, () -> new MlflowExport(server(), "bezoar").write(List.of(entry(1, 1), entry(2, 1))));
        standIn.failAfter(Integer.MAX_VALUE);
        int before = standIn.runs();
        int written = new MlflowExport(server(), "bezoar").write(List.of(entry(1, 1), entry(2, 1), entry(3, 1)));
        assertEquals(3, standIn.runs());
        assertTrue(written >= 3 - before, "the missing ones are written: " + written);
        assertEquals(0, new MlflowExport(server(), "bezoar").write(List.of(entry(1, 1), entry(3, 1))));
        assertEquals(3, standIn.runs());
    }

    @Test
    void theServersLimitsAreKept() throws IOException {
        new MlflowExport(server(), "bezoar").write(List.of(entry(1, 350)));
        assertTrue(standIn.mostParameters() <= 100, "parameters in a batch: " + standIn.mostParameters());
        assertTrue(standIn.longestTag() <= 5_000, "characters in a tag: " + standIn.longestTag());
        assertTrue(standIn.keys().stream().allMatch(key -> key.matches("[A-Za-z0-9_. /-]{1,250}")));
        Run back = new MlflowImport(server(), "bezoar").read().getFirst();
        assertEquals("mlflow", back.kind()); // its content has no room in a tag
        assertEquals(Optional.of("ab".repeat(32)), back.subject().data());
        assertEquals(0.75, back.measures().get("right"));
        assertEquals(75.0, back.measures().get("average_ all items/hits"));
    }

    @Test
    void anotherToolsRunsAndEditedOnesAreTheirs() throws IOException {
        standIn.foreign("bezoar");
        new MlflowExport(server(), "bezoar").write(List.of(entry(1, 1)));
        standIn.edit("bezoar.content", "{\"schema\":\"bezoar.history/1\"}");
        List<Run> runs = new MlflowImport(server(), "bezoar").read();
        assertEquals(List.of("mlflow", "mlflow"), runs.stream().map(Run::kind).toList());
        assertEquals(Map.of("loss", 0.5), runs.getFirst().measures());
        assertEquals("0.1", runs.getFirst().settings().get("lr"));
    }

    @Test
    void troubleIsSaidWithoutTheKey() {
        standIn.failAfter(0);
        IOException trouble =
                assertThrows(IOException.class, () -> new MlflowExport(server(), "bezoar").write(List.of(entry(1, 1))));
        assertTrue(String.valueOf(trouble.getMessage()).contains("status 500"), trouble.getMessage());
        assertFalse(String.valueOf(trouble.getMessage()).contains("s3cret"));
        assertFalse(server().toString().contains("s3cret"));
        standIn.failAfter(Integer.MAX_VALUE);
        assertThrows(IllegalArgumentException.class, () -> new MlflowImport(server(), "none").read());
        for (String bad : List.of("ftp://a/", "http://ana:secret@localhost:5000", "nowhere")) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> TrackingServer.of(URI.create(bad), Map.of(), LIMIT));
            assertFalse(String.valueOf(refused.getMessage()).contains("secret"));
        }
        assertThrows(
                IOException.class,
                () -> new MlflowImport(TrackingServer.of(URI.create("http://127.0.0.1:1"), Map.of(), LIMIT), "bezoar")
                        .read());
    }
}
