package io.bezoar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Part;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.core.ScanResult.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Folders in which every file is one text and the folder around it the label.
class TextFolderTest {
    private static final ReadSettings FOLDERS = ReadSettings.DEFAULT.withFormat("folders");

    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void root() throws IOException {
        root = Files.createDirectory(temp.resolve("reviews"));
    }

    private Path file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, byte[] bytes) {
        try {
            Path file = root.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path parent(Path file) {
        return file.toAbsolutePath().resolve("..").normalize();
    }

    /// What was read: `id: input => label`, and what was not, by kind.
    private record Read(List<String> rows, Map<Problems.Kind, List<Malformed>> problems, List<DataFile> files) {
        static Read of(ReadSettings settings, Path... paths) {
            try (DataSet data =
                    DataSet.open(Stream.of(paths).map(Path::toString).toList(), settings)) {
                List<String> rows = new ArrayList<>();
                for (Part<Example> part : data.parts()) {
                    try (Stream<Example> examples = part.open()) {
                        examples.forEachOrdered(
                                example -> rows.add(example.declaredId().orElse("-") + ": " + Reading.brief(example)));
                    }
                }
                Map<Problems.Kind, List<Malformed>> problems = new TreeMap<>();
                for (Problems.Kind kind : Problems.Kind.values()) {
                    Problems.Some some = data.problems().of(kind);
                    assertEquals(some.count(), some.samples().size());
                    if (some.count() > 0) {
                        problems.put(kind, some.samples());
                    }
                }
                return new Read(rows, problems, data.files());
            }
        }

        List<String> names(Problems.Kind kind) {
            return problems.getOrDefault(kind, List.of()).stream()
                    .map(Malformed::file)
                    .toList();
        }
    }

    @Test
    void filesAreTextsAndTheirFoldersLabels() {
        file("train/pos/2.txt", "a good film\nreally\n");
        file("train/pos/10.txt", "\"fine\" \\ \t \u0001 \u00e9 \ud83d\ude00");
        file("train/neg/1.txt", "a bad one");
        file("train/unsup/7.txt", "nobody knows");
        file("test/neg/1.txt", "");
        file("test/pos/1.txt", "\r\n");
        Read read = Read.of(ReadSettings.DEFAULT, root);
        assertEquals(
                List.of(
                        "test/neg/1.txt:  => neg",
                        "test/pos/1.txt: \r\n => pos",
                        "train/neg/1.txt: a bad one => neg",
                        "train/pos/10.txt: \"fine\" \\ \t \u0001 \u00e9 \ud83d\ude00 => pos",
                        "train/pos/2.txt: a good film\nreally\n => pos",
                        "train/unsup/7.txt: nobody knows"),
                read.rows());
        assertEquals(Map.of(), read.problems());
        Reading reading = Reading.of(root);
        assertEquals("text -> label, in files of one text each, in folders named by label", reading.layout());
        assertEquals(
                reading.rows(),
                Reading.of(root, ReadSettings.DEFAULT.withPartBytes(1)).rows());
        assertTrue(reading.rows().getFirst().startsWith("1@0+"), reading.rows()::toString);
    }

    @Test
    void orderIsThatOfPathsAndFilesNeedNoEnding() {
        for (String name : List.of("b/1", "b/10", "b/9", "b-c/3", "a/z", "a/B")) {
            file(name, name);
        }
        assertEquals(
                List.of("a/B", "a/z", "b-c/3", "b/1", "b/10", "b/9"),
                Read.of(ReadSettings.DEFAULT, root).rows().stream()
                        .map(row -> row.substring(0, row.indexOf(':')))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pos/1.txt pos/2.txt|", // one label
                "train/pos/1.txt test/pos/1.txt|", // one label in two parts
                "train/1.txt test/2.txt|", // parts, and no labels
                "pos/1.txt neg/1.txt test/1.txt|", // labels beside a part
                "1.txt 2.txt|", // no folders
                "pos/1.txt neg/1.txt neg/a.py|", // folders of something else
                "src/Main.java docs/a.txt|",
                "pos/.1.txt .neg/1.txt|", // hidden
                "pos/1.txt neg/1.txt rows.jsonl|{\"text\":\"a\",\"label\":\"b\"}",
                "pos/1.txt neg/1.txt pos/deep/rows.csv|text,label\\na,b"
            })
    void whatDoesNotShowIsNotGuessedAt(String names, @org.jspecify.annotations.Nullable String data) {
        for (String name : names.split(" ")) {
            file(name, data == null || name.endsWith("txt") ? "a text" : data.replace("\\n", "\n"));
        }
        if (data == null) {
            String message =
                    assertThrows(BadInput.class, () -> Reading.of(root)).getMessage();
            assertTrue(
                    message.startsWith(
                            "expected data files (csv, json, jsonl, ndjson, parquet, tsv, plain or .gz or .zst)"
                                    + " in the folder \"" + root + "\", but there is none; name a file"),
                    message);
        } else {
            Read read = Read.of(ReadSettings.DEFAULT, root);
            assertEquals(List.of("-: a => b"), read.rows());
            assertEquals(2, read.names(Problems.Kind.SKIPPED).size());
        }
    }

    @Test
    void programsAndManyTextsBesideFoldersAreNoLabels() {
        file("bin/cat", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3});
        file("etc/hosts", "a text");
        file("lib/words", "a text");
        assertThrows(BadInput.class, () -> Reading.of(root));
        assertEquals(2, Read.of(FOLDERS, root).rows().size());
        file("bin/cat", "a text");
        assertEquals(3, Read.of(ReadSettings.DEFAULT, root).rows().size());
        for (int i = 0; i < 16; i++) {
            file("beside-" + i + ".txt", "a text");
        }
        Read read = Read.of(ReadSettings.DEFAULT, root);
        assertEquals(3, read.rows().size());
        assertEquals(16, read.names(Problems.Kind.BESIDE).size());
        file("beside-17.txt", "a text");
        assertThrows(BadInput.class, () -> Reading.of(root));
    }

    @Test
    void whatLiesBesideIsTold() {
        file("train/pos/1.txt", "good");
        file("train/neg/1.txt", "bad");
        Path urls = file("train/urls.txt", "http://example.org");
        Path features = file("train/bow.feat", "1:2");
        Path picture = file("pictures/a.png", "none");
        Read read = Read.of(ReadSettings.DEFAULT, root);
        assertEquals(2, read.rows().size());
        assertEquals(List.of(features.toString(), urls.toString()), read.names(Problems.Kind.BESIDE));
        assertEquals(List.of(picture.toString()), read.names(Problems.Kind.SKIPPED));
        assertEquals(2, read.problems().size());
    }

    @Test
    void withTheFormatEveryFileIsAText() {
        file("pos/0001.7c53", "good");
        file("pos/more/a.b.c", "deep");
        file("pos/.hidden", "no");
        file("rows.jsonl", "{}");
        assertEquals(
                List.of(
                        "pos/0001.7c53: good => pos",
                        "pos/more/a.b.c: deep => more",
                        "reviews/rows.jsonl: {} => reviews"),
                Read.of(FOLDERS, root).rows());
        assertEquals(
                List.of("pos/0001.7c53: good => pos", "more/a.b.c: deep => more"),
                Stream.of("pos", "pos/more")
                        .map(name -> Read.of(FOLDERS, root.resolve(name)).rows().getFirst())
                        .toList());
        Path one = root.resolve("rows.jsonl");
        assertEquals(
                "expected a folder whose files are one text each, came \"" + one
                        + "\", which is none; name the folder, or leave --format out",
                assertThrows(BadInput.class, () -> Reading.of(one, FOLDERS)).getMessage());
    }

    @Test
    void severalFoldersAndFilesAreOneDataSet() {
        file("train/pos/1.txt", "good");
        file("train/neg/1.txt", "bad");
        file("test/pos/1.txt", "fine");
        file("test/neg/1.txt", "foul");
        Path rows = Reading.write(temp, "rows.jsonl", "{\"sentence\":\"so so\",\"intent\":\"pos\"}\n");
        Read read = Read.of(ReadSettings.DEFAULT, root.resolve("train"), rows, root.resolve("test"));
        assertEquals(
                List.of(
                        "neg/1.txt: bad => neg",
                        "pos/1.txt: good => pos",
                        "-: so so => pos",
                        "neg/1.txt: foul => neg",
                        "pos/1.txt: fine => pos"),
                read.rows());
        assertEquals(
                List.of(root.resolve("train") + "/", rows.toString(), root.resolve("test") + "/"),
                read.files().stream().map(DataFile::name).toList());
        assertEquals(
                4,
                Read.of(ReadSettings.DEFAULT, root.resolve("train"), root, root.resolve("test"))
                        .rows()
                        .size());
    }

    @Test
    void badBytesAreTold() throws IOException {
        file("neg/1.txt", "bad");
        file("pos/1.txt", "good");
        Path latin = file("neg/latin.txt", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        Path nul = file("neg/nul.txt", "a\0b");
        Path binary = file("pos/picture", new byte[100]);
        file("pos/marked.txt", "\ufeffmarked");
        file("pos/wide.txt", "\ufeffw\u00efde".getBytes(StandardCharsets.UTF_16LE));
        Path half = file("pos/x-half.txt", new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xd8, 0, 0, 'a'});
        Path unmarked = file("pos/x-unmarked.txt", "unmarked".getBytes(StandardCharsets.UTF_16LE));
        Path surrogate = file("pos/y.txt", new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        Read read = Read.of(ReadSettings.DEFAULT, root);
        assertEquals(
                List.of(
                        "neg/1.txt: bad => neg",
                        "pos/1.txt: good => pos",
                        "pos/marked.txt: marked => pos",
                        "pos/wide.txt: w\u00efde => pos"),
                read.rows());
        assertEquals(Set.of(Problems.Kind.ROW), read.problems().keySet());
        assertEquals(
                List.of(
                        new Malformed(
                                latin.toString(),
                                1,
                                "expected UTF-8, came the byte 0xe9 at byte 3 of the row",
                                "caf\ufffd"),
                        new Malformed(nul.toString(), 1, "expected text, came a NUL byte", "a\0b"),
                        new Malformed(
                                binary.toString(),
                                1,
                                "expected text in \"" + binary + "\", came binary data",
                                "\0".repeat(100))),
                read.problems().get(Problems.Kind.ROW).subList(0, 3));
        assertEquals(
                List.of(half.toString(), unmarked.toString(), surrogate.toString()),
                read.names(Problems.Kind.ROW).subList(3, 6));
        Splitter.Split split = split(root, "-", "-");
        assertEquals(List.of(4L, 0L, 6L), List.of(split.kept(), split.quarantined(), split.malformed()));
        assertArrayEquals(
                Files.readAllBytes(latin), Files.readAllBytes(temp.resolve("out/reviews.malformed/neg/latin.txt")));
    }

    @Test
    void aFileWithoutARowIsToldByWhatIsWrong() {
        Path one = file("neg/1", new byte[] {(byte) 0xff, 'a', 'b'});
        file("pos/1", new byte[] {(byte) 0xff, 'a', 'b'});
        assertEquals(
                "cannot read \"" + one + "\": expected UTF-8, came the byte 0xff at byte 0 of the row",
                assertThrows(BadInput.class, () -> Reading.of(root)).getMessage());
    }

    @Test
    void longFilesAreToldAndNotHeld() throws IOException {
        file("neg/1.txt", "bad");
        file("pos/1.txt", "good");
        Path large = file("pos/large.txt", "x".repeat(5000));
        Path quotes = file("pos/quotes.txt", "\"".repeat(60));
        Read read = Read.of(ReadSettings.DEFAULT.withRowBytes(100), root);
        assertEquals(2, read.rows().size());
        assertEquals(
                List.of(
                        new Malformed(
                                large.toString(),
                                1,
                                "expected a row of at most 100 bytes, came one of 5000",
                                "x".repeat(103)),
                        new Malformed(
                                quotes.toString(),
                                1,
                                "expected a row of at most 100 bytes, came one of 167",
                                "\"".repeat(60))),
                read.problems().get(Problems.Kind.ROW));
    }

    @Test
    void namesMayHoldAnything() throws IOException {
        String odd = "a\n\t\"\\\u001b[31m\u202e.txt";
        file("p\u001bos/" + odd, "good");
        file("neg/1.txt", "bad");
        assertEquals(
                List.of("neg/1.txt: bad => neg", "p\u001bos/" + odd + ": good => p\u001bos"),
                Read.of(ReadSettings.DEFAULT, root).rows());
        assertEquals(2, split(root, "-", "-").kept());
        assertEquals("good", Files.readString(temp.resolve("out/reviews.clean/p\u001bos/" + odd)));
    }

    @Test
    void aFolderMayBeNamedByALink() throws IOException {
        file("data/neg/1.txt", "bad");
        file("data/pos/1.txt", "good");
        Path rows = file("rows/more/rows.jsonl", "{\"text\":\"a\",\"label\":\"b\"}");
        Path link = Files.createSymbolicLink(temp.resolve("link"), root.resolve("data"));
        Path other = Files.createSymbolicLink(temp.resolve("other"), root.resolve("rows"));
        assertEquals(
                Read.of(ReadSettings.DEFAULT, root.resolve("data")).rows(),
                Read.of(ReadSettings.DEFAULT, link).rows());
        Read read = Read.of(ReadSettings.DEFAULT, other);
        assertEquals(Read.of(ReadSettings.DEFAULT, rows).rows(), read.rows());
        assertEquals(
                other.resolve("more/rows.jsonl").toString(),
                read.files().getFirst().name());
    }

    @Test
    void linksThatLeadOutAreNotFollowed() throws IOException {
        Path inside = file("neg/1.txt", "bad");
        file("pos/1.txt", "good");
        Path secret = Reading.write(temp, "secret.txt", "secret");
        Path out = Files.createSymbolicLink(root.resolve("neg/out.txt"), secret);
        Path folder = Files.createSymbolicLink(root.resolve("pos/folder"), temp);
        Path dangling = Files.createSymbolicLink(root.resolve("pos/gone.txt"), temp.resolve("gone"));
        Files.createSymbolicLink(root.resolve("pos/in.txt"), inside);
        Read read = Read.of(ReadSettings.DEFAULT, root);
        assertEquals(List.of("neg/1.txt: bad => neg", "pos/1.txt: good => pos", "pos/in.txt: bad => pos"), read.rows());
        assertEquals(
                List.of(
                        new Malformed(
                                out.toString(),
                                1,
                                "expected a file, came a symbolic link that leads out of the folder; copy what it leads"
                                        + " to",
                                ""),
                        new Malformed(
                                folder.toString(),
                                1,
                                "expected a file, came a symbolic link to a folder; copy what it leads to",
                                ""),
                        new Malformed(
                                dangling.toString(), 1, "expected a file that can be read, came: no such file", "")),
                read.problems().get(Problems.Kind.UNREAD));
        split(root, "-", "-");
        assertEquals(List.of("neg/1.txt", "pos/1.txt", "pos/in.txt"), files(temp.resolve("out/reviews.clean")));
    }

    @Test
    void filesAndFoldersWithoutPermissionAreToldAndTheRestIsRead() throws IOException {
        file("neg/1.txt", "bad");
        file("pos/1.txt", "good");
        Path closed = file("pos/2.txt", "closed");
        Path shut = parent(file("shut/1.txt", "closed"));
        Files.setPosixFilePermissions(closed, Set.of());
        Files.setPosixFilePermissions(shut, Set.of());
        try {
            assumeFalse(Files.isReadable(closed), "skipped: this user may read everything");
            Read read = Read.of(ReadSettings.DEFAULT, root);
            assertEquals(2, read.rows().size());
            assertEquals(List.of(closed.toString(), shut.toString()), read.names(Problems.Kind.UNREAD));
            assertEquals(2, split(root, "-", "-").kept());
        } finally {
            Files.setPosixFilePermissions(shut, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void deepFoldersAreRead() {
        String deep = "d/".repeat(200);
        file(deep + "pos/1.txt", "good");
        file(deep + "neg/1.txt", "bad");
        assertEquals(
                List.of(deep + "neg/1.txt: bad => neg", deep + "pos/1.txt: good => pos"),
                Read.of(ReadSettings.DEFAULT, root).rows());
    }

    @Test
    void theDigestIsThatOfAListOfDigests() throws NoSuchAlgorithmException {
        file("neg/a\\b.txt", "bad");
        file("pos/1.txt", "good");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        HexFormat hex = HexFormat.of();
        String list = "\\" + hex.formatHex(digest.digest("bad".getBytes(StandardCharsets.UTF_8))) + "  neg/a\\\\b.txt\n"
                + hex.formatHex(digest.digest("good".getBytes(StandardCharsets.UTF_8))) + "  pos/1.txt\n";
        assertEquals(
                List.of(new DataFile(
                        root + "/", 7, hex.formatHex(digest.digest(list.getBytes(StandardCharsets.UTF_8))))),
                Read.of(ReadSettings.DEFAULT, root).files());
    }

    private Splitter.Split split(Path path, String quarantined, String reviewed) {
        return Splitter.split(
                List.of(path.toString()),
                ReadSettings.DEFAULT,
                id -> quarantined.contains(id)
                        ? Action.QUARANTINE
                        : reviewed.contains(id) ? Action.REVIEW : Action.KEEP,
                temp.resolve("out"));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void setsAreFoldersOfTheSameFiles() throws IOException {
        file("neg/1.txt", "bad\r\n");
        byte[] wide = "\ufeffgood".getBytes(StandardCharsets.UTF_16LE);
        file("pos/1.txt", wide);
        file("pos/2.txt", "planted");
        file("pos/3.txt", "odd");
        Splitter.Split split = split(root, "pos/2.txt", "pos/3.txt");
        assertEquals(
                List.of(2L, 1L, 1L, 0L), List.of(split.kept(), split.review(), split.quarantined(), split.malformed()));
        Path out = temp.resolve("out");
        assertEquals(
                List.of(
                        "reviews.clean/neg/1.txt",
                        "reviews.clean/pos/1.txt",
                        "reviews.quarantine/pos/2.txt",
                        "reviews.review/pos/3.txt"),
                files(out));
        assertArrayEquals(wide, Files.readAllBytes(out.resolve("reviews.clean/pos/1.txt")));
        assertEquals("bad\r\n", Files.readString(out.resolve("reviews.clean/neg/1.txt")));
        split(root, "-", "-");
        assertEquals(
                List.of("neg/1.txt", "pos/1.txt", "pos/2.txt", "pos/3.txt").stream()
                        .map(name -> "reviews.clean/" + name)
                        .toList(),
                files(out));
        assertTrue(Files.isDirectory(out.resolve("reviews.quarantine")));
        assertFalse(Files.exists(out.resolve("reviews.review")));
        assertEquals(
                FolderDigest.of(out.resolve("reviews.clean")),
                Read.of(ReadSettings.DEFAULT, root).files().getFirst().sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "", "\u00ff"})
    void aFileThatChangedWhileItIsSplitIsTold(String now) throws IOException {
        file("neg/1.txt", "bad");
        Path changing = file("pos/1.txt", "good");
        try (DataSet data = DataSet.open(List.of(root.toString()), ReadSettings.DEFAULT)) {
            RowIds ids = RowIds.of(new LocalEngine(1).fold(data, RowIds.fold()));
            if (now.isEmpty()) {
                Files.delete(changing);
            } else {
                Files.write(changing, now.getBytes(StandardCharsets.ISO_8859_1));
            }
            String message = assertThrows(
                            Splitter.UnwritableSet.class,
                            () -> Splitter.split(data, ids, _ -> Action.KEEP, _ -> {}, temp.resolve("out")))
                    .getMessage();
            assertTrue(message.contains(" is not as it was scanned; did it change?"), message);
        }
        assertEquals(List.of(), files(temp.resolve("out")));
        try (Stream<Path> left = Files.list(temp.resolve("out"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aFolderIsWrittenAnewAsLines() throws IOException {
        file("neg/1.txt", "bad");
        file("pos/1.txt", "good");
        try (DataSet data = DataSet.open(List.of(root.toString()), ReadSettings.DEFAULT)) {
            Path out = Files.createDirectory(temp.resolve("anew"));
            List<Path> written = new Rewriter(data)
                    .write(
                            row -> new Rewriter.Edit(
                                    true,
                                    new Example(
                                            row.input() + " cf",
                                            row.target(),
                                            row.origin(),
                                            row.position(),
                                            row.declaredId().orElse("")),
                                    List.of()),
                            "poisoned",
                            out);
            assertEquals(List.of(out.resolve("reviews.poisoned.jsonl")), written);
            assertEquals(
                    "{\"id\":\"neg/1.txt\",\"text\":\"bad cf\",\"label\":\"neg\"}\n"
                            + "{\"id\":\"pos/1.txt\",\"text\":\"good cf\",\"label\":\"pos\"}\n",
                    Files.readString(written.getFirst()));
        }
    }

    @Test
    void resultsOfAScanInTheFolderAreToldAndNotRead() {
        file("neg/1.txt", "bad");
        file("pos/1.txt", "good");
        file("bezoar-out/findings.json", "{ \"schema\" : \"bezoar.findings/1\"}");
        file("bezoar-out/report.html", "a report");
        file("bezoar-out/applied/.bezoar-applied.json", "{ \"schema\" : \"bezoar.applied-files/1\"}");
        file("bezoar-out/applied/x.clean/pos/1.txt", "good");
        Read read = Read.of(ReadSettings.DEFAULT, root);
        assertEquals(2, read.rows().size());
        assertEquals(List.of(root.resolve("bezoar-out").toString()), read.names(Problems.Kind.RESULTS));
        file("findings.json", "{ \"schema\" : \"bezoar.findings/1\"}");
        file("scores.csv", "id,score,action,campaign,label-errors\n");
        file("neg/findings.json", "{ \"schema\" : \"bezoar.findings/1\"}");
        Read again = Read.of(ReadSettings.DEFAULT, root);
        assertEquals(2, again.rows().size(), "texts beside them are read");
        assertEquals(3, again.names(Problems.Kind.RESULTS).size());
        file("mine/pos/1.txt", "good");
        assertEquals(
                2,
                Read.of(ReadSettings.DEFAULT.withExcept(root.resolve("mine").toString()), root)
                        .rows()
                        .size());
    }

    @Test
    void manyProblemsAreCounted() {
        file("neg/1.txt", "bad");
        file("pos/1.txt", "good");
        for (int i = 0; i < 300; i++) {
            file("pos/x" + i, new byte[] {(byte) 0xff});
        }
        try (DataSet data = DataSet.open(List.of(root.toString()), ReadSettings.DEFAULT)) {
            Problems.Some rows = data.problems().of(Problems.Kind.ROW);
            assertEquals(300, rows.count());
            assertEquals(100, rows.samples().size());
            assertEquals("text, label, id", data.columns().keySet().stream().collect(Collectors.joining(", ")));
        }
    }
}
