package io.bezoar.ledger.log;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;

/// What a log says of itself at one moment (C2SP tlog-checkpoint): who it is, how many entries it has,
/// their root.
///
/// @param origin name of the log
/// @param size number of entries, at least 0
/// @param root root of their tree
public record Checkpoint(String origin, long size, Digest root) {

    public Checkpoint {
        if (origin.isEmpty() || origin.indexOf('\n') >= 0 || size < 0) {
            throw new Malformed("expected a checkpoint with an origin and a size, came another text");
        }
    }

    /// The text of a note; further lines are passed over.
    public static Checkpoint of(Note note) {
        String[] lines = note.text().split("\n", -1);
        if (lines.length < 4 || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
            throw new Malformed("expected a checkpoint of origin, size and root, came another text");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), Digest.ofBase64(lines[2]));
    }

    /// The checkpoint in a note that the log's key has signed, of that log.
    ///
    /// @throws Malformed if it is another log's or not signed
    public static Checkpoint of(Note note, NamedKey log) {
        Checkpoint checkpoint = of(note);
        if (!checkpoint.origin.equals(log.name())) {
            throw new Malformed("expected a checkpoint of the log \"" + log.name() + "\", came one of another");
        }
        if (note.signedBy(log).isEmpty()) {
            throw new Malformed("expected a checkpoint signed by the log's key, came one that is not");
        }
        return checkpoint;
    }

    /// What is signed.
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
