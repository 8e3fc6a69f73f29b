package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bezoar.core.ScanResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Writes `run.json`: everything needed to repeat a run. The one file that differs between equal runs, because it alone
/// holds times.
public final class RunFile {
    /// Name and version of the format.
    public static final String SCHEMA = "bezoar.run/1";

    private RunFile() {}

    /// Writes the file without a word on where the scan ran; `out` stays open.
    public static void write(ScanResult result, RunRecord run, OutputStream out) throws IOException {
        write(result, run, Optional.empty(), Map.of(), out);
    }

    /// Writes the file of a scan that ran in the working folder; `out` stays open.
    ///
    /// @param folder of the result
    /// @param outputs SHA-256 of the other files of the result by name, by which [WholeResult] knows them
    public static void write(
            ScanResult result, RunRecord run, Path folder, Map<String, String> outputs, OutputStream out)
            throws IOException {
        write(result, run, ScanPlace.recorded(folder), outputs, out);
    }

    private static void write(
            ScanResult result, RunRecord run, Optional<String> ranIn, Map<String, String> outputs, OutputStream out)
            throws IOException {
        Json.write(out, json -> {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("version", run.version());
            strings(json, "command", run.command());
            if (ranIn.isPresent()) {
                json.writeStringField("folder", ranIn.get());
            }
            json.writeNumberField("seed", run.seed());
            json.writeObjectFieldStart("settings");
            for (Map.Entry<String, String> setting : run.sorted().entrySet()) {
                json.writeStringField(setting.getKey(), setting.getValue());
            }
            json.writeEndObject();
            strings(
                    json,
                    "again",
                    run.reproduction(result.dataSet().files().stream()
                            .map(ScanResult.DataFile::name)
                            .toList()));
            if (!run.data().isEmpty()) {
                strings(json, "data", run.data());
            }
            json.writeArrayFieldStart("inputs");
            for (ScanResult.DataFile file : result.dataSet().files()) {
                json.writeStartObject();
                json.writeStringField("name", file.name());
                json.writeNumberField("bytes", file.bytes());
                json.writeStringField("sha256", file.sha256());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (!outputs.isEmpty()) {
                WholeResult.write(outputs, json);
            }
            if (result.dataSet().ledger().isPresent()) {
                FindingsFile.provenance(json, result.dataSet().ledger().get());
            }
            json.writeObjectFieldStart("environment");
            json.writeStringField("java", run.java());
            json.writeStringField("os", run.os());
            json.writeStringField("engine", run.engine());
            json.writeNumberField("threads", run.threads());
            json.writeEndObject();
            json.writeStringField("start", run.start().toString());
            json.writeNumberField("wallSeconds", run.wallSeconds());
            json.writeEndObject();
        });
    }

    private static void strings(JsonGenerator json, String name, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
