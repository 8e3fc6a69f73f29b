package io.bezoar.ledger.log;

import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.disk.Writes;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.merkle.Proofs;
import io.bezoar.ledger.sign.Note;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The largest checkpoint of a log that this user has seen, kept outside the log's folder: who restores
/// an old copy of the folder, or shows another history, is found out by it.
public final class Seen {
    private static final String LAST = "checkpoint";

    private final Disk disk;

    /// @param disk a folder of its own
    public Seen(Disk disk) {
        this.disk = disk;
    }

    /// The checkpoint seen last.
    public Optional<Note> last() throws IOException {
        try {
            return disk.read(LAST).map(Note::read);
        } catch (Malformed e) {
            throw new Broken(e.getMessage() + " among what was seen; restore it from a copy");
        }
    }

    /// Compares the log with what was seen and remembers it. Contradicting checkpoints are both kept,
    /// under `evidence/`.
    ///
    /// @throws Broken if the log was rolled back or rewritten
    public void check(TileLog log) throws IOException {
        Optional<Note> last = last();
        if (last.isPresent()) {
            compare(last.get(), log.note(), log);
        }
        if (last.map(note -> !note.text().equals(log.note().text())).orElse(true)) {
            remember(log);
        }
    }

    /// Others may have seen more meanwhile; what is remembered never becomes less.
    private void remember(TileLog log) throws IOException {
        try (AutoCloseable _ = disk.lock()) {
            Optional<Note> last = last();
            if (last.isEmpty() || verified(last.get(), log).size() < log.size()) {
                new Writes(disk).put(LAST, log.note().bytes()).replace();
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /// Compares the log with a checkpoint of it that came from elsewhere: a witness, a colleague, a proof.
    ///
    /// @throws Broken if both cannot be true
    public void compare(Note other, TileLog log) throws IOException {
        Checkpoint theirs = verified(other, log);
        if (theirs.size() <= log.size()) {
            compare(other, log.note(), log);
        }
    }

    private static Checkpoint verified(Note note, TileLog log) {
        try {
            return Checkpoint.of(note, log.key());
        } catch (Malformed e) {
            throw new Broken(e.getMessage() + "; it does not belong to this ledger");
        }
    }

    private void compare(Note before, Note now, TileLog log) throws IOException {
        Checkpoint older = verified(before, log);
        Checkpoint newer = log.checkpoint();
        if (older.size() > newer.size()) {
            throw new Broken("expected a log of at least " + older.size() + " entries, as was seen before, came one of "
                    + newer.size() + ": it was rolled back; restore the newest copy");
        }
        if (older.size() == newer.size() && !older.root().equals(newer.root())) {
            keep(before, now);
            throw new Broken("expected one history, came two signed checkpoints of " + newer.size()
                    + " entries with different roots; both are kept as evidence against the holder of the log's key");
        }
        if (older.size() > 0 && older.size() < newer.size()) {
            List<Digest> proof = log.tree().consistency(older.size(), newer.size());
            if (!Proofs.consistent(older.size(), newer.size(), older.root(), newer.root(), proof)) {
                keep(before, now);
                throw new Broken("expected the log of " + newer.size() + " entries to continue the one of "
                        + older.size() + " that was seen before, but it was rewritten; both checkpoints are kept as"
                        + " evidence against the holder of the log's key");
            }
        }
    }

    private void keep(Note before, Note now) throws IOException {
        Writes writes = new Writes(disk);
        for (Note note : List.of(before, now)) {
            writes.put("evidence/" + Checkpoint.of(note).size() + "-" + Hasher.digest(note.bytes()), note.bytes());
        }
        writes.finish();
    }
}
