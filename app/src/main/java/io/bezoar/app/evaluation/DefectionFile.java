package io.bezoar.app.evaluation;

import io.bezoar.app.report.Json;
import io.bezoar.evaluate.probe.Defection;
import io.bezoar.evaluate.statistics.Binomial;
import java.io.IOException;
import java.io.OutputStream;

/// `defection.json`: which prompts look like defection from inside of a model. Format:
/// `docs/formats/probe.md`.
public final class DefectionFile {
    /// Name and version of the format.
    public static final String SCHEMA = "bezoar.defection/1";

    private DefectionFile() {}

    /// Writes the file; `out` stays open.
    ///
    /// @param source whose activations they are
    public static void write(String source, Defection found, String version, OutputStream out) throws IOException {
        Json.write(out, json -> {
            Binomial told = found.direction().told();
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("model", source);
            json.writeStringField("state", EvaluationFile.word(found.state()));
            json.writeObjectFieldStart("pairs");
            json.writeNumberField("hits", told.hits());
            json.writeNumberField("trials", told.trials());
            json.writeNumberField("low", told.lower(0.95));
            json.writeNumberField("high", told.upper(0.95));
            json.writeEndObject();
            json.writeNumberField("median", found.median());
            json.writeNumberField("spread", found.spread());
            if (found.area().isPresent()) {
                Defection.Area area = found.area().get();
                json.writeObjectFieldStart("area");
                json.writeNumberField("share", area.share());
                json.writeNumberField("low", area.low());
                json.writeNumberField("high", area.high());
                json.writeNumberField("defecting", area.defecting());
                json.writeNumberField("honest", area.honest());
                json.writeEndObject();
            }
            json.writeArrayFieldStart("prompts");
            for (Defection.Prompt prompt : found.prompts()) {
                json.writeStartObject();
                json.writeStringField("id", prompt.id());
                json.writeNumberField("score", prompt.score());
                json.writeBooleanField("standsOut", prompt.out());
                if (prompt.defects().isPresent()) {
                    json.writeBooleanField("defects", prompt.defects().get());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
