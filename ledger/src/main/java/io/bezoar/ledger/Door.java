package io.bezoar.ledger;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.sign.Envelope;
import io.bezoar.ledger.sign.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The rules a batch has to pass: first when it is taken in, again whenever the log is read.
final class Door {
    private Door() {}

    /// The names of the keys that signed a batch, if they are enough.
    ///
    /// @param envelopes of the batch's file: its own alone
    static Set<String> signers(Charter charter, Manifest manifest, List<Envelope> envelopes) {
        Charter.Stream stream = stream(charter, manifest.stream());
        Envelope envelope = envelopes.getFirst();
        Set<PublicKey> writers = envelope.signedBy(charter.keys(stream.writers().names()));
        if (writers.size() < stream.writers().threshold()) {
            throw new Malformed("expected batch " + manifest.name() + " signed by "
                    + stream.writers().threshold() + " of the writers of \"" + manifest.stream() + "\", came "
                    + writers.size());
        }
        if (!writers.containsAll(charter.keys(List.of(manifest.author())))
                || !stream.writers().names().contains(manifest.author())) {
            throw new Malformed("expected batch " + manifest.name() + " signed by its author \"" + manifest.author()
                    + "\", a writer of the stream, came without that signature");
        }
        Set<PublicKey> reviewers = envelope.signedBy(charter.keys(stream.reviewers()));
        if (envelopes.size() != 1
                || (stream.reviewers().isEmpty() && manifest.reviewer().isPresent())) {
            throw new Malformed("expected batch " + manifest.name()
                    + " alone in its file, and a reviewer only where the stream asks for one, came more");
        }
        if (!stream.reviewers().isEmpty()) {
            String reviewer = manifest.reviewer().orElse("");
            if (reviewer.equals(manifest.author())
                    || !stream.reviewers().contains(reviewer)
                    || !reviewers.containsAll(charter.keys(List.of(reviewer)))) {
                throw new Malformed("expected batch " + manifest.name()
                        + " signed by a reviewer of the stream who is not its author, came without that signature");
            }
        }
        Set<String> names = new java.util.LinkedHashSet<>(History.names(charter, writers));
        names.addAll(History.names(charter, reviewers));
        return names;
    }

    private static Charter.Stream stream(Charter charter, String name) {
        return charter.stream(name)
                .orElseThrow(
                        () -> new Malformed("expected a stream of the charter, came \"" + name + "\", which is none"));
    }

    /// Is that the next batch of its stream, by the rules in force?
    static void fits(Charter charter, Manifest manifest, Optional<Batch> before) {
        Charter.Stream stream = stream(charter, manifest.stream());
        if (!manifest.corpus().equals(charter.corpus())) {
            throw new Malformed("expected a batch for the corpus \"" + charter.corpus() + "\", came one for another");
        }
        long next = before.map(last -> last.manifest().sequence() + 1).orElse(0L);
        Optional<Digest> previous = before.map(Batch::digest);
        if (manifest.sequence() != next || !manifest.previous().equals(previous)) {
            throw new Malformed("expected batch " + next + " of \"" + manifest.stream()
                    + "\" with the digest of the one before, came batch " + manifest.sequence()
                    + ": it is replayed, skipped or of another history");
        }
        if (!manifest.schema().equals(stream.contract().digest())
                || !manifest.source()
                        .equals(stream.source()
                                .json(List.copyOf(stream.writers().names())))) {
            throw new Malformed("expected batch " + manifest.name() + " under the contract and source of its stream,"
                    + " came one under others");
        }
        if (manifest.createdAt().isBefore(manifest.notBefore())
                || manifest.createdAt().isAfter(manifest.notAfter())
                || manifest.createdAt().isAfter(charter.expiresAt())) {
            throw new Malformed("expected batch " + manifest.name()
                    + " within its own validity and that of the charter, came one made at "
                    + Manifest.time(manifest.createdAt()));
        }
    }

    /// A limit that a batch breaks.
    ///
    /// @param clause what was expected, what came
    /// @param advice what to do
    record Breach(String clause, String advice) {}

    /// The limit that a batch breaks which brings too much of one writer, or too much or little of a
    /// label, within the window of days.
    ///
    /// @param before the batches of its stream, in the order of the log
    static Optional<Breach> limits(Charter charter, Manifest manifest, List<Batch> before) {
        Contract.Limits limits = stream(charter, manifest.stream()).contract().limits();
        if (limits.rows() == Long.MAX_VALUE && limits.labels().isEmpty()) {
            return Optional.empty();
        }
        Instant from = manifest.createdAt().minus(Duration.ofDays(limits.days()));
        long rows = manifest.rows();
        Map<String, Long> labels = new TreeMap<>(manifest.labels());
        for (Batch batch : before.reversed()) {
            Manifest other = batch.manifest();
            if (!other.createdAt().isAfter(from)) {
                break; // times only grow along the log
            }
            if (other.author().equals(manifest.author())) {
                rows += other.rows();
                other.labels().forEach((label, count) -> labels.merge(label, count, Long::sum));
            }
        }
        String window = " of \"" + manifest.author() + "\" within " + limits.days() + " days";
        if (rows > limits.rows()) {
            return Optional.of(new Breach(
                    "expected at most " + limits.rows() + " rows" + window + ", came " + rows,
                    "ask who owns the stream"));
        }
        for (Map.Entry<String, Contract.Range> each : limits.labels().entrySet()) {
            double share = labels.getOrDefault(each.getKey(), 0L) / (double) rows;
            Contract.Range range = each.getValue();
            if (share < range.least() || share > range.most()) {
                return Optional.of(new Breach(
                        "expected " + percent(range.least()) + " to " + percent(range.most()) + " of the rows" + window
                                + " to have the label \"" + each.getKey() + "\", came " + percent(share),
                        "look at the rows"));
            }
        }
        return Optional.empty();
    }

    private static String percent(double share) {
        return Math.round(share * 1000) / 10.0 + " %";
    }
}
