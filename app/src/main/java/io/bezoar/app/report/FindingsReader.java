package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.core.Action;
import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Corroboration;
import io.bezoar.core.Evidence;
import io.bezoar.core.Family;
import io.bezoar.core.Finding;
import io.bezoar.core.Position;
import io.bezoar.core.Proof;
import io.bezoar.core.Proportion;
import io.bezoar.core.Remark;
import io.bezoar.core.ScanResult;
import io.bezoar.core.Severity;
import io.bezoar.core.Significance;
import io.bezoar.core.Span;
import io.bezoar.core.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Reads `findings.json`, see [FindingsFile]. A result folder may come from anywhere, so the file is bounded in size,
/// nesting and lengths, and a broken one is answered with one sentence.
public final class FindingsReader {
    private static final long LARGEST = 512L << 20;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private FindingsReader() {}

    /// The result a scan wrote.
    ///
    /// @throws UnreadableResult if the file is missing, broken or of another version
    public static ScanResult read(Path file) throws UnreadableResult {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UnreadableResult("expected the findings of a scan at " + name(file)
                        + ", found no such file; run bezoar scan first" + " or name its folder with --out");
            }
            if (Files.size(file) > LARGEST) {
                throw new UnreadableResult("expected at most 512 MiB of findings in " + name(file) + ", found "
                        + Words.bytes(Files.size(file)) + "; read scores.csv beside it instead");
            }
            JsonNode root = MAPPER.readTree(file.toFile());
            String schema = root == null || !root.path("schema").isTextual()
                    ? "no schema"
                    : Sentence.quoted(root.path("schema").textValue());
            if (root == null || !FindingsFile.SCHEMA.equals(root.path("schema").textValue())) {
                throw new UnreadableResult("expected the schema “" + FindingsFile.SCHEMA + "” in " + name(file)
                        + ", found " + schema + "; use the version of Bezoar that wrote it, or scan again");
            }
            return result(root);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw new UnreadableResult("expected JSON in " + name(file) + ", it is malformed"
                    + (place == null ? "" : " at line " + place.getLineNr()) + "; scan again");
        } catch (IllegalArgumentException e) {
            throw new UnreadableResult("expected findings in " + name(file) + ", but "
                    + SafeText.plain(String.valueOf(e.getMessage()), 200) + "; scan again");
        } catch (UnreadableResult e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableResult("cannot read " + name(file) + "; check its permissions");
        }
    }

    /// A result that cannot be read; the message is one sentence for the user.
    public static final class UnreadableResult extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableResult(String message) {
            super(message);
        }
    }

    private static String name(Path file) {
        return SafeText.plain(file.toString(), 200);
    }

    private static ScanResult result(JsonNode root) {
        JsonNode data = object(root, "dataSet");
        JsonNode flagged = object(root, "flagged");
        return new ScanResult(
                new ScanResult.DataSet(
                        list(
                                data,
                                "files",
                                file -> new ScanResult.DataFile(
                                        text(file, "name"), whole(file, "bytes"), text(file, "sha256"))),
                        whole(data, "rows"),
                        whole(data, "malformed"),
                        list(
                                data,
                                "malformedSamples",
                                piece -> new ScanResult.Malformed(
                                        text(piece, "file"),
                                        whole(piece, "line"),
                                        text(piece, "problem"),
                                        text(piece, "quote"))),
                        data.has("unread") ? whole(data, "unread") : 0,
                        text(data, "layout"),
                        strings(data, "columns"),
                        counts(data, "targets"),
                        text(data, "idsFrom"),
                        new ScanResult.OpenTargets(
                                data.has("withoutTarget") ? whole(data, "withoutTarget") : 0,
                                data.has("mayBeTarget") ? texts(data, "mayBeTarget") : List.of()),
                        data.has("ledger") ? Optional.of(provenance(object(data, "ledger"))) : Optional.empty()),
                list(
                        root,
                        "detectors",
                        run -> new ScanResult.DetectorRun(
                                text(run, "name"),
                                text(run, "purpose"),
                                strings(run, "settings"),
                                truth(run, "ran"),
                                text(run, "note"))),
                texts(root, "notChecked"),
                list(root, "campaigns", FindingsReader::campaign),
                list(root, "findings", FindingsReader::finding),
                whole(root, "omittedFindings"),
                list(
                        root,
                        "remarks",
                        remark -> new Remark(
                                text(remark, "detector"),
                                word(remark, "severity", Severity.class),
                                text(remark, "text"))),
                new ScanResult.Flagged(whole(flagged, "review"), whole(flagged, "quarantine")));
    }

    private static ScanResult.Provenance provenance(JsonNode node) {
        SortedMap<String, Long> batches = new TreeMap<>();
        JsonNode counts = object(node, "batches");
        counts.fieldNames().forEachRemaining(name -> {
            if (name.lastIndexOf('/') < 0) {
                throw new IllegalArgumentException("a batch has no number");
            }
            batches.put(name, whole(counts, name));
        });
        return new ScanResult.Provenance(
                text(node, "corpus"),
                text(node, "log"),
                whole(node, "entries"),
                text(node, "root"),
                whole(node, "known"),
                whole(node, "withdrawn"),
                whole(node, "claimed"),
                node.has("repeated") ? whole(node, "repeated") : 0,
                batches);
    }

    private static Campaign campaign(JsonNode node) {
        Optional<Trigger> trigger = node.has("trigger")
                ? Optional.of(new Trigger(
                        word(object(node, "trigger"), "shape", Trigger.Shape.class),
                        texts(object(node, "trigger"), "pieces")))
                : Optional.empty();
        long[] members = texts(node, "members").stream()
                .mapToLong(HexFormat::fromHexDigitsToLong)
                .toArray();
        JsonNode table = object(node, "table");
        return new Campaign(
                text(node, "id"),
                new Candidate(
                        text(node, "detector"),
                        word(node, "kind", Candidate.Kind.class),
                        text(node, "title"),
                        trigger,
                        node.has("target") ? Optional.of(text(node, "target")) : Optional.empty(),
                        number(node, "strength"),
                        members,
                        node.has("significance")
                                ? Optional.of(significance(object(node, "significance")))
                                : Optional.empty()),
                word(node, "severity", Severity.class),
                texts(node, "rows"),
                new Campaign.Table(
                        whole(table, "both"),
                        whole(table, "triggerOnly"),
                        whole(table, "targetOnly"),
                        whole(table, "neither")),
                counts(node, "sources"),
                counts(node, "annotators"),
                counts(node, "days"),
                node.has("proof") ? Optional.of(proof(object(node, "proof"))) : Optional.empty(),
                list(node, "examples", FindingsReader::sample),
                list(node, "neighbours", FindingsReader::sample),
                texts(node, "doubts"),
                node.has("corroboration")
                        ? Optional.of(corroboration(object(node, "corroboration")))
                        : Optional.empty());
    }

    private static Significance significance(JsonNode node) {
        return new Significance(text(node, "test"), number(node, "logAdjustedPValue"));
    }

    private static Corroboration corroboration(JsonNode node) {
        return new Corroboration(
                list(
                        node,
                        "voices",
                        voice -> new Corroboration.Voice(
                                word(voice, "family", Family.class), text(voice, "detector"), significance(voice))),
                Math.toIntExact(whole(node, "families")),
                number(node, "logEValue"),
                truth(node, "discovery"));
    }

    private static Proof proof(JsonNode node) {
        return new Proof(
                text(node, "attack"),
                proportion(node, "successWith"),
                proportion(node, "successWithout"),
                proportion(node, "accuracyWith"),
                proportion(node, "accuracyWithout"),
                proportion(node, "contradicted"),
                whole(node, "trainingRows"),
                truth(node, "shown"));
    }

    private static Proportion proportion(JsonNode parent, String name) {
        JsonNode node = object(parent, name);
        return new Proportion(whole(node, "hits"), whole(node, "trials"));
    }

    private static Campaign.Sample sample(JsonNode node) {
        return new Campaign.Sample(
                text(node, "id"), text(node, "input"), text(node, "target"), spans(node), position(node));
    }

    private static Finding finding(JsonNode node) {
        return new Finding(
                text(node, "id"),
                position(node),
                word(node, "severity", Severity.class),
                number(node, "score"),
                word(node, "action", Action.class),
                node.has("campaign") ? Optional.of(text(node, "campaign")) : Optional.empty(),
                text(node, "input"),
                text(node, "target"),
                list(
                        node,
                        "evidence",
                        evidence -> new Evidence(text(evidence, "detector"), text(evidence, "text"), spans(evidence))));
    }

    private static Position position(JsonNode parent) {
        JsonNode node = object(parent, "position");
        return new Position(
                Math.toIntExact(whole(node, "file")),
                whole(node, "line"),
                whole(node, "offset"),
                Math.toIntExact(whole(node, "length")));
    }

    private static List<Span> spans(JsonNode node) {
        return list(node, "spans", span -> {
            if (!span.path(0).canConvertToInt() || !span.path(1).canConvertToInt() || span.size() != 2) {
                throw new IllegalArgumentException("a span is not a pair of numbers");
            }
            return new Span(span.path(0).intValue(), span.path(1).intValue());
        });
    }

    private static List<Campaign.Count> counts(JsonNode node, String name) {
        return list(
                node,
                name,
                count -> new Campaign.Count(text(count, "name"), whole(count, "campaign"), whole(count, "all")));
    }

    private static JsonNode object(JsonNode parent, String name) {
        return typed(parent, name, JsonNode::isObject, "an object");
    }

    private static String text(JsonNode parent, String name) {
        return typed(parent, name, JsonNode::isTextual, "a text").textValue();
    }

    private static boolean truth(JsonNode parent, String name) {
        return typed(parent, name, JsonNode::isBoolean, "true or false").booleanValue();
    }

    private static long whole(JsonNode parent, String name) {
        return typed(parent, name, node -> node.isIntegralNumber() && node.canConvertToLong(), "a whole number")
                .longValue();
    }

    private static double number(JsonNode parent, String name) {
        JsonNode node = typed(parent, name, value -> value.isNumber() || value.isTextual(), "a number");
        return node.isNumber() ? node.doubleValue() : Double.parseDouble(node.textValue());
    }

    private static <E extends Enum<E>> E word(JsonNode parent, String name, Class<E> kind) {
        String word = text(parent, name);
        for (E value : kind.getEnumConstants()) {
            if (FindingsFile.word(value).equals(word)) {
                return value;
            }
        }
        throw new IllegalArgumentException("the field " + name + " does not know the word " + Sentence.quoted(word)
                + " of " + kind.getSimpleName().toLowerCase(Locale.ROOT));
    }

    private static JsonNode typed(JsonNode parent, String name, Function<JsonNode, Boolean> is, String what) {
        JsonNode node = parent.path(name);
        if (!is.apply(node)) {
            throw new IllegalArgumentException("the field " + name + " is not " + what);
        }
        return node;
    }

    private static <T> List<T> list(JsonNode parent, String name, Function<JsonNode, T> item) {
        JsonNode array = typed(parent, name, JsonNode::isArray, "a list");
        List<T> out = new ArrayList<>(array.size());
        array.forEach(node -> out.add(item.apply(node)));
        return out;
    }

    private static List<String> texts(JsonNode parent, String name) {
        return list(parent, name, node -> {
            if (!node.isTextual()) {
                throw new IllegalArgumentException("the field " + name + " holds something that is not a text");
            }
            return node.textValue();
        });
    }

    private static Map<String, String> strings(JsonNode parent, String name) {
        Map<String, String> out = new LinkedHashMap<>();
        object(parent, name)
                .properties()
                .forEach(entry -> out.put(entry.getKey(), text(object(parent, name), entry.getKey())));
        return out;
    }
}
