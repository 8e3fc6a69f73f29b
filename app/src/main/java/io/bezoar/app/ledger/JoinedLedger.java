package io.bezoar.app.ledger;

import io.bezoar.app.gate.LedgerNow;
import io.bezoar.app.report.SafeText;
import io.bezoar.core.Origin;
import io.bezoar.core.ScanResult;
import io.bezoar.data.FolderDigest;
import io.bezoar.data.OriginLookup;
import io.bezoar.ledger.Attestations;
import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Deed;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Origins;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.log.Checkpoint;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.sign.SigningKey;
import io.bezoar.ledger.sign.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A ledger that another verb works with: tells it where rows came from, and is told what was done.
///
/// Of a row that came with a batch, source and batch are those of the ledger, whatever the row
/// says. Its time is that of the batch unless the row names an earlier one, for nothing can be made
/// after it was signed. A row that came with no batch keeps what it says, but for the name of a
/// batch of the ledger: it is in none.
public final class JoinedLedger {
    private static final String SIGNER = "bezoar";
    private static final int LONGEST_NAME = 400;

    private final Place place;
    private final List<SigningKey> signers;
    private final Ledger ledger;

    private JoinedLedger(Place place, List<SigningKey> signers, Ledger ledger) {
        this.place = place;
        this.signers = List.copyOf(signers);
        this.ledger = ledger;
    }

    /// @param sign names or files of private keys; none for the one that the ledger was made with, if it is there
    static JoinedLedger open(Place place, List<String> sign) throws IOException {
        Ledger ledger = place.open();
        boolean keys = Files.isRegularFile(place.keys().resolve(SIGNER + ".key"))
                && Files.isRegularFile(place.keys().resolve("log.key"));
        List<SigningKey> signers = place.keys(sign.isEmpty() && keys ? List.of(SIGNER) : sign);
        signers.forEach(key -> {
            if (!key.named().equals(ledger.charter().keys().get(key.name()))
                    || ledger.charter().revoked().containsKey(key.name())) {
                throw new Unusable("expected a key of the charter that is not revoked to sign what is stated, came \""
                        + key.name() + "\"; let it in with bezoar ledger keys tool, or name another with --sign");
            }
        });
        return new JoinedLedger(place, signers, ledger);
    }

    /// Its folder, as the user named it or as it was found.
    public String folder() {
        return place.folder().toString();
    }

    /// May anything be stated in it from here?
    public boolean states() {
        return !signers.isEmpty();
    }

    /// Public key of its log, as C2SP writes it.
    public String log() {
        return ledger.charter().log().text();
    }

    /// Looks the rows of a data set up that is read once.
    public Lookups lookups() throws IOException {
        return new Lookups(
                Origins.ofAll(ledger).tally(ledger.history().withdrawn()),
                batches().keySet());
    }

    /// Gives a lookup to each thread that asks, and counts how often each row was looked up.
    public static final class Lookups implements Supplier<OriginLookup> {
        private final Origins.Tally tally;
        private final Set<String> names;

        private Lookups(Origins.Tally tally, Set<String> names) {
            this.tally = tally;
            this.names = Set.copyOf(names);
        }

        @Override
        public OriginLookup get() {
            Hasher hasher = new Hasher();
            byte[] digest = new byte[Digest.BYTES];
            return (bytes, from, to, said) -> {
                hasher.digest(bytes, from, to, digest, 0);
                return tally.meet(digest).map(batch -> known(batch, said)).orElseGet(() -> unknown(names, said));
            };
        }
    }

    private static Origin known(Batch batch, Origin said) {
        long signed = batch.manifest().createdAt().toEpochMilli();
        long time = said.timeMillis() == Origin.NO_TIME ? signed : Math.min(said.timeMillis(), signed);
        return new Origin(
                batch.manifest().stream(),
                said.annotator().orElse(""),
                time,
                said.url().orElse(""),
                batch.manifest().name());
    }

    private static Origin unknown(Set<String> batches, Origin said) {
        return said.batch().filter(batches::contains).isEmpty()
                ? said
                : new Origin(
                        said.source().orElse(""),
                        said.annotator().orElse(""),
                        said.timeMillis(),
                        said.url().orElse(""),
                        "");
    }

    private SortedMap<String, Batch> batches() {
        SortedMap<String, Batch> all = new TreeMap<>();
        ledger.history().batches().forEach(batch -> all.put(batch.manifest().name(), batch));
        return all;
    }

    /// Counts the rows that were looked up.
    public Covered fold() {
        Set<String> streams = ledger.history().batches().stream()
                .map(batch -> batch.manifest().stream())
                .collect(Collectors.toSet());
        return new Covered(batches().keySet(), streams);
    }

    /// What the ledger says of the rows that were counted.
    ///
    /// @param lookups that looked them up, each once
    public ScanResult.Provenance provenance(Covered.Rows rows, Lookups lookups) throws IOException {
        Checkpoint at = ledger.sources();
        SortedMap<String, Long> known = new TreeMap<>(rows.byBatch());
        Set<String> withdrawn = ledger.history().withdrawn();
        known.keySet().removeAll(withdrawn);
        long came = sum(known);
        SortedMap<String, Long> repeated = lookups.tally.repeated();
        repeated.keySet().removeAll(withdrawn);
        repeated.forEach((batch, more) -> known.computeIfPresent(batch, (_, count) -> Math.max(0, count - more)));
        return new ScanResult.Provenance(
                ledger.charter().corpus(),
                log(),
                at.size(),
                at.root().hex(),
                sum(known),
                sum(rows.byBatch()) - came,
                rows.claimed(),
                came - sum(known),
                known);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// What a scan said of a ledger, held against this one.
    public LedgerNow now(ScanResult.Provenance said) throws IOException {
        boolean same = said.log().equals(log())
                && said.entries() <= ledger.log().size()
                && ledger.log().tree().root(said.entries()).hex().equals(said.root());
        return new LedgerNow(same, ledger.history().withdrawn());
    }

    /// The rows of the batches that a scan found in its data, as what a transform read.
    public List<Attestations.Material> materials(ScanResult.Provenance said) {
        Map<String, Batch> all = batches();
        List<Attestations.Material> materials = new ArrayList<>();
        for (String name : said.batches().keySet()) {
            Optional.ofNullable(all.get(name)).map(Attestations.Material::of).ifPresent(materials::add);
        }
        return materials;
    }

    /// States what was done, in one entry; empty if no key is at hand, or there is nothing with a digest to speak of.
    /// Others may have written to the ledger meanwhile.
    public Optional<Deed> state(List<Statement> statements) throws IOException {
        return signers.isEmpty()
                        || statements.stream()
                                .anyMatch(statement -> statement.subjects().isEmpty())
                ? Optional.empty()
                : Optional.of(place.open().state(statements, signers, place.logKey()));
    }

    /// The same for one statement.
    public Optional<Deed> state(Statement statement) throws IOException {
        return state(List.of(statement));
    }

    /// A file as what a statement is about.
    public static Statement.Subject subject(Path file) throws IOException {
        return new Statement.Subject(named(String.valueOf(file.getFileName())), Map.of("sha256", sha256(file)));
    }

    /// A file as what a transform read.
    public static Attestations.Material material(Path file) throws IOException {
        return new Attestations.Material(named(String.valueOf(file.getFileName())), Map.of("sha256", sha256(file)));
    }

    /// Files of a data set as what a statement is about; a file that could not be read has no digest and is left out.
    public static List<Statement.Subject> subjects(List<ScanResult.DataFile> files) {
        return files.stream()
                .filter(file -> !file.sha256().isEmpty())
                .map(file -> new Statement.Subject(named(file.name()), Map.of("sha256", file.sha256())))
                .toList();
    }

    /// Files of a data set as what a transform read.
    public static List<Attestations.Material> read(List<ScanResult.DataFile> files) {
        return files.stream()
                .filter(file -> !file.sha256().isEmpty())
                .map(file -> new Attestations.Material(named(file.name()), Map.of("sha256", file.sha256())))
                .toList();
    }

    /// A name as a statement can hold it.
    static String named(String raw) {
        return SafeText.plain(raw, LONGEST_NAME);
    }

    /// The SHA-256 of a file, hexadecimal; of a folder, that of its files ([FolderDigest]).
    public static String sha256(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return FolderDigest.of(file);
        }
        try (InputStream in = Files.newInputStream(file);
                DigestOutputStream out =
                        new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java without SHA-256", e);
        }
    }
}
