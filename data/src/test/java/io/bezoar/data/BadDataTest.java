package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong in a file is told in a whole sentence with its line, and the rest is read.
class BadDataTest {
    private static final String GOOD = "{\"text\":\"good\",\"label\":\"a\"}\n";

    @TempDir
    Path folder;

    private Reading lines(String... middle) {
        StringBuilder text = new StringBuilder(GOOD);
        for (String line : middle) {
            text.append(line).append('\n');
        }
        return Reading.of(Reading.write(folder, "x.jsonl", text + GOOD));
    }

    private void one(String line, String problem) {
        Reading reading = lines(line);
        assertEquals(List.of("2: " + problem), reading.problems());
        assertEquals(2, reading.rows().size());
    }

    @Test
    void malformedJson() {
        one(
                "{\"text\":\"a\",label}",
                "expected valid JSON, came at byte 12: Unexpected character ('l' (code 108)): was expecting"
                        + " double-quote to start field name");
        one(
                "{\"text\":\"a\"",
                "expected valid JSON, came at byte 11: Unexpected end-of-input: expected close marker for Object");
        one("\"text\"", "expected a JSON object, came a string");
        one("{\"text\":\"a\",\"label\":\"b\"} {}", "expected one JSON object, came more after it");
    }

    @Test
    void duplicateKeys() {
        one(
                "{\"text\":\"a\",\"label\":\"b\",\"text\":\"c\"}",
                "expected valid JSON, came at byte 30: Duplicate field 'text'");
    }

    @Test
    void missingAndNullFields() {
        one("{\"label\":\"b\"}", "expected a text in the column \"text\", came nothing");
        one("{\"text\":null,\"label\":\"b\"}", "expected a text in the column \"text\", came nothing");
        one("{\"text\":{\"a\":1},\"label\":\"b\"}", "expected text in the column \"text\", came an object");
        Reading unlabeled =
                lines("{\"text\":\"a\",\"label\":null}", "{\"text\":\"b\"}", "{\"text\":\"c\",\"label\":\" \"}");
        assertEquals(List.of(), unlabeled.problems());
        assertEquals(5, unlabeled.rows().size());
    }

    @Test
    void numbersAsText() {
        Path file = Reading.write(folder, "n.jsonl", "{\"text\":12.50,\"label\":3}\n{\"text\":\"b\",\"label\":true}\n");
        assertEquals(List.of("12.50 => 3", "b => true"), Reading.brief(file));
    }

    @Test
    void loneSurrogatesAndNul() {
        one("{\"text\":\"\\ud800 x\",\"label\":\"b\"}", "expected Unicode text, came half a surrogate pair");
        one("{\"text\":\"a\0b\",\"label\":\"b\"}", "expected text, came a NUL byte");
    }

    @Test
    void invalidUtf8() {
        byte[] bytes = (GOOD + "{\"text\":\"?\",\"label\":\"b\"}\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1);
        bytes[GOOD.length() + 9] = (byte) 0xe9;
        Reading reading = Reading.of(Reading.write(folder, "u.jsonl", bytes));
        assertEquals(List.of("2: expected UTF-8, came the byte 0xe9 at byte 9 of the row"), reading.problems());
        assertEquals(2, reading.rows().size());
    }

    @Test
    void depthAndHugeNumbers() {
        one(
                "{\"text\":\"a\",\"x\":" + "[".repeat(100) + "]".repeat(100) + "}",
                "expected JSON within bounds, came: Document nesting depth (65) exceeds the maximum allowed (64, from"
                        + " `StreamReadConstraints.getMaxNestingDepth()`)");
        assertEquals(1, lines("{\"text\":1" + "0".repeat(5000) + "}").count());
        assertEquals(0, lines("{\"text\":\"a\",\"x\":1e999999}").count());
    }

    @Test
    void longLineIsSkippedWithoutHoldingIt() throws IOException {
        Path file = folder.resolve("long.jsonl");
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'a');
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write((GOOD + "{\"text\":\"").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
            out.write(("\"}\n" + GOOD).getBytes(StandardCharsets.UTF_8));
        }
        Reading reading = Reading.of(file);
        assertEquals(List.of("2: expected a row of at most 16777216 bytes, came one of 104857611"), reading.problems());
        assertEquals(2, reading.rows().size());
        assertTrue(reading.malformed().getFirst().quote().length() <= 120);
    }

    @Test
    void byteOrderMarks() {
        String text = GOOD + "{\"text\":\"é😀\",\"label\":\"b\"}\n";
        List<String> expected = List.of("good => a", "é😀 => b");
        assertEquals(expected, Reading.brief(Reading.write(folder, "8.jsonl", "\ufeff" + text)));
        byte[] big = ("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE);
        assertEquals(expected, Reading.brief(Reading.write(folder, "16b.jsonl", big)));
        byte[] little = ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE);
        assertEquals(expected, Reading.brief(Reading.write(folder, "16l.jsonl", little)));
        Path unmarked = Reading.write(folder, "16.jsonl", text.getBytes(StandardCharsets.UTF_16LE));
        assertEquals(
                "expected UTF-8 in \"" + unmarked
                        + "\", came what looks like UTF-16 without a byte order mark; convert it to UTF-8",
                assertThrows(BadInput.class, () -> Reading.of(unmarked)).getMessage());
        byte[] half = Arrays.copyOf(big, big.length - 6); // ends inside the last row
        assertEquals(1, Reading.of(Reading.write(folder, "half.jsonl", half)).count());
    }

    @Test
    void emptyAndTiny() {
        Path empty = Reading.write(folder, "e.jsonl", "");
        assertEquals(
                "cannot read \"" + empty + "\": expected rows, came an empty file",
                assertThrows(BadInput.class, () -> Reading.of(empty)).getMessage());
        assertEquals(List.of("good => a"), Reading.brief(Reading.write(folder, "1.jsonl", GOOD.strip())));
        Path blank = Reading.write(folder, "b.jsonl", "\n  \n");
        assertEquals(
                "expected one JSON object a line, a JSON array or delimited fields in \"" + blank
                        + "\", but there are none",
                assertThrows(BadInput.class, () -> Reading.of(blank)).getMessage());
    }

    @Test
    void truncatedAndDamagedCompression() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append("text ")
                    .append(i * 7919 % 1000)
                    .append(",label")
                    .append(i % 3)
                    .append('\n');
        }
        byte[] plain = ("text,label\n" + text).getBytes(StandardCharsets.UTF_8);
        byte[] gzip = gzip(plain);
        Reading cut = Reading.of(Reading.write(folder, "t.csv.gz", Arrays.copyOf(gzip, gzip.length / 2)));
        assertEquals(1, cut.count());
        assertEquals(
                "expected a whole gzip file, but it ends early; what comes before is read",
                cut.malformed().getFirst().problem());
        assertEquals(cut.rows().size() + 2, cut.malformed().getFirst().line());
        assertTrue(cut.rows().size() > 100 && cut.rows().getLast().contains("=> label"));
        byte[] zstd = Zstd.compress(("text,label\n" + text.toString().repeat(10)).getBytes(StandardCharsets.UTF_8));
        Reading zcut = Reading.of(Reading.write(folder, "t.csv.zst", Arrays.copyOf(zstd, zstd.length - 3)));
        assertTrue(zcut.rows().size() > 5000);
        assertEquals(
                "expected a whole zstd file, but it ends early; what comes before is read",
                zcut.malformed().getFirst().problem());
        byte[] flipped = gzip.clone();
        flipped[gzip.length - 6] ^= 1;
        assertEquals(
                "expected a whole gzip file, but it is damaged: a checksum does not match; what comes before is read",
                Reading.of(Reading.write(folder, "f.csv.gz", flipped))
                        .malformed()
                        .getFirst()
                        .problem());
        byte[] trailing = join(gzip, "junk".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "expected a whole gzip file, but it goes on with bytes that are not gzip; what comes before is read",
                Reading.of(Reading.write(folder, "j.csv.gz", trailing))
                        .malformed()
                        .getFirst()
                        .problem());
        byte[] members = join(join(gzip, gzip("more,label1\n".getBytes(StandardCharsets.UTF_8))), new byte[512]);
        Reading two = Reading.of(Reading.write(folder, "m.csv.gz", members));
        assertEquals(List.of(), two.problems());
        assertEquals(2001, two.rows().size());
        byte[] frames = join(zstd, Zstd.compress("more,label1\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                20_001,
                Reading.of(Reading.write(folder, "m.csv.zst", frames)).rows().size());
    }

    @Test
    void otherFormatsAreNamed() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("x.jsonl"));
            out.write(GOOD.getBytes(StandardCharsets.UTF_8));
        }
        foreign(zip.toByteArray(), "a zip archive; unpack it and name the files in it");
        String pack = "; unpack it, or pack it with gzip or zstd";
        foreign("BZh91AY&SY, of rows", "a file packed by bzip2" + pack);
        foreign("BZh9\u0017rE8P\u0090\0\0\0\0", "a file packed by bzip2" + pack);
        foreign("\u00fd7zXZ\0\0, of rows", "a file packed by xz" + pack);
        foreign("\u0080\4, of rows", "a Python pickle; write its rows as Parquet or JSON lines");
        foreign("ARROW1\0\0, of rows", "a file of Arrow columns; write them as Parquet");
        foreign("\u00ff\u00ff\u00ff\u00ff, of rows", "a file of Arrow columns; write them as Parquet");
        Path text = Reading.write(folder, "z.csv", "text,label\nPK,a\nARROW1,b\nBZh9,a\n");
        assertEquals(3, Reading.of(text).rows().size());
    }

    private void foreign(String head, String what) throws IOException {
        foreign(head.getBytes(StandardCharsets.ISO_8859_1), what);
    }

    private void foreign(byte[] bytes, String what) throws IOException {
        for (byte[] stored : List.of(bytes, gzip(bytes))) {
            Path file = Reading.write(folder, "y.csv", stored);
            assertEquals(
                    "expected text in \"" + file + "\", came " + what,
                    assertThrows(BadInput.class, () -> Reading.of(file)).getMessage());
        }
    }

    @Test
    void bombIsBounded() throws IOException {
        byte[] line = GOOD.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 100_000; i++) {
                out.write(line);
            }
        }
        Path file = Reading.write(folder, "bomb.jsonl.gz", bomb.toByteArray());
        Reading reading = Reading.of(file, ReadSettings.DEFAULT.withUnpacked(1_000_000, 200));
        assertEquals(
                List.of((reading.rows().size() + 1)
                        + ": expected a whole gzip file, but it gives more than 1000000 bytes; what comes"
                        + " before is read"),
                reading.problems());
        assertTrue(reading.rows().size() > 30_000);
    }

    @Test
    void strayQuoteCostsOneRow() {
        Path file = Reading.write(
                folder,
                "q.csv",
                "text,label\n\"lost,a\nfine,b\n\"two\nlines\",c\nfive,six,seven\nalone\n\"x\"y,d\nlast,e\n");
        Reading reading = Reading.of(file);
        assertEquals(
                List.of(
                        "2: expected a delimiter or a line end after the closing quote, came text: a stray quote",
                        "6: expected 2 fields, came 3",
                        "7: expected 2 fields, came 1",
                        "8: expected a delimiter or a line end after the closing quote, came text: a stray quote"),
                reading.problems());
        assertEquals(List.of("fine => b", "two\nlines => c", "last => e"), Reading.brief(file));
        Path open = Reading.write(folder, "o.csv", "text,label\nfine,b\n\"never closed,a\n" + "more,c\n".repeat(3));
        assertEquals(
                List.of("3: expected a closing quote, came the end of the file"),
                Reading.of(open).problems());
        assertEquals(4, Reading.of(open).rows().size());
    }

    @Test
    void arrayGoesOnAfterBrokenElements() {
        Path file = Reading.write(
                folder,
                "a.json",
                "[\n"
                        + " {\"text\":\"a\",\"label\":\"x\"},\n"
                        + " {\"text\":\"b,\"label\":\"x\"},\n"
                        + " {\"text\":\"c\",\"label\":\"y\"},\n"
                        + " 17,\n"
                        + " {\"text\":\"d\" \"label\":1},\n"
                        + " {\"text\":\"e\",\"label\":\"x\"}\n");
        Reading reading = Reading.of(file);
        assertEquals(
                List.of(
                        "3: expected JSON, came the byte 0x62 between the strings",
                        "5: expected a JSON object, came a number",
                        "6: expected valid JSON, came at byte 12: Unexpected character ('\"' (code 34)): was expecting"
                                + " comma to separate Object entries",
                        "8: expected ] after the last element, came the end of the file"),
                reading.problems().stream().map(p -> p.replace("0x6c", "0x62")).toList());
        assertEquals(List.of("a => x", "c => y", "e => x"), Reading.brief(file));
    }

    /// What comes after the end is not read, and never passed over: the scan is incomplete.
    @Test
    void moreAfterTheEnd() {
        String rows = "[\n{\"text\":\"a\",\"label\":\"x\"}]";
        for (String more : List.of(GOOD.repeat(3), "x", "\n]", "\n\"[\"")) {
            Path file = Reading.write(folder, "m.json", "{\"data\":" + rows + "}" + more);
            assertEquals(List.of("a => x"), Reading.brief(file));
            assertEquals(
                    List.of((more.startsWith("\n") ? 3 : 2)
                            + ": expected the end of the file after the closing }, came more, which is not read"),
                    unread(file));
        }
        assertEquals(
                List.of("2: expected the end of the file after the closing ], came more, which is not read"),
                unread(Reading.write(folder, "m.json", rows + "{\"more\":" + rows + "}")));
        assertEquals(
                List.of("2: expected JSON of at most 64 levels, came a deeper one, which is not read"),
                unread(Reading.write(folder, "m.json", "{\"data\":" + rows + ",\"x\":" + "[".repeat(100) + "{}")));
        assertEquals(
                List.of("3: expected } after the last list, came the end of the file"),
                Reading.of(Reading.write(folder, "m.json", "{\"data\":" + rows + ",\"x\":\"" + rows))
                        .problems());
    }

    private static List<String> unread(Path file) {
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            Reading.said(data);
            assertEquals(0, data.problems().of(Problems.Kind.ROW).count());
            return data.problems().of(Problems.Kind.UNREAD).samples().stream()
                    .map(sample -> sample.line() + ": " + sample.problem())
                    .toList();
        }
    }

    @Test
    void unreadableFilesAndNames() throws IOException {
        Path missing = folder.resolve("none.jsonl");
        assertEquals(
                "expected a file, a folder or a glob, but there is no \"" + missing + "\"; check the path",
                assertThrows(BadInput.class, () -> Reading.of(missing)).getMessage());
        Path empty = Files.createDirectory(folder.resolve("sub"));
        assertEquals(
                "expected data files (csv, json, jsonl, ndjson, parquet, tsv, plain or .gz or .zst) in the folder \""
                        + empty + "\", but there is none; name a file",
                assertThrows(BadInput.class, () -> Reading.of(empty)).getMessage());
        Path classes = Files.createDirectories(folder.resolve("classes/pos"));
        Reading.write(classes, "1.txt", "a text");
        assertEquals(
                "expected data files (csv, json, jsonl, ndjson, parquet, tsv, plain or .gz or .zst) in the folder \""
                        + folder.resolve("classes") + "\", but there is none; name a file whose lines are rows, or"
                        + " where each file is one text and its folder the label, say so with --format folders",
                assertThrows(BadInput.class, () -> Reading.of(folder.resolve("classes")))
                        .getMessage());
        Path odd = Reading.write(folder, "odd.jsonl", "{\"foo\":1,\"bar\":2}\n");
        assertEquals(
                "expected columns known as text, label, instruction, prompt, response, messages, chosen, rejected or"
                        + " vector in \""
                        + odd + "\", came only foo, bar; say which is which with --map text=COLUMN,label=COLUMN",
                assertThrows(BadInput.class, () -> Reading.of(odd)).getMessage());
        ReadSettings wrong = ReadSettings.DEFAULT.withMap(java.util.Map.of("text", "baz"));
        assertEquals(
                "expected the column \"baz\" in \"" + odd + "\", came only foo, bar; check --map",
                assertThrows(BadInput.class, () -> Reading.of(odd, wrong)).getMessage());
    }

    @Test
    void oneObjectOverManyLines() {
        Path file = Reading.write(folder, "pretty.json", "{\n \"train\": [[\"a\", \"b\"]]\n}\n");
        assertEquals(
                "expected one JSON object a line, a JSON array or delimited fields in \"" + file
                        + "\", but there is no row among the first: expected valid JSON, came at byte 1: Unexpected"
                        + " end-of-input: expected close marker for Object",
                assertThrows(BadInput.class, () -> Reading.of(file)).getMessage());
    }

    @Test
    void filesWithoutPermissionAreToldAndTheRestIsRead() throws IOException {
        Reading.write(folder, "a.jsonl", GOOD);
        Path closed = Reading.write(folder, "b.jsonl", GOOD);
        Files.setPosixFilePermissions(closed, java.util.Set.of());
        org.junit.jupiter.api.Assumptions.assumeFalse(
                Files.isReadable(closed), "skipped: this user may read everything");
        Reading reading = Reading.of(folder);
        assertEquals(
                List.of("1: expected a file that can be read, came: no permission to read it"), reading.problems());
        assertEquals(1, reading.rows().size());
    }

    @Test
    void filesWhoseNamesAreNoTextAreToldAndTheRestIsRead() throws IOException, InterruptedException {
        Reading.write(folder, "a.jsonl", GOOD);
        Process shell = new ProcessBuilder("sh", "-c", "cp a.jsonl \"$(printf 'b\\377.jsonl')\"")
                .directory(folder.toFile())
                .start();
        org.junit.jupiter.api.Assumptions.assumeTrue(
                shell.waitFor() == 0 && !"ISO-8859-1".equals(System.getProperty("sun.jnu.encoding")),
                "skipped: here every name is a text");
        Reading reading = Reading.of(folder);
        assertEquals(
                List.of("1: expected a file that can be read, came: a name that is no text; check it, or the locale"
                        + " (LC_ALL=C.UTF-8)"),
                reading.problems());
        assertEquals(1, reading.rows().size());
    }

    @Test
    void timesOfAllKinds() {
        long expected = 1_700_000_000_000L;
        for (String time : List.of(
                "1700000000",
                "1700000000000",
                "1700000000.0",
                "1700000000000000000",
                "2023-11-14T22:13:20Z",
                "2023-11-14T22:13:20",
                "2023-11-14T22:13:20.000Z",
                "2023-11-14 22:13:20",
                "2023-11-14T23:13:20+01:00",
                "2023-11-14 22:13:20 UTC")) {
            assertEquals(expected, Times.millis(time), time);
        }
        assertEquals(1_699_920_000_000L, Times.millis("2023-11-14"));
        for (String none : List.of(
                "",
                "soon",
                "12-11-10",
                ".",
                "1.2.3",
                "9".repeat(39),
                "2023-13-45",
                "2023-02-29T00:00:00",
                "2023-02-28T24:00:00Z",
                "2023-02-28T23:00:0:Z")) {
            assertEquals(io.bezoar.core.Origin.NO_TIME, Times.millis(none), none);
        }
    }

    /// What Python writes for a number that is none is read, and says nothing in a column that is read.
    @Test
    void numbersThatAreNone() {
        Reading reading = Reading.of(Reading.write(folder, "nan.jsonl", """
                {"text":"a","score":NaN,"label":"x"}
                {"text":"b","score":[Infinity,-Infinity],"label":NaN}
                {"text":"c","label":["y",NaN]}
                {"text":NaN,"label":"z"}
                {"text":"d","label":"NaN","m":nan}
                """));
        assertEquals(List.of("a => x", "b", "c => y"), Reading.brief(folder.resolve("nan.jsonl")));
        assertEquals(5, reading.rows().size() + reading.problems().size());
        assertEquals(
                "4: expected a text in the column \"text\", came nothing",
                reading.problems().getFirst());
        assertEquals(
                List.of("1: expected numbers in the column \"vector\", came NaN"),
                Reading.of(Reading.write(
                                folder,
                                "vector.jsonl",
                                "{\"vector\":[1,NaN],\"label\":1}\n{\"vector\":[1,2],\"label\":1}\n"))
                        .problems());
    }

    @Test
    void standardInput() {
        ByteArrayInputStream in = new ByteArrayInputStream(GOOD.repeat(3).getBytes(StandardCharsets.UTF_8));
        try (DataSet data = DataSet.open(List.of("-"), ReadSettings.DEFAULT, in)) {
            assertEquals(3, Reading.said(data).size());
            assertEquals("-", data.files().getFirst().name());
            assertEquals(3L * GOOD.length(), data.files().getFirst().bytes());
            assertEquals(64, data.files().getFirst().sha256().length());
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
