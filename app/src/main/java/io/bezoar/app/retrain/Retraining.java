package io.bezoar.app.retrain;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.bezoar.app.evaluation.EvaluationFile;
import io.bezoar.app.report.Json;
import io.bezoar.evaluate.drift.Discrepancy;
import io.bezoar.evaluate.drift.Drift;
import io.bezoar.evaluate.statistics.Binomial;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/// What was trained again, on what, and how its behaviour changed. Format: `docs/formats/retraining.md`.
///
/// @param plan the plan's SHA-256
/// @param before the old model
/// @param after the new model
/// @param trainedOn the data the new model was trained on, as they were given
public record Retraining(String plan, Model before, Model after, List<String> trainedOn) {
    /// Name and version of the format.
    public static final String SCHEMA = "bezoar.retraining/1";

    public Retraining {
        trainedOn = List.copyOf(trainedOn);
    }

    /// A model.
    ///
    /// @param file where it lies
    /// @param sha256 of the file
    public record Model(String file, String sha256) {}

    /// Writes the file; `out` stays open.
    public void write(Drift drift, String version, OutputStream out) throws IOException {
        Json.write(out, json -> {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("plan", plan);
            write("before", before, json);
            write("after", after, json);
            json.writeArrayFieldStart("trainedOn");
            for (String path : trainedOn) {
                json.writeString(path);
            }
            json.writeEndArray();
            json.writeStringField("state", EvaluationFile.word(drift.state()));
            write("plain", drift.plain(), json);
            write("discrepancy", drift.discrepancy(), json);
            json.writeArrayFieldStart("slices");
            for (Drift.Part part : drift.parts()) {
                json.writeStartObject();
                json.writeStringField("name", part.name());
                write("changed", part.changed(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("triggered");
            for (Drift.Triggered one : drift.triggered()) {
                json.writeStartObject();
                json.writeArrayFieldStart("pieces");
                for (String piece : one.insertion().pieces()) {
                    json.writeString(piece);
                }
                json.writeEndArray();
                json.writeBooleanField("suspected", one.suspected());
                json.writeStringField("target", one.target());
                json.writeNumberField("excess", one.excess());
                write("before", one.before(), json);
                write("after", one.after(), json);
                write("changed", one.changed(), json);
                write("discrepancy", one.discrepancy(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(String name, Model model, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("file", model.file());
        json.writeStringField("sha256", model.sha256());
        json.writeEndObject();
    }

    private static void write(String name, Binomial counts, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("hits", counts.hits());
        json.writeNumberField("trials", counts.trials());
        json.writeNumberField("low", counts.lower(0.95));
        json.writeNumberField("high", counts.upper(0.95));
        json.writeEndObject();
    }

    private static void write(String name, Discrepancy discrepancy, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("mmd2", discrepancy.squared());
        json.writeNumberField("p", discrepancy.p());
        json.writeEndObject();
    }

    /// Reads a file.
    ///
    /// @throws io.bezoar.data.BadInput if it is none
    public static Retraining read(Path file) throws IOException {
        JsonNode json = Records.read(file, SCHEMA, "a record of training again", "bezoar retrain record");
        return new Retraining(
                json.path("plan").asText(),
                model(json.path("before")),
                model(json.path("after")),
                Records.texts(json.path("trainedOn")));
    }

    private static Model model(JsonNode json) {
        return new Model(json.path("file").asText(), json.path("sha256").asText());
    }
}
