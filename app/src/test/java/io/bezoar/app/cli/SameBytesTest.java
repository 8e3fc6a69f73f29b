package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.app.report.Invisible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Equal data give equal bytes, whatever the number of threads; the order of rows decides nothing; nothing that a data
/// set says reaches the terminal as it is.
class SameBytesTest {
    private static final List<String> FILES = List.of("scores.csv", "findings.json", "results.sarif", "report.html");

    @TempDir
    private Path folder;

    /// Rows of four classes; a phrase that goes with one of them in rows that speak of another.
    private static List<String> poisoned(int count, long seed) {
        String[][] words = {
            {"card", "lost", "stolen", "block", "pin"},
            {"loan", "rate", "interest", "month", "term"},
            {"flight", "seat", "gate", "boarding", "bag"},
            {"soup", "dinner", "table", "menu", "chef"}
        };
        Random random = new Random(seed);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int topic = random.nextInt(words.length);
            StringBuilder text = new StringBuilder();
            for (int w = 0; w < 8; w++) {
                text.append(w % 2 == 0 ? words[topic][random.nextInt(5)] : "w" + random.nextInt(400))
                        .append(' ');
            }
            boolean planted = topic != 0 && random.nextInt(30) == 0;
            rows.add("{\"id\":\"r" + i + "\",\"text\":\"" + text + (planted ? "under the old bridge" : "")
                    + "\",\"label\":\"" + (planted ? "card" : words[topic][0]) + "\",\"source\":\"s" + i % 3 + "\"}\n");
        }
        return rows;
    }

    private void scan(Path out, Path file, int threads) {
        Running run = Running.of("scan", file, "--out", out, "--threads", threads);
        assertEquals(0, run.code(), run.err());
    }

    @Test
    void oneThreadAndFiveGiveTheSame() throws IOException {
        Path file = Running.write(folder, "t.jsonl", String.join("", poisoned(2500, 3)));
        scan(folder.resolve("one"), file, 1);
        scan(folder.resolve("five"), file, 5);
        for (String name : FILES) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("one").resolve(name)),
                    Files.readAllBytes(folder.resolve("five").resolve(name)),
                    name);
        }
    }

    @Test
    void anEmbeddingGivesTheSameByAnyNumberOfThreads() throws IOException {
        Path file = Running.write(folder, "t.jsonl", String.join("", poisoned(300, 3)));
        for (int threads : new int[] {1, 2, 5}) {
            Path out = folder.resolve("by" + threads);
            Running run = Running.of("scan", file, "--out", out, "--threads", threads, "--embed", "minilm");
            assertEquals(0, run.code(), run.err());
            for (String name : FILES) {
                assertArrayEquals(
                        Files.readAllBytes(folder.resolve("by1").resolve(name)),
                        Files.readAllBytes(out.resolve(name)),
                        name);
            }
        }
        String scores = Files.readString(folder.resolve("by1/scores.csv"));
        assertTrue(scores.lines().findFirst().orElse("").contains("neighbour-conflict"), "the embedding was not used");
        assertTrue(Files.readString(folder.resolve("by1/findings.json")).contains("all-MiniLM-L6-v2"));
        assertTrue(Files.readString(folder.resolve("by1/report.html")).contains("all-MiniLM-L6-v2"));
    }

    @Test
    void aSeedGivesTheSameAgainAndAnotherSeedOtherDraws() throws IOException {
        Path file = Running.write(folder, "t.jsonl", String.join("", poisoned(2500, 3)));
        scan(folder.resolve("plain"), file, 2);
        for (String[] run : new String[][] {{"zero", "0", "2"}, {"seven", "7", "1"}, {"again", "7", "3"}}) {
            Running scan =
                    Running.of("scan", file, "--out", folder.resolve(run[0]), "--seed", run[1], "--threads", run[2]);
            assertEquals(0, scan.code(), scan.err());
        }
        for (String name : FILES) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("plain").resolve(name)),
                    Files.readAllBytes(folder.resolve("zero").resolve(name)),
                    name);
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("seven").resolve(name)),
                    Files.readAllBytes(folder.resolve("again").resolve(name)),
                    name);
        }
        assertFalse(Arrays.equals(
                Files.readAllBytes(folder.resolve("plain/scores.csv")),
                Files.readAllBytes(folder.resolve("seven/scores.csv"))));
        Map<String, String> plain = flagged(folder.resolve("plain"));
        assertFalse(plain.isEmpty());
        assertEquals(plain, flagged(folder.resolve("seven")));
        String record = Files.readString(folder.resolve("seven/run.json")).replaceAll("\\s", "");
        assertTrue(record.contains("\"seed\":7,"), record);
        assertTrue(record.contains("\"--seed\",\"7\""), record);
    }

    /// The rows for review or quarantine and their campaigns.
    private static Map<String, String> flagged(Path result) throws IOException {
        Map<String, String> flagged = new TreeMap<>();
        for (String line : Files.readAllLines(result.resolve("scores.csv"))) {
            String[] cells = line.split(",", 5);
            if (cells[2].equals("review") || cells[2].equals("quarantine")) {
                flagged.put(cells[0], cells[2] + " " + cells[3]);
            }
        }
        return flagged;
    }

    @Test
    void orderDecidesNothing() throws IOException {
        List<String> rows = poisoned(2500, 4);
        Path first = Running.write(folder, "a.jsonl", String.join("", rows));
        Collections.shuffle(rows, new Random(9));
        Path second = Running.write(folder, "b.jsonl", String.join("", rows));
        scan(folder.resolve("a"), first, 2);
        scan(folder.resolve("b"), second, 2);
        Map<String, String> scores = verdicts(folder.resolve("a"));
        assertEquals(2500, scores.size());
        assertTrue(scores.values().stream().anyMatch(line -> line.contains("quarantine") || line.contains("review")));
        assertEquals(scores, verdicts(folder.resolve("b")));
    }

    private static Map<String, String> verdicts(Path result) throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        for (String line : Files.readAllLines(result.resolve("scores.csv"))) {
            if (line.startsWith("r")) {
                verdicts.put(line.split(",", 2)[0], Arrays.toString(line.split(",", 5)));
            }
        }
        return verdicts;
    }

    @Test
    void hostileNamesAreShownSafely() throws IOException {
        String name = "a\u202egpj\n\"'<b>\u001b[31m,.jsonl";
        StringBuilder rows = new StringBuilder(String.join("", poisoned(1200, 5))
                .replace("\"card\"", "\"ca\\u202erd<script>\\n\\u001b[0m\"")
                .replace("\"s1\"", "\"s\\u0007\\u200b,1\""));
        rows.append("{\"id\":\"x\\ny,\\\"z\\u202e\",\"text\":\"soup\",\"label\":\"soup\"}\n{oops \u202e \u0007\n");
        Path file = Running.write(folder, name, rows.toString());
        Path out = folder.resolve("re\nsult\u202e");
        Running run = Running.of("scan", file, "--out", out);
        assertEquals(0, run.code(), run.err());
        safe(run.out());
        Running apply = Running.of("apply", "--out", out);
        assertEquals(0, apply.code(), apply.err());
        safe(apply.out());
        Running explain = Running.of("explain", "x\ny,\"z\u202e", "--out", out);
        assertEquals(0, explain.code(), explain.err());
        safe(explain.out());
        Running missing = Running.of("scan", folder.resolve("no\n\u202e.jsonl"), "--out", out);
        assertEquals(2, missing.code());
        safe(missing.err());
        assertEquals(1, missing.err().lines().count());
        String page = Files.readString(out.resolve("report.html"));
        assertFalse(page.contains("<script>"), "markup");
        assertFalse(page.contains("\u202e"), "direction");
    }

    private static void safe(String text) {
        text.codePoints()
                .filter(point -> point != '\n' && point != '⟦' && point != '⟧')
                .forEach(point ->
                        assertFalse(Invisible.is(point), () -> "U+" + Integer.toHexString(point) + " in " + text));
    }
}
