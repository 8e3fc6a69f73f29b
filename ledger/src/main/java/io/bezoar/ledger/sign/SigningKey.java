package io.bezoar.ledger.sign;

import io.bezoar.ledger.fault.Malformed;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/// An Ed25519 key that signs, with its public half. Its text is a secret:
/// `PRIVATE+KEY+name+hash+base64(type seed)`, as the tools of other tile logs write it.
public final class SigningKey {
    private static final String START = "PRIVATE+KEY+";

    private final NamedKey named;
    private final byte[] seed;

    private SigningKey(NamedKey named, byte[] seed) {
        this.named = named;
        this.seed = seed;
    }

    /// A new key.
    public static SigningKey make(String name, NamedKey.Type type, SecureRandom random) {
        byte[] seed = new byte[PublicKey.BYTES];
        random.nextBytes(seed);
        return of(name, type, seed);
    }

    /// The key of that seed.
    public static SigningKey of(String name, NamedKey.Type type, byte[] seed) {
        return new SigningKey(new NamedKey(name, type, publicHalf(seed)), seed.clone());
    }

    /// Reads [#secret].
    public static SigningKey of(String secret) {
        String[] parts = secret.strip().split("\\+", 5);
        if (!secret.startsWith(START) || parts.length != 5) {
            throw new Malformed("expected a private key (PRIVATE+KEY+name+hash+base64), came another text");
        }
        byte[] typed = NamedKey.base64(parts[4]);
        if (typed.length != 1 + PublicKey.BYTES) {
            throw new Malformed("expected a private key of 33 bytes, came " + typed.length);
        }
        SigningKey key = of(parts[2], NamedKey.Type.of(typed[0]), Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.named.text().startsWith(parts[2] + "+" + parts[3] + "+")) {
            throw new Malformed("expected a private key that fits its hash, came another");
        }
        return key;
    }

    /// The JDK offers no way from the seed to the public key but to generate a pair from it.
    private static PublicKey publicHalf(byte[] seed) {
        if (seed.length != PublicKey.BYTES) {
            throw new Malformed("expected a seed of 32 bytes, came " + seed.length);
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519", "SunEC");
            generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
            EdECPublicKey made = (EdECPublicKey) generator.generateKeyPair().getPublic();
            byte[] big = made.getPoint().getY().toByteArray();
            byte[] bytes = new byte[PublicKey.BYTES];
            for (int i = 0; i < Math.min(big.length, bytes.length); i++) {
                bytes[i] = big[big.length - 1 - i];
            }
            bytes[31] |= made.getPoint().isXOdd() ? (byte) 0x80 : 0;
            return PublicKey.of(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java without Ed25519", e);
        }
    }

    /// The signature of a message.
    public byte[] sign(byte[] message) {
        try {
            PrivateKey key = KeyFactory.getInstance("Ed25519", "SunEC")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
            Signature signer = Signature.getInstance("Ed25519", "SunEC");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java without Ed25519", e);
        }
    }

    public NamedKey named() {
        return named;
    }

    public String name() {
        return named.name();
    }

    /// The key as a secret text.
    public String secret() {
        byte[] typed = ByteBuffer.allocate(1 + PublicKey.BYTES)
                .put(named.type().code())
                .put(seed)
                .array();
        return START + named.name() + "+" + named.hash() + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /// Says whose key it is, never the key.
    @Override
    public String toString() {
        return "private key of " + named.name();
    }

    /// Gives the seed as the next bytes.
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] seed;

        Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
