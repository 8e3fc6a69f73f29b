package io.bezoar.app.retrain;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.bezoar.app.report.Json;
import io.bezoar.evaluate.probe.Insertion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a model is to be trained on again, and what it must not see. Format:
/// `docs/formats/retraining.md`.
///
/// @param data the data to train on, as they were given: all rows less those left out, or trusted rows
/// @param digest of those data, see [io.bezoar.learn.surrogate.ModelFile#digest]
/// @param reading how they are read: `format`, `map`
/// @param rows how many there are
/// @param leftOut rows the new model must not see
/// @param suspected what may be a trigger, to be tried on both models
/// @param others insertions to compare with
public record RetrainPlan(
        List<String> data,
        String digest,
        SortedMap<String, String> reading,
        int rows,
        List<LeftOut> leftOut,
        List<Insertion> suspected,
        List<Insertion> others) {
    /// Name and version of the format.
    public static final String SCHEMA = "bezoar.retraining-plan/1";

    public RetrainPlan {
        data = List.copyOf(data);
        reading = new TreeMap<>(reading);
        leftOut = List.copyOf(leftOut);
        suspected = List.copyOf(suspected);
        others = List.copyOf(others);
    }

    /// A row the new model must not see.
    ///
    /// @param id of the row in its data
    /// @param key 64 bits of its content: equal rows have equal keys
    /// @param reason why, one clause
    public record LeftOut(String id, long key, String reason) {}

    /// The keys of the rows the new model must not see.
    public Set<Long> keys() {
        Set<Long> keys = new HashSet<>();
        leftOut.forEach(row -> keys.add(row.key()));
        return keys;
    }

    /// Writes the file; `out` stays open.
    public void write(String version, OutputStream out) throws IOException {
        Json.write(out, json -> {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("version", version);
            texts("data", data, json);
            json.writeStringField("dataDigest", digest);
            json.writeObjectFieldStart("reading");
            for (Map.Entry<String, String> one : reading.entrySet()) {
                json.writeStringField(one.getKey(), one.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("rows", rows);
            json.writeArrayFieldStart("leftOut");
            for (LeftOut row : leftOut) {
                json.writeStartObject();
                json.writeStringField("id", row.id());
                json.writeStringField("key", HexFormat.of().toHexDigits(row.key()));
                json.writeStringField("reason", row.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            insertions("suspected", suspected, json);
            insertions("others", others, json);
            json.writeEndObject();
        });
    }

    private static void insertions(String name, List<Insertion> insertions, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Insertion insertion : insertions) {
            json.writeStartObject();
            texts("pieces", insertion.pieces(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static List<Insertion> insertions(JsonNode array) {
        List<Insertion> insertions = new ArrayList<>();
        array.forEach(insertion -> insertions.add(new Insertion(Records.texts(insertion.path("pieces")))));
        return insertions;
    }

    private static void texts(String name, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /// Reads a file.
    ///
    /// @throws io.bezoar.data.BadInput if it is none
    public static RetrainPlan read(Path file) throws IOException {
        JsonNode json = Records.read(file, SCHEMA, "a plan", "bezoar retrain plan");
        try {
            SortedMap<String, String> reading = new TreeMap<>();
            json.path("reading")
                    .properties()
                    .forEach(one -> reading.put(one.getKey(), one.getValue().asText()));
            List<LeftOut> leftOut = new ArrayList<>();
            for (JsonNode row : json.path("leftOut")) {
                leftOut.add(new LeftOut(
                        row.path("id").asText(),
                        HexFormat.fromHexDigitsToLong(row.path("key").asText()),
                        row.path("reason").asText()));
            }
            return new RetrainPlan(
                    Records.texts(json.path("data")),
                    json.path("dataDigest").asText(),
                    reading,
                    json.path("rows").asInt(),
                    leftOut,
                    insertions(json.path("suspected")),
                    insertions(json.path("others")));
        } catch (IllegalArgumentException e) {
            throw Records.changed(file, "bezoar retrain plan", e);
        }
    }
}
