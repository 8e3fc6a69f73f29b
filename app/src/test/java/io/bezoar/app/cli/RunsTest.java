package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every verb leaves in the history, and what `bezoar runs` makes of it.
class RunsTest {
    @TempDir
    private Path folder;

    private Path database() {
        return folder.resolve("history.db");
    }

    private Running run(Object... words) {
        return Running.in(Map.of("BEZOAR_HISTORY", database().toString()), words);
    }

    private JsonNode json(Object... words) throws IOException {
        Object[] all = java.util.Arrays.copyOf(words, words.length + 1);
        all[words.length] = "--json";
        Running run = run(all);
        assertEquals("", run.err());
        return new JsonMapper().readTree(run.out());
    }

    private Running scan(Object... more) throws IOException {
        Path data = Running.write(folder, "t.jsonl", Running.rows(40));
        Files.createDirectories(folder.resolve("temp"));
        List<Object> words = new java.util.ArrayList<>(List.of(
                "scan", data, "--out", folder.resolve("out"), "--temp", folder.resolve("temp"), "--threads", 2));
        words.addAll(List.of(more));
        return run(words.toArray());
    }

    private Running eval(String model, int items, int wrong, int from) throws IOException {
        StringBuilder asked = new StringBuilder();
        StringBuilder answers = new StringBuilder();
        for (int i = from; i < from + items; i++) {
            asked.append("{\"id\":\"i" + i + "\",\"text\":\"question " + i + "\",\"label\":\"yes\"}\n");
            answers.append("{\"id\":\"i" + i + "\",\"output\":\"" + (i < from + wrong ? "no" : "yes") + "\"}\n");
        }
        Running.write(folder, "items.jsonl", asked.toString());
        Path outputs = Running.write(folder, "answers.jsonl", answers.toString());
        Path suite = Running.write(folder, "s.yaml", "version: 1\nitems: items.jsonl\naverage: {min: 0.9}\n");
        Path prompt = Running.write(folder, "prompt.txt", "Answer as " + model);
        return run(
                "eval",
                "--suite",
                suite,
                "--outputs",
                outputs,
                "--out",
                folder.resolve(model),
                "--prompt-file",
                prompt);
    }

    @Test
    void everyVerbLeavesARunAndItsLabelsMove() throws IOException {
        assertEquals(0, scan().code());
        assertEquals(0, eval("one", 100, 1, 0).code());
        assertEquals(0, run("gate", "--out", folder.resolve("out")).code());
        assertEquals(
                0,
                run("compare", folder.resolve("one"), folder.resolve("one"), "--margin", 0.05)
                        .code());
        JsonNode runs = json("runs", "list").path("runs");
        assertEquals(
                List.of("comparison", "gate", "evaluation", "scan"),
                StreamSupport.stream(runs.spliterator(), false)
                        .map(each -> each.path("kind").asText())
                        .toList());
        assertEquals(64, runs.path(2).path("prompt").asText().length());
        assertEquals(
                runs.path(3).path("data").asText(), runs.path(1).path("data").asText());
        assertEquals(
                0,
                run("runs", "label", "production", "#2", "--reason", "first", "--by", "ana")
                        .code());
        assertEquals(
                "evaluation",
                json("runs", "show", "production").path("run").path("kind").asText());
        assertEquals(
                "ana",
                json("runs", "label", "production")
                        .path("moves")
                        .path(0)
                        .path("by")
                        .asText());
        assertEquals(4, json("runs", "verify").path("runs").asInt());
        assertTrue(run("runs", "compare", "#2", "production").out().contains("differ in nothing"));
        assertEquals(2, run("runs", "show", "nothing").code());
        assertEquals(2, run("runs", "label", "production", "#2").code());
    }

    @Test
    void theHistoryHoldsNoRow() throws IOException {
        scan();
        eval("one", 10, 1, 0);
        String bytes = new String(Files.readAllBytes(database()), java.nio.charset.StandardCharsets.ISO_8859_1);
        for (String row : List.of("my card number", "rate of loan", "question 3", "Answer as one")) {
            assertFalse(bytes.contains(row), row);
        }
    }

    @Test
    void aHistoryThatCannotBeWrittenNeverBreaksAScan() throws Exception {
        assertEquals(0, scan().code());
        try (Connection holder = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = holder.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            Running locked = scan();
            assertEquals(3, locked.code());
            assertTrue(locked.out().contains("Verdict"), locked.out());
            assertEquals(
                    "bezoar scan: the run is not in the history: expected to use the history at " + database()
                            + ", but another program holds it; try again\n",
                    locked.err());
            statement.execute("ROLLBACK");
            statement.execute("INSERT INTO bezoar_schema (installed_rank, version, description, type, script, checksum,"
                    + " installed_by, execution_time, success) VALUES (9, '9', 'x', 'SQL', 'V9__x.sql', 1, 'x', 1, 1)");
        }
        Running newer = scan();
        assertEquals(3, newer.code());
        assertTrue(newer.err().contains("found one of a newer version"), newer.err());
        assertEquals(2, run("runs", "list").code());
        // a place the user did not name does not change the exit code
        Path home = Running.write(folder, "home", "a file where a folder is needed");
        Running unnamed = Running.in(
                Map.of("XDG_DATA_HOME", home.toString()),
                "scan",
                folder.resolve("t.jsonl"),
                "--out",
                folder.resolve("out"),
                "--temp",
                folder.resolve("temp"));
        assertEquals(0, unnamed.code(), unnamed.err());
        assertTrue(unnamed.err().contains("the run is not in the history"), unnamed.err());
        // bad names are said before any work
        assertEquals(2, scan("--history", "jdbc:mysql://x/y").code());
        // whoever wants none gets none
        assertEquals(0, scan("--history", "none").code());
    }

    @Test
    void aChangedHistoryEndsWithFive() throws Exception {
        scan();
        eval("one", 10, 1, 0);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE bezoar_run SET state = 'clean' WHERE number = 2");
        }
        Running broken = run("runs", "verify");
        assertEquals(5, broken.code());
        assertTrue(broken.err().contains("run 2 does not fit"), broken.err());
    }

    @Test
    void whatMayShowAtMostIsWatchedAsThat() throws IOException {
        eval("clean", 400, 0, 0);
        Path suite = Running.write(folder, "b.yaml", """
            version: 1
            items: items.jsonl
            average: {min: 0.5}
            behaviours:
              - {kind: url, max: 0.1}
              - {kind: refusal, max: 0.1}
              - {kind: url, name: link, min: 0.9}
            """);
        Running judged = run(
                "eval", "--suite", suite, "--outputs", folder.resolve("answers.jsonl"), "--out", folder.resolve("b"));
        assertEquals(1, judged.code(), judged.err());
        List<String> alarms = StreamSupport.stream(
                        json("runs", "watch").path("monitors").spliterator(), false)
                .filter(each -> each.path("alarm").asBoolean())
                .map(each -> each.path("name").asText())
                .toList();
        assertEquals(List.of("required: link at least 0.9"), alarms);
    }

    @Test
    void watchRaisesAnAlarmWhenADemandBreaksAndCountsQuestionsOnce() throws IOException {
        for (int day = 0; day < 4; day++) {
            eval("good", 100, 9, 1000 * day);
        }
        assertEquals(0, run("runs", "watch").code());
        for (int day = 0; day < 4; day++) {
            eval("bad", 100, 25, 1000 * day + 500);
        }
        // answers made elsewhere have one name, so the second half speaks against it
        Running watched = run("runs", "watch");
        assertEquals(1, watched.code(), watched.out());
        assertTrue(watched.out().contains("ALARM"), watched.out());
        JsonNode monitor =
                json("runs", "watch", "--since", "1").path("monitors").path(0);
        assertEquals(800, monitor.path("items").asInt());
        eval("bad", 100, 25, 500);
        monitor = json("runs", "watch").path("monitors").path(0);
        assertEquals(800, monitor.path("items").asInt());
        assertEquals(1, monitor.path("repeated").asInt());
        assertEquals(
                900,
                json("runs", "watch", "--repeats")
                        .path("monitors")
                        .path(0)
                        .path("items")
                        .asInt());
    }

    @Test
    void exportAndImportGiveTheSameRuns() throws IOException {
        scan();
        eval("one", 10, 1, 0);
        Path file = folder.resolve("runs.jsonl");
        assertEquals(0, run("runs", "export", "--to", file).code());
        Path other = folder.resolve("other.db");
        assertTrue(
                run("runs", "import", "--from", file, "--history", other).out().contains("2 runs of 2"));
        assertTrue(
                run("runs", "import", "--from", file, "--history", other).out().contains("0 runs of 2"));
        assertEquals(
                json("runs", "verify").path("chain"),
                json("runs", "verify", "--history", other).path("chain"));
        Running.write(folder, "bad.jsonl", "{}\n");
        assertEquals(
                2,
                run("runs", "import", "--from", folder.resolve("bad.jsonl"), "--history", other)
                        .code());
    }
}
