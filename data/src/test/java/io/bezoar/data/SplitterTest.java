package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.core.Action;
import io.bezoar.core.LocalEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept keeps its bytes, and nothing is lost.
class SplitterTest {
    @TempDir
    Path folder;

    private Splitter.Split split(Path file, String quarantined, String reviewed) {
        return Splitter.split(
                List.of(file.toString()),
                ReadSettings.DEFAULT,
                id -> quarantined.contains(id)
                        ? Action.QUARANTINE
                        : reviewed.contains(id) ? Action.REVIEW : Action.KEEP,
                folder.resolve("out"));
    }

    private String out(String name) throws IOException {
        return Files.readString(folder.resolve("out").resolve(name));
    }

    @Test
    void lines() throws IOException {
        Path file = Reading.write(
                folder,
                "t.jsonl",
                "\ufeff{\"id\":\"a\",\"text\" : \"1\"}\r\n\n"
                        + "{\"id\":\"b\",\"text\":\"2\"}\n"
                        + "{oops}\n"
                        + "{\"id\":\"c\",\"text\":\"3\"}\n"
                        + "{\"id\":\"d\",\"text\":\"4\"}");
        Splitter.Split split = split(file, "b", "c");
        assertEquals("\ufeff{\"id\":\"a\",\"text\" : \"1\"}\r\n\n{\"id\":\"d\",\"text\":\"4\"}", out("t.clean.jsonl"));
        assertEquals("\ufeff{\"id\":\"b\",\"text\":\"2\"}\n", out("t.quarantine.jsonl"));
        assertEquals("\ufeff{\"id\":\"c\",\"text\":\"3\"}\n", out("t.review.jsonl"));
        assertEquals("{oops}\n", out("t.malformed.jsonl"));
        assertEquals(
                List.of(2L, 1L, 1L, 1L, 4L),
                List.of(split.kept(), split.review(), split.quarantined(), split.malformed(), split.rows()));
        assertEquals(
                List.of("t.clean.jsonl", "t.review.jsonl", "t.quarantine.jsonl", "t.malformed.jsonl"),
                split.sets().stream().map(Splitter.Made::name).toList());
        assertTrue(split.sets().stream()
                .allMatch(made -> made.input().equals(file.toString())
                        && made.name().equals("t." + made.set() + ".jsonl")
                        && made.file().equals(Optional.of(folder.resolve("out").resolve(made.name())))));
        Path clean = Reading.write(folder, "u.jsonl", "{\"id\":\"a\",\"text\":\"1\"}\n\n");
        assertEquals(
                List.of("clean", "quarantine"),
                split(clean, "", "").sets().stream()
                        .filter(made -> made.file().isPresent())
                        .map(Splitter.Made::set)
                        .toList());
        assertArrayEquals(Files.readAllBytes(clean), Files.readAllBytes(folder.resolve("out/u.clean.jsonl")));
    }

    @Test
    void elements() throws IOException {
        String text = "[\n"
                + "  {\"id\":\"a\",\"text\":\"1\"},\n"
                + "  {\"id\":\"b\", \"text\":\"2\"},\n"
                + "  3,\n"
                + "  {\"id\":\"c\",\"text\":\"3\"}\n"
                + "]\n";
        Path file = Reading.write(folder, "t.json", text);
        Splitter.Split split = split(file, "a", "");
        assertEquals("[\n  {\"id\":\"b\", \"text\":\"2\"},\n  {\"id\":\"c\",\"text\":\"3\"}\n]\n", out("t.clean.json"));
        assertEquals("[\n  {\"id\":\"a\",\"text\":\"1\"}\n]\n", out("t.quarantine.json"));
        assertEquals("3\n", out("t.malformed.json"));
        assertEquals(List.of(2L, 1L, 1L), List.of(split.kept(), split.quarantined(), split.malformed()));
        split(file, "abc", "");
        assertEquals("[\n  \n]\n", out("t.clean.json"));
        Path open = Reading.write(folder, "open.json", "[{\"id\":\"a\",\"text\":\"1\"},{\"id\":\"b\",\"te");
        split(open, "", "");
        assertEquals("[{\"id\":\"a\",\"text\":\"1\"}\n]\n", out("open.clean.json"));
        assertEquals("{\"id\":\"b\",\"te\n", out("open.malformed.json"));
    }

    @Test
    void elementsInsideAnObject() throws IOException {
        String text =
                "{\"v\":1,\"data\":[{\"id\":\"a\",\"text\":\"1\"},\n{\"id\":\"b\",\"text\":\"2\"}],\"end\":true}\n";
        Path file = Reading.write(folder, "t.json", text);
        split(file, "a", "");
        assertEquals("{\"v\":1,\"data\":[{\"id\":\"b\",\"text\":\"2\"}],\"end\":true}\n", out("t.clean.json"));
        assertEquals("{\"v\":1,\"data\":[{\"id\":\"a\",\"text\":\"1\"}],\"end\":true}\n", out("t.quarantine.json"));
        split(file, "", "");
        assertEquals(text, out("t.clean.json"));
        Path open = Reading.write(folder, "open.json", "{\"data\":[{\"id\":\"a\",\"text\":\"1\"},{\"id\":\"b\",\"te");
        split(open, "", "");
        assertEquals("{\"data\":[{\"id\":\"a\",\"text\":\"1\"}\n]}\n", out("open.clean.json"));
    }

    /// A row stays in the list that it is of, and every list stays.
    @Test
    void elementsOfSeveralLists() throws IOException {
        String text =
                "{\"train\":[\n{\"id\":\"a\",\"text\":\"1\"},\n{\"id\":\"b\",\"text\":\"2\"}\n], \"n\":[1],\n\"test\":[\n"
                        + "{\"id\":\"c\",\"text\":\"3\"},\n{\"id\":\"d\",\"text\":\"4\"}\n],\"end\":true}\n";
        Path file = Reading.write(folder, "t.json", text);
        split(file, "ac", "");
        assertEquals(
                "{\"train\":[\n{\"id\":\"b\",\"text\":\"2\"}\n], \"n\":[1],\n\"test\":[\n{\"id\":\"d\",\"text\":\"4\"}\n"
                        + "],\"end\":true}\n",
                out("t.clean.json"));
        assertEquals(
                "{\"train\":[\n{\"id\":\"a\",\"text\":\"1\"}\n], \"n\":[1],\n\"test\":[\n{\"id\":\"c\",\"text\":\"3\"}\n"
                        + "],\"end\":true}\n",
                out("t.quarantine.json"));
        assertFalse(Files.exists(folder.resolve("out/t.review.json")));
        split(file, "", "ab");
        assertEquals(
                "{\"train\":[\n\n], \"n\":[1],\n\"test\":[\n{\"id\":\"c\",\"text\":\"3\"},\n{\"id\":\"d\",\"text\":\"4\"}\n"
                        + "],\"end\":true}\n",
                out("t.clean.json"));
        assertTrue(out("t.review.json").startsWith("{\"train\":[\n{\"id\":\"a\""));
        split(file, "", "");
        assertEquals(text, out("t.clean.json"));
        Path arrays = Reading.write(
                folder, "u.json", "[\n{\"id\":\"a\",\"text\":\"1\"}]\n[\n{\"id\":\"b\",\"text\":\"2\"}]\nmore {}\n");
        split(arrays, "a", "");
        assertEquals("[\n]\n[\n{\"id\":\"b\",\"text\":\"2\"}]\n", out("u.clean.json"));
        assertEquals("[\n{\"id\":\"a\",\"text\":\"1\"}]\n[\n]\n", out("u.quarantine.json"));
        assertEquals("more {}\n", out("u.malformed.json"));
    }

    @Test
    void recordsKeepHeaderAndCompression() throws IOException {
        String text = "id,text,label\r\na,\"x\r\n\"\"y\"\"\",1\r\nb,z,2\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Path file = Reading.write(folder, "t.csv.gz", bytes.toByteArray());
        split(file, "b", "");
        assertEquals("id,text,label\r\na,\"x\r\n\"\"y\"\"\",1\r\n", unzipped("t.clean.csv.gz"));
        assertEquals("id,text,label\r\nb,z,2\r\n", unzipped("t.quarantine.csv.gz"));
        split(file, "", "");
        assertEquals(text, unzipped("t.clean.csv.gz"));
    }

    private String unzipped(String name) throws IOException {
        try (GZIPInputStream in =
                new GZIPInputStream(Files.newInputStream(folder.resolve("out").resolve(name)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void equalNamesAndFailuresLeaveNothingHalf() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.createDirectories(folder.resolve("b"));
        Reading.write(folder.resolve("a"), "t.jsonl", "{\"text\":\"1\"}\n");
        Reading.write(folder.resolve("b"), "t.jsonl", "{\"text\":\"1\"}\n");
        Path out = folder.resolve("out");
        Splitter.split(
                List.of(folder.toString()),
                ReadSettings.DEFAULT,
                id -> id.endsWith("-2") ? Action.QUARANTINE : Action.KEEP,
                out);
        assertEquals("{\"text\":\"1\"}\n", out("t.clean.jsonl"));
        assertEquals("", out("t-2.clean.jsonl"));
        assertEquals("{\"text\":\"1\"}\n", out("t-2.quarantine.jsonl"));
        Path failing = folder.resolve("failing");
        assertThrows(
                IllegalStateException.class,
                () -> Splitter.split(
                        List.of(folder.resolve("a").toString()),
                        ReadSettings.DEFAULT,
                        id -> {
                            throw new IllegalStateException(id);
                        },
                        failing));
        try (var files = Files.list(failing)) {
            assertTrue(files.toList().isEmpty());
        }
    }

    /// Who is asked sees complete sets aside and nothing in the folder; if it says no, nothing is left there.
    @Test
    void whatIsCheckedLiesAside() throws IOException {
        Path file = Reading.write(folder, "c.jsonl", "{\"id\":\"a\",\"text\":\"1\"}\n{\"id\":\"b\",\"text\":\"2\"}\n");
        Path to = folder.resolve("asked");
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            RowIds ids = RowIds.of(new LocalEngine(1).fold(data, RowIds.fold()));
            assertThrows(
                    IllegalStateException.class,
                    () -> Splitter.split(
                            data,
                            ids,
                            id -> id.equals("b") ? Action.QUARANTINE : Action.KEEP,
                            split -> {
                                assertEquals(2, split.written().size());
                                for (Splitter.Made made : split.written()) {
                                    assertEquals(
                                            22,
                                            made.file().orElseThrow().toFile().length());
                                    assertFalse(Files.exists(to.resolve(made.name())));
                                }
                                throw new IllegalStateException("no");
                            },
                            to));
        }
        try (Stream<Path> left = Files.list(to)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
