package io.bezoar.ledger;

import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.JsonValue.Members;
import io.bezoar.ledger.merkle.Digest;
import io.bezoar.ledger.sign.Statement;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the writers of a batch sign: which rows, of which stream, behind which batch, and until when it
/// may be taken in.
///
/// @param corpus name of the data set the batch is meant for
/// @param stream name of the stream
/// @param sequence number of the batch in its stream, from 0
/// @param previous digest of the manifest before it; empty for the first
/// @param rows number of rows, at least 1
/// @param bytes bytes of all rows together
/// @param root of the tree over the rows' leaves
/// @param schema digest of the stream's contract
/// @param source record of the source as the keys file had it
/// @param file name the rows came under, for people
/// @param labels rows by label, where the contract names a label
/// @param quarantined digest of the list of rows that were held back; empty if none was
/// @param author name of who delivers it
/// @param reviewer name of who looked at it; empty if nobody had to
/// @param createdAt by the author's clock
/// @param notBefore, notAfter when it may be taken in
public record Manifest(
        String corpus,
        String stream,
        long sequence,
        Optional<Digest> previous,
        long rows,
        long bytes,
        Digest root,
        Digest schema,
        Members source,
        String file,
        SortedMap<String, Long> labels,
        Optional<Digest> quarantined,
        String author,
        Optional<String> reviewer,
        Instant createdAt,
        Instant notBefore,
        Instant notAfter) {
    /// The kind of statement.
    public static final String TYPE = "https://bezoar.io/attestations/data-set-batch/v1";

    /// The algorithm of the subject's digest: the root over the rows' leaves.
    public static final String ROOT = "bezoarRows1";

    public Manifest {
        Source.checkName(corpus);
        Source.checkName(stream);
        labels = new TreeMap<>(labels);
        if (sequence < 0 || rows < 1 || bytes < 0 || previous.isEmpty() != (sequence == 0)) {
            throw new Malformed("expected a batch with rows, and a digest of the one before unless it is the first");
        }
        if (notAfter.isBefore(notBefore)) {
            throw new Malformed("expected a batch valid for some time, came one that ends before it begins");
        }
    }

    /// The statement to be signed.
    Statement statement() {
        JsonValue.Building all = new JsonValue.Building()
                .with("corpus", corpus)
                .with("stream", stream)
                .with("sequence", sequence);
        previous.ifPresent(digest -> all.with("previousManifest", sha256(digest)));
        all.with(
                        "rows",
                        new JsonValue.Building()
                                .with("count", rows)
                                .with("bytes", bytes)
                                .with("root", root.hex())
                                .done())
                .with("schema", sha256(schema))
                .with("source", source)
                .with("file", file);
        if (!labels.isEmpty()) {
            JsonValue.Building counts = new JsonValue.Building();
            labels.forEach(counts::with);
            all.with("labels", counts.done());
        }
        quarantined.ifPresent(digest -> all.with("quarantined", sha256(digest)));
        all.with("author", author);
        reviewer.ifPresent(name -> all.with("reviewer", name));
        all.with("createdAt", time(createdAt))
                .with("notBeforeAt", time(notBefore))
                .with("notAfterAt", time(notAfter));
        return new Statement(List.of(new Statement.Subject(name(), Map.of(ROOT, root.hex()))), TYPE, all.done());
    }

    /// Reads [#statement].
    static Manifest of(Statement statement) {
        if (!statement.predicateType().equals(TYPE)) {
            throw new Malformed("expected a statement of type " + TYPE + ", came another");
        }
        Members json = statement.predicate();
        Members rows = json.members("rows");
        SortedMap<String, Long> labels = new TreeMap<>();
        if (json.has("labels")) {
            Members counts = json.members("labels");
            counts.values().keySet().forEach(label -> labels.put(label, counts.whole(label)));
        }
        Manifest manifest = new Manifest(
                json.text("corpus"),
                json.text("stream"),
                json.whole("sequence"),
                digest(json, "previousManifest"),
                rows.whole("count"),
                rows.whole("bytes"),
                Digest.ofHex(rows.text("root")),
                digest(json, "schema").orElseThrow(() -> new Malformed("expected a schema, came none")),
                json.members("source"),
                json.text("file"),
                labels,
                digest(json, "quarantined"),
                json.text("author"),
                json.has("reviewer") ? Optional.of(json.text("reviewer")) : Optional.empty(),
                time(json, "createdAt"),
                time(json, "notBeforeAt"),
                time(json, "notAfterAt"));
        Map<String, String> subject = statement.subjects().getFirst().digests();
        if (statement.subjects().size() != 1 || !manifest.root.hex().equals(subject.get(ROOT))) {
            throw new Malformed("expected one subject with the root of the rows, came another");
        }
        return manifest;
    }

    /// `stream/sequence`.
    public String name() {
        return stream + "/" + sequence;
    }

    /// Name of a file of the batch in the ledger.
    String file(String kind) {
        return file(stream, sequence, kind);
    }

    static String file(String stream, long sequence, String kind) {
        return "batches/" + stream + "/" + sequence + "." + kind;
    }

    /// The leaves of its rows.
    RowLeaf leaf() {
        return new RowLeaf(corpus, stream, sequence, schema, Source.digest(source));
    }

    static Members sha256(Digest digest) {
        return new JsonValue.Building().with("sha256", digest.hex()).done();
    }

    static Optional<Digest> digest(Members json, String name) {
        return json.has(name) ? Optional.of(Digest.ofHex(json.members(name).text("sha256"))) : Optional.empty();
    }

    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Instant time(Members json, String name) {
        String text = json.text(name);
        try {
            Instant time = Instant.parse(text);
            if (time.toString().equals(text)) {
                return time;
            }
        } catch (DateTimeParseException _) {
            // answered below
        }
        throw new Malformed("expected a time like 2026-01-31T12:00:00Z as \"" + name + "\", came another text");
    }
}
