package io.bezoar.ledger;

import io.bezoar.ledger.disk.Writes;
import io.bezoar.ledger.fault.Refused;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// Reads the rows of a delivery once: judges, digests and hashes them, and writes the digests and what is
/// held back. Owned by one thread, which lets the workers' threads do the hashing.
final class Intake {
    private static final int AHEAD = 8;
    private static final int MOST_LABELS = 1_000;
    private static final int MOST_LABEL = 200;
    private static final int QUOTED = 1 << 16;

    private final Contract contract;
    private final TreeHashing tree;
    private final OutputStream digests;
    private final ExecutorService workers;
    private final ByteArrayOutputStream quarantine = new ByteArrayOutputStream();
    private final SortedMap<String, Long> labels = new TreeMap<>();
    private long rows;
    private long bytes;
    private long heldBack;

    private Intake(Contract contract, TreeHashing tree, OutputStream digests, ExecutorService workers) {
        this.contract = contract;
        this.tree = tree;
        this.digests = digests;
        this.workers = workers;
    }

    /// What was read.
    ///
    /// @param quarantined digest of the list of rows that were held back
    record Result(
            long rows,
            long bytes,
            Digest root,
            SortedMap<String, Long> labels,
            long heldBack,
            Optional<Digest> quarantined) {}

    /// @param writes where the row digests go, and what is held back
    static Result read(
            InputStream in,
            Contract contract,
            RowLeaf leaf,
            Writes writes,
            String rowFile,
            String quarantineFile,
            ExecutorService workers)
            throws IOException {
        try (OutputStream digests = writes.open(rowFile)) {
            digests.write(RowFile.header());
            Intake intake = new Intake(contract, new TreeHashing(leaf, workers), digests, workers);
            intake.read(new Lines(in));
            Optional<Digest> quarantined = Optional.empty();
            if (intake.heldBack > 0) {
                byte[] list = intake.quarantine.toByteArray();
                writes.put(quarantineFile, list);
                quarantined = Optional.of(Hasher.digest(list));
            }
            digests.write(intake.tree.groups());
            return new Result(
                    intake.rows, intake.bytes, intake.tree.root(), intake.labels, intake.heldBack, quarantined);
        }
    }

    /// A row that breaks the contract.
    private record Held(long line, String problem, byte[] row) {}

    private record Judged(
            byte[] digests, int count, long bytes, List<Held> held, Map<String, Long> labels, byte[] read) {}

    private void read(Lines lines) throws IOException {
        Deque<Future<Judged>> running = new ArrayDeque<>();
        byte[] last = {};
        for (Optional<Lines.Block> next = lines.next(); next.isPresent(); next = lines.next()) {
            Lines.Block block = next.get();
            running.add(workers.submit(() -> judge(block)));
            if (running.size() > AHEAD) {
                Judged judged = get(running.removeFirst());
                take(judged);
                if (!Objects.equals(judged.read(), last)) { // blocks are taken in order: nobody looks at the buffer before any more
                    lines.recycle(last);
                    last = judged.read();
                }
            }
        }
        while (!running.isEmpty()) {
            take(get(running.removeFirst()));
        }
        if (rows == 0) {
            throw heldBack == 0
                    ? new Unusable("expected at least one row, came none; nothing was added")
                    : new Refused("expected rows that keep the contract of the stream, came none; nothing was added");
        }
        double share = heldBack / (double) (rows + heldBack);
        if (share > contract.mostQuarantined()) {
            throw new Refused("expected at most " + Math.round(contract.mostQuarantined() * 1000) / 10.0
                    + " % of the rows to break the contract of the stream, came "
                    + Math.round(share * 1000) / 10.0 + " %; nothing was added");
        }
    }

    private Judged judge(Lines.Block block) {
        Hasher hasher = new Hasher();
        byte[] out = new byte[block.count() * Digest.BYTES];
        List<Held> held = new ArrayList<>();
        Map<String, Long> counts = new TreeMap<>();
        int count = 0;
        long size = 0;
        for (int i = 0; i < block.count(); i++) {
            int from = block.starts()[i];
            int to = block.ends()[i];
            if (contract.judgesRows()) {
                Contract.Row row = contract.judge(block.bytes(), from, to);
                if (!row.problem().isEmpty()) {
                    held.add(new Held(block.lines()[i], row.problem(), block.row(i)));
                    continue;
                }
                if (!row.label().isEmpty()) {
                    String label = row.label();
                    counts.merge(label.substring(0, Math.min(label.length(), MOST_LABEL)), 1L, Long::sum);
                }
            }
            hasher.digest(block.bytes(), from, to, out, count++ * Digest.BYTES);
            size += to - from;
        }
        return new Judged(out, count, size, held, counts, block.bytes());
    }

    private void take(Judged judged) throws IOException {
        digests.write(judged.digests(), 0, judged.count() * Digest.BYTES);
        tree.add(judged.digests(), judged.count());
        rows += judged.count();
        bytes += judged.bytes();
        judged.labels().forEach((label, count) -> labels.merge(label, count, Long::sum));
        if (labels.size() > MOST_LABELS) {
            throw new Refused("expected at most " + MOST_LABELS
                    + " different labels in a batch, came more; name another field as the label of the contract");
        }
        for (Held each : judged.held()) {
            heldBack++;
            byte[] row = each.row();
            quarantine.writeBytes(CanonicalJson.bytes(new JsonValue.Building()
                    .with("line", each.line())
                    .with("problem", each.problem())
                    .with("sha256", Hasher.digest(row).hex())
                    .with("row", Base64.getEncoder().encodeToString(Arrays.copyOf(row, Math.min(row.length, QUOTED))))
                    .done()));
            quarantine.write('\n');
            if (quarantine.size() > 256 << 20) {
                throw new Refused("expected few rows that break the contract of the stream, came more than 256 MiB;"
                        + " nothing was added");
            }
        }
    }

    private static Judged get(Future<Judged> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hashing", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
