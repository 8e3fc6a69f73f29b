package io.bezoar.ledger.log;

import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.disk.Writes;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.merkle.Proofs;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Cosigns checkpoints of logs that only grow (C2SP tlog-witness): for each log it remembers the largest
/// checkpoint it has seen, and signs no other of that size and none that does not contain it.
///
/// Comparing and remembering happen under one lock, and what is remembered is safe before a signature
/// leaves, so that neither two callers at once nor a crash makes it sign both sides of a fork.
public final class Witness {
    private final Disk disk;
    private final SigningKey key;
    private final List<NamedKey> logs;
    private final InstantSource clock;

    /// @param disk where it remembers
    /// @param key of type [NamedKey.Type#COSIGNATURE]
    /// @param logs that it watches
    public Witness(Disk disk, SigningKey key, List<NamedKey> logs, InstantSource clock) {
        if (key.named().type() != NamedKey.Type.COSIGNATURE) {
            throw new Malformed("expected a cosignature key for a witness, came a key that signs");
        }
        this.disk = disk;
        this.key = key;
        this.logs = List.copyOf(logs);
        this.clock = clock;
    }

    /// What a witness answers.
    ///
    /// @param status as in HTTP: 200 cosigned, 403 not signed by the log, 404 no log of ours, 400 makes
    ///     no sense, 409 another size was seen last, 422 not a continuation
    /// @param note the cosigned checkpoint, with 200
    /// @param seen the size seen last, with 409
    public record Answer(int status, Optional<Note> note, long seen) {
        static Answer refused(int status, long seen) {
            return new Answer(status, Optional.empty(), seen);
        }
    }

    /// Asks for a cosignature.
    ///
    /// @param old the size the caller believes was seen last
    /// @param proof that the checkpoint continues it; empty from 0
    public Answer add(long old, List<Digest> proof, byte[] checkpoint) throws IOException {
        Note note;
        Checkpoint came;
        NamedKey log;
        try {
            note = Note.read(checkpoint);
            came = Checkpoint.of(note);
            String origin = came.origin();
            Optional<NamedKey> known =
                    logs.stream().filter(each -> each.name().equals(origin)).findFirst();
            if (known.isEmpty()) {
                return Answer.refused(404, 0);
            }
            log = known.get();
        } catch (Malformed _) {
            return Answer.refused(400, 0);
        }
        try {
            Checkpoint.of(note, log);
        } catch (Malformed _) {
            return Answer.refused(403, 0);
        }
        if (old < 0 || old > came.size()) {
            return Answer.refused(400, 0);
        }
        return compared(old, proof, note, came);
    }

    private synchronized Answer compared(long old, List<Digest> proof, Note note, Checkpoint came) throws IOException {
        try (AutoCloseable _ = disk.lock()) {
            Optional<Checkpoint> seen = last(came.origin());
            long size = seen.map(Checkpoint::size).orElse(0L);
            if (old != size) {
                return Answer.refused(409, size);
            }
            // from nothing everything follows: the first checkpoint is taken as it is
            boolean follows = size == 0
                    ? proof.isEmpty() && (came.size() > 0 || came.root().equals(Hasher.empty()))
                    : Proofs.consistent(size, came.size(), seen.orElseThrow().root(), came.root(), proof);
            if (!follows) {
                new Writes(disk)
                        .put("refused/" + file(came.origin()) + "/" + Hasher.digest(note.bytes()), note.bytes())
                        .finish();
                return Answer.refused(422, size);
            }
            new Writes(disk).put("seen/" + file(came.origin()), note.bytes()).finish();
            Note alone = new Note(note.text(), List.of());
            Note cosigned = alone.cosigned(key, clock.instant().getEpochSecond());
            return new Answer(200, Optional.of(cosigned), came.size());
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /// The largest checkpoint of a log that was seen.
    ///
    /// @throws Broken if what was remembered cannot be read
    public Optional<Checkpoint> last(String origin) throws IOException {
        try {
            return disk.read("seen/" + file(origin)).map(bytes -> Checkpoint.of(Note.read(bytes)));
        } catch (Malformed e) {
            throw new Broken(e.getMessage() + " in the state of the witness; restore it from a copy");
        }
    }

    private static String file(String origin) {
        return Hasher.digest(origin.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hex();
    }
}
