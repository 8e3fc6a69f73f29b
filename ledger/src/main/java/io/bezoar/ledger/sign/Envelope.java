package io.bezoar.ledger.sign;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A DSSE envelope (secure-systems-lab/dsse, version 1): a payload, its type, and signatures over both.
///
/// @param payloadType media type of the payload
/// @param payload the signed bytes
/// @param signatures in the order they were made; which keys they are of is found by trying, never by
///     their names
public record Envelope(String payloadType, byte[] payload, List<byte[]> signatures) {
    /// The media type of an in-toto statement.
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    private static final int MOST_SIGNATURES = 64;

    public Envelope {
        signatures = List.copyOf(signatures);
        if (signatures.size() > MOST_SIGNATURES) {
            throw new Malformed("expected at most " + MOST_SIGNATURES + " signatures, came " + signatures.size());
        }
    }

    /// The payload signed by all these keys.
    public static Envelope signed(String payloadType, byte[] payload, Collection<SigningKey> keys) {
        byte[] message = preAuthenticated(payloadType, payload);
        return new Envelope(
                payloadType,
                payload,
                keys.stream().map(key -> key.sign(message)).toList());
    }

    /// The same with the signature of one more key.
    public Envelope with(SigningKey key) {
        List<byte[]> more = new ArrayList<>(signatures);
        more.add(key.sign(preAuthenticated(payloadType, payload)));
        return new Envelope(payloadType, payload, more);
    }

    /// Reads [#bytes].
    public static Envelope read(byte[] bytes) {
        Members json = StrictJson.object(bytes);
        List<byte[]> signatures = new ArrayList<>();
        for (Members each : json.objects("signatures")) {
            signatures.add(base64(each.text("sig")));
        }
        return new Envelope(json.text("payloadType"), base64(json.text("payload")), signatures);
    }

    /// DSSE asks for both alphabets of base64.
    private static byte[] base64(String text) {
        try {
            return text.indexOf('-') >= 0 || text.indexOf('_') >= 0
                    ? Base64.getUrlDecoder().decode(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new Malformed("expected base64 in an envelope, came another text");
        }
    }

    /// What is signed: the DSSE pre-authentication encoding.
    public static byte[] preAuthenticated(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("DSSEv1 " + type.length + " " + payloadType + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    /// Which of the keys signed, each once however often it did.
    public Set<PublicKey> signedBy(Collection<PublicKey> keys) {
        byte[] message = preAuthenticated(payloadType, payload);
        Set<PublicKey> signed = new HashSet<>();
        for (PublicKey key : Set.copyOf(keys)) {
            if (signatures.stream().anyMatch(signature -> key.verifies(message, signature))) {
                signed.add(key);
            }
        }
        return signed;
    }

    /// The digest of the payload. Signatures are no part of it: there are many of one payload.
    public Digest digest() {
        return Hasher.digest(payload);
    }

    /// The envelope as one line of JSON, without the line feed.
    public byte[] bytes() {
        Base64.Encoder encoder = Base64.getEncoder();
        JsonValue all = new JsonValue.Building()
                .with("payload", encoder.encodeToString(payload))
                .with("payloadType", payloadType)
                .with(
                        "signatures",
                        new JsonValue.Elements(signatures.stream()
                                .map(each -> (JsonValue) new JsonValue.Building()
                                        .with("sig", encoder.encodeToString(each))
                                        .done())
                                .toList()))
                .done();
        return CanonicalJson.bytes(all);
    }
}
