package io.bezoar.app.gate;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.SarifFile;
import io.bezoar.app.standards.Standards;
import io.bezoar.core.ScanResult;
import io.bezoar.history.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A gate's answer as SARIF 2.1.0 (OASIS 2020): a rule per pillar, a result per check that is not
/// passed or that only a suppression lets pass. The place of each is the scanned file, since code hosts
/// show nothing without one.
public final class GateSarif {
    private static final int TAGS = 10;

    private final JsonGenerator json;
    private final Standards standards;
    private final String place;

    private GateSarif(JsonGenerator json, Standards standards, String place) {
        this.standards = standards;
        this.json = json;
        this.place = place;
    }

    /// Writes the file; `out` stays open.
    ///
    /// @param root the folder that places are relative to
    public static void write(
            Gate gate, ScanResult result, Standards standards, String version, Path root, OutputStream out)
            throws IOException {
        String name = result.dataSet().files().isEmpty()
                ? "-"
                : result.dataSet().files().getFirst().name();
        Json.write(out, json -> new GateSarif(json, standards, SarifFile.uri(name, root)).all(gate, version));
    }

    private void all(Gate gate, String version) throws IOException {
        List<String> pillars =
                gate.checks().stream().map(Check::pillar).distinct().toList();
        json.writeStartObject();
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "Bezoar gate");
        json.writeStringField("version", version);
        json.writeArrayFieldStart("rules");
        for (String pillar : pillars) {
            json.writeStartObject();
            json.writeStringField("id", "bezoar-gate/" + pillar);
            json.writeStringField("name", pillar);
            text("shortDescription", "The policy's demands on " + pillar);
            text("fullDescription", "The policy's demands on " + pillar + "; what is not passed keeps the gate closed");
            json.writeObjectFieldStart("properties");
            json.writeArrayFieldStart("tags");
            json.writeString("security");
            json.writeString("data-poisoning");
            for (String tag : standards.tags(standards.check(pillar)).stream()
                    .limit(TAGS - 2)
                    .toList()) {
                json.writeString(SafeText.plain(tag, 200));
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectFieldStart("automationDetails");
        json.writeStringField("id", "bezoar-gate/" + place + "/");
        json.writeEndObject();
        json.writeArrayFieldStart("results");
        for (Check check : gate.checks()) {
            if (check.state() != Check.State.PASS || check.suppression().isPresent()) {
                result(check, pillars.indexOf(check.pillar()));
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void result(Check check, int rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", "bezoar-gate/" + check.pillar());
        json.writeNumberField("ruleIndex", rule);
        json.writeStringField(
                "level",
                switch (check.state()) {
                    case FAIL, UNMEASURED -> "error";
                    case PENDING -> "warning";
                    case PASS -> "note";
                });
        text("message", check.name() + ", " + check.state().name().toLowerCase(Locale.ROOT) + ": " + check.text());
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", place);
        json.writeEndObject();
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", 1);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField(
                "primaryLocationLineHash",
                Digest.of(List.of(check.pillar(), check.name())).substring(0, 32) + ":1");
        json.writeEndObject();
        if (check.suppression().isPresent()) {
            GatePolicy.Suppression suppression = check.suppression().get();
            json.writeArrayFieldStart("suppressions");
            json.writeStartObject();
            json.writeStringField("kind", "external");
            json.writeStringField("status", "accepted");
            json.writeStringField(
                    "justification",
                    suppression.reason() + " (" + suppression.owner() + ", approved by " + suppression.approver()
                            + ", until " + suppression.expires() + ")");
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void text(String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", text);
        json.writeEndObject();
    }
}
