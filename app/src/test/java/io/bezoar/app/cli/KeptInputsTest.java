package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No verb writes over what it reads, and none begins what it cannot write.
class KeptInputsTest {
    @TempDir
    private Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void write() {
        data = Running.write(folder, "data.jsonl", Running.rows(60));
    }

    private void keeps(Path file, String option, Object... words) throws IOException {
        byte[] before = Files.readAllBytes(file);
        Running run = Running.of(words);
        assertEquals(2, run.code(), run.out() + run.err());
        assertTrue(run.err().contains("name another with " + option), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertArrayEquals(before, Files.readAllBytes(file), List.of(words).toString());
    }

    @Test
    void aModelKeepsWhatItIsMadeFrom() throws IOException {
        Path model = folder.resolve("model");
        keeps(data, "--onnx", "train", data, "--out", model, "--onnx", data);
        assertFalse(Files.exists(model), "nothing is begun");
        assertEquals(0, Running.of("train", data, "--out", model).code());
        Path file = model.resolve(Train.FILE);
        keeps(file, "--onnx", "train", data, "--out", model, "--onnx", file);
        Path ids = Running.write(folder, "ids.txt", "a0\n");
        keeps(file, "--out", "unlearn", "--model", model, "--rows", ids, "--out", model);
        Path link = Files.createSymbolicLink(folder.resolve("link"), model);
        keeps(file, "--out", "unlearn", "--model", model, "--rows", ids, "--out", link);
        assertEquals(
                0,
                Running.of("unlearn", "--model", model, "--rows", ids, "--out", folder.resolve("less"))
                        .code());
    }

    @Test
    void aModelMayLieInAFolderOfData() {
        Path set = folder.resolve("set");
        assertEquals(
                0,
                Running.of("train", data, "--out", set, "--onnx", set.resolve("a.onnx"))
                        .code());
        Running.write(set, "data.jsonl", Running.rows(60));
        Running again = Running.of("train", set, "--out", set, "--onnx", set.resolve("a.onnx"));
        assertEquals(0, again.code(), again.err());
    }

    @Test
    void questionsAndSnapshotsKeepTheirSources() throws IOException {
        Path suite = Running.write(folder, "suite.yaml", "version: 1\nitems: data.jsonl\naverage: {min: 0.5}\n");
        keeps(data, "--emit", "eval", "--suite", suite, "--emit", data);
        keeps(suite, "--emit", "eval", "--suite", suite, "--emit", suite);
        Path crawl = Running.write(
                folder,
                "crawl.jsonl",
                "{\"url\":\"http://a.test/1\",\"text\":\"some words of a page that is long enough\"}\n");
        Path views = folder.resolve("b.views");
        String time = "2026-03-01T00:00:00Z";
        keeps(crawl, "--to", "crawl", "snapshot", crawl, "--seen-at", time, "--to", crawl);
        Running taken = Running.of("crawl", "snapshot", crawl, "--seen-at", time, "--to", views);
        assertEquals(0, taken.code(), taken.err());
        keeps(views, "--to", "crawl", "order", views, "--to", views);
    }

    @Test
    void runsReplaceOnlyRuns() throws IOException {
        Map<String, String> recorded =
                Map.of("BEZOAR_HISTORY", folder.resolve("history.db").toString());
        Path to = folder.resolve("runs.jsonl");
        Path suite = Running.write(folder, "suite.yaml", "version: 1\nitems: data.jsonl\naverage: {min: 0.5}\n");
        assertEquals(
                0, Running.of("train", data, "--out", folder.resolve("model")).code());
        Running.in(recorded, "eval", folder.resolve("model"), "--suite", suite, "--out", folder.resolve("e"));
        assertEquals(0, Running.in(recorded, "runs", "export", "--to", to).code());
        assertEquals(0, Running.in(recorded, "runs", "export", "--to", to).code(), "its own file may be replaced");
        byte[] before = Files.readAllBytes(data);
        Running run = Running.in(recorded, "runs", "export", "--to", data);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("which holds something else; name another with --to"), run.err());
        assertArrayEquals(before, Files.readAllBytes(data));
    }

    @Test
    void aFileIsNoFolderAndAFolderNoFile() throws IOException {
        Path file = Running.write(folder, "file", "x\n");
        assertEquals(
                0, Running.of("train", data, "--out", folder.resolve("model")).code());
        for (Object[] words : new Object[][] {
            {"attack", data, "--kind", "rare-word", "--rate", 0.1},
            {"audit", data},
            {"probe", folder.resolve("model"), "--inputs", data},
            {"retrain", "plan", data},
            {"value", data, "--test", data},
            {"train", data}
        }) {
            Object[] all = Arrays.copyOf(words, words.length + 2);
            all[words.length] = "--out";
            all[words.length + 1] = file;
            Running run = Running.of(all);
            assertEquals(2, run.code(), run.err());
            assertTrue(run.err().contains("expected a folder for the result, came \"" + file + "\""), run.err());
        }
        Running model = Running.of("train", data, "--out", folder.resolve("half"), "--onnx", folder);
        assertEquals(2, model.code());
        assertTrue(model.err().contains("which is a folder; name a file in it with --onnx"), model.err());
        assertFalse(Files.exists(folder.resolve("half")), "no half of a result");
        Running standards = Running.of("scan", data, "--standards", folder, "--out", folder.resolve("scan"));
        assertEquals(2, standards.code(), standards.err());
        assertTrue(
                standards.err().contains("expected a file of standards, came the folder " + folder), standards.err());
        Running nowhere = Running.of("scan", data, "--out=");
        assertEquals(2, nowhere.code(), nowhere.err());
        assertTrue(nowhere.err().contains("expected a path, came an empty one"), nowhere.err());
    }
}
