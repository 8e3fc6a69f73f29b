package io.bezoar.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.disk.CrashDisk;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.log.Checkpoint;
import io.bezoar.ledger.log.TileLog;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.sign.Envelope;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;
import io.bezoar.ledger.sign.SigningKey;
import io.bezoar.ledger.sign.Statement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// What an adversary does to rows, batches, keys, files and the clock, and what the ledger says to it.
class AttacksTest {
    private static final String ROWS = Sample.rows(0, 300);

    private static final SigningKey DAN = SigningKey.of("dan", NamedKey.Type.SIGNATURE, new byte[32]);

    private Sample sample;

    @BeforeEach
    void aBatch() throws IOException {
        sample = Sample.copy();
        sample.add("vendor-a", "a.jsonl", ROWS);
    }

    private static List<String> lines() {
        return new ArrayList<>(ROWS.lines().toList());
    }

    private String refused(List<String> lines) {
        String rows = String.join("\n", lines) + "\n";
        return assertThrows(Broken.class, () -> sample.compare("a.jsonl", rows)).getMessage();
    }

    private static String sentence(String what, int first) {
        return "expected the 300 rows of batch vendor-a/0 as they were signed, came " + what
                + ", the first difference at row " + first + "; get the file again from alice";
    }

    @Test
    void theSameRows() throws IOException {
        assertEquals(300, sample.compare("a.jsonl", ROWS).orElseThrow().rows());
        assertEquals(
                300,
                sample.compare("a.jsonl", ROWS.replace("\n", "\r\n"))
                        .orElseThrow()
                        .rows());
        assertTrue(sample.compare("other.jsonl", ROWS).isEmpty());
    }

    @Test
    void aChangedRow() {
        List<String> lines = lines();
        lines.set(17, "row l7");
        assertEquals(sentence("1 rows it does not have, 0 once too often and 1 missing", 18), refused(lines));
    }

    @Test
    void anAddedRow() {
        List<String> lines = lines();
        lines.add(299, "row more");
        assertEquals(sentence("1 rows it does not have, 0 once too often and 0 missing", 300), refused(lines));
    }

    @Test
    void aRemovedRow() {
        List<String> lines = lines();
        lines.remove(0);
        assertEquals(sentence("0 rows it does not have, 0 once too often and 1 missing", 1), refused(lines));
    }

    @Test
    void aRowTwice() {
        List<String> lines = lines();
        lines.add(5, lines.get(4));
        assertEquals(sentence("0 rows it does not have, 1 once too often and 0 missing", 6), refused(lines));
    }

    @Test
    void swappedAndReorderedRows() {
        List<String> lines = lines();
        Collections.swap(lines, 3, 250);
        assertEquals(sentence("the same rows in another order", 4), refused(lines));
        assertEquals(sentence("the same rows in another order", 1), refused(lines().reversed()));
    }

    /// The names of two shards changed places: their contents are known, but not under these names.
    @Test
    void swappedFiles() throws IOException {
        String other = Sample.rows(300, 400);
        sample.add("vendor-a", "b.jsonl", other);
        assertThrows(Broken.class, () -> sample.compare("a.jsonl", other));
        assertThrows(Broken.class, () -> sample.compare("b.jsonl", ROWS));
    }

    /// Row digests that were exchanged in the ledger's own file.
    @Test
    void digestsChangedInTheLedger() throws IOException {
        byte[] rows = sample.disk.read("batches/vendor-a/0.rows").orElseThrow();
        for (int at : new int[] {3, 40, 32 + 300 * 32 + 5}) {
            CrashDisk changed = sample.disk.copy();
            byte[] other = rows.clone();
            other[at] ^= 4;
            changed.tamper("batches/vendor-a/0.rows", other);
            assertThrows(
                    Broken.class,
                    () -> Sample.open(changed, sample.outside.copy()).check(),
                    "byte " + at);
        }
    }

    /// Row digests are held against the signed root wherever they are used: who can write to the
    /// ledger's folder but has no key cannot make a row of his own come from somebody else's batch.
    @Test
    void aRowSmuggledIntoTheDigests() throws IOException {
        byte[] rows = sample.disk.read("batches/vendor-a/0.rows").orElseThrow();
        Digest poison = Hasher.digest("poison".getBytes(StandardCharsets.UTF_8));
        poison.copyTo(rows, RowFile.HEADER + 41 * Digest.BYTES);
        sample.disk.tamper("batches/vendor-a/0.rows", rows);
        Ledger ledger = Sample.open(sample.disk, sample.outside);
        Batch batch = ledger.history().batches().getLast();
        String said = "expected the row digests \"batches/vendor-a/0.rows\" to have the root that was signed, came"
                + " another; restore the ledger from a copy";
        for (Executable use : List.<Executable>of(
                () -> Origins.of(ledger),
                () -> Origins.ofAll(ledger),
                () -> RowProof.of(ledger, batch, 41),
                () -> RowLookup.digest(ledger, new Origins.Origin(batch, 41)),
                () -> new DroppedSet(ledger, "vendor-a", Instant.EPOCH, Instant.MAX))) {
            assertEquals(said, assertThrows(Broken.class, use).getMessage());
        }
    }

    /// Nor can who takes one file away pass a ledger off as none.
    @Test
    void aLedgerThatIsGone() throws IOException {
        CrashDisk nothing = new CrashDisk();
        assertThrows(Broken.class, () -> Sample.open(nothing, sample.outside.copy()));
        assertThrows(Unusable.class, () -> Sample.open(nothing, new CrashDisk()));
        CrashDisk headless = sample.disk.copy();
        headless.delete("charters/1.json");
        assertEquals(
                "expected the first charter of a ledger that was here before, found none; restore the ledger from a"
                        + " copy",
                assertThrows(Broken.class, () -> Sample.open(headless, new CrashDisk()))
                        .getMessage());
    }

    @Test
    void anyChangedOrMissingFile() throws IOException {
        for (String name : sample.disk.list("")) {
            if (name.matches(".*\\.p/[12]")) {
                continue; // of a smaller log, read by nobody
            }
            byte[] bytes = sample.disk.read(name).orElseThrow();
            CrashDisk changed = sample.disk.copy();
            byte[] other = bytes.clone();
            other[bytes.length / 2] ^= 1;
            changed.tamper(name, other);
            assertThrows(
                    Broken.class,
                    () -> Sample.open(changed, sample.outside.copy()).check(),
                    name);
            CrashDisk missing = sample.disk.copy();
            missing.delete(name);
            assertThrows(
                    Broken.class,
                    () -> Sample.open(missing, sample.outside.copy()).check(),
                    name);
        }
    }

    /// A log written by who holds its key, with entries in it that the rules forbid.
    private String forged(Envelope envelope, String name) throws IOException {
        CrashDisk disk = sample.disk.copy();
        byte[] file = (new String(envelope.bytes(), StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8);
        disk.tamper(name, file);
        Entry entry = new Entry(Entry.Kind.BATCH, name, Hasher.digest(file), envelope.digest());
        TileLog log = TileLog.open(new io.bezoar.ledger.disk.Nested(disk, "log"), Sample.LOG.named());
        log.append(List.of(entry.bytes()), Sample.LOG);
        return assertThrows(Broken.class, () -> Sample.open(disk, sample.outside.copy()))
                .getMessage();
    }

    private Manifest manifest() {
        return sample.ledger.history().batches().getLast().manifest();
    }

    private static Manifest with(Manifest m, String corpus, String stream, long sequence, Optional<Digest> previous) {
        return new Manifest(
                corpus,
                stream,
                sequence,
                previous,
                m.rows(),
                m.bytes(),
                m.root(),
                m.schema(),
                m.source(),
                m.file(),
                m.labels(),
                m.quarantined(),
                m.author(),
                m.reviewer(),
                m.createdAt(),
                m.notBefore(),
                m.notAfter());
    }

    private static Envelope signed(Manifest manifest, SigningKey... keys) {
        return manifest.statement().signed(List.of(keys));
    }

    @Test
    void aReplayedBatch() throws IOException {
        Envelope same = History.lines(
                        sample.disk.read("batches/vendor-a/0.intoto.jsonl").orElseThrow())
                .getFirst();
        assertTrue(forged(same, "batches/vendor-a/1.intoto.jsonl")
                .startsWith("expected batch 1 of \"vendor-a\" with the digest of the one before, came batch 0:"
                        + " it is replayed, skipped or of another history"));
    }

    @Test
    void aSkippedBatch() throws IOException {
        Manifest m = manifest();
        Optional<Digest> last =
                Optional.of(sample.ledger.history().batches().getLast().digest());
        assertTrue(
                forged(signed(with(m, "tickets", "vendor-a", 2, last), Sample.ALICE), "batches/vendor-a/2.intoto.jsonl")
                        .startsWith("expected batch 1 of \"vendor-a\""));
        assertTrue(forged(
                        signed(with(m, "tickets", "vendor-a", 1, Optional.of(Hasher.empty())), Sample.ALICE),
                        "batches/vendor-a/1.intoto.jsonl")
                .startsWith("expected batch 1 of \"vendor-a\""));
    }

    @Test
    void aBatchOfAnotherCorpusOrStream() throws IOException {
        Optional<Digest> last =
                Optional.of(sample.ledger.history().batches().getLast().digest());
        assertTrue(forged(
                        signed(with(manifest(), "other", "vendor-a", 1, last), Sample.ALICE),
                        "batches/vendor-a/1.intoto.jsonl")
                .startsWith("expected a batch for the corpus \"tickets\", came one for another"));
        assertTrue(forged(
                        signed(with(manifest(), "tickets", "nobodys", 0, Optional.empty()), Sample.ALICE),
                        "batches/nobodys/0.intoto.jsonl")
                .startsWith("expected a stream of the charter, came \"nobodys\", which is none"));
    }

    /// The batch is cut out of the log, or its last ones: the checkpoint seen before is larger, or signed
    /// over others.
    @Test
    void truncatedAndRolledBack() throws IOException {
        CrashDisk before = sample.disk.copy();
        sample.add("vendor-a", "b.jsonl", Sample.rows(0, 5));
        assertEquals(
                "expected a log of at least 4 entries, as was seen before, came one of 3: it was rolled back; restore"
                        + " the newest copy",
                assertThrows(Broken.class, () -> Sample.open(before, sample.outside))
                        .getMessage());
    }

    /// Two ledgers of one log that differ in their last batch: both checkpoints are kept.
    @Test
    void equivocation() throws IOException {
        CrashDisk fork = sample.disk.copy();
        CrashDisk forkOutside = sample.outside.copy();
        sample.add("vendor-a", "b.jsonl", Sample.rows(0, 5));
        Ledger other = Sample.open(fork, forkOutside);
        Sample.add(other, Delivery.of("vendor-a", "b.jsonl", Sample.ALICE), Sample.rows(0, 6));
        String said = assertThrows(Broken.class, () -> Sample.open(fork, sample.outside))
                .getMessage();
        assertTrue(said.startsWith("expected one history, came two signed checkpoints of 4 entries"), said);
        assertEquals(2, sample.outside.list("evidence").size());
        for (String name : sample.outside.list("evidence")) {
            Note note = Note.read(sample.outside.read(name).orElseThrow());
            assertEquals(4, Checkpoint.of(note, Sample.LOG.named()).size());
        }
    }

    @Test
    void anotherLedgerInItsPlace() throws IOException {
        CrashDisk disk = new CrashDisk();
        Ledger.create(disk, new CrashDisk(), "tickets", Sample.LOG, List.of(Sample.BOB), 1, InstantSource.system());
        assertTrue(assertThrows(Broken.class, () -> Sample.open(disk, sample.outside))
                .getMessage()
                .startsWith("expected the ledger that was seen here before"));
    }

    private static Delivery delivery(String stream, SigningKey author, SigningKey... others) {
        return new Delivery(stream, "x", author, Optional.empty(), List.of(others), Delivery.VALIDITY);
    }

    private String unusable(Delivery delivery) {
        long size = sample.ledger.log().size();
        String said =
                assertThrows(Unusable.class, () -> sample.add(delivery, ROWS)).getMessage();
        assertEquals(size, sample.ledger.log().size());
        assertTrue(sample.disk.list("").stream().noneMatch(name -> name.endsWith(".unfinished")));
        return said;
    }

    @Test
    void oneOfTwoRequiredKeys() throws IOException {
        assertEquals(
                "expected batch vendor-b/0 signed by 2 of the writers of \"vendor-b\", came 1; nothing was added",
                unusable(delivery("vendor-b", Sample.ALICE)));
        sample.add(delivery("vendor-b", Sample.ALICE, Sample.BOB), ROWS);
    }

    @Test
    void twiceTheSameKey() throws IOException {
        assertEquals(
                "expected batch vendor-b/0 signed by 2 of the writers of \"vendor-b\", came 1; nothing was added",
                unusable(delivery("vendor-b", Sample.ALICE, SigningKey.of(Sample.ALICE.secret()))));
        Manifest m = with(manifest(), "tickets", "vendor-b", 0, Optional.empty());
        assertTrue(forged(signed(m, Sample.ALICE, Sample.ALICE), "batches/vendor-b/0.intoto.jsonl")
                .startsWith("expected batch vendor-b/0 signed by 2 of the writers of \"vendor-b\", came 1"));
    }

    /// One key cannot be enrolled under two names.
    @Test
    void oneKeyWithTwoNames() {
        NamedKey twin = new NamedKey(
                "alice2", NamedKey.Type.SIGNATURE, Sample.ALICE.named().key());
        assertThrows(Unusable.class, () -> sample.amend(next -> next.key(twin)));
    }

    @Test
    void aKeyOfAnotherStream() {
        assertEquals(
                "expected batch vendor-a/1 signed by 1 of the writers of \"vendor-a\", came 0; nothing was added",
                unusable(delivery("vendor-a", Sample.BOB)));
    }

    @Test
    void theAuthorIsNotTheReviewer() throws IOException {
        String said = "expected batch reviewed/0 signed by a reviewer of the stream who is not its author, came without"
                + " that signature; nothing was added";
        assertEquals(said, unusable(delivery("reviewed", Sample.BOB)));
        assertEquals(
                said,
                unusable(new Delivery(
                        "reviewed", "x", Sample.BOB, Optional.of(Sample.BOB), List.of(), Delivery.VALIDITY)));
        assertEquals(
                said,
                unusable(new Delivery(
                        "reviewed", "x", Sample.BOB, Optional.of(Sample.ALICE), List.of(), Delivery.VALIDITY)));
        Batch batch = sample.add(
                        new Delivery(
                                "reviewed", "x", Sample.BOB, Optional.of(Sample.CAROL), List.of(), Delivery.VALIDITY),
                        ROWS)
                .batch();
        assertEquals(Set.of("bob", "carol"), batch.signers());
    }

    /// Who revokes a key does not by that let one person do what two had to.
    @Test
    void aRevokedKeyLowersNoThreshold() throws IOException {
        assertEquals(
                "expected 2 writers of \"vendor-b\" besides \"alice\", for as many must sign, came 1; let another in"
                        + " or lower the threshold first, with bezoar ledger keys allow --stream vendor-b; nothing was"
                        + " changed",
                assertThrows(Unusable.class, () -> sample.amend(next -> next.revoke("alice", sample.now)))
                        .getMessage());
        sample.amend(next -> next.administrators(new Charter.Signers(1, Set.of("admin", "carol"))));
        sample.amend(next -> next.revoke("carol", sample.now));
        sample.amend(next -> next.key(DAN.named()));
        sample.ledger.amend(
                next -> next.administrators(new Charter.Signers(2, Set.of("admin", "dan"))),
                List.of(Sample.ADMIN, DAN),
                Sample.LOG);
        assertEquals(
                "expected 2 administrators besides \"dan\", for as many must sign, came 1; let another in or lower the"
                        + " threshold first, with bezoar ledger keys admin; nothing was changed",
                assertThrows(Unusable.class, () -> sample.amend(next -> next.revoke("dan", sample.now)))
                        .getMessage());
    }

    private static Charter.Next oneIsEnough(Charter.Next next) {
        return next.stream(
                Sample.stream("vendor-b", Source.Kind.VENDOR, 1, Set.of("alice", "bob"), Set.of(), Contract.ANY));
    }

    @Test
    void aRevokedKey() throws IOException {
        sample.amend(AttacksTest::oneIsEnough);
        sample.amend(next -> next.stream(Sample.stream(
                        "vendor-a", Source.Kind.VENDOR, 1, Set.of("alice", "bob"), Set.of(), Contract.ANY))
                .revoke("alice", sample.now));
        assertEquals(
                "expected batch vendor-a/1 signed by 1 of the writers of \"vendor-a\", came 0; nothing was added",
                unusable(delivery("vendor-a", Sample.ALICE)));
        // what it signed before stands, for the log knows the order
        sample.ledger.check();
        sample.add(delivery("vendor-a", Sample.BOB), ROWS);
        assertThrows(
                Unusable.class,
                () -> sample.amend(next -> next.administrators(new Charter.Signers(1, Set.of("admin", "alice")))));
    }

    /// A key that was stolen before it was revoked: what witnesses saw before the theft stands, the rest
    /// does not, until somebody takes it out.
    @Test
    void aStolenKey() throws IOException {
        SigningKey witness = SigningKey.make("w1", NamedKey.Type.COSIGNATURE, new SecureRandom());
        sample.amend(AttacksTest::oneIsEnough);
        sample.amend(next -> next.policy("witness W1 " + witness.named() + "\nquorum W1\n").stream(
                Sample.stream("vendor-a", Source.Kind.VENDOR, 1, Set.of("alice", "bob"), Set.of(), Contract.ANY)));
        sample.add("vendor-a", "c.jsonl", Sample.rows(0, 9));
        Instant theft = sample.now.plus(Duration.ofMinutes(30));
        sample.ledger.cosigned(
                new Note(sample.ledger.log().note().text(), List.of()).cosigned(witness, sample.now.getEpochSecond()),
                witness.named());
        sample.add("vendor-a", "d.jsonl", Sample.rows(0, 10));
        sample.ledger.cosigned(
                new Note(sample.ledger.log().note().text(), List.of()).cosigned(witness, sample.now.getEpochSecond()),
                witness.named());
        sample.amend(next -> next.revoke("alice", theft));
        String said = assertThrows(Broken.class, () -> sample.ledger.check()).getMessage();
        assertTrue(said.startsWith("expected batch vendor-a/2 to be cosigned by witnesses before"), said);
        assertEquals(
                List.of("vendor-a/2"),
                sample.ledger.history().suspects().stream()
                        .map(each -> each.batch().manifest().name())
                        .toList());
        DroppedSet dropped = new DroppedSet(sample.ledger, "vendor-a", theft, Instant.MAX);
        sample.tick();
        dropped.record("stolen key", "test", sample.now, sample.now, List.of(Sample.ADMIN), Sample.LOG);
        sample.ledger.check();
        Sample.open(sample.disk, sample.outside).check();
    }

    @Test
    void aWriterTakesNobodyElsesBatchOut() throws IOException {
        DroppedSet dropped = new DroppedSet(sample.ledger, "vendor-a", Instant.EPOCH, Instant.MAX);
        assertEquals(
                "expected a removal signed by 1 administrators, came fewer; give their keys with --admin",
                assertThrows(
                                Unusable.class,
                                () -> dropped.record(
                                        "", "test", sample.now, sample.now, List.of(Sample.BOB), Sample.LOG))
                        .getMessage());
    }

    @Test
    void aCharterNeedsItsAdministrators() throws IOException {
        assertTrue(assertThrows(
                        Unusable.class,
                        () -> sample.ledger.amend(
                                next -> next.administrators(new Charter.Signers(1, Set.of("bob"))),
                                List.of(Sample.BOB),
                                Sample.LOG))
                .getMessage()
                .startsWith("expected the keys of 1 administrators, came fewer"));
        // two of three from now on, signed by the old and the new
        sample.tick();
        sample.ledger.amend(
                next -> next.administrators(new Charter.Signers(2, Set.of("admin", "bob", "carol"))),
                List.of(Sample.ADMIN, Sample.BOB),
                Sample.LOG);
        sample.tick();
        assertThrows(
                Unusable.class,
                () -> sample.ledger.amend(next -> next, List.of(Sample.ADMIN, Sample.ADMIN), Sample.LOG));
        sample.ledger.amend(next -> next, List.of(Sample.CAROL, Sample.BOB), Sample.LOG);
        sample.ledger.check();
    }

    @Test
    void aClockSetBack() {
        sample.now = sample.now.minus(Duration.ofDays(1));
        Instant before = sample.ledger.history().latest();
        assertEquals(
                "expected a clock at or after " + before + ", when the ledger was last written, came "
                        + sample.now.plus(Duration.ofHours(1)) + "; set the clock",
                unusable(delivery("vendor-a", Sample.ALICE)));
    }

    /// The same in the log of somebody who wrote it with other software.
    @Test
    void aTimeBeforeTheEntryBefore() throws IOException {
        Manifest m = manifest();
        Instant early = m.createdAt().minus(Duration.ofDays(1));
        Manifest back = new Manifest(
                m.corpus(),
                m.stream(),
                1,
                Optional.of(sample.ledger.history().batches().getLast().digest()),
                m.rows(),
                m.bytes(),
                m.root(),
                m.schema(),
                m.source(),
                m.file(),
                m.labels(),
                m.quarantined(),
                m.author(),
                m.reviewer(),
                early,
                early,
                m.notAfter());
        assertTrue(forged(signed(back, Sample.ALICE), "batches/vendor-a/1.intoto.jsonl")
                .contains("a clock was set back"));
    }

    @Test
    void anExpiredManifestOrCharter() throws IOException {
        Manifest m = manifest();
        Instant late = m.notAfter().plusSeconds(1);
        Manifest expired = new Manifest(
                m.corpus(),
                m.stream(),
                1,
                Optional.of(sample.ledger.history().batches().getLast().digest()),
                m.rows(),
                m.bytes(),
                m.root(),
                m.schema(),
                m.source(),
                m.file(),
                m.labels(),
                m.quarantined(),
                m.author(),
                m.reviewer(),
                late,
                m.notBefore(),
                m.notAfter());
        assertTrue(forged(signed(expired, Sample.ALICE), "batches/vendor-a/1.intoto.jsonl")
                .startsWith("expected batch vendor-a/1 within its own validity"));
        sample.now = sample.now.plus(Duration.ofDays(800));
        assertTrue(unusable(delivery("vendor-a", Sample.ALICE)).startsWith("expected a charter that is valid"));
        sample.amend(next -> next);
        sample.add(delivery("vendor-a", Sample.ALICE), ROWS);
    }

    /// A line taken out of a file of statements, or put into it.
    @Test
    void aDroppedAttestation() throws IOException {
        sample.add("vendor-a", "e.jsonl", ROWS);
        Statement first = new Statement(
                List.of(new Statement.Subject("x", java.util.Map.of("sha256", "00"))),
                "https://example.org/a",
                new io.bezoar.ledger.json.JsonValue.Building().done());
        Deed deed = sample.ledger.state(List.of(first, first), List.of(Sample.ALICE), Sample.LOG);
        byte[] both = sample.disk.read(deed.name()).orElseThrow();
        sample.disk.tamper(deed.name(), Arrays.copyOf(both, both.length / 2));
        String said = assertThrows(Broken.class, () -> Sample.open(sample.disk, sample.outside))
                .getMessage();
        assertTrue(said.startsWith("expected \"" + deed.name() + "\" with the digest in the log, came another"), said);
    }

    /// Somebody claims a review that nobody asked for and nobody made.
    @Test
    void anInventedReviewer() {
        assertTrue(unusable(new Delivery(
                        "vendor-a", "x", Sample.ALICE, Optional.of(Sample.CAROL), List.of(), Delivery.VALIDITY))
                .contains("a reviewer only where the stream asks for one"));
    }

    /// Who holds the log's key cannot wave through what breaks the limits of the stream.
    @Test
    void limitsHoldWheneverTheLogIsRead() throws IOException {
        sample.amend(next -> next.stream(Sample.stream(
                "vendor-a",
                Source.Kind.VENDOR,
                1,
                Set.of("alice"),
                Set.of(),
                Sample.contract("{\"contract\":\"bezoar.contract/1\",\"limits\":{\"days\":7,\"rows\":599}}"))));
        Manifest m = manifest();
        Batch before = sample.ledger.history().batches().getLast();
        Manifest next = new Manifest(
                "tickets",
                "vendor-a",
                1,
                Optional.of(before.digest()),
                m.rows(),
                m.bytes(),
                m.root(),
                sample.ledger.charter().stream("vendor-a")
                        .orElseThrow()
                        .contract()
                        .digest(),
                m.source(),
                m.file(),
                m.labels(),
                m.quarantined(),
                m.author(),
                m.reviewer(),
                sample.now,
                sample.now,
                sample.now.plusSeconds(60));
        assertEquals(
                "expected at most 599 rows of \"alice\" within 7 days, came 600 in entry 4 of the log; restore the"
                        + " ledger from a copy",
                forged(signed(next, Sample.ALICE), "batches/vendor-a/1.intoto.jsonl"));
    }

    /// What would not hold when it is read is not written: a slip with a key does not break the ledger
    /// for good.
    @Test
    void aStatementOfAStranger() throws IOException {
        Batch batch = sample.ledger.history().batches().getLast();
        Statement statement = Attestations.activity(
                List.of(new Statement.Subject(
                        "x", Map.of(Manifest.ROOT, batch.manifest().root().hex()))),
                "scan",
                new io.bezoar.ledger.json.JsonValue.Building().done(),
                "test",
                sample.now,
                sample.now);
        long size = sample.ledger.log().size();
        assertEquals(
                "expected \"statements/3.intoto.jsonl\" signed by a key of the charter, came none; nothing was added",
                assertThrows(Unusable.class, () -> sample.ledger.state(List.of(statement), List.of(DAN), Sample.LOG))
                        .getMessage());
        assertEquals(size, sample.ledger.log().size());
        assertEquals(List.of(), sample.ledger.check().leftovers());
        sample.tick();
        sample.ledger.state(List.of(statement), List.of(Sample.ALICE), Sample.LOG);
        assertEquals(size + 1, Sample.open(sample.disk, sample.outside).check().entries());
    }

    /// A proof says who signed the batch only to those who hold it against the author's key.
    @Test
    void aProofWithoutTheAuthorsSignature() throws IOException {
        RowProof proof =
                RowProof.of(sample.ledger, sample.ledger.history().batches().getLast(), 41);
        List<NamedKey> both = List.of(Sample.ALICE.named(), Sample.BOB.named());
        assertEquals(Set.of(Sample.ALICE.named()), proof.signedBy(both));
        Envelope bare =
                new Envelope(proof.envelope().payloadType(), proof.envelope().payload(), List.of());
        RowProof stripped = new RowProof(proof.content(), 41, proof.path(), bare, proof.entry(), proof.log());
        assertEquals(Set.of(), stripped.signedBy(both));
    }

    /// What a proof shows cannot be moved to another row, batch or log.
    @Test
    void forgedProofs() throws IOException {
        Batch batch = sample.ledger.history().batches().getLast();
        RowProof proof = RowProof.of(sample.ledger, batch, 41);
        NamedKey log = Sample.LOG.named();
        assertEquals(
                "vendor-a/0",
                proof.verify(log, io.bezoar.ledger.log.Policy.NONE).manifest().name());
        RowProof other = RowProof.of(sample.ledger, batch, 42);
        for (RowProof forged : List.of(
                new RowProof(other.content(), 41, proof.path(), proof.envelope(), proof.entry(), proof.log()),
                new RowProof(proof.content(), 42, proof.path(), proof.envelope(), proof.entry(), proof.log()),
                new RowProof(
                        proof.content(), 41, other.path().reversed(), proof.envelope(), proof.entry(), proof.log()),
                new RowProof(
                        proof.content(),
                        41,
                        proof.path(),
                        signed(with(manifest(), "tickets", "vendor-a", 1, Optional.of(Hasher.empty())), Sample.ALICE),
                        proof.entry(),
                        proof.log()))) {
            assertThrows(Malformed.class, () -> forged.verify(log, io.bezoar.ledger.log.Policy.NONE));
        }
        assertThrows(Malformed.class, () -> proof.verify(Sample.BOB.named(), io.bezoar.ledger.log.Policy.NONE));
    }
}
