package io.bezoar.ledger.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256, and the leaf and node hashes of RFC 6962, section 2.1: a leaf begins with 0x00, a node with
/// 0x01, so that neither can be taken for the other. Owned by one thread.
public final class Hasher {
    private static final int BYTES = Digest.BYTES;

    private final MessageDigest sha = sha256();
    private final byte[] node = new byte[1 + 2 * BYTES];

    public Hasher() {
        node[0] = 1;
    }

    /// A new SHA-256, which every Java has.
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java without SHA-256", e);
        }
    }

    /// The digest of bytes.
    public static Digest digest(byte[] bytes) {
        return Digest.of(sha256().digest(bytes));
    }

    /// The root of a tree without leaves.
    public static Digest empty() {
        return digest(new byte[0]);
    }

    /// The digest of `bytes[from, to)` into `out[at, at + 32)`.
    public void digest(byte[] bytes, int from, int to, byte[] out, int at) {
        sha.update(bytes, from, to - from);
        finish(out, at);
    }

    /// The hash of a leaf.
    public Digest leaf(byte[] data) {
        sha.update((byte) 0);
        return Digest.of(sha.digest(data));
    }

    /// The hash of two nodes.
    public Digest node(Digest left, Digest right) {
        left.copyTo(node, 1);
        right.copyTo(node, 1 + BYTES);
        return Digest.of(sha.digest(node));
    }

    /// Replaces `2^levels` hashes that start at `at` by the one above them, at `at`.
    public void fold(byte[] hashes, int at, int levels) {
        for (int width = 1 << levels; width > 1; width >>= 1) {
            for (int i = 0; i < width; i += 2) {
                System.arraycopy(hashes, at + i * BYTES, node, 1, 2 * BYTES);
                sha.update(node);
                finish(hashes, at + i / 2 * BYTES);
            }
        }
    }

    private void finish(byte[] out, int at) {
        try {
            sha.digest(out, at, BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes are room enough", e);
        }
    }
}
