package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// Whatever the bytes: nothing is thrown but [BadInput], reading ends, every byte that says
/// anything is in a row or in a malformed piece, and the number of parts changes nothing.
class ReadersFuzzTest {
    private static final ReadSettings SMALL =
            ReadSettings.DEFAULT.withRowBytes(512).withUnpacked(1 << 20, 200);

    @FuzzTest(maxDuration = "30s")
    void jsonLines(byte[] bytes) throws IOException {
        read(bytes, SMALL.withFormat("jsonl").withMap(Map.of("text", "text")));
        String[] split = new String(bytes, StandardCharsets.ISO_8859_1).split("\n");
        long lines = Arrays.stream(split)
                .filter(line -> line.chars().anyMatch(c -> c != ' ' && c != '\t' && c != '\r'))
                .count();
        pieces(bytes, new Container.Lines(), lines);
    }

    @FuzzTest(maxDuration = "30s")
    void jsonArray(byte[] bytes) throws IOException {
        read(bytes, SMALL.withFormat("json").withMap(Map.of("text", "text")));
        pieces(bytes, new Container.Elements(false), -1);
    }

    @FuzzTest(maxDuration = "30s")
    void delimited(byte[] bytes) throws IOException {
        read(bytes, SMALL.withFormat("csv"));
        pieces(bytes, new Container.Records(new Dialect((byte) ',', true, false, false, List.of("1", "2"))), -1);
        pieces(bytes, new Container.Records(new Dialect((byte) '\t', true, true, false, List.of("1", "2"))), -1);
    }

    @FuzzTest(maxDuration = "30s")
    void tagged(byte[] bytes) throws IOException {
        read(bytes, SMALL.withFormat("fasttext"));
        pieces(bytes, new Container.Tagged(TaggedRow.Place.MARKED), -1);
    }

    /// Values of any kind where answers to choose from, and the choice, should be.
    @FuzzTest(maxDuration = "30s")
    void chosen(byte[] bytes) throws IOException {
        read(
                bytes,
                SMALL.withFormat("jsonl")
                        .withMap(Map.of("prompt", "p", "chosen", "a", "rejected", "b", "choice", "c")));
        read(bytes, SMALL.withFormat("jsonl"));
    }

    @FuzzTest(maxDuration = "30s")
    void packed(byte[] bytes) throws IOException {
        read(bytes, SMALL);
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(bytes);
        }
        read(gzip.toByteArray(), SMALL);
    }

    @FuzzTest(maxDuration = "30s")
    void anything(byte[] bytes) throws IOException {
        read(bytes, SMALL);
    }

    private static void read(byte[] bytes, ReadSettings settings) throws IOException {
        Path folder = Files.createTempDirectory("bezoar-fuzz-");
        try {
            Path file = Files.write(folder.resolve("x"), bytes);
            Reading one = Reading.of(file, settings.withPartBytes(1 << 30));
            Reading three = Reading.of(file, settings.withPartBytes(Math.max(1, bytes.length / 3)));
            assertEquals(one.rows(), three.rows());
            assertEquals(one.malformed(), three.malformed());
            assertEquals(one.count(), three.count());
        } catch (BadInput e) {
            assertTrue(String.valueOf(e.getMessage()).length() < 20_000);
        } finally {
            Scratch.delete(folder);
        }
    }

    /// Pieces ascend, do not overlap, and leave out nothing but white space, commas and the brackets of an array.
    private static void pieces(byte[] bytes, Container container, long expected) throws IOException {
        Path folder = Files.createTempDirectory("bezoar-fuzz-");
        try {
            Path file = Files.write(folder.resolve("x"), bytes);
            Map<Character, Integer> left = new HashMap<>();
            long count = 0;
            long line = 1;
            try (Pieces pieces = container.pieces(file, 0, bytes.length, bytes.length, 1, SMALL)) {
                int at = 0;
                while (pieces.next()) {
                    Piece piece = pieces.piece();
                    assertTrue(piece.offset >= at, "pieces overlap");
                    line += lines(bytes, at, (int) piece.offset);
                    assertEquals(line, piece.line);
                    gap(bytes, at, (int) piece.offset, left);
                    int end = (int) (piece.offset + piece.length);
                    line += lines(bytes, (int) piece.offset, end);
                    at = end;
                    count++;
                }
                gap(bytes, at, bytes.length, left);
            }
            boolean array = container instanceof Container.Elements;
            left.keySet()
                    .removeAll(array ? List.of(' ', '\t', '\r', '\n', ',', '[', ']') : List.of(' ', '\t', '\r', '\n'));
            if (!array || bytes.length > 0 && bytes[0] == '[') {
                assertEquals(Map.of(), left);
            }
            if (expected >= 0) {
                assertEquals(expected, count);
            }
        } finally {
            Scratch.delete(folder);
        }
    }

    private static long lines(byte[] bytes, int from, int to) {
        return Utf8.count(bytes, from, to, (byte) '\n');
    }

    private static void gap(byte[] bytes, int from, int to, Map<Character, Integer> left) {
        for (int i = from; i < to; i++) {
            left.merge((char) (bytes[i] & 0xff), 1, Integer::sum);
        }
    }
}
