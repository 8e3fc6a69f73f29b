package io.bezoar.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.sign.PublicKey;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Verifies a row's proof from `docs/formats/ledger.md` alone: nothing of the ledger's code but the proof
/// it wrote.
class NaiveVerifierTest {
    private static byte[] sha(byte[]... parts) throws GeneralSecurityException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (byte[] part : parts) {
            sha.update(part);
        }
        return sha.digest();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean signed(PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
        byte[] big = new byte[32];
        for (int i = 0; i < 32; i++) {
            big[i] = key.bytes()[31 - i];
        }
        boolean odd = big[0] < 0;
        big[0] &= 0x7f;
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(big)))));
        verifier.update(message);
        return verifier.verify(signature);
    }

    private static String member(String json, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        assertTrue(matcher.find(), pattern + " in " + json);
        return matcher.group(1);
    }

    /// The root that a path leads to, as RFC 9162, section 2.1.3.2 walks.
    private static byte[] walk(byte[] leaf, long index, long size, List<byte[]> path) throws GeneralSecurityException {
        byte[] hash = leaf;
        long first = index;
        long last = size - 1;
        for (byte[] sibling : path) {
            if (first % 2 == 1 || first == last) {
                hash = sha(new byte[] {1}, sibling, hash);
                while (first % 2 == 0 && first != 0) {
                    first /= 2;
                    last /= 2;
                }
            } else {
                hash = sha(new byte[] {1}, hash, sibling);
            }
            first /= 2;
            last /= 2;
        }
        assertEquals(0, last);
        return hash;
    }

    private static void verify(String proof, byte[] row, PublicKey log, PublicKey author)
            throws GeneralSecurityException {
        HexFormat hex = HexFormat.of();
        // 1. the row
        String sha256 = member(proof, "\"row\":\\{[^}]*\"sha256\":\"([0-9a-f]{64})\"");
        assertEquals(hex.formatHex(sha(row)), sha256);
        long index = Long.parseLong(member(proof, "\"row\":\\{\"index\":(\\d+)"));
        List<byte[]> path = Stream.of(member(proof, "\"path\":\\[([^\\]]*)\\]").split(","))
                .map(each -> hex.parseHex(each.replace("\"", "")))
                .toList();
        // 2. the manifest, signed by its author
        byte[] payload = Base64.getDecoder().decode(member(proof, "\"payload\":\"([^\"]*)\""));
        byte[] signature = Base64.getDecoder().decode(member(proof, "\"sig\":\"([^\"]*)\""));
        String type = "application/vnd.in-toto+json";
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(utf8("DSSEv1 " + type.length() + " " + type + " " + payload.length + " "));
        message.writeBytes(payload);
        assertTrue(signed(author, message.toByteArray(), signature));
        String manifest = new String(payload, StandardCharsets.UTF_8);
        // 3. the row's leaf leads to the signed root
        String source = member(manifest, "\"source\":(\\{[^}]*\\})");
        byte[] leaf = ByteBuffer.allocate(180)
                .put(new byte[] {'B', 'Z', 'R', 1})
                .put(sha(utf8(member(manifest, "\"corpus\":\"([^\"]*)\""))))
                .put(sha(utf8(member(manifest, "\"stream\":\"([^\"]*)\""))))
                .putLong(Long.parseLong(member(manifest, "\"sequence\":(\\d+)")))
                .put(hex.parseHex(member(manifest, "\"schema\":\\{\"sha256\":\"([0-9a-f]{64})\"")))
                .put(sha(utf8(source))) // canonical already
                .putLong(index)
                .put(sha(row))
                .array();
        long rows = Long.parseLong(member(manifest, "\"rows\":\\{\"bytes\":\\d+,\"count\":(\\d+)"));
        String root = member(manifest, "\"count\":\\d+,\"root\":\"([0-9a-f]{64})\"");
        assertEquals(root, hex.formatHex(walk(sha(new byte[] {0}, leaf), index, rows, path)));
        // 4. the log's entry names the manifest
        byte[] entry = Base64.getDecoder().decode(member(proof, "\"entry\":\"([^\"]*)\""));
        assertEquals(
                hex.formatHex(sha(payload)),
                member(new String(entry, StandardCharsets.UTF_8), "\"payload\":\\{\"sha256\":\"([0-9a-f]{64})\""));
        // 5. the entry is in the log that the checkpoint speaks of, and the log has signed it
        String text = member(proof, "\"log\":\"([^\"]*)\"").replace("\\n", "\n");
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        assertEquals("c2sp.org/tlog-proof@v1", lines.removeFirst());
        long at = Long.parseLong(lines.removeFirst().substring("index ".length()));
        List<byte[]> up = new ArrayList<>();
        while (!lines.getFirst().isEmpty()) {
            up.add(Base64.getDecoder().decode(lines.removeFirst()));
        }
        lines.removeFirst();
        String origin = lines.get(0);
        long size = Long.parseLong(lines.get(1));
        assertEquals(lines.get(2), Base64.getEncoder().encodeToString(walk(sha(new byte[] {0}, entry), at, size, up)));
        assertEquals("", lines.get(3));
        byte[] line = Base64.getDecoder().decode(lines.get(4).substring(("\u2014 " + origin + " ").length()));
        String body = origin + "\n" + size + "\n" + lines.get(2) + "\n";
        assertTrue(signed(log, utf8(body), Arrays.copyOfRange(line, 4, 68)));
    }

    @Test
    void proofsOfManyRows() throws Exception {
        Sample sample = Sample.copy();
        for (int size : new int[] {1, 2, 255, 256, 257, 1000}) {
            Batch batch = sample.add("vendor-a", "x", Sample.rows(0, size)).batch();
            for (int row : new int[] {0, size / 2, size - 1}) {
                String proof = new String(RowProof.of(sample.ledger, batch, row).bytes(), StandardCharsets.UTF_8);
                assertEquals(proof, new String(RowProof.read(utf8(proof)).bytes(), StandardCharsets.UTF_8));
                if (size > 1) { // with one row there is no path to read
                    verify(
                            proof,
                            utf8("row " + row),
                            Sample.LOG.named().key(),
                            Sample.ALICE.named().key());
                }
            }
        }
    }
}
