package io.bezoar.ledger;

import io.bezoar.ledger.disk.Writes;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Refused;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.sign.Envelope;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Takes parcels in: reads and hashes their rows, signs their manifests, and judges each as if those before
/// it were in the log. While a manifest is signed the rows of the next parcel are read. Owned by one thread.
final class Admission {
    private final Charter charter;
    private final History history;
    private final Instant now;
    private final Writes writes;
    private final ExecutorService workers;
    private final Map<String, List<Batch>> admitted = new HashMap<>();

    /// @param writes where row digests go, and what is held back
    Admission(History history, Instant now, Writes writes, ExecutorService workers) {
        this.charter = history.charter();
        this.history = history;
        this.now = now;
        this.writes = writes;
        this.workers = workers;
    }

    /// A parcel that may go into the log.
    record Admitted(Batch batch, Envelope envelope, long heldBack) {}

    /// Admits all parcels in order, or none.
    ///
    /// @param entry index in the log that the first will have
    List<Admitted> admit(List<Parcel> parcels, long entry) throws IOException {
        if (now.isAfter(charter.expiresAt())) {
            throw new Unusable("expected a charter that is valid, but it expired at "
                    + Manifest.time(charter.expiresAt()) + "; renew it with bezoar ledger keys renew");
        }
        Map<String, Long> next = new HashMap<>();
        List<Admitted> all = new ArrayList<>();
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            try {
                List<Future<Intake.Result>> reading = new ArrayList<>();
                for (Parcel parcel : parcels) {
                    String name = parcel.delivery().stream();
                    Charter.Stream stream = stream(name);
                    long sequence = next.merge(
                            name,
                            history.last(name)
                                    .map(last -> last.manifest().sequence() + 1)
                                    .orElse(0L),
                            (before, _) -> before + 1);
                    reading.add(reader.submit(() -> read(parcel, stream, sequence)));
                }
                for (int i = 0; i < parcels.size(); i++) {
                    all.add(judge(parcels.get(i).delivery(), get(reading.get(i)), entry + i));
                }
            } catch (RuntimeException | IOException e) {
                reader.shutdownNow();
                throw e;
            }
        }
        return all;
    }

    private Charter.Stream stream(String name) {
        return charter.stream(name)
                .orElseThrow(() -> new Unusable("expected a stream of the ledger ("
                        + String.join(
                                ", ",
                                charter.streams().keySet().stream().sorted().toList())
                        + "), came another; bezoar ledger keys allow makes one"));
    }

    private Intake.Result read(Parcel parcel, Charter.Stream stream, long sequence) throws IOException {
        String name = parcel.delivery().stream();
        RowLeaf leaf = new RowLeaf(
                charter.corpus(),
                name,
                sequence,
                stream.contract().digest(),
                Source.digest(stream.source().json(List.copyOf(stream.writers().names()))));
        try (InputStream rows = parcel.rows().open()) {
            return Intake.read(
                    rows,
                    stream.contract(),
                    leaf,
                    writes,
                    Manifest.file(name, sequence, "rows"),
                    Manifest.file(name, sequence, "quarantine.jsonl"),
                    workers);
        }
    }

    private Admitted judge(Delivery delivery, Intake.Result read, long entry) {
        Charter.Stream stream = stream(delivery.stream());
        List<Batch> before = new ArrayList<>(history.batches(delivery.stream()));
        before.addAll(admitted.getOrDefault(delivery.stream(), List.of()));
        Optional<Batch> last = before.isEmpty() ? Optional.empty() : Optional.of(before.getLast());
        Manifest manifest = new Manifest(
                charter.corpus(),
                delivery.stream(),
                last.map(batch -> batch.manifest().sequence() + 1).orElse(0L),
                last.map(Batch::digest),
                read.rows(),
                read.bytes(),
                read.root(),
                stream.contract().digest(),
                stream.source().json(List.copyOf(stream.writers().names())),
                delivery.file(),
                read.labels(),
                read.quarantined(),
                delivery.author().name(),
                delivery.reviewer().map(SigningKey::name),
                now,
                now,
                now.plus(delivery.validity()));
        Set<SigningKey> keys = new LinkedHashSet<>();
        keys.add(delivery.author());
        delivery.reviewer().ifPresent(keys::add);
        keys.addAll(delivery.others());
        Envelope envelope = manifest.statement().signed(keys);
        Batch batch;
        try {
            Set<String> signers = Door.signers(charter, manifest, List.of(envelope));
            Door.fits(charter, manifest, last);
            batch = new Batch(manifest, envelope.digest(), entry, signers);
        } catch (Malformed e) {
            throw new Unusable(e.getMessage() + "; nothing was added");
        }
        Door.limits(charter, manifest, before).ifPresent(breach -> {
            throw new Refused(breach.clause() + "; " + breach.advice());
        });
        admitted.computeIfAbsent(delivery.stream(), _ -> new ArrayList<>()).add(batch);
        return new Admitted(batch, envelope, read.heldBack());
    }

    private static Intake.Result get(Future<Intake.Result> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while rows were read");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
