package io.bezoar.app.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.data.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/// The one number a gate reads of `drift.json`: its member `drift`, the share of answers that differ
/// after trusted re-training, 0 to 1.
public final class DriftFile {
    private static final long LARGEST = 64L << 20;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private DriftFile() {}

    /// The drift; empty if the file says none.
    ///
    /// @throws BadInput if the file is missing or no JSON
    public static OptionalDouble read(Path file) throws IOException {
        String name = SafeText.plain(file.toString(), 200);
        try {
            if (Files.size(file) > LARGEST) {
                throw new BadInput("expected at most 64 MiB in " + name + ", found more");
            }
            JsonNode drift = MAPPER.readTree(Files.readAllBytes(file)).path("drift");
            return drift.isNumber() ? OptionalDouble.of(drift.doubleValue()) : OptionalDouble.empty();
        } catch (NoSuchFileException e) {
            throw new BadInput("expected a measured drift at " + name + ", found no such file; run bezoar retrain");
        } catch (JsonProcessingException e) {
            throw new BadInput("expected JSON in " + name + ", it is malformed; run bezoar retrain again");
        }
    }
}
