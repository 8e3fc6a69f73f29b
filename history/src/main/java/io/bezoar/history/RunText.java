package io.bezoar.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The content of a run as text: one line of JSON in ASCII, its fields in a fixed order, so that equal
/// runs are equal bytes and the digest of the bytes names the run.
public final class RunText {
    /// Name and version of the format.
    public static final String SCHEMA = "bezoar.history/1";

    private static final int LONGEST = 4 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(LONGEST)
                            .build())
                    .build())
            .build();

    private RunText() {}

    /// The text of a run.
    public static String of(Run run) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("schema", SCHEMA);
        json.put("kind", run.kind());
        json.put("state", run.state());
        json.put("started", run.started().toString());
        json.put("seconds", run.seconds());
        json.put("version", run.version());
        json.put("seed", run.seed());
        run.subject().data().ifPresent(value -> json.put("data", value));
        run.subject().model().ifPresent(value -> json.put("model", value));
        run.subject().modelDigest().ifPresent(value -> json.put("modelDigest", value));
        run.subject().prompt().ifPresent(value -> json.put("prompt", value));
        ObjectNode settings = json.putObject("settings");
        run.sortedSettings().forEach(settings::put);
        ObjectNode measures = json.putObject("measures");
        run.sortedMeasures().forEach(measures::put);
        ArrayNode tallies = json.putArray("tallies");
        run.tallies().forEach(tally -> tally(tally, tallies.addObject()));
        ArrayNode files = json.putArray("files");
        run.files().forEach(file -> files.addObject().put("name", file.name()).put("sha256", file.sha256()));
        try {
            return MAPPER.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }

    private static void tally(Tally tally, ObjectNode json) {
        switch (tally) {
            case Tally.Share(String name, long hits, long trials, double bound, boolean good) ->
                json.put("name", name).put("hits", hits).put("trials", trials).put(good ? "atLeast" : "atMost", bound);
            case Tally.Change(String name, long broken, long fixed, long items, double margin) ->
                json.put("name", name)
                        .put("broken", broken)
                        .put("fixed", fixed)
                        .put("items", items)
                        .put("margin", margin);
        }
    }

    /// The run a text tells of.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Run read(String text) {
        try {
            JsonNode json = text.length() > LONGEST ? MAPPER.missingNode() : MAPPER.readTree(text);
            if (!json.path("schema").asText().equals(SCHEMA)) {
                throw new IllegalArgumentException("expected a run of the schema " + SCHEMA + ", came another text");
            }
            Map<String, String> settings = new TreeMap<>();
            fields(json.path("settings"))
                    .forEach(field -> settings.put(
                            field.getKey(), string(field.getValue(), "settings").orElseThrow()));
            Map<String, Double> measures = new TreeMap<>();
            fields(json.path("measures")).forEach(field -> measures.put(field.getKey(), number(field.getValue())));
            List<Tally> tallies = new ArrayList<>();
            json.path("tallies").forEach(each -> tallies.add(tally(each)));
            List<Run.File> files = new ArrayList<>();
            json.path("files")
                    .forEach(each -> files.add(new Run.File(required(each, "name"), required(each, "sha256"))));
            return new Run(
                    required(json, "kind"),
                    required(json, "state"),
                    Instant.parse(required(json, "started")),
                    number(json.path("seconds")),
                    required(json, "version"),
                    json.path("seed").asLong(),
                    new Subject(
                            string(json.path("data"), "data"),
                            string(json.path("model"), "model"),
                            string(json.path("modelDigest"), "modelDigest"),
                            string(json.path("prompt"), "prompt")),
                    settings,
                    measures,
                    tallies,
                    files);
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("expected a run, came text that is malformed", e);
        }
    }

    private static List<Map.Entry<String, JsonNode>> fields(JsonNode json) {
        List<Map.Entry<String, JsonNode>> all = new ArrayList<>();
        Iterator<Map.Entry<String, JsonNode>> fields = json.properties().iterator();
        fields.forEachRemaining(all::add);
        return all;
    }

    private static Tally tally(JsonNode json) {
        String name = required(json, "name");
        if (json.has("margin")) {
            return new Tally.Change(
                    name,
                    json.path("broken").asLong(-1),
                    json.path("fixed").asLong(-1),
                    json.path("items").asLong(-1),
                    number(json.path("margin")));
        }
        boolean good = json.has("atLeast");
        return new Tally.Share(
                name,
                json.path("hits").asLong(-1),
                json.path("trials").asLong(-1),
                number(json.path(good ? "atLeast" : "atMost")),
                good);
    }

    private static String required(JsonNode json, String name) {
        return string(json.path(name), name)
                .orElseThrow(() -> new IllegalArgumentException("expected \"" + name + "\" in a run, came none"));
    }

    private static Optional<String> string(JsonNode json, String name) {
        if (json.isMissingNode()) {
            return Optional.empty();
        }
        if (!json.isTextual()) {
            throw new IllegalArgumentException("expected a text for \"" + name + "\" in a run, came something else");
        }
        return Optional.of(json.textValue());
    }

    private static double number(JsonNode json) {
        if (!json.isNumber()) {
            throw new IllegalArgumentException("expected a number in a run, came something else");
        }
        return json.doubleValue();
    }

    /// The id of a run: SHA-256 of its text, lower-case hex.
    public static String id(Run run) {
        return Digest.of(of(run).getBytes(StandardCharsets.US_ASCII));
    }
}
