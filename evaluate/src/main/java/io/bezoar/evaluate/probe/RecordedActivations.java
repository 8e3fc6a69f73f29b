package io.bezoar.evaluate.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.data.BadInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Activations that were written down elsewhere.
///
/// @param vectors by id of the prompt, in the order of the file, all of one length
/// @param defects by id, where the file says whether the model defects on the prompt
public record RecordedActivations(Map<String, double[]> vectors, Map<String, Boolean> defects) {
    private static final int LONGEST = 1 << 17; // numbers of a vector

    /// Reads JSON lines of `id`, `vector` and, where it is known, `defects`.
    ///
    /// @throws BadInput if the file holds something else
    public static RecordedActivations read(Path file) throws IOException {
        JsonMapper mapper = new JsonMapper(JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(8).build())
                .build());
        Map<String, double[]> vectors = new LinkedHashMap<>();
        Map<String, Boolean> defects = new TreeMap<>();
        int line = 0;
        int length = 0;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line++;
                if (text.isBlank()) {
                    continue;
                }
                JsonNode json = mapper.readTree(text);
                JsonNode numbers = json.path("vector");
                length = vectors.isEmpty() ? numbers.size() : length;
                if (!json.path("id").isTextual() || numbers.isEmpty() || numbers.size() > LONGEST) {
                    throw new BadInput(
                            "expected an id and a vector in line " + line + " of " + file + ", came something else");
                }
                if (numbers.size() != length) {
                    throw new BadInput("expected vectors of one length in " + file + ", " + length + ", line " + line
                            + " has one of " + numbers.size());
                }
                double[] vector = new double[length];
                for (int i = 0; i < length; i++) {
                    vector[i] = numbers.path(i).isNumber() ? numbers.path(i).asDouble() : Double.NaN;
                    if (!Double.isFinite(vector[i])) {
                        throw new BadInput("expected finite numbers in the vector of line " + line + " of " + file
                                + ", came something else");
                    }
                }
                String id = json.path("id").asText();
                if (vectors.containsKey(id)) {
                    throw new BadInput("expected ids that come once in " + file + ", line " + line + " repeats one");
                }
                vectors.put(id, vector);
                if (json.path("defects").isBoolean()) {
                    defects.put(id, json.path("defects").asBoolean());
                }
            }
        } catch (NoSuchFileException e) {
            throw new BadInput("expected activations at " + file + ", found no such file", e);
        } catch (CharacterCodingException e) {
            throw new BadInput("expected UTF-8 in " + file + ", came other bytes", e);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new BadInput("expected JSON in line " + line + " of " + file + ", came what is none", e);
        }
        return new RecordedActivations(vectors, defects);
    }
}
