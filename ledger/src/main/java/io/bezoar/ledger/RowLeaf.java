package io.bezoar.ledger;

import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// What the tree of a batch has for each row: 180 bytes that bind the row's content to its place.
///
/// ```
///   0   4  version: 'B' 'Z' 'R' 0x01
///   4  32  SHA-256 of the corpus's name
///  36  32  SHA-256 of the stream's name
///  68   8  sequence of the batch, from 0, big-endian
///  76  32  digest of the schema
/// 108  32  digest of the source record
/// 140   8  index of the row in the batch, from 0, big-endian
/// 148  32  SHA-256 of the row's exact bytes, without the line end
/// ```
///
/// What all rows of a batch share comes first: with the 0x00 that RFC 6962 puts before a leaf, two of the
/// three blocks of SHA-256 are the same for all rows and are hashed once. Owned by one thread.
final class RowLeaf {
    static final int BYTES = 180;

    private static final int SHARED = 140;
    private static final byte[] VERSION = {'B', 'Z', 'R', 1};

    private final byte[] leaf = new byte[1 + BYTES];
    private final MessageDigest start;

    RowLeaf(String corpus, String stream, long sequence, Digest schema, Digest source) {
        ByteBuffer.wrap(leaf)
                .put((byte) 0)
                .put(VERSION)
                .put(name(corpus))
                .put(name(stream))
                .putLong(sequence)
                .put(schema.bytes())
                .put(source.bytes());
        try {
            start = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java without SHA-256", e);
        }
        start.update(leaf, 0, 1 + SHARED);
    }

    private static byte[] name(String name) {
        return Hasher.digest(name.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    /// The same for another thread.
    RowLeaf copy() {
        return new RowLeaf(this);
    }

    private RowLeaf(RowLeaf other) {
        System.arraycopy(other.leaf, 0, leaf, 0, leaf.length);
        start = clone(other.start);
    }

    private static MessageDigest clone(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
        }
    }

    /// The leaf of a row.
    byte[] bytes(long index, Digest content) {
        content.copyTo(leaf, 1 + SHARED + 8);
        index(index);
        return java.util.Arrays.copyOfRange(leaf, 1, leaf.length);
    }

    private void index(long index) {
        ByteBuffer.wrap(leaf).putLong(1 + SHARED, index);
    }

    /// The leaf hash of a row whose content digest is `digests[at, at + 32)`, in place of it in `out`.
    void hash(long index, byte[] digests, int at, byte[] out, int to) {
        index(index);
        System.arraycopy(digests, at, leaf, 1 + SHARED + 8, Digest.BYTES);
        MessageDigest sha = clone(start);
        sha.update(leaf, 1 + SHARED, BYTES - SHARED);
        try {
            sha.digest(out, to, Digest.BYTES);
        } catch (java.security.DigestException e) {
            throw new IllegalStateException("32 bytes are room enough", e);
        }
    }
}
