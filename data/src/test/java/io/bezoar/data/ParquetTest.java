package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of another writer (Arrow C++ 25, in `src/test/resources/parquet`), whose rows stand beside them as it gives
/// them back, and what damage does to them.
class ParquetTest {
    @TempDir
    private Path folder;

    private Path file(String name) throws IOException {
        return Reading.write(folder, name, bytes(name));
    }

    private static byte[] bytes(String name) throws IOException {
        try (var in = ParquetTest.class.getResourceAsStream("/parquet/" + name)) {
            return java.util.Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static String lines(Path file) throws IOException {
        try (DataSet data =
                DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withMap(Map.of("text", "id")))) {
            return Files.readString(data.opened().bodies().getFirst().path());
        }
    }

    /// Every type, nested as it may be, in every codec, both versions of pages and every encoding.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "none-1",
                "none-2",
                "snappy-1",
                "snappy-2",
                "gzip-1",
                "gzip-2",
                "zstd-1",
                "zstd-2",
                "lz4-1",
                "lz4-2",
                "encodings-1",
                "encodings-2"
            })
    void everyWritingGivesTheSameRows(String name) throws IOException {
        assertEquals(
                new String(bytes("types.jsonl"), StandardCharsets.UTF_8), lines(file("types-" + name + ".parquet")));
    }

    @Test
    void layoutsAreRecognised() throws IOException {
        Reading labels = Reading.of(file("labels.parquet"));
        assertEquals("text -> label, in Parquet", labels.layout());
        assertEquals(60, labels.rows().size());
        assertEquals(List.of(), labels.problems());
        assertTrue(labels.rows().get(2).startsWith("3@"), () -> labels.rows().get(2));
        assertTrue(
                labels.rows()
                        .get(2)
                        .contains("where is my card 2 => card id=r2 source=vendor-c annotator=-"
                                + " time=2025-03-03T00:00:00Z"),
                () -> labels.rows().get(2));
        assertEquals(
                "summarise this\nthe cat sat >> a cat sat 0",
                Reading.brief(file("alpaca.parquet")).getFirst());
        assertEquals(
                "hello 1 >> good day 1", Reading.brief(file("chat.parquet")).get(1));
        assertEquals(
                "which? 1 >> better 1 > worse 1",
                Reading.brief(file("pairs.parquet")).get(1));
        try (DataSet data = DataSet.open(List.of(file("vectors.parquet").toString()), ReadSettings.DEFAULT)) {
            Part<Example> part = data.parts().getFirst();
            try (Stream<Example> rows = part.open()) {
                assertArrayEquals(
                        new float[] {0, 0.5f, -1},
                        rows.findFirst().orElseThrow().vector());
            }
        }
    }

    @Test
    void partsAndStandardInputChangeNothing() throws IOException {
        Path file = file("labels.parquet");
        Reading whole = Reading.of(file);
        assertEquals(
                whole.rows(),
                Reading.of(file, ReadSettings.DEFAULT.withPartBytes(100)).rows());
        try (DataSet data =
                DataSet.open(List.of("-"), ReadSettings.DEFAULT, new ByteArrayInputStream(bytes("labels.parquet")))) {
            assertEquals(whole.rows(), Reading.said(data));
            assertEquals(
                    data.files().getFirst().sha256(),
                    DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)
                            .files()
                            .getFirst()
                            .sha256());
        }
    }

    @Test
    void rowThatIsTooLongIsTold() throws IOException {
        Reading read = Reading.of(file("labels.parquet"), ReadSettings.DEFAULT.withRowBytes(130));
        assertEquals(60, read.rows().size() + read.count());
        assertEquals(
                "41: expected a row of at most 130 bytes, came one of 131",
                read.problems().getFirst());
    }

    /// Rows 0, 11, 22 and 33 have no messages, and so are none.
    @ParameterizedTest
    @ValueSource(strings = {"none-1", "snappy-2", "gzip-1", "zstd-2", "lz4-1", "encodings-2"})
    void splitKeepsEveryValueOfEveryRow(String codec) throws IOException {
        Path out = folder.resolve("out");
        Path file = file("types-" + codec + ".parquet");
        int[] asked = new int[1];
        Splitter.Split split = Splitter.split(
                List.of(file.toString()),
                ReadSettings.DEFAULT.withMap(Map.of("text", "id")),
                _ -> asked[0]++ == 5 ? Action.QUARANTINE : asked[0] == 8 ? Action.REVIEW : Action.KEEP,
                out);
        assertEquals(
                List.of(34L, 1L, 1L, 4L),
                List.of(split.kept(), split.review(), split.quarantined(), split.malformed()));
        List<String> all = new ArrayList<>(lines(file).lines().toList());
        String stem = "types-" + codec;
        assertEquals(all.get(6) + "\n", lines(out.resolve(stem + ".quarantine.parquet")));
        assertEquals(all.get(8) + "\n", lines(out.resolve(stem + ".review.parquet")));
        List<String> aside = List.of(all.get(0), all.get(11), all.get(22), all.get(33));
        assertEquals(
                aside, lines(out.resolve(stem + ".malformed.parquet")).lines().toList());
        all.removeAll(aside);
        all.remove(7);
        all.remove(5);
        assertEquals(all, lines(out.resolve(stem + ".clean.parquet")).lines().toList());
    }

    @Test
    void whatIsNoWholeFileIsASentence() throws IOException {
        byte[] whole = bytes("labels.parquet");
        Path cut = Reading.write(folder, "cut.parquet", Arrays.copyOf(whole, whole.length - 20));
        assertEquals(
                "expected a whole Parquet file, but it ends early: a Parquet file has its columns at its end; get it"
                        + " anew",
                reason(cut).replaceFirst("cannot read \"[^\"]*\": ", ""));
        byte[] encrypted = whole.clone();
        encrypted[whole.length - 1] = 'E';
        assertEquals(
                "expected a whole Parquet file, but it is encrypted; decrypt it first",
                reason(Reading.write(folder, "e.parquet", encrypted)).replaceFirst("cannot read \"[^\"]*\": ", ""));
        assertEquals(
                "expected a whole Parquet file, but it is compressed with BROTLI, which is not read; write it anew"
                        + " with zstd, snappy, gzip or without compression",
                reason(file("brotli.parquet")).replaceFirst("cannot read \"[^\"]*\": ", ""));
        Path text = Reading.write(folder, "t.jsonl", "{\"text\":\"a\"}\n");
        assertEquals(
                "expected a Parquet file, but \"" + text + "\" does not begin like one; leave --format out",
                assertThrows(BadInput.class, () -> Reading.of(text, ReadSettings.DEFAULT.withFormat("parquet")))
                        .getMessage());
    }

    private static String reason(Path file) {
        return String.valueOf(
                assertThrows(BadInput.class, () -> Reading.of(file)).getMessage());
    }

    /// One wrong byte, anywhere: rows or a sentence, in bounded memory, and rows before the damage stay.
    @ParameterizedTest
    @ValueSource(
            strings = {"labels.parquet", "types-none-1.parquet", "types-encodings-2.parquet", "types-snappy-2.parquet"})
    void wrongBytesAreRowsOrASentence(String name) throws IOException {
        byte[] whole = bytes(name);
        SplittableRandom random = new SplittableRandom(7);
        ReadSettings small = ReadSettings.DEFAULT
                .withRowBytes(1 << 16)
                .withUnpacked(1 << 22, 200)
                .withMap(Map.of("text", "id"));
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            int changes = 1 + random.nextInt(3);
            for (int c = 0; c < changes; c++) {
                int at = random.nextBoolean() ? random.nextInt(whole.length) : whole.length - 1 - random.nextInt(600);
                damaged[at] = (byte) random.nextInt(256);
            }
            Path file = Reading.write(folder, "damaged.parquet", damaged);
            try {
                Reading.of(file, small);
            } catch (BadInput e) {
                assertTrue(String.valueOf(e.getMessage()).length() < 20_000);
            }
        }
    }

    /// The checksum tells which rows are whole.
    @Test
    void damageInTheMiddleKeepsTheRowsBefore() throws IOException {
        byte[] damaged = bytes("groups.parquet");
        damaged[damaged.length / 2] ^= 1;
        Reading read = Reading.of(Reading.write(folder, "g.parquet", damaged));
        assertTrue(
                read.rows().size() >= 100 && read.rows().size() < 400,
                () -> read.rows().size() + " rows");
        assertTrue(
                read.problems().getFirst().contains("whose checksum is wrong; what comes before is read"),
                () -> read.problems().toString());
    }
}
