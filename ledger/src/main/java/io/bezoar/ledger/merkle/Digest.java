package io.bezoar.ledger.merkle;

import io.bezoar.ledger.fault.Malformed;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A SHA-256 digest: 32 bytes that are compared as a whole. Ordered by its bytes, unsigned.
public final class Digest implements Comparable<Digest> {
    /// How many bytes a digest has.
    public static final int BYTES = 32;

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The digest with these bytes.
    public static Digest of(byte[] bytes) {
        return at(bytes, 0, bytes.length);
    }

    /// The digest that starts at `from`.
    public static Digest at(byte[] bytes, int from) {
        return at(bytes, from, BYTES);
    }

    private static Digest at(byte[] bytes, int from, int length) {
        if (length != BYTES) {
            throw new Malformed("expected a digest of 32 bytes, came " + length);
        }
        return new Digest(Arrays.copyOfRange(bytes, from, from + BYTES));
    }

    /// The digest written as 64 lower-case hexadecimal digits.
    public static Digest ofHex(String hex) {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new Malformed(
                    "expected a digest of 64 lower-case hexadecimal digits, came " + hex.length() + " characters");
        }
        return new Digest(HEX.parseHex(hex));
    }

    /// The digest written in base64, the one way to write it.
    public static Digest ofBase64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == BYTES
                    && Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return new Digest(bytes);
            }
        } catch (IllegalArgumentException _) {
            // answered below
        }
        throw new Malformed("expected a digest of 32 bytes in base64, came another text");
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HEX.formatHex(bytes);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Writes the 32 bytes to `out[at, at + 32)`.
    public void copyTo(byte[] out, int at) {
        System.arraycopy(bytes, 0, out, at, BYTES);
    }

    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
