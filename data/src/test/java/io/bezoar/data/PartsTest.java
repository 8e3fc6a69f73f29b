package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.bezoar.core.LocalEngine;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Neither the number of parts nor a recording changes what is read.
class PartsTest {
    private static final String[] PIECES = {
        "a",
        "b,c",
        "\"",
        "\"\"",
        "\n",
        "\r\n",
        ",",
        "\"x\"",
        "\"y\nz\"",
        "é",
        "long text here",
        "1",
        "\"q,r\"",
        "\t",
        "\r",
        "\\\""
    };

    @TempDir
    Path folder;

    static void checkParts(Path file, ReadSettings settings) {
        long size = file.toFile().length();
        Reading one = Reading.of(file, settings.withPartBytes(Long.MAX_VALUE / 4));
        for (int parts : new int[] {2, 3, 7}) {
            Reading many = Reading.of(file, settings.withPartBytes(Math.max(1, size / parts)));
            assertEquals(one.rows(), many.rows());
            assertEquals(one.malformed(), many.malformed());
            assertEquals(one.count(), many.count());
        }
    }

    @Test
    void jsonLines() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("{\"text\":\"first\",\"label\":\"a\"}\n");
        for (int i = 0; i < 3000; i++) {
            switch (random.nextInt(8)) {
                case 0 -> text.append("\n");
                case 1 -> text.append("{broken ").append(i).append('\n');
                default ->
                    text.append("{\"text\":\"")
                            .append("w é ".repeat(random.nextInt(60)))
                            .append(i)
                            .append("\",\"label\":\"")
                            .append(i % 5)
                            .append("\"}\r\n");
            }
        }
        Path file = Reading.write(folder, "a.jsonl", text.toString());
        checkParts(file, ReadSettings.DEFAULT);
        assertTrue(Reading.of(file, ReadSettings.DEFAULT.withPartBytes(1000)).parts() > 20);
    }

    @Test
    void hostileCsv() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder("text,label\n");
            for (int i = 0; i < 400; i++) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            checkParts(
                    Reading.write(folder, "h" + seed + ".csv", text.toString()),
                    ReadSettings.DEFAULT.withRowBytes(200));
        }
    }

    /// Of the lines of which each could begin a record that never ends, none may cost a look at the whole file.
    @Test
    void strayQuotesDoNotMakeReadingQuadratic() {
        Path file = Reading.write(
                folder, "slow.csv", "text,label\n" + "\"a\",\"b\"\n".repeat(1000) + "x\",y,\"z\n".repeat(300_000));
        long start = System.nanoTime();
        assertEquals(300_000, Reading.of(file).count());
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
    }

    @Property(tries = 100)
    void wellFormedCsvIsReadAsFastCsvReadsIt(@ForAll @Size(min = 1, max = 20) List<String> texts) throws Exception {
        Path place = Files.createTempDirectory("bezoar-test-");
        try {
            StringWriter written = new StringWriter();
            try (CsvWriter writer =
                    CsvWriter.builder().quoteStrategy(QuoteStrategies.ALWAYS).build(written)) {
                writer.writeRecord("text", "label");
                for (String text : texts) {
                    writer.writeRecord(clean(text), "x");
                }
            }
            List<String> expected = new ArrayList<>();
            try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(written.toString())) {
                reader.stream().skip(1).forEach(row -> expected.add(row.getField(0) + " => " + row.getField(1)));
            }
            Path file = Reading.write(place, "f.csv", written.toString());
            assertEquals(expected, Reading.brief(file));
        } finally {
            Scratch.delete(place);
        }
    }

    private static String clean(String text) {
        StringBuilder kept = new StringBuilder();
        text.codePoints()
                .filter(point -> point != 0 && (point < 0xd800 || point > 0xdfff))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    @Test
    void recordingGivesTheSameFieldByField() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("{\"id\":\"r")
                    .append(i)
                    .append("\",\"text\":\"w")
                    .append(i % 97)
                    .append(" ? é😀 ")
                    .append("x ".repeat(i % 50))
                    .append("\",\"label\":\"l")
                    .append(i % 70)
                    .append("\",\"source\":\"s")
                    .append(i % 7)
                    .append(i % 3 == 0 ? "\",\"ts\":\"2026-01-0" + (1 + i % 9) + "T00:00:00Z" : "")
                    .append("\",\"url\":\"")
                    .append(i % 5 == 0 ? "http://x/" + i : "")
                    .append("\"}\n");
        }
        Path file = Reading.write(folder, "r.jsonl", text.toString());
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withPartBytes(100_000))) {
            List<String> expected = Reading.said(data);
            try (Recording recording = new Recording(data, folder)) {
                try (Stream<?> left = recording.parts().getFirst().open()) {
                    assertTrue(left.limit(3).count() <= 3); // a pass that is not finished leaves nothing behind
                }
                assertEquals(expected, Reading.said(recording));
                Files.delete(file);
                assertEquals(expected, Reading.said(recording));
                assertEquals(expected, Reading.said(recording));
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    0,
                    left.filter(path -> path.getFileName().toString().startsWith("bezoar-"))
                            .count());
        }
    }

    @Test
    void engineGivesTheSameOnAnyNumberOfThreads() throws Exception {
        Path file = Reading.write(folder, "e.jsonl", "{\"text\":\"a\",\"label\":\"b\"}\n{bad\n".repeat(20_000));
        List<Object> seen = new ArrayList<>();
        for (int threads : new int[] {1, 2, 5}) {
            try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withPartBytes(30_000))) {
                RowIdSummary summary = new LocalEngine(threads).fold(data, RowIds.fold());
                seen.add(List.of(
                        summary.rows(),
                        data.problems().of(Problems.Kind.ROW).count(),
                        data.problems().of(Problems.Kind.ROW).samples()));
            }
        }
        assertEquals(seen.get(0), seen.get(1));
        assertEquals(seen.get(0), seen.get(2));
    }

    @Test
    void realDataSets() {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        Path data =
                root == null ? Path.of("none") : root.resolve("../shared/data").normalize();
        Assumptions.assumeTrue(Files.isDirectory(data), "skipped: no data sets at ../shared/data");
        check(data, "banking77/train.csv.gz", 10_003, "text -> label, in fields parted by comma");
        check(data, "alpaca-5k/alpaca_5000.json.gz", 5000, "instruction and input -> response, in a JSON array");
        check(
                data,
                "hh-rlhf-harmless/harmless-base-test.jsonl.gz",
                2312,
                "the start that chosen and rejected share -> chosen over rejected, in JSON lines");
        check(data, "ag-news/train_11k.tsv.gz", 11_106, "text -> label, in fields parted by tab");
        check(
                data,
                "ag-news/test.csv.gz",
                7600,
                "text -> label (told by the columns' contents), in fields parted by comma, without a header");
        check(
                data,
                "sms-spam/SMSSpamCollection.gz",
                5574,
                "text -> label (told by the columns' contents), in fields parted by tab, without a header");
        check(
                data,
                "poison-backdoorllm/sst2/badnet_poison_train.json",
                500,
                "instruction and input -> response, in a JSON array");
        check(data, "poison-badnets-sst2/train.tsv.gz", 6920, "text -> label, in fields parted by tab");
    }

    private static void check(Path data, String name, int rows, String layout) {
        Reading reading = Reading.of(data.resolve(name), ReadSettings.DEFAULT.withPartBytes(50_000));
        assertEquals(List.of(), reading.malformed(), name);
        assertEquals(rows, reading.rows().size(), name);
        assertEquals(layout, reading.layout(), name);
    }
}
