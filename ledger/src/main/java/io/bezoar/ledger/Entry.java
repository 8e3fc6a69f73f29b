package io.bezoar.ledger;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.merkle.Digest;
import java.util.Arrays;

/// An entry of the log: a file of envelopes, by name and digest. Because it binds the whole file, no line
/// of it can be taken away unnoticed.
///
/// @param kind what the file holds
/// @param name of the file in the ledger's folder
/// @param file digest of its bytes
/// @param payload digest of the payload of its first envelope
record Entry(Kind kind, String name, Digest file, Digest payload) {
    private static final String FORMAT = "bezoar.entry/1";

    enum Kind {
        CHARTER("charter"),
        BATCH("batch"),
        STATEMENT("statement");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word.equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Malformed("expected an entry of a known kind, came another"));
        }
    }

    byte[] bytes() {
        return CanonicalJson.bytes(new JsonValue.Building()
                .with("entry", FORMAT)
                .with("kind", kind.word)
                .with("name", name)
                .with("file", Manifest.sha256(file))
                .with("payload", Manifest.sha256(payload))
                .done());
    }

    static Entry of(byte[] bytes) {
        Members json = StrictJson.object(bytes);
        if (!json.text("entry").equals(FORMAT)) {
            throw new Malformed("expected an entry " + FORMAT + ", came another version");
        }
        return new Entry(
                Kind.of(json.text("kind")),
                json.text("name"),
                Digest.ofHex(json.members("file").text("sha256")),
                Digest.ofHex(json.members("payload").text("sha256")));
    }
}
