package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.attack.Catalog;
import io.bezoar.core.Proportion;
import io.bezoar.lab.Resistance;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalInt;

/// Writes `audit.json`; its layout is in `docs/audit.md`.
public final class AuditFile {
    private AuditFile() {}

    /// Writes the file; `out` stays open.
    public static void write(AuditRecord audit, OutputStream out) throws IOException {
        Json.write(out, json -> {
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.audit/1");
            json.writeStringField("version", audit.version());
            json.writeStringField("headline", audit.headline());
            json.writeArrayFieldStart("files");
            for (AuditRecord.File file : audit.files()) {
                json.writeStartObject();
                json.writeStringField("name", file.name());
                json.writeStringField("sha256", file.sha256());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("rows", audit.rows());
            json.writeNumberField("setAsideBefore", audit.suspected());
            json.writeNumberField("heldOut", audit.heldOut());
            json.writeNumberField("budget", audit.budget());
            json.writeNumberField("seeds", audit.seeds());
            json.writeNumberField("seed", audit.seed());
            json.writeStringField("countsAsFound", audit.from());
            proportion("honestAccuracy", audit.honest(), json);
            json.writeArrayFieldStart("attacks");
            for (Resistance each : audit.results()) {
                result(each, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void result(Resistance each, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("attack", Catalog.specification(each.attack()));
        json.writeStringField("purpose", each.attack().purpose());
        json.writeStringField("aim", each.attack().aim().toString());
        json.writeStringField("finding", each.sentence());
        json.writeNumberField("most", each.most());
        count("resistanceCount", each.resistance(), json);
        counts("resistanceCountBySeed", each.succeeds(), json);
        count("detectionCount", each.detection(), json);
        counts("detectionCountBySeed", each.found(), json);
        count("unseenFrom", each.gap().least(), json);
        count("unseenTo", each.gap().most(), json);
        proportion("successBefore", each.before(), json);
        json.writeArrayFieldStart("points");
        for (Resistance.Point point : each.points()) {
            json.writeStartObject();
            json.writeNumberField("count", point.count());
            proportion("success", point.success(), json);
            proportion("accuracy", point.accuracy(), json);
            proportion("detected", point.detected(), json);
            proportion("poisonSetAside", point.found(), json);
            proportion("honestSetAside", point.lost(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void proportion(String name, Proportion value, JsonGenerator json) throws IOException {
        if (value.trials() == 0) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeNumberField("hits", value.hits());
        json.writeNumberField("trials", value.trials());
        json.writeEndObject();
    }

    private static void count(String name, OptionalInt value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsInt());
        } else {
            json.writeNullField(name);
        }
    }

    private static void counts(String name, List<OptionalInt> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (OptionalInt value : values) {
            if (value.isPresent()) {
                json.writeNumber(value.getAsInt());
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }
}
