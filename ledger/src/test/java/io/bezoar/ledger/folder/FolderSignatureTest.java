package io.bezoar.ledger.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folder signatures, read by a second verifier that was written from the specification and knows nothing of ours.
class FolderSignatureTest {
    private static final KeyPair KEYS = FolderKey.make(new SecureRandom());
    private static final ECPublicKey KEY = FolderKey.publicKey(FolderKey.pem(KEYS.getPublic()));

    @TempDir
    private Path folder;

    private Path set;

    @BeforeEach
    void aDataSet() throws IOException {
        set = Files.createDirectories(folder.resolve("set"));
        Files.writeString(set.resolve("train.jsonl"), "{\"text\":\"a\"}\n");
        Files.createDirectories(set.resolve("more"));
        Files.writeString(set.resolve("more/a.jsonl"), "{\"text\":\"b\"}\n");
        Files.writeString(set.resolve("more.txt"), "c\n");
    }

    private byte[] signed() throws IOException {
        return FolderSignature.sign(set, KEYS);
    }

    private String broken(byte[] bundle) {
        return String.valueOf(assertThrows(Broken.class, () -> FolderSignature.verify(set, bundle, KEY))
                .getMessage());
    }

    /// Bundle, envelope and statement taken apart by patterns, verified by the JDK alone.
    private static List<String> naive(String bundle, String pem, Path folder)
            throws IOException, GeneralSecurityException {
        assertTrue(bundle.contains("\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\""));
        assertTrue(bundle.contains("\"tlogEntries\":[]"));
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        String hint = HexFormat.of().formatHex(sha.digest(pem.getBytes(StandardCharsets.US_ASCII)));
        assertEquals(hint, found("\"publicKey\":\\{\"hint\":\"([0-9a-f]{64})\"\\}", bundle));
        assertEquals("application/vnd.in-toto+json", found("\"payloadType\":\"([^\"]*)\"", bundle));
        byte[] payload = Base64.getDecoder().decode(found("\"payload\":\"([^\"]*)\"", bundle));
        byte[] signature = Base64.getDecoder().decode(found("\"signatures\":\\[\\{\"sig\":\"([^\"]*)\"\\}\\]", bundle));
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(
                ("DSSEv1 28 application/vnd.in-toto+json " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(payload);
        byte[] spki = Base64.getMimeDecoder().decode(pem.replaceAll("-----[^\n]*\n", ""));
        Signature ecdsa = Signature.getInstance("SHA256withECDSA");
        ecdsa.initVerify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki)));
        ecdsa.update(message.toByteArray());
        if (!ecdsa.verify(signature)) {
            return List.of();
        }
        String statement = new String(payload, StandardCharsets.UTF_8);
        assertEquals("https://in-toto.io/Statement/v1", found("\"_type\":\"([^\"]*)\"", statement));
        assertEquals("https://model_signing/signature/v1.0", found("\"predicateType\":\"([^\"]*)\"", statement));
        assertTrue(statement.contains("\"serialization\":{\"allow_symlinks\":false,\"hash_type\":\"sha256\","
                + "\"ignore_paths\":[],\"method\":\"files\"}"));
        List<String> names = new ArrayList<>();
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        Matcher resources = Pattern.compile(
                        "\\{\"algorithm\":\"sha256\",\"digest\":\"([0-9a-f]{64})\",\"name\":\"([^\"]*)\"\\}")
                .matcher(statement);
        while (resources.find()) {
            byte[] digest = sha.digest(Files.readAllBytes(folder.resolve(resources.group(2))));
            if (!HexFormat.of().formatHex(digest).equals(resources.group(1))) {
                return List.of();
            }
            names.add(resources.group(2));
            digests.writeBytes(digest);
        }
        assertEquals(
                HexFormat.of().formatHex(sha.digest(digests.toByteArray())),
                found(
                        "\"subject\":\\[\\{\"digest\":\\{\"sha256\":\"([0-9a-f]{64})\"\\},\"name\":\"set\"\\}\\]",
                        statement));
        return names;
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    @Test
    void twoVerifiersAgree() throws IOException, GeneralSecurityException {
        byte[] bundle = signed();
        assertEquals(3, FolderSignature.verify(set, bundle, KEY));
        String text = new String(bundle, StandardCharsets.UTF_8);
        String pem = FolderKey.pem(KEYS.getPublic());
        assertEquals(List.of("more.txt", "more/a.jsonl", "train.jsonl"), naive(text, pem, set));
        Files.writeString(set.resolve("train.jsonl"), "{\"text\":\"A\"}\n");
        assertEquals(List.of(), naive(text, pem, set));
        assertEquals(
                "expected \"train.jsonl\" as it was signed, found other bytes; get the folder again", broken(bundle));
    }

    @Test
    void addedRemovedAndRenamed() throws IOException {
        byte[] bundle = signed();
        Files.writeString(set.resolve("extra"), "x");
        assertEquals(
                "expected only files that were signed, found \"extra\" besides; get the folder again", broken(bundle));
        Files.delete(set.resolve("extra"));
        // the digests stay in order: only the name tells
        Files.move(set.resolve("train.jsonl"), set.resolve("trains.jsonl"));
        assertEquals(
                "expected \"train.jsonl\" as it was signed, found no such file; get the folder again", broken(bundle));
        Files.move(set.resolve("trains.jsonl"), set.resolve("train.jsonl"));
        assertEquals(3, FolderSignature.verify(set, bundle, KEY));
        Files.move(set.resolve("more.txt"), set.resolve("x"));
        Files.move(set.resolve("train.jsonl"), set.resolve("more.txt"));
        Files.move(set.resolve("x"), set.resolve("train.jsonl"));
        assertTrue(broken(bundle).contains("\"more.txt\" as it was signed, found other bytes"));
    }

    @Test
    void everyChangedByteOfABundle() throws IOException {
        byte[] bundle = signed();
        String text = new String(bundle, StandardCharsets.UTF_8);
        int start = text.indexOf("\"dsseEnvelope\"");
        int end = text.indexOf("\"mediaType\"");
        for (int i = start; i < end; i += 7) {
            byte[] changed = bundle.clone();
            changed[i] ^= 1;
            assertThrows(Broken.class, () -> FolderSignature.verify(set, changed, KEY), "byte " + i);
        }
        KeyPair others = FolderKey.make(new SecureRandom());
        ECPublicKey other = FolderKey.publicKey(FolderKey.pem(others.getPublic()));
        assertThrows(Broken.class, () -> FolderSignature.verify(set, bundle, other));
        assertThrows(
                Malformed.class, () -> FolderSignature.sign(set, new KeyPair(KEYS.getPublic(), others.getPrivate())));
    }

    @Test
    void aSecondSubjectOfTheSameName() throws IOException {
        String text = new String(signed(), StandardCharsets.UTF_8);
        String twice = text.replaceFirst("\"mediaType\"", "\"dsseEnvelope\":{},\"mediaType\"");
        assertTrue(broken(twice.getBytes(StandardCharsets.UTF_8)).contains("do not use the folder"));
    }

    @Test
    void namesThatLeadElsewhere() {
        for (String name : List.of(
                "../train.jsonl",
                "/etc/passwd",
                "a/../../b",
                "a//b",
                "./a",
                "",
                "a\\b",
                "a\0b",
                "a\nb",
                "e\u0301", // form D: another name to some, the same to others
                "a\ufffd")) {
            assertFalse(FolderFiles.safe(name), name);
        }
        assertTrue(FolderFiles.safe("a/b.c/..d"));
    }

    /// Two files whose names are no UTF-8 look the same to Java: neither may hide behind the other.
    @Test
    void namesThatAreNoText() throws IOException, InterruptedException {
        byte[] bundle = signed();
        int code = new ProcessBuilder("bash", "-c", "printf x > $'\\xff' && printf y > $'\\xfe'")
                .directory(set.toFile())
                .start()
                .waitFor();
        Assumptions.assumeTrue(code == 0, "needs bash and a file system that takes any bytes for a name");
        assertTrue(String.valueOf(assertThrows(Unusable.class, this::signed).getMessage())
                .startsWith("expected file names in UTF-8 and Unicode form C"));
        assertTrue(broken(bundle).startsWith("expected file names in UTF-8 and Unicode form C"));
    }

    @Test
    void everyFileRemoved() throws IOException {
        byte[] bundle = signed();
        for (String name : List.of("train.jsonl", "more/a.jsonl", "more.txt")) {
            Files.delete(set.resolve(name));
        }
        assertEquals(
                "expected \"more.txt\" as it was signed, found no such file; get the folder again", broken(bundle));
        assertThrows(Unusable.class, this::signed);
    }

    @Test
    void symbolicLinks() throws IOException {
        byte[] bundle = signed();
        Path secret = Files.writeString(folder.resolve("secret"), "key");
        Files.createSymbolicLink(set.resolve("link"), secret);
        assertTrue(String.valueOf(assertThrows(Unusable.class, this::signed).getMessage())
                .contains("came a symbolic link or device at"));
        assertTrue(broken(bundle).contains("came a symbolic link or device at"));
        Files.delete(set.resolve("link"));
        Files.move(set, folder.resolve("real"));
        Files.createSymbolicLink(set, folder.resolve("real"));
        assertThrows(Unusable.class, this::signed);
    }

    @Test
    void keysReadBack() {
        assertEquals(
                FolderKey.pem(KEYS.getPrivate()),
                FolderKey.pem(FolderKey.privateKey(FolderKey.pem(KEYS.getPrivate()))));
        assertThrows(
                Malformed.class,
                () -> FolderKey.publicKey("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));
        assertThrows(Malformed.class, () -> FolderKey.privateKey(FolderKey.pem(KEYS.getPublic())));
    }
}
