package io.bezoar.ledger.sign;

import io.bezoar.ledger.fault.Malformed;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// An Ed25519 public key, and the one verifier of its signatures (RFC 8032, section 5.1.7, without the
/// cofactor).
///
/// Verifiers differ on odd keys and signatures, which lets an attacker sign what is valid for one reader
/// and invalid for the next. Here keys and the points in signatures must be encoded in the one canonical
/// way and not be one of the points of small order, the scalar must be below the group's order, and there
/// are exactly 64 bytes. The rest is the JDK's provider, named so that no other steps in.
public final class PublicKey {
    /// Bytes of a key.
    public static final int BYTES = 32;

    private static final int SIGNATURE = 64;
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger EIGHTH =
            littleEndian(HexFormat.of().parseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
    /// The y coordinates of the eight points whose order divides eight.
    private static final Set<BigInteger> SMALL =
            Set.of(BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), EIGHTH, P.subtract(EIGHTH));

    private final byte[] bytes;
    private final java.security.PublicKey key;

    private PublicKey(byte[] bytes, java.security.PublicKey key) {
        this.bytes = bytes;
        this.key = key;
    }

    /// The key with these 32 bytes.
    ///
    /// @throws Malformed if it is not encoded canonically, has small order, or is no point of the curve
    public static PublicKey of(byte[] bytes) {
        if (bytes.length != BYTES || !canonicalPointOfLargeOrder(bytes, 0)) {
            throw new Malformed(
                    "expected an Ed25519 key of 32 bytes in canonical form and of large order, came another");
        }
        byte[] copy = bytes.clone();
        boolean odd = copy[31] < 0;
        copy[31] &= 0x7f;
        EdECPoint point = new EdECPoint(odd, littleEndian(copy));
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519", "SunEC");
            java.security.PublicKey key =
                    factory.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
            PublicKey made = new PublicKey(bytes.clone(), key);
            made.verifier(); // decompresses the point
            return made;
        } catch (GeneralSecurityException e) {
            throw new Malformed("expected an Ed25519 key that is a point of the curve, came another");
        }
    }

    /// Is that the signature of `message` by this key?
    public boolean verifies(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE
                || !canonicalPointOfLargeOrder(signature, 0)
                || littleEndian(Arrays.copyOfRange(signature, BYTES, SIGNATURE)).compareTo(ORDER) >= 0) {
            return false;
        }
        try {
            Signature verifier = verifier();
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException _) {
            return false; // the point in the signature is none of the curve
        }
    }

    private Signature verifier() throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("Ed25519", "SunEC");
        verifier.initVerify(key);
        return verifier;
    }

    private static boolean canonicalPointOfLargeOrder(byte[] encoded, int from) {
        byte[] y = Arrays.copyOfRange(encoded, from, from + BYTES);
        y[31] &= 0x7f;
        BigInteger number = littleEndian(y);
        return number.compareTo(P) < 0 && !SMALL.contains(number);
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] big = new byte[bytes.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
