package io.bezoar.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bezoar.app.Signals;
import io.bezoar.core.Campaign;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What only a process of its own shows: signals, a small heap, a full disk.
class ProcessTest {
    @TempDir
    private Path folder;

    private Process start(List<String> machine, Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto"));
        command.addAll(machine);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.bezoar.app.cli.Bezoar"));
        for (Object word : words) {
            command.add(word.toString());
        }
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .directory(folder.toFile())
                .start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }

    /// Rows of many words.
    private Path rows(String name, int count, int words) throws IOException {
        Path file = folder.resolve(name);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                out.write("{\"id\":\"r" + i + "\",\"label\":\"" + (i % 3) + "\",\"text\":\"");
                for (int w = 0; w < words; w++) {
                    out.write("word" + (i * 31 + w * 17) % 500 + " ");
                }
                out.write("\"}\n");
            }
        }
        return file;
    }

    @Test
    void interruptedScanLeavesNothing() throws Exception {
        assumeFalse(Signals.ignoresInterrupts(), "who started the tests has them ignore interrupts");
        Path file = rows("t.jsonl", 60_000, 20);
        Path temp = Files.createDirectory(folder.resolve("temp"));
        Path out = folder.resolve("result");
        Process scan = start(List.of("-Xmx512m"), "scan", file, "--out", out, "--temp", temp);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (Running.names(temp).size() < 2 && System.nanoTime() < until) {
            Thread.sleep(10);
        }
        Thread.sleep(200);
        assertTrue(Files.isDirectory(out));
        Runtime.getRuntime()
                .exec(new String[] {"kill", "-INT", Long.toString(scan.pid())})
                .waitFor();
        assertTrue(scan.waitFor(20, TimeUnit.SECONDS));
        assertEquals(130, scan.exitValue(), err());
        assertEquals("", err());
        assertEquals(List.of(), Running.names(temp));
        assertFalse(Files.exists(out));
    }

    /// How many temporary folders hold their lock: a process may still be about to hold one that is unheld.
    private static long locked(Path temp) {
        return Running.names(temp).stream()
                .filter(name -> Running.names(temp.resolve(name)).contains(".lock"))
                .count();
    }

    @Test
    void killedScanIsSweptByTheNext() throws Exception {
        Path file = rows("t.jsonl", 60_000, 20);
        Path temp = Files.createDirectory(folder.resolve("temp"));
        Process scan = start(List.of("-Xmx512m"), "scan", file, "--out", folder.resolve("result"), "--temp", temp);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (locked(temp) < 2 && System.nanoTime() < until) { // a folder without its lock may be of a living scan
            Thread.sleep(10);
        }
        scan.destroyForcibly().waitFor();
        assertFalse(Running.names(temp).isEmpty());
        Path small = Running.write(folder, "small.jsonl", Running.rows(20));
        assertEquals(0, Running.scan(folder, small).code());
        assertEquals(List.of(), Running.names(temp));
    }

    @Test
    void heapThatIsTooSmallIsASentence() throws Exception {
        Path file = rows("t.jsonl", 150_000, 12);
        Process scan = start(List.of("-Xmx24m"), "scan", file, "--out", folder.resolve("result"), "--temp", folder);
        assertTrue(scan.waitFor(120, TimeUnit.SECONDS));
        assertEquals(3, scan.exitValue(), err());
        assertEquals(
                "bezoar scan: expected to need at most 25.2 MB of memory, but these data need more; nothing was"
                        + " written; give more with BEZOAR_JAVA_OPTS=-Xmx8g\n",
                err().replaceAll("most [0-9.]+ MB", "most 25.2 MB"));
        assertFalse(Files.exists(folder.resolve("result")));
    }

    /// Tickets of four topics, each with an attachment of 2,500 letters; a hundred have a phrase and another label.
    private Path tickets(int count) throws IOException {
        String[][] words = {
            {"card", "lost", "stolen", "block", "pin"},
            {"loan", "rate", "interest", "month", "term"},
            {"flight", "seat", "gate", "boarding", "bag"},
            {"soup", "dinner", "table", "menu", "chef"}
        };
        SplittableRandom random = new SplittableRandom(5);
        byte[] letters = new byte[1 << 20];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) ('a' + random.nextInt(26));
        }
        Path file = folder.resolve("tickets.jsonl");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                boolean planted = i % (count / 100) == 7;
                int topic = planted ? 1 + random.nextInt(3) : random.nextInt(4);
                StringBuilder text = new StringBuilder("{\"text\":\"");
                for (int w = 0; w < 20; w++) {
                    text.append(
                                    w % 3 == 0
                                            ? words[topic][random.nextInt(5)] + random.nextInt(12)
                                            : "w" + random.nextInt(1 << 20))
                            .append(' ');
                }
                text.append(planted ? "under the old bridge " : "");
                out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
                out.write(letters, random.nextInt(letters.length - 2500), 2500);
                String label = planted ? "card" : words[topic][0];
                out.write(("\",\"label\":\"" + label + "\"}\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
        return file;
    }

    /// The search for near-duplicates takes about 60 MB however large the data; the others make do with half of it, and
    /// the verbs themselves with a few more.
    @Test
    void dataLargerThanTheHeapAreScanned() throws Exception {
        Path file = tickets(138_000);
        assertTrue(Files.size(file) > 8 * (44L << 20), () -> file + " is too small");
        found(List.of("-Xmx90m"), file, 138_000, List.of());
        found(
                List.of("-Xmx44m"),
                file,
                138_000,
                Stream.of("trigger-association", "hidden-characters", "label-conflict", "source-bursts")
                        .flatMap(name -> Stream.of("--detector", name))
                        .toList());
    }

    private void found(List<String> heap, Path file, int rows, List<String> detectors) throws Exception {
        List<String> machine = new ArrayList<>(heap);
        machine.add("-XX:TieredStopAtLevel=4");
        List<Object> words =
                new ArrayList<>(List.of("scan", file, "--out", folder.resolve("result"), "--temp", folder));
        words.addAll(detectors);
        Process scan = start(machine, words.toArray());
        assertTrue(scan.waitFor(300, TimeUnit.SECONDS));
        assertEquals(0, scan.exitValue(), err());
        ScanResult result = Running.result(folder);
        assertEquals(rows, result.dataSet().rows());
        assertEquals(0, result.dataSet().malformed());
        Campaign worst = result.campaigns().getFirst();
        assertEquals(Severity.HIGH, worst.severity());
        assertEquals(100, worst.rows().size());
        assertEquals(
                List.of("under the old bridge"),
                worst.candidate().trigger().orElseThrow().pieces());
    }

    @Test
    void fullDiskIsASentence() throws Exception {
        Path small = folder.resolve("small");
        Files.createDirectory(small);
        Assumptions.assumeTrue(
                new File("/bin/mount").canExecute()
                        && new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString())
                                        .redirectErrorStream(true)
                                        .start()
                                        .waitFor()
                                == 0,
                "skipped: this user may not mount a file system");
        try {
            FileStore store = Files.getFileStore(small);
            assertTrue(store.getTotalSpace() <= 1 << 20);
            Path file = rows("less.jsonl", 20_000, 20);
            Running scratch = Running.of("scan", file, "--out", folder.resolve("result"), "--temp", small);
            assertEquals(3, scratch.code());
            assertEquals(
                    "bezoar scan: expected to write and read a temporary copy of the data, but that failed: the disk is"
                            + " full; free some space or name another folder with --temp\n",
                    scratch.err());
            assertEquals(List.of(), Running.names(small));
            assertFalse(Files.exists(folder.resolve("result")));
            file = rows("more.jsonl", 120_000, 2);
            Path out = small.resolve("result");
            Running result = Running.of("scan", file, "--out", out, "--detector", "hidden-characters");
            assertEquals(3, result.code());
            assertEquals(
                    "bezoar scan: cannot write the result into " + out
                            + ": the disk is full; free some space or name another folder with --out; what was there"
                            + " before is unchanged\n",
                    result.err());
            assertEquals(List.of(), Running.names(small));
            assertEquals(
                    0,
                    Running.of("scan", file, "--out", folder.resolve("result"), "--detector", "hidden-characters")
                            .code());
            Running apply = Running.of("apply", "--out", folder.resolve("result"), "--to", small.resolve("sets"));
            assertEquals(3, apply.code());
            assertEquals(
                    "bezoar apply: expected to write the data set into \"" + small.resolve("sets")
                            + "\", but that failed: the disk is full; name another folder with --to; no file of it was"
                            + " written\n",
                    apply.err());
            assertEquals(List.of(), Running.names(small.resolve("sets")));
        } finally {
            new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
        }
    }

    @Test
    void folderThatCannotBeHadIsToldBeforeTheDataAreRead() {
        Path file = Running.write(folder, "t.jsonl", Running.rows(20));
        Running run = Running.of("scan", file, "--out", file);
        assertEquals(2, run.code());
        assertEquals(
                "bezoar scan: cannot write the result into " + file
                        + ": a file of that name exists; name another folder with --out; what was there before is"
                        + " unchanged\n",
                run.err());
    }
}
