package io.bezoar.ledger;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.merkle.Hasher;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A stream of a corpus and where its rows come from.
///
/// @param stream name of the stream: lower-case letters, digits, `.`, `_` and `-`
/// @param kind of the source
/// @param licence of its rows, an SPDX identifier or any other words; empty if not said
public record Source(String stream, Kind kind, String licence) {
    /// Who gives the rows.
    public enum Kind {
        VENDOR,
        INTERNAL,
        PUBLIC,
        CRAWL,
        FEEDBACK;

        /// The word for it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Malformed("expected a kind of source ("
                            + Arrays.stream(values()).map(Kind::word).collect(Collectors.joining(", "))
                            + "), came another"));
        }
    }

    public Source {
        checkName(stream);
        if (licence.length() > 200) {
            throw new Malformed("expected a licence of at most 200 characters, came " + licence.length());
        }
    }

    /// Refuses what cannot be the name of a corpus or stream, or of a file.
    static void checkName(String name) {
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
            throw new Malformed("expected a name of at most 64 lower-case letters, digits, \".\", \"_\" and \"-\","
                    + " came another");
        }
    }

    /// The record as the manifest of a batch holds it.
    ///
    /// @param writers names of those who may write to the stream
    Members json(List<String> writers) {
        return new JsonValue.Building()
                .with("kind", kind.word())
                .with("licence", licence)
                .with("writers", JsonValue.texts(writers.stream().sorted().toList()))
                .done();
    }

    /// The digest of a source record: of its canonical JSON.
    static Digest digest(Members json) {
        return Hasher.digest(CanonicalJson.bytes(json));
    }
}
