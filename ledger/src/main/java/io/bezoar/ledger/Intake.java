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
    private static final int QUOTED = 1 << 16;

    private final Contract contract;
    private final TreeHashing tree;
    private final OutputStream digests;
    private final ExecutorService workers;
    private final ByteArrayOutputStream quarantine = new ByteArrayOutputStream();
    private final SortedMap<String, Long> labels = new TreeMap<>();
    private long lines;
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
            intake.read(new Chunks(in));
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
    ///
    /// @param line number of its line in the chunk, from 1
    private record Held(long line, String problem, byte[] row) {}

    /// @param read the bytes of the chunk, which nobody looks at any more
    /// @param lines how many the chunk has
    private record Judged(
            byte[] digests,
            int count,
            long bytes,
            List<Held> held,
            Map<String, Long> labels,
            byte[] read,
            long lines) {}

    private void read(Chunks chunks) throws IOException {
        Deque<Future<Judged>> running = new ArrayDeque<>();
        for (Optional<Chunks.Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
            Chunks.Chunk chunk = next.get();
            if (chunk.to() > Chunks.LONGEST) {
                take(running, 0, chunks); // then the number of its first line is known
                chunk.checked(lines);
            }
            running.add(workers.submit(() -> judge(chunk)));
            take(running, AHEAD, chunks);
        }
        take(running, 0, chunks);
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

    /// Cuts a chunk into rows, and judges and digests each while it is at hand.
    private Judged judge(Chunks.Chunk chunk) throws IOException {
        Hasher hasher = new Hasher();
        Lines each = new Lines(chunk);
        byte[] out = new byte[TreeHashing.BLOCK * Digest.BYTES];
        List<Held> held = new ArrayList<>();
        Map<String, Long> counts = new TreeMap<>();
        int count = 0;
        long size = 0;
        while (each.next()) {
            if (contract.judgesRows()) {
                Contract.Row row = contract.judge(each.bytes(), each.start(), each.end());
                if (!row.problem().isEmpty()) {
                    held.add(new Held(each.line(), row.problem(), each.row()));
                    continue;
                }
                if (!row.label().isEmpty()) {
                    counts.merge(row.label(), 1L, Long::sum);
                }
            }
            if (count * Digest.BYTES == out.length) {
                out = Arrays.copyOf(out, 2 * out.length);
            }
            hasher.digest(each.bytes(), each.start(), each.end(), out, count++ * Digest.BYTES);
            size += each.end() - each.start();
        }
        return new Judged(out, count, size, held, counts, chunk.bytes(), each.line());
    }

    /// Takes what was judged, in the order of the rows, until no more than `left` are waited for.
    private void take(Deque<Future<Judged>> running, int left, Chunks chunks) throws IOException {
        while (running.size() > left) {
            Judged judged = get(running.removeFirst());
            take(judged);
            chunks.recycle(judged.read());
        }
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
                    .with("line", lines + each.line())
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
        lines += judged.lines();
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
