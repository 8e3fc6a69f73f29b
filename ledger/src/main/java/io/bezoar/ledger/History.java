package io.bezoar.ledger;

import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.log.Checkpoint;
import io.bezoar.ledger.log.TileLog;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.sign.Envelope;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.Note;
import io.bezoar.ledger.sign.PublicKey;
import io.bezoar.ledger.sign.Statement;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The log read from its beginning, each entry judged by the charter in force at its place. The order of
/// the log is the clock: a batch before the charter that revokes its key was there before it.
///
/// A charter may also say that a key was in wrong hands since a time before the charter. Then a batch of
/// that key counts only if witnesses cosigned a checkpoint with it before that time; the signers' own
/// clocks prove nothing.
public final class History {
    private final Disk disk;
    private final TileLog log;
    private final List<Charter> charters = new ArrayList<>();
    private final List<Long> charterEntries = new ArrayList<>();
    private final Map<String, List<Batch>> batches = new LinkedHashMap<>();
    private final List<Deed> deeds = new ArrayList<>();
    private final Set<String> files = new LinkedHashSet<>();
    private Instant latest = Instant.EPOCH;
    private Map<Digest, Set<String>> signers = Map.of();
    private long read;

    private History(Disk disk, TileLog log) {
        this.disk = disk;
        this.log = log;
    }

    /// Reads and judges all entries of `log`.
    ///
    /// @throws Broken if one of them does not hold
    static History of(Disk disk, TileLog log) throws IOException {
        History history = new History(disk, log);
        for (byte[] entry : log.entries()) {
            history.next(entry);
        }
        if (history.charters.isEmpty()) {
            throw new Broken("expected a charter as the first entry of the log, found none; restore the ledger");
        }
        return history;
    }

    /// An entry with the file that it speaks of.
    record Filed(Entry entry, byte[] file) {}

    /// Judges entries that are about to be put behind the others, and takes them as read: what would not
    /// hold when it is read is never written.
    ///
    /// @param judged who signed batches that were judged by the charter in force a moment ago, by the digests of
    ///     their files
    /// @throws Malformed if one of them does not hold; then nothing may be asked of this history any more
    void take(List<Filed> entries, Map<Digest, Set<String>> judged) {
        signers = judged;
        for (Filed each : entries) {
            judge(read, Entry.of(each.entry().bytes()), each.file());
            read++;
        }
        signers = Map.of();
    }

    private void next(byte[] entry) throws IOException {
        try {
            add(read, Entry.of(entry));
        } catch (Malformed e) {
            throw new Broken(e.getMessage() + " in entry " + read + " of the log; restore the ledger from a copy");
        }
        read++;
    }

    private void add(long index, Entry entry) throws IOException {
        byte[] bytes = disk.read(entry.name())
                .orElseThrow(() -> new Malformed("expected the file \"" + entry.name() + "\", found none"));
        judge(index, entry, bytes);
    }

    private void judge(long index, Entry entry, byte[] bytes) {
        if (!Hasher.digest(bytes).equals(entry.file())) {
            throw new Malformed("expected \"" + entry.name() + "\" with the digest in the log, came another");
        }
        if (!files.add(entry.name())) {
            throw new Malformed("expected \"" + entry.name() + "\" once, came again");
        }
        List<Envelope> envelopes = lines(bytes);
        if (!envelopes.getFirst().digest().equals(entry.payload())) {
            throw new Malformed("expected \"" + entry.name() + "\" with the payload in the log, came another");
        }
        switch (entry.kind()) {
            case CHARTER -> charter(index, envelopes.getFirst());
            case BATCH -> batch(index, entry, envelopes);
            case STATEMENT -> deed(index, entry, envelopes);
        }
    }

    /// The envelopes of a file, one a line.
    static List<Envelope> lines(byte[] bytes) {
        List<Envelope> envelopes = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                envelopes.add(Envelope.read(Arrays.copyOfRange(bytes, from, i)));
                from = i + 1;
            }
        }
        if (from != bytes.length || envelopes.isEmpty()) {
            throw new Malformed("expected envelopes, one a line, came another file");
        }
        return envelopes;
    }

    private void charter(long index, Envelope envelope) {
        Charter charter = Charter.of(envelope);
        boolean first = charters.isEmpty();
        if (charter.version() != charters.size() + 1 || !charter.log().equals(log.key())) {
            throw new Malformed("expected charter " + (charters.size() + 1) + " of this log, came another");
        }
        if (!first && !charter.corpus().equals(charter().corpus())) {
            throw new Malformed(
                    "expected a charter of the corpus \"" + charter().corpus() + "\", came another");
        }
        if (!(first || charter().signed(envelope)) || !charter.signed(envelope)) {
            throw new Malformed("expected charter " + charter.version()
                    + " signed by enough administrators, before and after it, came fewer");
        }
        time(charter.createdAt());
        charters.add(charter);
        charterEntries.add(index);
    }

    private void batch(long index, Entry entry, List<Envelope> envelopes) {
        Envelope envelope = envelopes.getFirst();
        Manifest manifest = Manifest.of(Statement.read(envelope));
        Set<String> known = signers.getOrDefault(entry.file(), Set.of());
        Set<String> names = known.isEmpty() ? Door.signers(charter(), manifest, envelopes) : known;
        Door.fits(charter(), manifest, last(manifest.stream()));
        if (!entry.name().equals(manifest.file("intoto.jsonl"))) {
            throw new Malformed("expected the batch \"" + manifest.name() + "\" in a file of its name, came another");
        }
        time(manifest.createdAt());
        List<Batch> before = batches.computeIfAbsent(manifest.stream(), _ -> new ArrayList<>());
        Optional<Door.Breach> breach = Door.limits(charter(), manifest, before);
        if (breach.isPresent()) {
            throw new Malformed(breach.get().clause());
        }
        before.add(new Batch(manifest, envelope.digest(), index, names));
    }

    private void deed(long index, Entry entry, List<Envelope> envelopes) {
        Set<String> signers = new LinkedHashSet<>(signers(envelopes.getFirst()));
        for (Envelope envelope : envelopes) {
            signers.retainAll(signers(envelope));
        }
        if (signers.isEmpty()) {
            throw new Malformed("expected \"" + entry.name() + "\" signed by a key of the charter, came none");
        }
        List<Statement> statements = envelopes.stream().map(Statement::read).toList();
        if (statements.stream().anyMatch(each -> each.predicateType().equals(Removal.TYPE))
                && !envelopes.stream().allMatch(charter()::signed)) {
            throw new Malformed("expected a removal signed by enough administrators, came fewer");
        }
        for (Statement statement : statements) {
            if (statement.predicateType().equals(Removal.TYPE)) {
                statement.predicate().objects("withdrawn").forEach(this::known);
            }
        }
        deeds.add(new Deed(index, entry.name(), statements, signers));
    }

    /// Refuses the removal of a batch that is not the one of that name.
    private void known(Members withdrawn) {
        String name = withdrawn.text("batch");
        Digest digest = Removal.manifest(withdrawn);
        if (batches().stream()
                .noneMatch(batch ->
                        batch.manifest().name().equals(name) && batch.digest().equals(digest))) {
            throw new Malformed("expected the removal of a batch of this log, came \"" + name + "\"");
        }
    }

    private Set<String> signers(Envelope envelope) {
        Charter charter = charter();
        List<String> valid = charter.keys().keySet().stream()
                .filter(name -> !charter.revoked().containsKey(name))
                .toList();
        return names(charter, envelope.signedBy(charter.keys(valid)));
    }

    /// Names of keys.
    static Set<String> names(Charter charter, Set<PublicKey> keys) {
        Set<String> names = new LinkedHashSet<>();
        for (NamedKey key : charter.keys().values()) {
            if (keys.contains(key.key())) {
                names.add(key.name());
            }
        }
        return names;
    }

    private void time(Instant time) {
        if (time.isBefore(latest)) {
            throw new Malformed("expected a time at or after " + Manifest.time(latest) + ", when the entry before was"
                    + " made, came " + Manifest.time(time) + ": a clock was set back");
        }
        latest = time;
    }

    /// A batch whose key turned out to have been in wrong hands when it may have been signed.
    ///
    /// @param name of the key
    /// @param since when it counts as stolen
    public record Suspect(Batch batch, String name, Instant since) {
        /// What was expected, what came, what to do.
        public String sentence() {
            return "expected batch " + batch.manifest().name() + " to be cosigned by witnesses before "
                    + Manifest.time(since) + ", since when the key of \"" + name
                    + "\" counts as stolen, found no such cosignature; look at its rows and take them out with"
                    + " bezoar ledger drop";
        }
    }

    /// Judges batches by what was found out about their keys later; those that were taken out are passed
    /// over.
    public List<Suspect> suspects() throws IOException {
        List<Suspect> suspects = new ArrayList<>();
        Set<String> withdrawn = withdrawn();
        for (int i = 0; i < charters.size(); i++) {
            Charter charter = charters.get(i);
            for (Map.Entry<String, Instant> revoked : charter.revoked().entrySet()) {
                boolean news = i == 0 || !charters.get(i - 1).revoked().containsKey(revoked.getKey());
                if (news && revoked.getValue().isBefore(charter.createdAt())) {
                    for (Batch batch : batches()) {
                        if (batch.entry() < charterEntries.get(i)
                                && batch.signers().contains(revoked.getKey())
                                && !withdrawn.contains(batch.manifest().name())
                                && !cosignedBefore(batch.entry(), revoked.getValue())) {
                            suspects.add(new Suspect(batch, revoked.getKey(), revoked.getValue()));
                        }
                    }
                }
            }
        }
        return suspects;
    }

    /// Names of the batches that were taken out.
    public Set<String> withdrawn() {
        return Removal.withdrawn(deeds);
    }

    private boolean cosignedBefore(long entry, Instant since) throws IOException {
        for (String name : disk.list("cosigned")) {
            Optional<byte[]> bytes = disk.read(name);
            try {
                Note note = Note.read(bytes.orElseThrow(() -> new Malformed("expected a checkpoint, found none")));
                Checkpoint checkpoint = Checkpoint.of(note, log.key());
                OptionalLong time = charter().witnesses().satisfied(note);
                if (checkpoint.size() > entry
                        && checkpoint.size() <= log.size()
                        && log.tree().root(checkpoint.size()).equals(checkpoint.root())
                        && time.isPresent()
                        && Instant.ofEpochSecond(time.getAsLong()).isBefore(since)) {
                    return true;
                }
            } catch (Malformed _) {
                // proves nothing
            }
        }
        return false;
    }

    /// The charter in force.
    public Charter charter() {
        return charters.getLast();
    }

    public List<Charter> charters() {
        return List.copyOf(charters);
    }

    /// All batches, in the order of the log.
    public List<Batch> batches() {
        return batches.values().stream()
                .flatMap(List::stream)
                .sorted((a, b) -> Long.compare(a.entry(), b.entry()))
                .toList();
    }

    /// The batches of a stream, in order.
    public List<Batch> batches(String stream) {
        return List.copyOf(batches.getOrDefault(stream, List.of()));
    }

    /// The last batch of a stream.
    Optional<Batch> last(String stream) {
        List<Batch> all = batches.getOrDefault(stream, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /// What was done with rows, in the order of the log.
    public List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    /// One past the last entry that is a batch or a removal of batches; at least 1.
    long sources() {
        long batch = batches().stream().mapToLong(Batch::entry).max().orElse(0);
        long removal = deeds.stream()
                .filter(deed -> deed.statements().stream()
                        .anyMatch(each -> each.predicateType().equals(Removal.TYPE)))
                .mapToLong(Deed::entry)
                .max()
                .orElse(0);
        return Math.max(batch, removal) + 1;
    }

    /// The latest time in any entry.
    public Instant latest() {
        return latest;
    }

    /// Names of the files that the log speaks of.
    Set<String> files() {
        return Set.copyOf(files);
    }

    /// Digest of the first charter's bytes, by which a ledger is known.
    Digest identity() throws IOException {
        return Entry.of(log.entry(0)).payload();
    }
}
