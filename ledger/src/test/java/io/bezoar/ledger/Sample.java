package io.bezoar.ledger;

import io.bezoar.ledger.disk.CrashDisk;
import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A ledger in memory, with a clock that ticks when told, two vendors and a reviewed stream.
final class Sample {
    static final SigningKey LOG = key("bezoar/tickets");
    static final SigningKey ADMIN = key("admin");
    static final SigningKey ALICE = key("alice");
    static final SigningKey BOB = key("bob");
    static final SigningKey CAROL = key("carol");

    final CrashDisk disk;
    final CrashDisk outside;
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    Ledger ledger;

    private static SigningKey key(String name) {
        byte[] seed = Arrays.copyOf(("seed of " + name).getBytes(StandardCharsets.UTF_8), 32);
        return SigningKey.of(name, NamedKey.Type.SIGNATURE, seed);
    }

    Sample() throws IOException {
        this(new CrashDisk(), new CrashDisk());
        ledger = Ledger.create(disk, outside, "tickets", LOG, List.of(ADMIN), 1, clock());
        tick();
        amend(next -> next.key(ALICE.named()).key(BOB.named()).key(CAROL.named()).stream(
                stream("vendor-a", Source.Kind.VENDOR, 1, Set.of("alice"), Set.of(), Contract.ANY))
                .stream(stream("vendor-b", Source.Kind.VENDOR, 2, Set.of("alice", "bob"), Set.of(), Contract.ANY))
                .stream(stream(
                "reviewed", Source.Kind.INTERNAL, 1, Set.of("alice", "bob"), Set.of("bob", "carol"), Contract.ANY)));
    }

    /// The same without the work of making it.
    static Sample copy() throws IOException {
        Sample sample = new Sample(MADE.disk.copy(), MADE.outside.copy());
        sample.now = MADE.now;
        sample.ledger = Ledger.open(sample.disk, sample.outside, sample.clock());
        return sample;
    }

    private static final Sample MADE = made();

    private static Sample made() {
        try {
            return new Sample();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Sample(CrashDisk disk, CrashDisk outside) {
        this.disk = disk;
        this.outside = outside;
    }

    static Charter.Stream stream(
            String name,
            Source.Kind kind,
            int threshold,
            Set<String> writers,
            Set<String> reviewers,
            Contract contract) {
        return new Charter.Stream(
                new Source(name, kind, "CC0-1.0"), new Charter.Signers(threshold, writers), reviewers, contract);
    }

    static Contract contract(String json) {
        return Contract.of(StrictJson.object(json.getBytes(StandardCharsets.UTF_8)));
    }

    /// The same ledger opened again on other disks.
    static Ledger open(Disk disk, Disk outside) throws IOException {
        return Ledger.open(disk, outside, InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z")));
    }

    InstantSource clock() {
        return () -> now;
    }

    void tick() {
        now = now.plus(Duration.ofHours(1));
    }

    void amend(java.util.function.UnaryOperator<Charter.Next> changes) throws IOException {
        tick();
        ledger.amend(changes, List.of(ADMIN), LOG);
    }

    Ledger.Added add(String stream, String file, String rows) throws IOException {
        return add(new Delivery(stream, file, ALICE, Optional.empty(), List.of(), Delivery.VALIDITY), rows);
    }

    Ledger.Added add(Delivery delivery, String rows) throws IOException {
        tick();
        return add(ledger, delivery, rows);
    }

    static Ledger.Added add(Ledger ledger, Delivery delivery, String rows) throws IOException {
        try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
            return ledger.add(delivery, new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)), LOG, workers);
        }
    }

    /// Lines `row 0` to `row n`.
    static String rows(int from, int to) {
        StringBuilder all = new StringBuilder();
        for (int i = from; i < to; i++) {
            all.append("row ").append(i).append('\n');
        }
        return all.toString();
    }

    Optional<Comparison.Same> compare(String file, String rows) throws IOException {
        return Comparison.of(ledger, file, new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
    }
}
