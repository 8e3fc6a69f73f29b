package io.bezoar.ledger.folder;

import io.bezoar.ledger.fault.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/// Keys of folder signatures: ECDSA on P-256, P-384 or P-521, which is what OpenSSF model signing knows; ours are on
/// P-256. In PEM, private keys as PKCS #8, public ones as SubjectPublicKeyInfo.
public final class FolderKey {
    private static final int LINE = 64;

    private FolderKey() {}

    /// A new pair.
    public static KeyPair make(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a Java without P-256", e);
        }
    }

    /// A public key in PEM.
    public static String pem(PublicKey key) {
        return pem("PUBLIC KEY", key.getEncoded());
    }

    /// A private key in PEM.
    public static String pem(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String kind, byte[] der) {
        String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
    }

    /// Reads a public key in PEM.
    public static ECPublicKey publicKey(String pem) {
        try {
            if (KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der("PUBLIC KEY", pem)))
                    instanceof ECPublicKey key) {
                algorithm(key);
                return key;
            }
        } catch (GeneralSecurityException _) {
            // another kind of key
        }
        throw new Malformed("expected a public ECDSA key in PEM, came another text");
    }

    /// Reads a private key in PEM.
    public static PrivateKey privateKey(String pem) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der("PRIVATE KEY", pem)));
        } catch (GeneralSecurityException _) {
            throw new Malformed("expected a private ECDSA key in PEM (PKCS #8), came another text");
        }
    }

    private static byte[] der(String kind, String pem) {
        String text = pem.strip();
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        if (!text.startsWith(begin) || !text.endsWith(end)) {
            throw new Malformed("expected " + begin + ", came another text");
        }
        try {
            return Base64.getDecoder()
                    .decode(text.substring(begin.length(), text.length() - end.length())
                            .replaceAll("\\s", ""));
        } catch (IllegalArgumentException _) {
            throw new Malformed("expected base64 in a key, came another text");
        }
    }

    /// The signature algorithm that goes with the key's curve.
    static String algorithm(ECPublicKey key) {
        return switch (key.getParams().getCurve().getField().getFieldSize()) {
            case 256 -> "SHA256withECDSA";
            case 384 -> "SHA384withECDSA";
            case 521 -> "SHA512withECDSA";
            default -> throw new Malformed("expected a key on P-256, P-384 or P-521, came one on another curve");
        };
    }

    static byte[] sign(KeyPair pair, byte[] message) {
        if (!(pair.getPublic() instanceof ECPublicKey key)) {
            throw new Malformed("expected an ECDSA key, came another");
        }
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(pair.getPrivate());
            signature.update(message);
            byte[] bytes = signature.sign();
            if (!verifies(key, message, bytes)) {
                throw new Malformed("expected a private key and the public key that goes with it, came another");
            }
            return bytes;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ECDSA failed", e);
        }
    }

    static boolean verifies(ECPublicKey key, byte[] message, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(bytes);
        } catch (GeneralSecurityException _) {
            return false; // no signature of that form
        }
    }

    /// What a bundle calls the key: the SHA-256 of its PEM.
    static String hint(PublicKey key) {
        return io.bezoar.ledger.merkle.Hasher.digest(pem(key).getBytes(StandardCharsets.US_ASCII))
                .hex();
    }
}
