package io.bezoar.app.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.history.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the files of a result are of one scan, and as it left them: `run.json`, which is written last, has the
/// SHA-256 of the others in `outputs`.
///
/// That shows a file that was changed, lost or put there from another result. It does not show a forger who writes
/// `run.json` anew as well: against one, keep the folder where only the scan can write, or let a ledger sign what the
/// scan found.
public final class WholeResult {
    /// The files that verbs decide by. The others, which people read, may be missing and must be right where they are.
    private static final List<String> DECIDING = List.of("findings.json", "scores.csv");

    private static final List<String> READ = List.of("scores.parquet", "results.sarif", "report.html");
    private static final long LARGEST = 64L << 20;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private WholeResult() {}

    /// Writes the digests into `run.json`.
    ///
    /// @param outputs SHA-256 by name
    public static void write(Map<String, String> outputs, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("outputs");
        for (Map.Entry<String, String> file : outputs.entrySet()) {
            json.writeStartObject();
            json.writeStringField("name", file.getKey());
            json.writeStringField("sha256", file.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// Makes sure that the result is whole.
    ///
    /// @throws BrokenResult if a file was changed, is missing or is of another result, or if that cannot be told
    public static void check(Path folder) throws FindingsReader.UnreadableResult {
        Map<String, String> outputs = outputs(folder);
        if (outputs.isEmpty()) {
            throw new BrokenResult("expected the digests of the result's files in " + name(folder.resolve("run.json"))
                    + ", came none: it was changed, or is of an earlier version of Bezoar; run bezoar scan again");
        }
        check(folder, outputs);
    }

    /// The same for who only shows the result: one of a version that wrote no digests will do.
    public static void checkIfKnown(Path folder) throws FindingsReader.UnreadableResult {
        Map<String, String> outputs = outputs(folder);
        if (!outputs.isEmpty()) {
            check(folder, outputs);
        }
    }

    private static void check(Path folder, Map<String, String> outputs) throws FindingsReader.UnreadableResult {
        for (String file : DECIDING) {
            String now = digest(folder.resolve(file))
                    .orElseThrow(() -> new BrokenResult("expected " + file + " in " + name(folder)
                            + ", found none: the result is not whole; run bezoar scan again"));
            same(folder.resolve(file), outputs, now);
        }
        for (String file : READ) {
            Optional<String> now = digest(folder.resolve(file));
            if (now.isPresent()) {
                same(folder.resolve(file), outputs, now.get());
            }
        }
    }

    private static void same(Path file, Map<String, String> outputs, String now) {
        if (!now.equals(outputs.get(String.valueOf(file.getFileName())))) {
            throw new BrokenResult("expected " + name(file) + " as the scan of run.json beside it left it,"
                    + " came another: it was changed or is of another scan; run bezoar scan again");
        }
    }

    private static Optional<String> digest(Path file) throws FindingsReader.UnreadableResult {
        try {
            return Files.isRegularFile(file) ? Optional.of(Digest.of(file)) : Optional.empty();
        } catch (IOException e) {
            throw new FindingsReader.UnreadableResult("cannot read " + name(file) + "; check its permissions");
        }
    }

    private static Map<String, String> outputs(Path folder) throws FindingsReader.UnreadableResult {
        Path run = folder.resolve("run.json");
        Map<String, String> outputs = new HashMap<>();
        try {
            if (Files.isRegularFile(run) && Files.size(run) <= LARGEST) {
                for (JsonNode file : MAPPER.readTree(Files.readAllBytes(run)).path("outputs")) {
                    outputs.put(
                            file.path("name").asText(""), file.path("sha256").asText(""));
                }
            }
        } catch (JsonProcessingException _) {
            throw new BrokenResult(
                    "expected JSON in " + name(run) + ", it is malformed: it was changed; run bezoar scan again");
        } catch (IOException _) {
            throw new FindingsReader.UnreadableResult("cannot read " + name(run) + "; check its permissions");
        }
        return outputs;
    }

    private static String name(Path file) {
        return SafeText.plain(file.toString(), 200);
    }
}
