package io.bezoar.ledger;

import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.disk.Nested;
import io.bezoar.ledger.disk.Writes;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Busy;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.log.Checkpoint;
import io.bezoar.ledger.log.Seen;
import io.bezoar.ledger.log.TileLog;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.sign.Envelope;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;
import io.bezoar.ledger.sign.SigningKey;
import io.bezoar.ledger.sign.Statement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/// A ledger on disk: which rows came from whom, in signed batches, in a log that only grows. Owned by one
/// thread.
///
/// ```
/// charters/N.json              who may do what, version N, in a signed envelope
/// log/                         the log in tiles, one entry for each file here that counts
/// batches/STREAM/N.intoto.jsonl   the signed manifest of a batch
/// batches/STREAM/N.rows           digests of its rows
/// batches/STREAM/N.quarantine.jsonl   rows that were held back
/// statements/N.intoto.jsonl    what was done with rows
/// cosigned/N                   checkpoints of N entries that witnesses have cosigned
/// ```
///
/// Every file that the log speaks of is safe on disk before the log is; so after a crash the log speaks
/// of nothing that is not there.
public final class Ledger {
    /// How long a charter holds unless it is renewed.
    public static final Duration CHARTER_LIFE = Duration.ofDays(730);

    private static final int ATTEMPTS = 5;
    private static final String IDENTITY = "ledger";
    private static final String FIRST = "charters/1.json";

    private final Disk disk;
    private final Seen seen;
    private final InstantSource clock;
    private TileLog log;
    private History history;

    private Ledger(Disk disk, Seen seen, TileLog log, InstantSource clock, History history) {
        this.disk = disk;
        this.seen = seen;
        this.log = log;
        this.clock = clock;
        this.history = history;
    }

    /// A new ledger.
    ///
    /// @param outside a folder outside the ledger's, which remembers the largest checkpoint seen
    /// @param corpus name of the data set
    /// @param key of the log; its name is the log's origin
    /// @param administrators all of whom sign the first charter
    /// @param threshold how many of them must sign the next
    public static Ledger create(
            Disk disk,
            Disk outside,
            String corpus,
            SigningKey key,
            List<SigningKey> administrators,
            int threshold,
            InstantSource clock)
            throws IOException {
        return create(disk, outside, corpus, key, administrators, threshold, List.of(), clock);
    }

    /// A new ledger.
    ///
    /// @param outside a folder outside the ledger's, which remembers the largest checkpoint seen
    /// @param corpus name of the data set
    /// @param key of the log; its name is the log's origin
    /// @param administrators all of whom sign the first charter
    /// @param threshold how many of them must sign the next
    /// @param others keys that may state what was done with rows, and nothing else
    public static Ledger create(
            Disk disk,
            Disk outside,
            String corpus,
            SigningKey key,
            List<SigningKey> administrators,
            int threshold,
            List<NamedKey> others,
            InstantSource clock)
            throws IOException {
        try (AutoCloseable _ = disk.lock()) {
            Disk logDisk = new Nested(disk, "log");
            if (disk.read("log/" + TileLog.CHECKPOINT).isPresent()
                    && TileLog.open(logDisk, key.named()).size() > 0) {
                throw new Unusable("expected a new folder for a ledger, came one that holds one; name another");
            }
            Instant now = now(clock);
            Map<String, NamedKey> keys = new java.util.TreeMap<>();
            administrators.forEach(each -> keys.put(each.name(), each.named()));
            Charter.Signers signers = new Charter.Signers(threshold, keys.keySet());
            others.forEach(each -> keys.put(each.name(), each));
            Charter charter = new Charter(
                    corpus, 1, now, now.plus(CHARTER_LIFE), key.named(), "", keys, signers, Map.of(), Map.of());
            TileLog log = TileLog.create(logDisk, key);
            History.Filed first = filed(Entry.Kind.CHARTER, FIRST, List.of(envelope(charter, administrators)));
            append(log, List.of(first), new Writes(disk), key);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
        return open(disk, outside, clock);
    }

    /// The ledger on that disk, all of it verified but the rows themselves.
    ///
    /// Others may write to it at the same time.
    ///
    /// @throws Unusable if there is none
    /// @throws Broken if it does not hold
    public static Ledger open(Disk disk, Disk outside, InstantSource clock) throws IOException {
        for (int attempt = 1; ; attempt++) {
            byte[] before = published(disk);
            try {
                return read(disk, outside, clock);
            } catch (Broken e) {
                if (attempt == ATTEMPTS || Arrays.equals(before, published(disk))) {
                    throw e;
                }
            }
        }
    }

    /// The bytes of the log's checkpoint; none if there is no log.
    private static byte[] published(Disk disk) throws IOException {
        return disk.read("log/" + TileLog.CHECKPOINT).orElse(new byte[0]);
    }

    private static Ledger read(Disk disk, Disk outside, InstantSource clock) throws IOException {
        Optional<byte[]> charters = disk.read(FIRST);
        if (charters.isEmpty()) {
            throw missing(disk, outside);
        }
        byte[] first = charters.get();
        TileLog log;
        History history;
        try {
            Charter charter = Charter.of(History.lines(first).getFirst());
            log = TileLog.open(new Nested(disk, "log"), charter.log());
            history = History.of(disk, log);
        } catch (Malformed e) {
            throw new Broken(e.getMessage() + "; restore the ledger from a copy");
        }
        pin(outside, history.identity());
        Seen seen = new Seen(outside);
        seen.check(log);
        return new Ledger(disk, seen, log, clock, history);
    }

    /// What to say where there is no first charter: was there a ledger?
    private static RuntimeException missing(Disk disk, Disk outside) throws IOException {
        boolean begun;
        try {
            byte[] checkpoint = published(disk);
            begun = checkpoint.length > 0
                    && Checkpoint.of(Note.read(checkpoint)).size() > 0;
        } catch (Malformed _) {
            begun = true;
        }
        return begun || outside.read(IDENTITY).isPresent()
                ? new Broken("expected the first charter of a ledger that was here before, found none; restore the"
                        + " ledger from a copy")
                : new Unusable(
                        "expected a ledger, found none; make one with bezoar ledger init, or name its folder with"
                                + " --ledger");
    }

    /// The first ledger seen from here is the one that is expected from then on.
    private static void pin(Disk outside, Digest identity) throws IOException {
        byte[] bytes = (identity.hex() + "\n").getBytes(StandardCharsets.US_ASCII);
        Optional<byte[]> known = outside.read(IDENTITY);
        if (known.isEmpty()) {
            new Writes(outside).put(IDENTITY, bytes).finish();
        } else if (!Arrays.equals(known.get(), bytes)) {
            throw new Broken(
                    "expected the ledger that was seen here before, found one that begins with another charter;"
                            + " restore the right one, or name another folder with --seen");
        }
    }

    private static Instant now(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Envelope envelope(Charter charter, List<SigningKey> keys) {
        return Envelope.signed(Charter.TYPE, charter.bytes(), keys);
    }

    public History history() {
        return history;
    }

    public TileLog log() {
        return log;
    }

    public Charter charter() {
        return history.charter();
    }

    /// The log up to the last entry that says where rows came from: a batch or a removal. What is stated
    /// later about rows leaves it as it is.
    public Checkpoint sources() throws IOException {
        long size = history.sources();
        return new Checkpoint(log.checkpoint().origin(), size, log.tree().root(size));
    }

    Disk disk() {
        return disk;
    }

    /// What [#add] did.
    ///
    /// @param heldBack rows that break the contract and lie in the batch's quarantine file
    public record Added(Batch batch, long heldBack, Checkpoint checkpoint) {}

    /// Takes a batch in; when it returns the batch is safe.
    ///
    /// @param rows one a line
    /// @param key of the log
    /// @param workers hash the rows
    /// @throws io.bezoar.ledger.fault.Refused if the batch breaks the rules of its stream
    public Added add(Delivery delivery, InputStream rows, SigningKey key, ExecutorService workers) throws IOException {
        return add(List.of(new Parcel(delivery, () -> rows)), key, workers).getFirst();
    }

    /// Takes a batch of each parcel in, all together or none; when it returns they are safe. Many together wait for the
    /// disk once.
    ///
    /// @param key of the log
    /// @param workers hash the rows
    /// @throws io.bezoar.ledger.fault.Refused if a batch breaks the rules of its stream
    public List<Added> add(List<Parcel> parcels, SigningKey key, ExecutorService workers) throws IOException {
        return afterOthers(() -> {
            Writes writes = new Writes(disk);
            try {
                var admitted = new Admission(history, nowAfterAll(), writes, workers).admit(parcels, log.size());
                Map<Digest, Set<String>> signers = new HashMap<>();
                List<History.Filed> entries = new ArrayList<>();
                for (Admission.Admitted each : admitted) {
                    History.Filed filed = filed(
                            Entry.Kind.BATCH, each.batch().manifest().file("intoto.jsonl"), List.of(each.envelope()));
                    signers.put(filed.entry().file(), each.batch().signers());
                    entries.add(filed);
                }
                put(entries, signers, writes, key);
                return admitted.stream()
                        .map(each -> new Added(each.batch(), each.heldBack(), log.checkpoint()))
                        .toList();
            } catch (RuntimeException | IOException e) {
                writes.discard();
                throw e;
            }
        });
    }

    /// Writes the next version of the charter.
    public Charter amend(UnaryOperator<Charter.Next> changes, List<SigningKey> administrators, SigningKey key)
            throws IOException {
        return alone(() -> {
            Instant now = nowAfterAll();
            Charter next;
            Envelope envelope;
            try {
                next = changes.apply(charter().next(now, now.plus(CHARTER_LIFE)))
                        .done();
                envelope = envelope(next, administrators);
            } catch (Malformed e) {
                throw new Unusable(e.getMessage() + "; nothing was changed");
            }
            if (!charter().signed(envelope) || !next.signed(envelope)) {
                throw new Unusable("expected the keys of "
                        + Math.max(
                                charter().administrators().threshold(),
                                next.administrators().threshold())
                        + " administrators, came fewer; give them with --admin");
            }
            String name = "charters/" + next.version() + ".json";
            put(List.of(filed(Entry.Kind.CHARTER, name, List.of(envelope))), Map.of(), new Writes(disk), key);
            return next;
        });
    }

    /// Records what was done with rows.
    ///
    /// @param signers of all statements; administrators if a batch is withdrawn
    public Deed state(List<Statement> statements, List<SigningKey> signers, SigningKey key) throws IOException {
        return afterOthers(() -> {
            nowAfterAll();
            String name = "statements/" + log.size() + ".intoto.jsonl";
            List<Envelope> envelopes =
                    statements.stream().map(each -> each.signed(signers)).toList();
            boolean removes =
                    statements.stream().anyMatch(each -> each.predicateType().equals(Removal.TYPE));
            if (removes && !envelopes.stream().allMatch(charter()::signed)) {
                throw new Unusable("expected a removal signed by "
                        + charter().administrators().threshold()
                        + " administrators, came fewer; give their keys with --admin");
            }
            put(List.of(filed(Entry.Kind.STATEMENT, name, envelopes)), Map.of(), new Writes(disk), key);
            return history.deeds().getLast();
        });
    }

    /// Adds the cosignature of a witness to the current checkpoint, and keeps both: as evidence of when it
    /// was seen.
    public void cosigned(Note note, NamedKey witness) throws IOException {
        alone(() -> {
            try {
                note.verified(List.of(witness));
                log.cosigned(note);
            } catch (Malformed e) {
                throw new Unusable(e.getMessage() + "; ask the witness again");
            }
            new Writes(disk).put("cosigned/" + log.size(), log.note().bytes()).finish();
            return log.size();
        });
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    /// Takes a step that rests on what was read: refused if others have written since.
    private <T> T alone(Step<T> step) throws IOException {
        return locked(() -> {
            if (!Arrays.equals(published(disk), log.note().bytes())) {
                throw new Busy("expected a ledger that nobody else has changed meanwhile, but somebody has; try again");
            }
            return step.take();
        });
    }

    /// Takes a step that goes behind whatever others have written since.
    private <T> T afterOthers(Step<T> step) throws IOException {
        return locked(() -> {
            if (!Arrays.equals(published(disk), log.note().bytes())) {
                TileLog grown = TileLog.open(new Nested(disk, "log"), log.key());
                seen.compare(log.note(), grown);
                History reread = History.of(disk, grown);
                seen.check(grown);
                log = grown;
                history = reread;
            }
            return step.take();
        });
    }

    private <T> T locked(Step<T> step) throws IOException {
        try (AutoCloseable _ = disk.lock()) {
            return step.take();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private Instant nowAfterAll() {
        Instant now = now(clock);
        if (now.isBefore(history.latest())) {
            throw new Unusable("expected a clock at or after " + Manifest.time(history.latest())
                    + ", when the ledger was last written, came " + Manifest.time(now) + "; set the clock");
        }
        return now;
    }

    /// Puts entries into the log if they hold, and remembers that it was seen.
    ///
    /// @throws Unusable if one of them would not hold when it is read; then nothing was added
    private void put(List<History.Filed> entries, Map<Digest, Set<String>> signers, Writes writes, SigningKey key)
            throws IOException {
        boolean done = false;
        try {
            history.take(entries, signers);
            append(log, entries, writes, key);
            done = true;
        } catch (Malformed e) {
            throw new Unusable(e.getMessage() + "; nothing was added");
        } finally {
            if (!done) {
                writes.discard();
                history = History.of(disk, log);
            }
        }
        try {
            seen.check(log);
        } catch (IOException e) {
            throw new IOException(
                    "what was added is safe in the log, now of " + log.size() + " entries, and must not be added again,"
                            + " but that it was seen could not be remembered: " + e.getMessage(),
                    e);
        }
    }

    /// The entry of a file, and the file.
    private static History.Filed filed(Entry.Kind kind, String name, List<Envelope> envelopes) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Envelope envelope : envelopes) {
            lines.writeBytes(envelope.bytes());
            lines.write('\n');
        }
        byte[] file = lines.toByteArray();
        Digest payload = envelopes.getFirst().digest();
        return new History.Filed(new Entry(kind, name, Hasher.digest(file), payload), file);
    }

    private static void append(TileLog log, List<History.Filed> entries, Writes writes, SigningKey key)
            throws IOException {
        for (History.Filed each : entries) {
            writes.put(each.entry().name(), each.file());
        }
        try {
            log.append(entries.stream().map(each -> each.entry().bytes()).toList(), key, writes, "log/");
        } catch (Malformed e) {
            throw new Unusable(e.getMessage() + "; name the key of the log with --log-key");
        }
    }

    /// Digests of the rows of a batch.
    RowFile rows(Batch batch) throws IOException {
        return RowFile.open(disk, batch.manifest());
    }

    /// What [#check] read.
    ///
    /// @param leftovers files that the log does not speak of: what a crash left behind
    public record Checked(long entries, long batches, long rows, long files, List<String> leftovers) {}

    /// Verifies everything the ledger holds: the log in all its tiles, each charter, batch and statement,
    /// and the row digests of each batch against its signed root.
    ///
    /// @throws Broken if anything does not hold
    public Checked check() throws IOException {
        history = History.of(disk, log);
        return Audit.of(disk, log, history);
    }
}
