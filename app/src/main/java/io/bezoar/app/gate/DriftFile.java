package io.bezoar.app.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.retrain.Retraining;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.statistics.Binomial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The one figure a gate reads of `retraining.json`: its member `plain`, how many answers to plain inputs changed with
/// trusted re-training.
public final class DriftFile {
    /// Name of the file in the folder of a plan.
    public static final String NAME = "retraining.json";

    private static final long LARGEST = 1L << 30;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private DriftFile() {}

    /// Changed answers, of how many; empty if the file counts none.
    ///
    /// @param file the record, or the folder it lies in
    /// @throws BadInput if there is none
    public static Optional<Binomial> read(Path file) throws IOException {
        String name = SafeText.plain(file.toString(), 200);
        if (!Files.isRegularFile(file)) {
            throw new BadInput("expected what bezoar retrain record wrote at " + name + ", found no such file; run it,"
                    + " and name its folder with --drift");
        }
        if (Files.size(file) > LARGEST) {
            throw new BadInput("expected at most 1 GiB in " + name + ", found more");
        }
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (!json.path("schema").asText("").equals(Retraining.SCHEMA)) {
                throw new BadInput("expected the schema " + Retraining.SCHEMA + " in " + name
                        + ", found another; run bezoar retrain record");
            }
            JsonNode hits = json.path("plain").path("hits");
            JsonNode trials = json.path("plain").path("trials");
            boolean counts = hits.isInt()
                    && trials.isInt()
                    && hits.intValue() >= 0
                    && trials.intValue() >= Math.max(1, hits.intValue());
            return counts ? Optional.of(new Binomial(hits.intValue(), trials.intValue())) : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new BadInput("expected JSON in " + name + ", it is malformed; run bezoar retrain record again");
        }
    }
}
