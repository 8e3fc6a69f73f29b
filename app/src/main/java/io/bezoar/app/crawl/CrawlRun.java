package io.bezoar.app.crawl;

import io.bezoar.app.history.Surroundings;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.RunFile;
import io.bezoar.app.report.RunRecord;
import io.bezoar.app.report.WholeResult;
import io.bezoar.core.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/// How a check of a crawl was started, as its `run.json` has it: the form of a scan's, the command of
/// its own.
final class CrawlRun {
    private CrawlRun() {}

    static RunRecord record(CommandSpec spec, Instant start, double seconds, Map<String, String> settings) {
        List<String> command = new ArrayList<>(List.of("bezoar"));
        command.addAll(spec.root().commandLine().getParseResult().originalArgs());
        return new RunRecord(
                RunRecord.installed(),
                command,
                List.of(),
                settings,
                0,
                1,
                "local",
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                start,
                seconds,
                spec.root().userObject() instanceof Surroundings surroundings ? surroundings.verbs() : Set.of());
    }

    /// Writes the file; `out` stays open.
    ///
    /// @param outputs SHA-256 of the other files of the result by name
    static void write(ScanResult result, RunRecord run, Map<String, String> outputs, OutputStream out)
            throws IOException {
        Json.write(out, json -> {
            json.writeStartObject();
            json.writeStringField("schema", RunFile.SCHEMA);
            json.writeStringField("version", run.version());
            for (String name : List.of("command", "again")) {
                json.writeArrayFieldStart(name);
                for (String word : run.command()) {
                    json.writeString(word);
                }
                json.writeEndArray();
            }
            json.writeNumberField("seed", run.seed());
            json.writeArrayFieldStart("inputs");
            for (ScanResult.DataFile file : result.dataSet().files()) {
                json.writeStartObject();
                json.writeStringField("name", file.name());
                json.writeNumberField("bytes", file.bytes());
                json.writeStringField("sha256", file.sha256());
                json.writeEndObject();
            }
            json.writeEndArray();
            WholeResult.write(outputs, json);
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

    /// A file as the result names it.
    static ScanResult.DataFile file(Path path) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
                long bytes = in.transferTo(OutputStream.nullOutputStream());
                return new ScanResult.DataFile(
                        path.toString(), bytes, HexFormat.of().formatHex(digest.digest()));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
