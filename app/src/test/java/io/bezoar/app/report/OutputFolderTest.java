package io.bezoar.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bezoar.app.Signals;
import io.bezoar.history.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {
    @TempDir
    private Path temp;

    @Test
    void replacesAnEarlierResultAsAWhole() throws IOException {
        Path folder = temp.resolve("out");
        result(folder, "one", List.of("scores.csv", "scores.parquet", "findings.json", "run.json"));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        try (OutputFolder open = OutputFolder.open(folder)) {
            open.write("findings.json", out -> out.write("two".getBytes(StandardCharsets.UTF_8)));
            open.write("run.json", out -> out.write("two".getBytes(StandardCharsets.UTF_8)));
            assertEquals("one", Files.readString(folder.resolve("findings.json")));
            open.commit();
        }
        assertEquals(List.of("findings.json", "notes.txt", "run.json"), names(folder));
        assertEquals("two", Files.readString(folder.resolve("findings.json")));
    }

    /// The digests are of what the files hold, whoever closes them how often.
    @Test
    void knowsTheDigestsOfWhatIsComplete() throws IOException {
        Path folder = temp.resolve("out");
        try (OutputFolder open = OutputFolder.open(folder)) {
            OutputStream scores = open.file("scores.csv");
            scores.write('a');
            scores.write("bcd".getBytes(StandardCharsets.UTF_8), 1, 2);
            assertEquals(Map.of(), open.digests(), "nothing is complete");
            scores.close();
            scores.close();
            open.write("findings.json", out -> out.write(new byte[200_000]));
            open.commit();
            assertEquals(
                    List.of("scores.csv", "findings.json"),
                    List.copyOf(open.digests().keySet()));
            for (Map.Entry<String, String> file : open.digests().entrySet()) {
                assertEquals(Digest.of(folder.resolve(file.getKey())), file.getValue(), file.getKey());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 65_536, 100_000, 199_999})
    void aFullDiskLeavesTheEarlierResult(int limit) throws IOException {
        Path folder = temp.resolve("out");
        result(folder, "one", List.of("findings.json", "run.json"));
        OutputFolder.UnwritableFolder e = assertThrows(OutputFolder.UnwritableFolder.class, () -> {
            try (OutputFolder open = OutputFolder.open(folder, out -> new Full(out, limit))) {
                open.write("findings.json", out -> out.write(new byte[200_000]));
                open.commit();
            }
        });
        assertEquals(
                "cannot write the result into " + folder
                        + ": the disk is full; free some space or name another folder with --out; what was there"
                        + " before is unchanged",
                e.getMessage());
        assertEquals(List.of("findings.json", "run.json"), names(folder));
        assertEquals("one", Files.readString(folder.resolve("findings.json")));
    }

    @Test
    void aFolderMadeForNothingGoesAgain() throws IOException {
        Path folder = temp.resolve("a/out");
        try (OutputFolder open = OutputFolder.open(folder)) {
            open.write("findings.json", out -> out.write(1));
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void saysWhatStandsInTheWay() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");
        assertEquals(
                "cannot write the result into " + file
                        + ": a file of that name exists; name another folder with --out; what was there before is"
                        + " unchanged",
                assertThrows(OutputFolder.UnwritableFolder.class, () -> OutputFolder.open(file))
                        .getMessage());
        Path folder = temp.resolve("out");
        Files.createDirectories(folder.resolve("report.html"));
        assertEquals(
                "cannot write the result into " + folder
                        + ": report.html in it is a folder; name another folder with --out; what was there before is"
                        + " unchanged",
                assertThrows(
                                OutputFolder.UnwritableFolder.class,
                                () -> result(folder, "one", List.of("run.json", "report.html")))
                        .getMessage());
        assertEquals(List.of("report.html"), names(folder));
        assertEquals(
                "expected one of [scores.csv, scores.parquet, findings.json, results.sarif, report.html, run.json],"
                        + " got ../x",
                assertThrows(IllegalArgumentException.class, () -> result(folder, "x", List.of("../x")))
                        .getMessage());
    }

    @Test
    void twoScansIntoOneFolderDoNotSweepEachOther() throws IOException {
        Path folder = temp.resolve("out");
        try (OutputFolder first = OutputFolder.open(folder)) {
            first.write("run.json", out -> out.write('1'));
            result(folder, "two", List.of("run.json"));
            first.commit();
        }
        assertEquals("1", Files.readString(folder.resolve("run.json")));
        assertEquals(List.of("run.json"), names(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "KILL"})
    void aStoppedScanLeavesNothing(String signal) throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "there are no signals here");
        assumeFalse(
                signal.equals("INT") && Signals.ignoresInterrupts(),
                "who started the tests has them ignore interrupts");
        Path folder = temp.resolve("out");
        result(folder, "one", List.of("findings.json", "run.json"));
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowScan.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertEquals('.', child.getInputStream().read(), "the child did not start");
            assertEquals(1, aside(folder));
            new ProcessBuilder("kill", "-" + signal, Long.toString(child.pid()))
                    .start()
                    .waitFor();
            assertTrue(child.waitFor(20, TimeUnit.SECONDS));
        } finally {
            child.destroyForcibly();
        }
        if (signal.equals("KILL")) {
            assertEquals(1, aside(folder));
            result(folder, "one", List.of("findings.json", "run.json"));
        }
        assertEquals(0, aside(folder));
        assertEquals(List.of("findings.json", "run.json"), names(folder));
        assertEquals("one", Files.readString(folder.resolve("findings.json")));
    }

    /// Writes half a result and waits to be stopped.
    static final class SlowScan {
        private SlowScan() {}

        public static void main(String[] arguments) throws Exception {
            try (OutputFolder folder = OutputFolder.open(Path.of(arguments[0]));
                    OutputStream out = folder.file("scores.csv")) {
                out.write(new byte[100_000]);
                System.out.print('.');
                System.out.flush();
                Thread.sleep(60_000);
                folder.commit();
            }
        }
    }

    /// Takes so many bytes, then the disk is full.
    private static final class Full extends FilterOutputStream {
        private int left;

        Full(OutputStream out, int left) {
            super(out);
            this.left = left;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            left -= length;
            if (left < 0) {
                throw new IOException("No space left on device");
            }
            out.write(bytes, from, length);
        }
    }

    private static void result(Path folder, String content, List<String> names) throws IOException {
        try (OutputFolder open = OutputFolder.open(folder)) {
            for (String name : names) {
                open.write(name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
            }
            open.commit();
        }
    }

    private static long aside(Path folder) throws IOException {
        return names(folder).stream()
                .filter(name -> name.startsWith(".bezoar-tmp-"))
                .count();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
