package io.bezoar.ledger;

import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// Hashes the rows of a batch into a tree, 256 leaves at a time, as their digests come in. Owned by one
/// thread, which may hand the hashing to others.
final class TreeHashing {
    /// Rows that are hashed at once.
    static final int BLOCK = 4096;

    private static final int GROUP = RowFile.GROUP;
    private static final int ROOM = BLOCK * Digest.BYTES;

    private final RowLeaf leaf;
    private final List<ExecutorService> workers;
    private final Deque<Future<byte[]>> running = new ArrayDeque<>();
    private final ByteArrayOutputStream groups = new ByteArrayOutputStream();
    private byte[] block = new byte[ROOM];
    private int filled;
    private long rows;

    /// Hashes on this thread.
    TreeHashing(RowLeaf leaf) {
        this.leaf = leaf;
        this.workers = List.of();
    }

    /// Hashes on the threads of `workers`.
    TreeHashing(RowLeaf leaf, ExecutorService workers) {
        this.leaf = leaf;
        this.workers = List.of(workers);
    }

    /// The digests of the next `count` rows.
    void add(byte[] digests, int count) {
        int taken = 0;
        int bytes = count * Digest.BYTES;
        while (taken < bytes) {
            int more = Math.min(bytes - taken, ROOM - filled);
            System.arraycopy(digests, taken, block, filled, more);
            taken += more;
            filled += more;
            if (filled == ROOM) {
                flush();
            }
        }
    }

    private void flush() {
        byte[] full = block;
        int count = filled / Digest.BYTES;
        long first = rows;
        rows += count;
        filled = 0;
        if (workers.isEmpty()) {
            groups.writeBytes(groups(leaf, first, full, count));
        } else {
            RowLeaf own = leaf.copy();
            running.add(workers.getFirst().submit(() -> groups(own, first, full, count)));
            block = new byte[ROOM];
            if (running.size() > 16) {
                groups.writeBytes(get(running.removeFirst()));
            }
        }
    }

    /// Hashes over each 256 leaves, and behind them the leaf hashes that are fewer.
    private static byte[] groups(RowLeaf leaf, long first, byte[] digests, int count) {
        Hasher hasher = new Hasher();
        byte[] leaves = new byte[GROUP * Digest.BYTES];
        byte[] out = new byte[(count / GROUP + count % GROUP) * Digest.BYTES];
        for (int group = 0; group * GROUP < count; group++) {
            int width = Math.min(GROUP, count - group * GROUP);
            for (int i = 0; i < width; i++) {
                int row = group * GROUP + i;
                leaf.hash(first + row, digests, row * Digest.BYTES, leaves, i * Digest.BYTES);
            }
            if (width == GROUP) {
                hasher.fold(leaves, 0, 8);
                width = 1;
            }
            System.arraycopy(leaves, 0, out, group * Digest.BYTES, width * Digest.BYTES);
        }
        return out;
    }

    private static byte[] get(Future<byte[]> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while hashing", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Hashes over each whole 256 leaves; nothing may be added after it.
    byte[] groups() {
        finish();
        return Arrays.copyOf(groups.toByteArray(), (int) (rows / GROUP) * Digest.BYTES);
    }

    private void finish() {
        if (filled > 0) {
            flush();
        }
        running.forEach(each -> groups.writeBytes(get(each)));
        running.clear();
    }

    /// The root; nothing may be added after it.
    Digest root() {
        finish();
        Hasher hasher = new Hasher();
        byte[] hashes = groups.toByteArray();
        int whole = (int) (rows / GROUP);
        // the leaves that fill no group make one subtree, lower than the groups
        List<Digest> level = digests(hashes, whole * Digest.BYTES, hashes.length);
        while (level.size() > 1) {
            level = above(level, hasher);
        }
        List<Digest> up = new ArrayList<>(digests(hashes, 0, whole * Digest.BYTES));
        up.addAll(level);
        while (up.size() > 1) {
            up = above(up, hasher);
        }
        return up.isEmpty() ? Hasher.empty() : up.getFirst();
    }

    long rows() {
        return rows + filled / Digest.BYTES;
    }

    private static List<Digest> digests(byte[] hashes, int from, int to) {
        List<Digest> all = new ArrayList<>();
        for (int at = from; at < to; at += Digest.BYTES) {
            all.add(Digest.at(hashes, at));
        }
        return all;
    }

    /// The last hash of an odd number goes up as it is.
    private static List<Digest> above(List<Digest> level, Hasher hasher) {
        List<Digest> up = new ArrayList<>();
        for (int i = 0; i + 1 < level.size(); i += 2) {
            up.add(hasher.node(level.get(i), level.get(i + 1)));
        }
        if (level.size() % 2 == 1) {
            up.add(level.getLast());
        }
        return up;
    }
}
