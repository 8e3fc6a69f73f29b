package io.bezoar.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.disk.CrashDisk;
import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.disk.Writes;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.merkle.Tree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What an intake writes is what the format says, wherever its chunks end and whichever thread is first.
class IntakeTest {
    private static final RowLeaf LEAF = new RowLeaf("c", "s", 3, Hasher.empty(), Hasher.empty());

    private static Intake.Result read(byte[] data, Contract contract, CrashDisk disk, int threads) throws IOException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            Writes writes = new Writes(disk);
            Intake.Result result =
                    Intake.read(new ByteArrayInputStream(data), contract, LEAF, writes, "a/rows", "a/held", workers);
            writes.finish();
            return result;
        }
    }

    /// A row now and then is longer than a chunk; with many, all chunks end within a row.
    private static List<String> rows(Random random, int count, int longest) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(i + "x".repeat(random.nextInt(i % 1000 == 999 ? longest : 400)));
        }
        return rows;
    }

    private static byte[] lines(Random random, List<String> rows) {
        StringBuilder text = new StringBuilder();
        for (String row : rows) {
            text.append(row).append(random.nextBoolean() ? "\r\n" : "\n").append("\n".repeat(random.nextInt(2)));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theBytesOfTheFormat() throws IOException {
        for (int count : new int[] {1, 255, 256, 257, 4096, 9_000, 20_000}) {
            Random random = new Random(count);
            List<String> rows = rows(random, count, 3 << 20);
            byte[] data = lines(random, rows);
            Hasher hasher = new Hasher();
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            expected.writeBytes(RowFile.header());
            List<Digest> leaves = new ArrayList<>();
            for (String row : rows) {
                Digest content = Hasher.digest(row.getBytes(StandardCharsets.UTF_8));
                expected.writeBytes(content.bytes());
                leaves.add(hasher.leaf(LEAF.bytes(leaves.size(), content)));
            }
            Tree tree = Tree.of(leaves);
            for (int group = 0; group < count / RowFile.GROUP; group++) {
                expected.writeBytes(tree.node(8, group).bytes());
            }
            for (int threads = 1; threads <= 3; threads += 2) {
                CrashDisk disk = new CrashDisk();
                Intake.Result result = read(data, Contract.ANY, disk, threads);
                assertEquals(count, result.rows());
                assertEquals(tree.root(count), result.root());
                assertArrayEquals(
                        expected.toByteArray(), disk.read("a/rows").orElseThrow(), count + " rows, " + threads);
            }
        }
    }

    /// Rows that are held back are named by their lines, in whichever chunk they are.
    @Test
    void linesOfWhatIsHeldBack() throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder lines = new StringBuilder();
        for (int line = 1; line <= 30_000; line++) {
            boolean bad = line % 7_000 == 0;
            text.append(bad ? "no json" : line % 5 == 0 ? "" : "{\"text\":\"" + "x".repeat(150) + "\"}")
                    .append('\n');
            lines.append(bad ? line + " " : "");
        }
        CrashDisk disk = new CrashDisk();
        Contract contract = Sample.contract("{\"contract\":\"bezoar.contract/1\",\"format\":\"jsonl\","
                + "\"fields\":{\"text\":{\"type\":\"string\"}}}");
        Intake.Result result = read(text.toString().getBytes(StandardCharsets.UTF_8), contract, disk, 2);
        assertEquals(4, result.heldBack());
        String list = new String(disk.read("a/held").orElseThrow(), StandardCharsets.UTF_8);
        StringBuilder came = new StringBuilder();
        list.lines().forEach(each -> came.append(each.replaceAll(".*\"line\":(\\d+).*", "$1 ")));
        assertEquals(lines.toString(), came.toString());
    }

    @Test
    void theLineOfARowThatIsTooLong() {
        byte[] data = new byte[Chunks.LONGEST + (2 << 20)];
        java.util.Arrays.fill(data, (byte) 'x');
        for (int at = 299; at < 3 << 19; at += 300) {
            data[at] = '\n';
        }
        long line = (3 << 19) / 300 + 1;
        Unusable refused = assertThrows(Unusable.class, () -> read(data, Contract.ANY, new CrashDisk(), 2));
        assertEquals(
                "expected rows of at most 16777216 bytes, came a longer one at line " + line
                        + "; cut it or leave it out",
                refused.getMessage());
        assertEquals(
                refused.getMessage(),
                assertThrows(Unusable.class, () -> {
                            Lines lines = new Lines(new ByteArrayInputStream(data));
                            while (lines.next()) {
                                assertTrue(lines.line() < line);
                            }
                        })
                        .getMessage());
    }

    /// A disk that cannot make a file safe.
    private record Failing(Disk disk) implements Disk {
        @Override
        public Optional<byte[]> read(String name) throws IOException {
            return disk.read(name);
        }

        @Override
        public byte[] read(String name, long from, int length) throws IOException {
            return disk.read(name, from, length);
        }

        @Override
        public Optional<Long> size(String name) throws IOException {
            return disk.size(name);
        }

        @Override
        public OutputStream create(String name) throws IOException {
            return disk.create(name);
        }

        @Override
        public void sync(String name) throws IOException {
            throw new IOException("no room");
        }

        @Override
        public void move(String from, String to) throws IOException {
            disk.move(from, to);
        }

        @Override
        public void syncFolder(String folder) throws IOException {
            disk.syncFolder(folder);
        }

        @Override
        public List<String> list(String folder) throws IOException {
            return disk.list(folder);
        }

        @Override
        public void delete(String name) throws IOException {
            disk.delete(name);
        }

        @Override
        public AutoCloseable lock() throws IOException {
            return disk.lock();
        }
    }

    @Test
    void aFileThatCouldNotBeMadeSafe() throws IOException {
        Sample sample = Sample.copy();
        Delivery delivery = Delivery.of("vendor-a", "x.jsonl", Sample.ALICE);
        Ledger failing = Ledger.open(new Failing(sample.disk), sample.outside, sample.clock());
        assertEquals(
                "no room",
                assertThrows(IOException.class, () -> Sample.add(failing, delivery, Sample.rows(0, 10)))
                        .getMessage());
        Ledger again = Ledger.open(sample.disk, sample.outside, sample.clock());
        assertEquals(0, again.history().batches().size());
        assertEquals(List.of(), again.check().leftovers());
        Sample.add(again, delivery, Sample.rows(0, 10));
        assertEquals(1, again.check().batches());
    }
}
