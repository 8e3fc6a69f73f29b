package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bezoar.core.ScanResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever the data are like, a scan tells it in whole sentences, reads the rest and leaves no temporary file.
class BadInputTest {
    @TempDir
    private Path folder;

    @AfterEach
    void nothingTemporaryIsLeft() {
        if (Files.exists(folder.resolve("temp"))) {
            assertEquals(List.of(), Running.names(folder.resolve("temp")));
        }
    }

    /// A scan that ends well; its rows, and its malformed pieces as `line: problem`.
    private List<String> malformed(long rows, Path file) {
        Running run = Running.scan(folder, file);
        assertEquals("", run.err());
        assertEquals(0, run.code(), run.err());
        ScanResult.DataSet data = Running.result(folder).dataSet();
        assertEquals(rows, data.rows());
        assertEquals(0, data.unread());
        assertEquals(data.malformed(), data.malformedSamples().size());
        assertTrue(
                run.out()
                        .startsWith(
                                "Read         " + (rows == 1 ? "1 row" : rows + " rows") + " from 1 file, checked by "),
                run.out());
        return data.malformedSamples().stream()
                .map(piece -> piece.line() + ": " + piece.problem())
                .toList();
    }

    private void refused(String sentence, Path data, Path trusted) {
        Running run = Running.scan(folder, data, "--trusted", trusted);
        assertEquals("bezoar scan: " + sentence + "\n", run.err());
        assertEquals(2, run.code());
        assertFalse(Files.exists(folder.resolve("result/findings.json")));
    }

    @Test
    void aFileWithoutOneRowIsNoPass() {
        byte[] latin = "text,label\nd\u00e9j\u00e0 vu,a\nna\u00efve,b\n".getBytes(StandardCharsets.ISO_8859_1);
        Running run = Running.scan(folder, Running.write(folder, "latin.csv", latin));
        assertEquals(2, run.code());
        assertTrue(
                run.err().startsWith("bezoar scan: expected rows, came 2 malformed pieces and none; the first is \""),
                run.err());
        assertTrue(run.out().contains("This is not a pass."), run.out());
    }

    /// A head without rows, or a file without a byte: nothing was checked, so nothing passes.
    @Test
    void dataWithoutARowIsNoPass() throws IOException {
        Running run = Running.scan(folder, Running.write(folder, "none.csv", "text,label\n"));
        assertEquals(2, run.code(), run.out());
        assertEquals("bezoar scan: expected rows, came none: 1 file without a row; nothing was checked\n", run.err());
        assertTrue(run.out().replaceAll("\\s+", " ").contains("This is not a pass."), run.out());
        assertNoPass();
        assertEquals(1, gate().code());
        assertEquals(
                2, Running.scan(folder, Running.write(folder, "empty.csv", "")).code());
    }

    /// Rows on which no detector can run: the scan is incomplete and no policy opens the gate on it.
    @Test
    void dataThatNoDetectorLookedAtAreNoPass() throws IOException {
        Path data = Running.write(folder, "data.jsonl", Running.rows(60));
        Running run = Running.scan(folder, data, "--detector", "fixed-answers");
        assertEquals(3, run.code(), run.out());
        assertEquals(
                "bezoar scan: incomplete: expected data that a detector can run on, but none could (fixed-answers: the"
                        + " data have no answers in free text); nothing was checked; say with --map which column is"
                        + " what\n",
                run.err());
        assertNoPass();
        Path lax = Running.write(
                folder, "lax.yaml", "version: 1\nscan: {fail_on: never, min_coverage: 0, allow_incomplete: true}\n");
        for (Running gate : List.of(gate(), gate("--policy", lax))) {
            assertEquals(3, gate.code(), gate.out());
            assertTrue(gate.out().contains("detectors: no detector ran on these data: nothing was checked"));
            assertFalse(gate.out().contains("Gate open"), gate.out());
        }
        assertEquals(0, Running.scan(folder, data).code());
        assertEquals(0, gate().code(), "the same data, looked at");
    }

    private Running gate(Object... more) {
        List<Object> words = new ArrayList<>(List.of(
                "gate", "--out", folder.resolve("result"), "--decisions", folder.resolve("no-decisions.jsonl")));
        words.addAll(List.of(more));
        return Running.of(words.toArray());
    }

    private void assertNoPass() throws IOException {
        JsonNode invocation = new ObjectMapper()
                .readTree(folder.resolve("result/results.sarif").toFile())
                .at("/runs/0/invocations/0");
        assertFalse(invocation.path("executionSuccessful").asBoolean(true));
        JsonNode first = invocation.path("toolExecutionNotifications").path(0);
        assertEquals("error", first.path("level").asText());
        assertTrue(first.at("/message/text").asText().startsWith("Nothing was checked: "), first.toString());
    }

    @Test
    void trustedRowsThatCannotServe() {
        Path data = Running.write(folder, "data.jsonl", Running.rows(200));
        refused(
                "every row of the scanned set is in the trusted set, so nothing is left to judge; give --trusted other"
                        + " rows",
                data,
                data);
        refused(
                "the trusted set has 20 rows, but at least 50 are needed to measure others by; give more, or scan"
                        + " without --trusted",
                data,
                Running.write(folder, "few.jsonl", Running.rows(20)));
        Path empty = Running.write(folder, "empty.jsonl", "");
        refused("the trusted set: cannot read \"" + empty + "\": expected rows, came an empty file", data, empty);
        refused(
                "the trusted set holds texts, answers, the scanned set texts, labels; both must hold the same",
                data,
                Running.write(
                        folder,
                        "answers.jsonl",
                        Running.rows(60).replace("\"text\"", "\"prompt\"").replace("\"label\"", "\"response\"")));
    }

    @Test
    void trustedRowsMeasureTheOthers() throws IOException {
        Path data = Running.write(folder, "data.jsonl", Running.rows(200));
        Path trusted = Running.write(folder, "trusted.jsonl", Running.rows(80));
        Running run = Running.scan(folder, data, "--trusted", trusted);
        assertEquals("", run.err());
        assertEquals(0, run.code());
        List<String> lines = Files.readAllLines(folder.resolve("result/scores.csv"));
        assertTrue(lines.getFirst().contains(",label-conflict-p,"), lines.getFirst());
        assertTrue(lines.getFirst().endsWith(",e-value"), lines.getFirst());
        assertEquals(201, lines.size());
        assertTrue(Running.result(folder).remarks().stream()
                .anyMatch(remark -> remark.text().startsWith("80 trusted rows served as a measure; 80 scanned rows")));
    }

    @Test
    void piecesThatAreNoRows() {
        String wide = "{\"text\":\"" + "a".repeat(100) + "\",\"label\":\"card\"}\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("\ufeff" + Running.rows(20)).getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("{\"text\":\"never closed,\"label\":\"card\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("{\"text\":\"caf\u00e9\",\"label\":\"card\"}\n".getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes("{\"text\":\"a\0b\",\"label\":\"card\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("{\"text\":\"x\",\"text\":\"y\",\"label\":\"card\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("{\"label\":\"card\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("{\"text\":null,\"label\":\"card\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("{\"text\":17,\"label\":\"card\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("[1,2]\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(wide.getBytes(StandardCharsets.UTF_8));
        List<String> problems = malformed(22, Running.write(folder, "bad.jsonl", bytes.toByteArray()));
        assertEquals(
                "21: expected valid JSON, came at byte 22: Unexpected character ('l' (code 108)): was expecting comma"
                        + " to separate Object entries",
                problems.getFirst().replaceFirst("at byte \\d+", "at byte 22"));
        assertEquals(
                List.of(
                        "22: expected UTF-8, came the byte 0xe9 at byte 12 of the row",
                        "23: expected text, came a NUL byte"),
                problems.subList(1, 3));
        assertEquals(7, problems.size(), problems::toString);
        assertTrue(problems.get(3).startsWith("24: "), problems::toString);
        assertTrue(problems.get(4).startsWith("25: "), problems::toString);
        assertTrue(problems.get(5).startsWith("26: "), problems::toString);
        assertEquals("28: expected a text in the column \"text\", came nothing", problems.get(6));
    }

    @Test
    void otherEncodings() {
        assertEquals(
                List.of(),
                malformed(
                        20,
                        Running.write(
                                folder, "u.jsonl", ("\ufeff" + Running.rows(20)).getBytes(StandardCharsets.UTF_16LE))));
        String western = "text,label\n" + "“déjà vu”,card\nplain – and simple,loan\n".repeat(10);
        assertEquals(
                List.of(), malformed(20, Running.write(folder, "w.csv", western.getBytes(Charset.forName("cp1252")))));
        assertTrue(Running.result(folder).dataSet().layout().endsWith(", written in Windows-1252"));
        Path unmarked = Running.write(folder, "n.jsonl", Running.rows(20).getBytes(StandardCharsets.UTF_16BE));
        Running run = Running.scan(folder, unmarked);
        assertEquals(2, run.code());
        assertEquals(
                "bezoar scan: expected UTF-8 in \"" + unmarked
                        + "\", came what looks like UTF-16 without a byte order mark; convert it to UTF-8\n",
                run.err());
    }

    @Test
    void idsThatRepeat() {
        assertEquals(
                List.of(),
                malformed(
                        21,
                        Running.write(
                                folder,
                                "d.jsonl",
                                Running.rows(20) + "{\"id\":\"a0\",\"text\":\"x y\",\"label\":\"card\"}\n")));
        assertTrue(Running.result(folder).remarks().stream()
                .anyMatch(remark -> remark.text()
                        .equals("The data's own ids are not used: 1 of 21 rows has an id that an earlier row has.")));
    }

    @Test
    void oneLineOfAHundredMegabytes() throws IOException {
        Path file = folder.resolve("long.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(Running.rows(10).getBytes(StandardCharsets.UTF_8));
            out.write("{\"text\":\"".getBytes(StandardCharsets.UTF_8));
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
            out.write("\",\"label\":\"card\"}\n".getBytes(StandardCharsets.UTF_8));
            out.write(
                    Running.rows(10).replace("\"a", "\"c").replace("\"b", "\"d").getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(
                List.of("11: expected a row of at most 16777216 bytes, came one of 104857626"),
                malformed(20, file).stream()
                        .map(p -> p.replaceFirst("(came one of \\d+).*", "$1"))
                        .toList());
    }

    @Test
    void hardlyAnyData() {
        assertEquals(List.of(), malformed(1, Running.write(folder, "one.jsonl", Running.rows(1))));
        String oneClass = Running.rows(40).replace("loan\"}", "card\"}");
        assertEquals(List.of(), malformed(40, Running.write(folder, "class.jsonl", oneClass)));
        String equal = "{\"text\":\"the same\",\"label\":\"card\"}\n".repeat(50);
        assertEquals(List.of(), malformed(50, Running.write(folder, "equal.jsonl", equal)));
        String unlabelled = Running.rows(30).replace(",\"label\":\"loan\"", "");
        malformed(30, Running.write(folder, "half.jsonl", unlabelled));
        assertTrue(Running.result(folder).notChecked().stream()
                .anyMatch(reason -> reason.startsWith("15 rows without a target")));
        String texts = Running.rows(30).replaceAll(",\"label\":\"[a-z]+\"", "");
        malformed(30, Running.write(folder, "texts.jsonl", texts));
        assertTrue(Running.result(folder).notChecked().stream()
                .anyMatch(reason -> reason.contains("label-conflict")
                        && reason.endsWith(" did not run: the data have no class labels.")));
        String two = Running.rows(30).replaceAll(",\"label\":\"([a-z]+)\"", ",\"rude\":\"$1\",\"\u202eoff\":\"$1\"");
        malformed(30, Running.write(folder, "two.jsonl", two));
        assertEquals(
                "Labels were not looked at: which column holds them, if any, does not show (\"rude\","
                        + " \"⟦RLO⟧off\"). Say so with --map label=COLUMN, or label=ONE+TWO where each"
                        + " says 0 or 1 of its own label, and most detectors can work.",
                Running.result(folder).notChecked().getFirst());
    }

    @Test
    void nothingAtAll() {
        Path empty = Running.write(folder, "empty.jsonl", "");
        Running run = Running.scan(folder, empty);
        assertEquals(2, run.code());
        assertEquals("bezoar scan: cannot read \"" + empty + "\": expected rows, came an empty file\n", run.err());
        assertFalse(Files.exists(folder.resolve("result")));
        Running missing = Running.scan(folder, folder.resolve("none*.jsonl"));
        assertEquals(2, missing.code());
        assertEquals(
                "bezoar scan: expected files that match \"" + folder.resolve("none*.jsonl")
                        + "\", but there is none; check the glob\n",
                missing.err());
    }

    @Test
    void severalFilesOfWhichOneIsEmptyAndOneIsNoData() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Running.write(data, "a.jsonl", Running.rows(20));
        Running.write(data, "b.jsonl", "");
        Running.write(data, "c.bin", "PAR1");
        Running.write(data, "d.jsonl", Running.rows(20).replace("\"a", "\"c").replace("\"b", "\"d"));
        Running run = Running.scan(folder, data);
        assertEquals(0, run.code(), run.err());
        assertEquals(40, Running.result(folder).dataSet().rows());
        assertEquals(
                List.of(
                        "1 file was not read because of the name: " + data.resolve("c.bin") + ".",
                        "1 file was empty: " + data.resolve("b.jsonl") + "."),
                Running.result(folder).notChecked().subList(0, 2));
        assertEquals(20, scanned(data.resolve("[ab].jsonl")));
        assertEquals(40, scanned(data.resolve("a.jsonl"), data.resolve("d.jsonl"), data.resolve("a.jsonl")));
    }

    private long scanned(Object... files) {
        assertEquals(0, Running.scan(folder, files).code());
        return Running.result(folder).dataSet().rows();
    }

    @Test
    void standardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(Running.rows(20).getBytes(StandardCharsets.UTF_8)));
        try {
            assertEquals(20, scanned("-"));
        } finally {
            System.setIn(before);
        }
        Running apply = Running.of("apply", "--out", folder.resolve("result"));
        assertEquals(2, apply.code());
        assertEquals(
                "bezoar apply: expected the data that were scanned, which came from standard input; name them\n",
                apply.err());
    }

    @Test
    void archiveThatEndsEarlyIsIncomplete() throws IOException {
        byte[] whole = gzip(Running.rows(20_000));
        Path cut = Running.write(folder, "cut.jsonl.gz", Arrays.copyOf(whole, whole.length / 2));
        Running run = Running.scan(folder, cut);
        assertEquals(3, run.code());
        ScanResult.DataSet data = Running.result(folder).dataSet();
        assertTrue(data.rows() > 1000);
        assertEquals(1, data.unread());
        assertEquals(0, data.malformed());
        assertEquals(
                "bezoar scan: incomplete: \"" + cut + "\" from line " + (data.rows() + 1)
                        + ": expected a whole gzip file, but it ends early; what comes before is read\n",
                run.err());
        assertTrue(run.out().replaceAll("\\s+", " ").contains("incomplete: 1 file could not be read"), run.out());
        Running apply = Running.of("apply", "--out", folder.resolve("result"));
        assertEquals(3, apply.code());
        assertEquals(run.err().replace("scan", "apply"), apply.err());
    }

    @Test
    void fileThatMayNotBeReadIsIncomplete() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Running.write(data, "a.jsonl", Running.rows(20));
        // binary data: what cannot be opened as data, whoever runs the test
        Path odd = Running.write(data, "b.jsonl", new byte[4096]);
        Running run = Running.scan(folder, data);
        assertEquals(3, run.code());
        assertEquals(
                "bezoar scan: incomplete: expected text in \"" + odd
                        + "\", came binary data; name a file of JSON or of delimited fields\n",
                run.err()
                        .replace(
                                "came what looks like UTF-16 without a byte order mark; convert it to UTF-8",
                                "came binary data; name a file of JSON or of delimited fields"));
        assertEquals(20, Running.result(folder).dataSet().rows());
        assertEquals("", Running.result(folder).dataSet().files().get(1).sha256());
        Path closed = Files.createDirectory(data.resolve("closed"));
        Files.setPosixFilePermissions(closed, Set.of());
        Assumptions.assumeFalse(Files.isReadable(closed), "skipped: this user may read everything");
        Running two = Running.scan(folder, data);
        assertEquals(3, two.code());
        assertTrue(two.err().contains("expected a folder that may be read, came: no permission to read it"), two.err());
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /// What of the data is not read is told with names from the data, which are cut and cannot steer a terminal.
    @Test
    void whatIsNotReadIsTold() throws IOException {
        Path set = Files.createDirectories(folder.resolve("set"));
        Path old = Files.createDirectories(set.resolve("old"));
        Running.write(old, "findings.json", "{\"schema\": \"bezoar.findings/1\"}");
        String hostile = "\\u001b[31m" + "x".repeat(200);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 1010; i++) {
            rows.append("{\"id\":\"")
                    .append(i == 7 ? hostile : i == 9 ? hostile : "r" + i)
                    .append("\",\"text\":\"a row ");
            rows.append(i)
                    .append("\",\"label\":\"")
                    .append(i % 2)
                    .append("\",\"")
                    .append(hostile);
            rows.append("\":\"words of another column, ").append(i).append('"');
            rows.append(i < 1005 ? "" : ",\"intent\":\"late\"").append("}\n");
        }
        Path file = Running.write(set, "rows.jsonl", rows.toString());
        Running run = Running.scan(folder, set);
        assertEquals(0, run.code(), run.err());
        List<String> told = Running.result(folder).notChecked();
        String name = "\"\u27e6ESC\u27e7[31m";
        assertTrue(told.contains("1 folder was read without the results of a scan there: " + old + "."), told + "");
        assertTrue(
                told.contains(
                        "Not read, because the first rows do not have it: the column \"intent\" from line 1006 of \""
                                + file + "\". Say what it is with --map ROLE=COLUMN."),
                told + "");
        String columns = told.stream()
                .filter(said -> said.startsWith("Not read: "))
                .findFirst()
                .orElse("");
        assertTrue(columns.startsWith("Not read: the column " + name + "x"), columns);
        assertTrue(
                columns.endsWith("\", texts of 27 characters on average. Say what a column is with --map ROLE=COLUMN;"
                        + " input=COLUMN reads it with the text."),
                columns);
        String ids = told.stream()
                .filter(said -> said.startsWith("The data's own ids"))
                .findFirst()
                .orElse("");
        assertTrue(
                ids.startsWith("The data's own ids are not used: 1 of 1010 rows has an id that an earlier row has. The"
                        + " first is in line 10 of \"" + file + "\": " + name + "x"),
                ids);
        for (String sentence : told) {
            assertTrue(sentence.length() < 500, sentence);
            assertFalse(sentence.contains("\u001b"), sentence);
        }
    }
}
