package io.bezoar.ledger.log;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.merkle.Proofs;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The proof that an entry is in a log, to be verified without the log (C2SP tlog-proof).
///
/// @param extra anything, signed by nobody
/// @param index of the entry, from 0
/// @param hashes from the sibling of the leaf up
/// @param note the checkpoint
public record LogProof(Optional<byte[]> extra, long index, List<Digest> hashes, Note note) {
    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    private static final int MOST_HASHES = 63;

    public LogProof {
        hashes = List.copyOf(hashes);
        if (index < 0 || hashes.size() > MOST_HASHES) {
            throw new Malformed("expected a proof of at most 63 hashes, came " + hashes.size());
        }
    }

    /// Reads [#bytes].
    public static LogProof read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int split = text.indexOf("\n\n");
        if (split < 0) {
            throw new Malformed("expected a proof with a checkpoint behind an empty line, came none");
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, split).split("\n", -1)));
        if (!lines.removeFirst().equals(FIRST)) {
            throw new Malformed("expected \"" + FIRST + "\" in the first line, came another");
        }
        Optional<byte[]> extra = Optional.empty();
        if (!lines.isEmpty() && lines.getFirst().startsWith("extra ")) {
            try {
                extra = Optional.of(
                        Base64.getDecoder().decode(lines.removeFirst().substring(6)));
            } catch (IllegalArgumentException _) {
                throw new Malformed("expected base64 in the line \"extra\", came another text");
            }
        }
        if (lines.isEmpty() || !lines.getFirst().matches("index (0|[1-9][0-9]{0,17})")) {
            throw new Malformed("expected a line \"index N\", came another");
        }
        long index = Long.parseLong(lines.removeFirst().substring(6));
        return new LogProof(
                extra,
                index,
                lines.stream().map(Digest::ofBase64).toList(),
                Note.read(text.substring(split + 2).getBytes(StandardCharsets.UTF_8)));
    }

    /// The checkpoint, if it is signed by the log's key, satisfies the policy, and holds the entry.
    ///
    /// @throws Malformed if any of that fails
    public Checkpoint verify(byte[] entry, NamedKey log, Policy policy) {
        Checkpoint checkpoint = Checkpoint.of(note, log);
        policy.satisfied(note);
        if (!Proofs.includes(new Hasher().leaf(entry), index, checkpoint.size(), hashes, checkpoint.root())) {
            throw new Malformed("expected the proof of entry " + index + " to lead to the root of the checkpoint,"
                    + " came to another");
        }
        return checkpoint;
    }

    /// The proof as it is stored and sent, in a `.tlog-proof` file.
    public byte[] bytes() {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        extra.ifPresent(bytes -> text.append("extra ")
                .append(Base64.getEncoder().encodeToString(bytes))
                .append('\n'));
        text.append("index ").append(index).append('\n');
        hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
        text.append('\n').append(new String(note.bytes(), StandardCharsets.UTF_8));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
