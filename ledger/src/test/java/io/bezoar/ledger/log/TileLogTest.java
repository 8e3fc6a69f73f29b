package io.bezoar.ledger.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.Vectors;
import io.bezoar.ledger.disk.CrashDisk;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.merkle.Proofs;
import io.bezoar.ledger.merkle.Tree;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The log in tiles: against one that others wrote, at all sizes, and with changed files.
class TileLogTest {
    private static final SigningKey KEY =
            SigningKey.make("example.org/log", NamedKey.Type.SIGNATURE, new SecureRandom());

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> entries(int from, int to) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = from; i < to; i++) {
            entries.add(utf8("entry " + i));
        }
        return entries;
    }

    private static TileLog log(CrashDisk disk, int size) throws IOException {
        TileLog log = TileLog.create(disk, KEY);
        log.append(entries(0, size), KEY);
        return log;
    }

    /// transparency-dev/tessera 1811ae1, testdata/build_log.sh (Apache-2.0) has the key and the entries;
    /// our log of them is the same to the byte.
    @Test
    void theLogThatTesseraWrote() throws IOException {
        SigningKey key = SigningKey.of(
                "PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg");
        assertEquals(
                NamedKey.of("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"),
                key.named());
        List<String[]> checkpoints = Vectors.of("tessera-checkpoints.txt");
        assertEquals(16, checkpoints.size());
        CrashDisk disk = new CrashDisk();
        TileLog log = TileLog.create(disk, key);
        assertArrayEquals(Vectors.hex(checkpoints.getFirst()[0]), log.note().bytes());
        int size = 0;
        for (String word :
                "one two three four five six seven eit nain ten ileven twelf threeten fourten fivten".split(" ")) {
            log.append(List.of(utf8(word)), key);
            size++;
            assertArrayEquals(Vectors.hex(checkpoints.get(size)[0]), log.note().bytes(), "size " + size);
            assertArrayEquals(log.note().bytes(), disk.read("checkpoint").orElseThrow());
        }
        assertArrayEquals(
                new byte[] {0, 3, 'o', 'n', 'e', 0, 3, 't', 'w', 'o', 0, 5, 't', 'h', 'r', 'e', 'e'},
                disk.read("tile/entries/000.p/3").orElseThrow());
    }

    @Test
    void namesOfTiles() {
        assertEquals("tile/0/x001/x234/067", Tiles.name("0", 1_234_067, 256));
        assertEquals("tile/1/000.p/17", Tiles.name("1", 0, 17));
        assertEquals("tile/entries/999", Tiles.name("entries", 999, 256));
        assertEquals("tile/entries/x001/000.p/1", Tiles.name("entries", 1000, 1));
    }

    /// The tiles that C2SP names for a tree of 70,000 entries.
    @Test
    void whatTheLogSpeaksOf() {
        for (String name : List.of(
                "tile/0/000",
                "tile/0/000.p/7",
                "tile/0/x001/x234/066",
                "tile/entries/001.p/44",
                "tile/1/001.p/9",
                "tile/2/000.p/18")) {
            assertTrue(Tiles.holds(name, 316_160_000), name);
        }
        for (String name : List.of(
                "tile/0/002",
                "tile/0/001.p/45",
                "tile/1/001",
                "tile/1/000.p/2",
                "tile/0/000.p/256",
                "tile/0/000.p/0",
                "tile/0/x000/000",
                "tile/0/000.unfinished",
                "tile/8/000",
                "tile/0/x999/x999/x999/x999/x999/999",
                "checkpoint.unfinished")) {
            assertFalse(Tiles.holds(name, 300), name);
        }
    }

    @Test
    void tilesOfSeventyThousand() throws IOException {
        CrashDisk disk = new CrashDisk();
        TileLog log = log(disk, 70_000);
        assertEquals(273 + 1, disk.list("tile/0").size());
        assertTrue(disk.read("tile/0/273.p/112").isPresent());
        assertTrue(disk.read("tile/1/000").isPresent());
        assertTrue(disk.read("tile/1/001.p/17").isPresent());
        assertTrue(disk.read("tile/2/000.p/1").isPresent());
        assertEquals("entry 69999", new String(log.entry(69_999), StandardCharsets.UTF_8));
        Hasher hasher = new Hasher();
        Digest root = log.checkpoint().root();
        for (int i = 0; i < 70_000; i += 997) {
            assertTrue(Proofs.includes(
                    hasher.leaf(log.entry(i)), i, 70_000, log.tree().inclusion(i, 70_000), root));
            assertTrue(Proofs.consistent(
                    i + 1, 70_000, log.tree().root(i + 1), root, log.tree().consistency(i + 1, 70_000)));
        }
        log.check();
    }

    /// However a log grew, it is the same.
    @Test
    void oneByOneOrAtOnce() throws IOException {
        Random random = new Random(7);
        for (int size : new int[] {1, 2, 255, 256, 257, 300, 511, 512, 513, 1025}) {
            CrashDisk once = new CrashDisk();
            TileLog whole = log(once, size);
            CrashDisk often = new CrashDisk();
            TileLog grown = TileLog.create(often, KEY);
            for (int at = 0; at < size; ) {
                int next = Math.min(size, at + 1 + random.nextInt(97));
                grown.append(entries(at, next), KEY);
                at = next;
            }
            assertEquals(whole.checkpoint(), grown.checkpoint());
            List<Digest> leaves =
                    entries(0, size).stream().map(new Hasher()::leaf).toList();
            assertEquals(Tree.of(leaves).root(size), grown.checkpoint().root());
            TileLog.open(often, KEY.named()).check();
            // unfinished tiles go once the finished ones are there
            assertTrue(
                    often.list("tile/0/000.p").isEmpty() == size >= 256,
                    often.list("tile").toString());
        }
    }

    @Test
    void everyChangedFileIsNoticed() throws IOException {
        CrashDisk disk = new CrashDisk();
        log(disk, 300);
        for (String name : disk.list("")) {
            byte[] bytes = disk.read(name).orElseThrow();
            for (int at : new int[] {0, bytes.length / 2, bytes.length - 1}) {
                CrashDisk changed = disk.copy();
                byte[] other = bytes.clone();
                other[at] ^= 1;
                changed.tamper(name, other);
                assertThrows(
                        Broken.class, () -> TileLog.open(changed, KEY.named()).check(), name + " at " + at);
            }
            CrashDisk missing = disk.copy();
            missing.delete(name);
            assertThrows(Broken.class, () -> TileLog.open(missing, KEY.named()).check(), name);
        }
    }

    @Test
    void aCheckpointOfAnotherLog() throws IOException {
        CrashDisk disk = new CrashDisk();
        log(disk, 3);
        SigningKey other = SigningKey.make("example.org/other", NamedKey.Type.SIGNATURE, new SecureRandom());
        SigningKey sameName = SigningKey.make("example.org/log", NamedKey.Type.SIGNATURE, new SecureRandom());
        assertEquals(
                "expected a checkpoint of the log \"example.org/other\", came one of another; restore the log from a"
                        + " copy",
                assertThrows(Broken.class, () -> TileLog.open(disk, other.named()))
                        .getMessage());
        assertEquals(
                "expected a checkpoint signed by the log's key, came one that is not; restore the log from a copy",
                assertThrows(Broken.class, () -> TileLog.open(disk, sameName.named()))
                        .getMessage());
    }

    @Test
    void proofsAreReadAsWritten() throws IOException {
        TileLog log = log(new CrashDisk(), 1000);
        for (int index : new int[] {0, 1, 255, 256, 999}) {
            LogProof proof = LogProof.read(log.prove(index).bytes());
            assertEquals(
                    1000,
                    proof.verify(utf8("entry " + index), KEY.named(), Policy.NONE)
                            .size());
            assertThrows(Malformed.class, () -> proof.verify(utf8("other"), KEY.named(), Policy.NONE));
            LogProof moved = new LogProof(proof.extra(), index + 1, proof.hashes(), proof.note());
            assertThrows(Malformed.class, () -> moved.verify(utf8("entry " + index), KEY.named(), Policy.NONE));
        }
        String text = new String(log.prove(5).bytes(), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("c2sp.org/tlog-proof@v1\nindex 5\n"), text);
    }

    /// The errors that transparency-dev/formats 0b850f1, proof/tlog_proof_test.go, names (Apache-2.0).
    @Test
    void malformedProofs() throws IOException {
        String note = "\n" + new String(log(new CrashDisk(), 3).note().bytes(), StandardCharsets.UTF_8);
        for (String head : List.of(
                "wrong-header\nindex 0\n",
                "c2sp.org/tlog-proof@v1\nextra !!notbase64!!\nindex 0\n",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v1\nindex notanumber\n",
                "c2sp.org/tlog-proof@v1\nindex -5\n",
                "c2sp.org/tlog-proof@v1\nindex 05\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n",
                "c2sp.org/tlog-proof@v1\nindex 0\n" + "A".repeat(86) + "==\n")) {
            assertThrows(Malformed.class, () -> LogProof.read(utf8(head + note)), head);
        }
        LogProof extra = new LogProof(
                Optional.of(utf8("more")), 1, List.of(), log(new CrashDisk(), 2).note());
        assertArrayEquals(utf8("more"), LogProof.read(extra.bytes()).extra().orElseThrow());
    }

    /// The power goes at every step of appending, and what comes back is the log before or the log after,
    /// and works.
    @Test
    void powerFailureAtEveryStep() throws IOException {
        Random random = new Random(11);
        for (int before : new int[] {0, 1, 254, 255, 256}) {
            for (long step = 0; ; step++) {
                CrashDisk disk = new CrashDisk();
                TileLog log = log(disk, before);
                disk.failAt(disk.steps() + step);
                boolean done;
                try {
                    log.append(entries(before, before + 3), KEY);
                    done = true;
                } catch (CrashDisk.PowerFailure _) {
                    done = false;
                }
                TileLog after = TileLog.open(disk.restarted(random), KEY.named());
                after.check();
                assertTrue(after.size() == before + 3 || (!done && after.size() == before), "step " + step);
                after.append(entries((int) after.size(), before + 5), KEY);
                after.check();
                assertEquals(
                        Tree.of(entries(0, before + 5).stream()
                                        .map(new Hasher()::leaf)
                                        .toList())
                                .root(before + 5),
                        after.checkpoint().root());
                if (done) {
                    break;
                }
            }
        }
    }

    @Test
    void entriesAreBounded() throws IOException {
        TileLog log = log(new CrashDisk(), 1);
        log.append(List.of(new byte[65_535], new byte[0]), KEY);
        log.check();
        assertThrows(Malformed.class, () -> log.append(List.of(new byte[65_536]), KEY));
        assertEquals(3, log.size());
    }
}
