package io.bezoar.app.evaluation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.app.gate.Measured;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.Evaluation;
import io.bezoar.evaluate.Outcome;
import io.bezoar.evaluate.slice.Discovery;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `evaluation.json`: what a model made of a suite. Format: `docs/formats/evaluation.md`.
public final class EvaluationFile {
    /// Name and version of the format.
    public static final String SCHEMA = "bezoar.evaluation/1";

    private static final long LARGEST = 1L << 30;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private EvaluationFile() {}

    /// Writes the file; `out` stays open.
    ///
    /// @param suite SHA-256 of the suite and its items, lower-case hex
    /// @param found parts nobody named on which the model errs more often; see [Discovery]
    public static void write(
            Evaluation evaluation, List<Discovery.Part> found, String suite, String version, OutputStream out)
            throws IOException {
        Json.write(out, json -> {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("model", evaluation.model());
            json.writeStringField("suite", suite);
            json.writeStringField("state", word(evaluation.state()));
            json.writeNumberField("missing", evaluation.missing());
            json.writeArrayFieldStart("outcomes");
            for (Outcome outcome : evaluation.outcomes()) {
                write(outcome, json);
            }
            json.writeEndArray();
            DiscoveredParts.write(found, "discovered", "wrong", json);
            json.writeArrayFieldStart("items");
            for (Evaluation.Verdict verdict : evaluation.verdicts()) {
                json.writeStartObject();
                json.writeStringField("id", verdict.id());
                json.writeBooleanField("right", verdict.right());
                json.writeStringField("answer", verdict.text());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(Outcome outcome, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", outcome.kind());
        json.writeStringField("name", outcome.name());
        json.writeStringField("state", word(outcome.state()));
        json.writeNumberField("hits", outcome.counts().hits());
        json.writeNumberField("trials", outcome.counts().trials());
        json.writeNumberField("bound", outcome.bound());
        json.writeNumberField("low", outcome.low());
        json.writeNumberField("high", outcome.high());
        json.writeNumberField("p", outcome.p());
        json.writeEndObject();
    }

    /// A state as files and the command line write it.
    public static String word(Outcome.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /// The demands of an evaluation and their answers, as a gate reads them.
    ///
    /// @throws BadInput if the file is none
    public static Measured.Evaluated demands(Path file) throws IOException {
        Read read = read(file);
        JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
        List<Measured.Demand> demands = new ArrayList<>();
        for (JsonNode each : json.path("outcomes")) {
            demands.add(new Measured.Demand(
                    each.path("kind").asText(),
                    each.path("name").asText(),
                    each.path("state").asText(),
                    String.format(
                            Locale.ROOT,
                            "%d of %d, [%.2f to %.2f] %%, asked %.2f %%",
                            each.path("hits").asLong(),
                            each.path("trials").asLong(),
                            100 * each.path("low").asDouble(),
                            100 * each.path("high").asDouble(),
                            100 * each.path("bound").asDouble())));
        }
        return new Measured.Evaluated(
                read.suite(), read.verdicts().size(), json.path("missing").asLong(Long.MAX_VALUE), demands);
    }

    /// What [Comparison][io.bezoar.evaluate.Comparison] needs of an evaluation.
    ///
    /// @param suite the digest of what was asked
    public record Read(String model, String suite, List<Evaluation.Verdict> verdicts) {
        public Read {
            verdicts = List.copyOf(verdicts);
        }
    }

    /// Reads a file.
    ///
    /// @throws BadInput if it is none
    public static Read read(Path file) throws IOException {
        String name = SafeText.plain(file.toString(), 200);
        try {
            if (Files.size(file) > LARGEST) {
                throw new BadInput("expected at most 1 GiB in " + name + ", found more");
            }
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (!json.path("schema").asText().equals(SCHEMA)) {
                throw new BadInput(
                        "expected the schema " + SCHEMA + " in " + name + ", found another; run bezoar eval");
            }
            List<Evaluation.Verdict> verdicts = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            for (JsonNode item : json.path("items")) {
                if (!item.path("id").isTextual()
                        || !item.path("right").isBoolean()
                        || !ids.add(item.path("id").asText())) {
                    throw new BadInput("expected items with ids that come once in " + name + ", found others");
                }
                verdicts.add(new Evaluation.Verdict(
                        item.path("id").asText(),
                        item.path("right").asBoolean(),
                        item.path("answer").asText()));
            }
            return new Read(json.path("model").asText(), json.path("suite").asText(), verdicts);
        } catch (NoSuchFileException e) {
            throw new BadInput("expected an evaluation at " + name + ", found no such file; run bezoar eval");
        } catch (JsonProcessingException e) {
            throw new BadInput("expected JSON in " + name + ", it is malformed; run bezoar eval again");
        }
    }
}
