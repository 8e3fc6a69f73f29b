package io.bezoar.ledger.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.disk.CrashDisk;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Witnesses and policies: what is cosigned, and what never is.
class WitnessTest {
    private static final SigningKey LOG = key("example.org/log", NamedKey.Type.SIGNATURE);
    private static final SigningKey W1 = key("w1.example", NamedKey.Type.COSIGNATURE);
    private static final SigningKey W2 = key("w2.example", NamedKey.Type.COSIGNATURE);
    private static final SigningKey W3 = key("w3.example", NamedKey.Type.COSIGNATURE);
    private static final InstantSource NOON = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000));

    private static SigningKey key(String name, NamedKey.Type type) {
        return SigningKey.make(name, type, new SecureRandom());
    }

    private static byte[] entry(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private final CrashDisk state = new CrashDisk();
    private final Witness witness = new Witness(state, W1, List.of(LOG.named()), NOON);

    @Test
    void cosignsWhatGrows() throws IOException {
        TileLog log = TileLog.create(new CrashDisk(), LOG);
        log.append(List.of(entry("a"), entry("b")), LOG);
        Witness.Answer first = witness.add(0, List.of(), log.note().bytes());
        assertEquals(200, first.status());
        assertEquals(OptionalLong.of(1_700_000_000), first.note().orElseThrow().signedBy(W1.named()));
        log.append(List.of(entry("c")), LOG);
        assertEquals(
                200,
                witness.add(2, log.tree().consistency(2, 3), log.note().bytes()).status());
        assertEquals(3, witness.last(LOG.name()).orElseThrow().size());
        // and remembers it in another process
        Witness again = new Witness(state, W1, List.of(LOG.named()), NOON);
        assertEquals(409, again.add(0, List.of(), log.note().bytes()).status());
        assertEquals(3, again.add(0, List.of(), log.note().bytes()).seen());
        assertEquals(200, again.add(3, List.of(), log.note().bytes()).status());
    }

    @Test
    void refusesWhatDoesNot() throws IOException {
        TileLog log = TileLog.create(new CrashDisk(), LOG);
        log.append(List.of(entry("a"), entry("b"), entry("c")), LOG);
        witness.add(0, List.of(), log.note().bytes());
        TileLog fork = TileLog.create(new CrashDisk(), LOG);
        fork.append(List.of(entry("a"), entry("b"), entry("x")), LOG);
        assertEquals(422, witness.add(3, List.of(), fork.note().bytes()).status());
        fork.append(List.of(entry("d")), LOG);
        assertEquals(
                422,
                witness.add(3, fork.tree().consistency(3, 4), fork.note().bytes())
                        .status());
        assertEquals(2, state.list("refused").size(), "both are kept as evidence");
        assertEquals(400, witness.add(5, List.of(), log.note().bytes()).status());
        assertEquals(400, witness.add(0, List.of(), entry("nonsense")).status());
        SigningKey sameName = key(LOG.name(), NamedKey.Type.SIGNATURE);
        assertEquals(
                403,
                witness.add(
                                3,
                                List.of(),
                                Note.signed(log.note().text(), sameName).bytes())
                        .status());
        SigningKey stranger = key("example.org/other", NamedKey.Type.SIGNATURE);
        Note strange = Note.signed(new Checkpoint(stranger.name(), 0, Hasher.empty()).text(), stranger);
        assertEquals(404, witness.add(0, List.of(), strange.bytes()).status());
        assertEquals(3, witness.last(LOG.name()).orElseThrow().size());
    }

    @Test
    void fromNothingOnlyAnEmptyProof() throws IOException {
        TileLog log = TileLog.create(new CrashDisk(), LOG);
        log.append(List.of(entry("a")), LOG);
        assertEquals(
                422, witness.add(0, List.of(Hasher.empty()), log.note().bytes()).status());
        Note lie = Note.signed(new Checkpoint(LOG.name(), 0, new Hasher().leaf(entry("a"))).text(), LOG);
        assertEquals(422, witness.add(0, List.of(), lie.bytes()).status());
    }

    /// Two callers at once with the two sides of a fork: one is cosigned, the other never.
    @Test
    void aRaceHasOneWinner() throws Exception {
        TileLog log = TileLog.create(new CrashDisk(), LOG);
        log.append(List.of(entry("a")), LOG);
        TileLog fork = TileLog.create(new CrashDisk(), LOG);
        fork.append(List.of(entry("b")), LOG);
        for (int i = 0; i < 50; i++) {
            Witness fresh = new Witness(new CrashDisk(), W1, List.of(LOG.named()), NOON);
            int[] answers = new int[2];
            Thread other = Thread.ofVirtual().start(() -> {
                try {
                    answers[0] = fresh.add(0, List.of(), fork.note().bytes()).status();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            answers[1] = fresh.add(0, List.of(), log.note().bytes()).status();
            other.join();
            assertTrue((answers[0] == 200) != (answers[1] == 200), answers[0] + " and " + answers[1]);
        }
    }

    private static String policy(String quorum) {
        return "log " + LOG.named() + "\nwitness W1 " + W1.named() + "\nwitness W2 " + W2.named()
                + "\n# remark\nwitness W3 " + W3.named() + "\ngroup two 2 W1 W2 W3\nquorum " + quorum + "\n";
    }

    @Test
    void quorums() {
        Note bare = Note.signed(new Checkpoint(LOG.name(), 0, Hasher.empty()).text(), LOG);
        Policy two = Policy.of(policy("two"));
        assertThrows(Malformed.class, () -> two.satisfied(bare.cosigned(W1, 5)));
        assertThrows(Malformed.class, () -> two.satisfied(bare.cosigned(W1, 5).cosigned(W1, 6)));
        assertEquals(
                OptionalLong.of(7),
                two.satisfied(bare.cosigned(W1, 5).cosigned(W3, 9).cosigned(W2, 7)));
        assertEquals(OptionalLong.of(9), Policy.of(policy("W3")).satisfied(bare.cosigned(W3, 9)));
        assertEquals(OptionalLong.empty(), Policy.of(policy("none")).satisfied(bare));
        assertEquals(List.of(LOG.named()), two.logs());
    }

    @Test
    void malformedPolicies() {
        for (String text : List.of(
                "",
                policy("two") + "quorum W1\n",
                policy("unknown"),
                "witness W1 " + W1.named() + "\nwitness W1 " + W2.named() + "\nquorum W1\n",
                "witness W1 " + W1.named() + "\nwitness W2 " + W1.named() + "\nquorum W1\n",
                "witness W1 " + LOG.named() + "\nquorum W1\n",
                "group g 1 W1\nquorum g\n",
                "witness W1 " + W1.named() + "\ngroup g 2 W1\nquorum g\n",
                "witness W1 " + W1.named() + "\ngroup g 0 W1\nquorum g\n",
                "witness W1 " + W1.named() + "\ngroup g any W1\ngroup h any W1\nquorum g\n",
                "something else\nquorum none\n")) {
            assertThrows(Malformed.class, () -> Policy.of(text), text);
        }
    }

    @Test
    void twoCheckpointsOfOneSizeAreKept() throws IOException {
        CrashDisk outside = new CrashDisk();
        Seen seen = new Seen(outside);
        TileLog log = TileLog.create(new CrashDisk(), LOG);
        log.append(List.of(entry("a"), entry("b")), LOG);
        seen.check(log);
        TileLog fork = TileLog.create(new CrashDisk(), LOG);
        fork.append(List.of(entry("a"), entry("x")), LOG);
        assertEquals(
                "expected one history, came two signed checkpoints of 2 entries with different roots; both are kept as"
                        + " evidence against the holder of the log's key",
                assertThrows(Broken.class, () -> seen.check(fork)).getMessage());
        assertEquals(2, outside.list("evidence").size());
        fork.append(List.of(entry("c")), LOG);
        assertThrows(Broken.class, () -> seen.check(fork));
        seen.check(log);
        List<Digest> roots = outside.list("evidence").stream()
                .map(name -> Checkpoint.of(Note.read(outside.read(name).orElseThrow()))
                        .root())
                .distinct()
                .toList();
        assertTrue(roots.size() >= 2);
    }

    @Test
    void aDamagedState() throws IOException {
        TileLog log = TileLog.create(new CrashDisk(), LOG);
        log.append(List.of(entry("a")), LOG);
        witness.add(0, List.of(), log.note().bytes());
        state.tamper(state.list("seen").getFirst(), entry("x"));
        assertEquals(
                "expected a note with signatures behind an empty line, came none in the state of the witness; restore"
                        + " it from a copy",
                assertThrows(Broken.class, () -> witness.last(LOG.name())).getMessage());
        assertThrows(Broken.class, () -> witness.add(0, List.of(), log.note().bytes()));
    }

    @Test
    void anOldCopyIsNoticed() throws IOException {
        Seen seen = new Seen(new CrashDisk());
        CrashDisk disk = new CrashDisk();
        TileLog log = TileLog.create(disk, LOG);
        log.append(List.of(entry("a")), LOG);
        CrashDisk old = disk.copy();
        log.append(List.of(entry("b")), LOG);
        seen.check(log);
        TileLog back = TileLog.open(old, LOG.named());
        assertEquals(
                "expected a log of at least 2 entries, as was seen before, came one of 1: it was rolled back; restore"
                        + " the newest copy",
                assertThrows(Broken.class, () -> seen.check(back)).getMessage());
    }
}
