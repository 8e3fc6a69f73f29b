package io.bezoar.ledger;

import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.sign.SigningKey;
import io.bezoar.ledger.sign.Statement;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The removal of a stream's batches from a data set: which they are, the set without their rows, and the
/// statements that say so. Owned by one thread.
public final class DroppedSet {
    private final Ledger ledger;
    private final String stream;
    private final Instant from;
    private final Instant to;
    private final List<Batch> batches;
    private final Set<Long> entries;
    private final Set<String> withdrawn;
    private final Origins origins;
    private final List<Statement.Subject> written = new ArrayList<>();
    private final List<Attestations.Material> read = new ArrayList<>();
    private long kept;
    private long dropped;
    private long shared;
    private long unknown;

    /// Plans the removal of the batches of `stream` that were made in `[from, to)`.
    ///
    /// @throws Unusable if there are none
    public DroppedSet(Ledger ledger, String stream, Instant from, Instant to) throws IOException {
        this.ledger = ledger;
        this.stream = stream;
        this.from = from;
        this.to = to;
        this.batches = ledger.history().batches(stream).stream()
                .filter(batch -> !batch.manifest().createdAt().isBefore(from)
                        && batch.manifest().createdAt().isBefore(to))
                .toList();
        if (batches.isEmpty()) {
            throw new Unusable("expected batches of the stream \"" + stream + "\" made from " + Manifest.time(from)
                    + " until " + Manifest.time(to) + ", found none; bezoar ledger log lists all");
        }
        this.entries = batches.stream().map(Batch::entry).collect(Collectors.toSet());
        this.withdrawn = ledger.history().withdrawn();
        this.origins = Origins.ofAll(ledger);
    }

    /// The batches that go.
    public List<Batch> batches() {
        return batches;
    }

    /// Rows that the removed batches have.
    public long rows() {
        return batches.stream().mapToLong(batch -> batch.manifest().rows()).sum();
    }

    /// Copies a file of the data set without the rows that came with the removed batches alone. A row
    /// that another batch has as well stays, and is counted.
    ///
    /// @param name of the new file
    public void copy(String name, InputStream in, OutputStream out) throws IOException {
        Hasher hasher = new Hasher();
        MessageDigest before = sha256();
        MessageDigest after = sha256();
        byte[] digest = new byte[Digest.BYTES];
        try (OutputStream kept = new BufferedOutputStream(new DigestOutputStream(out, after), 1 << 16)) {
            Lines lines = new Lines(new java.security.DigestInputStream(in, before));
            while (lines.next()) {
                hasher.digest(lines.bytes(), lines.start(), lines.end(), digest, 0);
                if (stays(Digest.of(digest))) {
                    kept.write(lines.bytes(), lines.start(), lines.after() - lines.start());
                }
            }
        }
        HexFormat hex = HexFormat.of();
        written.add(new Statement.Subject(name, Map.of("sha256", hex.formatHex(after.digest()))));
        read.add(new Attestations.Material(name, Map.of("sha256", hex.formatHex(before.digest()))));
    }

    private boolean stays(Digest content) {
        List<Origins.Origin> found = origins.of(content);
        boolean goes =
                found.stream().anyMatch(each -> entries.contains(each.batch().entry()));
        boolean elsewhere = found.stream()
                .anyMatch(each -> !entries.contains(each.batch().entry())
                        && !withdrawn.contains(each.batch().manifest().name()));
        unknown += found.isEmpty() ? 1 : 0;
        shared += goes && elsewhere ? 1 : 0;
        dropped += goes && !elsewhere ? 1 : 0;
        kept += goes && !elsewhere ? 0 : 1;
        return !goes || elsewhere;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java without SHA-256", e);
        }
    }

    /// Rows of the new set.
    public long kept() {
        return kept;
    }

    /// Rows left out.
    public long dropped() {
        return dropped;
    }

    /// Rows kept because another batch has them as well.
    public long shared() {
        return shared;
    }

    /// Rows kept of which the ledger knows nothing.
    public long unknown() {
        return unknown;
    }

    /// Writes into the log that the batches were withdrawn, and how the new set came about.
    public Deed record(
            String reason, String version, Instant started, Instant now, List<SigningKey> signers, SigningKey key)
            throws IOException {
        Members parameters = new JsonValue.Building()
                .with("stream", stream)
                .with("from", Manifest.time(from))
                .with("to", Manifest.time(to))
                .done();
        List<Attestations.Material> materials = new ArrayList<>(read);
        batches.forEach(batch -> materials.add(Attestations.Material.of(batch)));
        List<Statement.Subject> subjects = written.isEmpty()
                ? batches.stream()
                        .map(batch -> new Statement.Subject(
                                batch.manifest().name(),
                                Map.of(Manifest.ROOT, batch.manifest().root().hex())))
                        .toList()
                : written;
        List<Statement> statements = new ArrayList<>(List.of(Removal.statement(subjects, batches, reason)));
        if (!written.isEmpty()) {
            statements.add(Attestations.provenance(written, "drop", parameters, materials, version, started, now));
        }
        return ledger.state(statements, signers, key);
    }
}
