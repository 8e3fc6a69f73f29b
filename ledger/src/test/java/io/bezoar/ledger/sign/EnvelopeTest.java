package io.bezoar.ledger.sign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.fault.Malformed;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Envelopes: the example of DSSE, and signatures that must not count.
class EnvelopeTest {
    /// secure-systems-lab/dsse eebf7b5, protocol.md, section "Test Vectors" (CC BY 4.0).
    private static final String EXAMPLE = """
            {"payload": "aGVsbG8gd29ybGQ=",
             "payloadType": "http://example.com/HelloWorld",
             "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}
            """;

    private static final SigningKey ANN = key("ann");
    private static final SigningKey BEA = key("bea");

    private static SigningKey key(String name) {
        return SigningKey.make(name, NamedKey.Type.SIGNATURE, new SecureRandom());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theExampleOfDsse() throws GeneralSecurityException {
        Envelope envelope = Envelope.read(utf8(EXAMPLE));
        byte[] message = Envelope.preAuthenticated(envelope.payloadType(), envelope.payload());
        assertEquals(
                "DSSEv1 29 http://example.com/HelloWorld 11 hello world", new String(message, StandardCharsets.UTF_8));
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(
                new BigInteger("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                new BigInteger("5640078356564379163099075877009565129882514886557779369047442380624545832820"));
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
        verifier.update(message);
        assertTrue(verifier.verify(envelope.signatures().getFirst()));
    }

    @Test
    void lengthsAreThoseOfBytes() {
        assertEquals(
                "DSSEv1 2 é 4 ça!", new String(Envelope.preAuthenticated("é", utf8("ça!")), StandardCharsets.UTF_8));
        assertEquals("DSSEv1 0  0 ", new String(Envelope.preAuthenticated("", new byte[0]), StandardCharsets.UTF_8));
    }

    @Test
    void keysCountAndNotSignatures() {
        Envelope twice = Envelope.signed("t", utf8("p"), List.of(ANN)).with(ANN);
        assertEquals(2, twice.signatures().size());
        assertEquals(
                Set.of(ANN.named().key()),
                twice.signedBy(List.of(
                        ANN.named().key(), ANN.named().key(), BEA.named().key())));
        assertEquals(
                2,
                twice.with(BEA)
                        .signedBy(List.of(ANN.named().key(), BEA.named().key()))
                        .size());
    }

    @Test
    void typeAndPayloadAreSigned() {
        Envelope signed = Envelope.signed("t", utf8("p"), List.of(ANN));
        var keys = List.of(ANN.named().key());
        assertEquals(1, Envelope.read(signed.bytes()).signedBy(keys).size());
        assertEquals(
                0,
                new Envelope("u", utf8("p"), signed.signatures()).signedBy(keys).size());
        assertEquals(
                0,
                new Envelope("t", utf8("q"), signed.signatures()).signedBy(keys).size());
        assertEquals(
                0,
                new Envelope("t 1", utf8(" p"), signed.signatures())
                        .signedBy(keys)
                        .size());
    }

    @Test
    void bothAlphabetsOfBase64() {
        byte[] bytes = {(byte) 0xfb, (byte) 0xff, (byte) 0xfe};
        Envelope signed = Envelope.signed("t", bytes, List.of(ANN));
        String text = new String(signed.bytes(), StandardCharsets.UTF_8);
        assertTrue(text.contains("\"+//+\""), text);
        assertArrayEquals(
                bytes, Envelope.read(utf8(text.replace("\"+//+\"", "\"-__-\""))).payload());
    }

    @Test
    void duplicateMembersAreRefused() {
        String two = "{\"payload\":\"\",\"payloadType\":\"t\",\"payloadType\":\"u\",\"signatures\":[]}";
        assertThrows(Malformed.class, () -> Envelope.read(utf8(two)));
        String statement =
                "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\"aa\"}}],"
                        + "\"subject\":[{\"digest\":{\"sha256\":\"bb\"}}],\"predicateType\":\"x\",\"predicate\":{}}";
        Envelope signed = Envelope.signed(Envelope.IN_TOTO, utf8(statement), List.of(ANN));
        assertThrows(Malformed.class, () -> Statement.read(signed));
    }
}
