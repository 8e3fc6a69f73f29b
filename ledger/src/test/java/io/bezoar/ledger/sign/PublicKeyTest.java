package io.bezoar.ledger.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.Vectors;
import io.bezoar.ledger.fault.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The one verifier of signatures, against vectors made to set verifiers apart.
class PublicKeyTest {
    private static boolean accepts(String key, String message, String signature) {
        try {
            return PublicKey.of(Vectors.hex(key)).verifies(Vectors.hex(message), Vectors.hex(signature));
        } catch (Malformed _) {
            return false;
        }
    }

    @Test
    void wycheproof() {
        List<String[]> vectors = Vectors.of("wycheproof-ed25519.txt");
        assertEquals(151, vectors.size());
        for (String[] each : vectors) {
            assertEquals(each[4].equals("valid"), accepts(each[1], each[2], each[3]), "tcId " + each[0]);
        }
    }

    /// Nothing with a point of small order, nothing encoded in a second way, nothing that holds only with
    /// the cofactor; the rest is accepted.
    @Test
    void edgeCases() {
        int accepted = 0;
        for (String[] each : Vectors.of("cctv-ed25519.txt.gz")) {
            List<String> flags = List.of(each[4].split(","));
            boolean odd = flags.contains("low_order_A")
                    || flags.contains("low_order_R")
                    || flags.contains("non_canonical_A")
                    || flags.contains("non_canonical_R")
                    || flags.contains("low_order_residue");
            boolean came = accepts(each[1], each[3], each[2]);
            assertEquals(!odd, came, "number " + each[0] + " " + flags);
            accepted += came ? 1 : 0;
        }
        assertTrue(accepted > 0);
    }

    @Test
    void signaturesHaveOneForm() {
        SigningKey key = SigningKey.make("a", NamedKey.Type.SIGNATURE, new SecureRandom());
        byte[] message = "m".getBytes(StandardCharsets.UTF_8);
        byte[] signature = key.sign(message);
        PublicKey known = key.named().key();
        assertTrue(known.verifies(message, signature));
        assertFalse(known.verifies(message, Arrays.copyOf(signature, 65)));
        assertFalse(known.verifies(message, Arrays.copyOf(signature, 63)));
        assertFalse(known.verifies(message, new byte[64]));
        assertEquals(PublicKey.of(known.bytes()), known);
    }

    @Test
    void keysOfSmallOrderAreRefusedWhenTheyAreEnrolled() {
        String sentence = "expected an Ed25519 key of 32 bytes in canonical form and of large order, came another";
        for (String hex : List.of(
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")) {
            assertEquals(
                    sentence,
                    assertThrows(Malformed.class, () -> PublicKey.of(Vectors.hex(hex)))
                            .getMessage());
        }
        assertThrows(Malformed.class, () -> PublicKey.of(new byte[31]));
        assertThrows(
                Malformed.class,
                () -> PublicKey.of(Vectors.hex(
                        "0200000000000000000000000000000000000000000000000000000000000000"))); // off the curve
    }

    @Test
    void secretsReadBack() {
        for (int i = 0; i < 20; i++) {
            SigningKey key = SigningKey.make("k" + i, NamedKey.Type.SIGNATURE, new SecureRandom());
            assertEquals(key.named(), SigningKey.of(key.secret()).named());
            assertEquals(key.named(), NamedKey.of(key.named().text()));
            assertFalse(key.toString().contains(key.secret()));
        }
    }
}
