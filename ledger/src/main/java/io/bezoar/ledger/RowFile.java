package io.bezoar.ledger;

import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import io.bezoar.ledger.merkle.Proofs;
import io.bezoar.ledger.merkle.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The digests of a batch's rows on disk, and the tree over their leaves. Nothing in the file is trusted:
/// whoever uses it compares the root with the signed one.
///
/// ```
///   0  32  "bezoar-rows/1", then zeros
///  32  32 * rows           digests of the rows' exact bytes, in order
///      32 * (rows / 256)   hashes over each whole 256 leaves: a proof reads no more than 256 digests
/// ```
final class RowFile implements Tree {
    static final int HEADER = 32;
    static final int GROUP = 256;

    private final Disk disk;
    private final String name;
    private final long rows;
    private final RowLeaf leaf;
    private final Hasher hasher = new Hasher();
    private byte[] group = {};
    private long groupIndex = -1;
    private byte[] above = {};

    private RowFile(Disk disk, String name, long rows, RowLeaf leaf) {
        this.disk = disk;
        this.name = name;
        this.rows = rows;
        this.leaf = leaf;
    }

    static byte[] header() {
        return Arrays.copyOf("bezoar-rows/1".getBytes(StandardCharsets.US_ASCII), HEADER);
    }

    /// The file of a batch.
    static RowFile open(Disk disk, Manifest manifest) throws IOException {
        String name = manifest.file("rows");
        long expected = HEADER + Digest.BYTES * (manifest.rows() + manifest.rows() / GROUP);
        long size = disk.size(name)
                .orElseThrow(() -> new Broken(
                        "expected the row digests \"" + name + "\", found none; restore the ledger from a copy"));
        if (size != expected || !Arrays.equals(disk.read(name, 0, HEADER), header())) {
            throw new Broken("expected " + manifest.rows() + " row digests in \"" + name
                    + "\", found another file; restore the ledger from a copy");
        }
        return new RowFile(disk, name, manifest.rows(), manifest.leaf());
    }

    long rows() {
        return rows;
    }

    /// The digests of `count` rows from `first` on, one after the other.
    byte[] digests(long first, int count) throws IOException {
        return disk.read(name, HEADER + first * Digest.BYTES, count * Digest.BYTES);
    }

    Digest digest(long row) throws IOException {
        return Digest.of(digests(row, 1));
    }

    @Override
    public Digest node(int level, long index) {
        try {
            return level >= 8 ? high(level, index) : low(level, index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Digest high(int level, long index) throws IOException {
        if (above.length == 0) {
            above = disk.read(name, HEADER + rows * Digest.BYTES, Math.toIntExact(rows / GROUP * Digest.BYTES));
        }
        int levels = level - 8;
        int from = Math.toIntExact((index << levels) * Digest.BYTES);
        byte[] hashes = Arrays.copyOfRange(above, from, from + (Digest.BYTES << levels));
        hasher.fold(hashes, 0, levels);
        return Digest.at(hashes, 0);
    }

    private Digest low(int level, long index) throws IOException {
        long first = index << level;
        if (first / GROUP != groupIndex) {
            groupIndex = first / GROUP;
            int count = (int) Math.min(GROUP, rows - groupIndex * GROUP);
            group = digests(groupIndex * GROUP, count);
            for (int i = 0; i < count; i++) {
                leaf.hash(groupIndex * GROUP + i, group, i * Digest.BYTES, group, i * Digest.BYTES);
            }
        }
        int from = (int) (first % GROUP) * Digest.BYTES;
        byte[] hashes = Arrays.copyOfRange(group, from, from + (Digest.BYTES << level));
        hasher.fold(hashes, 0, level);
        return Digest.at(hashes, 0);
    }

    /// The digest of a row, held against the root that was signed.
    ///
    /// @throws Broken if it does not lead there
    Digest proved(long row, Digest root) throws IOException {
        Digest content = digest(row);
        Digest hash = new Hasher().leaf(leaf.bytes(row, content));
        if (!Proofs.includes(hash, row, rows, inclusion(row, rows), root)) {
            throw changed();
        }
        return content;
    }

    /// The fault of digests that do not have the root that was signed.
    Broken changed() {
        return new Broken("expected the row digests \"" + name
                + "\" to have the root that was signed, came another; restore the ledger from a copy");
    }

    /// The root over the digests alone, without the stored hashes above them.
    Digest recomputed() throws IOException {
        TreeHashing hashing = new TreeHashing(leaf);
        for (long row = 0; row < rows; row += TreeHashing.BLOCK) {
            int count = (int) Math.min(TreeHashing.BLOCK, rows - row);
            hashing.add(digests(row, count), count);
        }
        return hashing.root();
    }
}
