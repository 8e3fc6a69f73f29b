package io.bezoar.evaluate;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads the items of a suite: JSON lines.
final class ItemFile {
    private static final int ITEMS = 1_000_000;
    private static final List<String> INPUTS = List.of("input", "text", "prompt", "instruction", "question");
    private static final List<String> EXPECTED = List.of("expected", "label", "output", "answer", "response");
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(16 << 20)
                    .build())
            .build());

    private ItemFile() {}

    /// Reads a file of items.
    ///
    /// @param input column of the input; without one the first usual one
    /// @param expected column of the expected answer; without one the first usual one
    /// @param needed must every item have an expected answer?
    /// @throws BadInput if a line is no item
    static List<Item> read(Path path, Optional<String> input, Optional<String> expected, boolean needed)
            throws IOException {
        List<Item> items = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int line = 0;
        if (Files.isDirectory(path)) {
            throw new BadInput("expected items in a file of JSON lines, found the folder " + path);
        }
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (text.isBlank()) {
                    continue;
                }
                JsonNode json = MAPPER.readTree(text);
                if (!json.isObject() || items.size() == ITEMS) {
                    throw new BadInput("expected at most " + ITEMS + " JSON objects in " + path + ", line " + line
                            + " is none or one more");
                }
                String id = json.path("id").isValueNode() ? json.path("id").asText() : "line " + line;
                if (!ids.add(id)) {
                    throw new BadInput("expected ids that come once in " + path + ", line " + line + " repeats one");
                }
                Map<String, Object> columns = new HashMap<>();
                json.properties()
                        .forEach(entry -> scalar(entry.getValue()).ifPresent(v -> columns.put(entry.getKey(), v)));
                items.add(new Item(
                        id,
                        value(json, input, INPUTS, path, line),
                        needed || expected.isPresent()
                                ? value(json, expected, EXPECTED, path, line)
                                : given(json, EXPECTED.stream()).orElse(""),
                        columns));
            }
        } catch (NoSuchFileException e) {
            throw new BadInput("expected items in " + path + ", found no such file");
        } catch (CharacterCodingException e) {
            throw new BadInput("expected UTF-8 in " + path + ", came other bytes near line " + (line + 1));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new BadInput("expected JSON in line " + line + " of " + path + ", came what is none");
        }
        if (items.isEmpty()) {
            throw new BadInput("expected items in " + path + ", found none");
        }
        return items;
    }

    private static Optional<Object> scalar(JsonNode node) {
        if (node.isTextual()) {
            return Optional.of(node.asText());
        }
        if (node.isBoolean()) {
            return Optional.of(node.asBoolean());
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return Optional.of(node.asLong());
        }
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }

    private static Optional<String> given(JsonNode json, Stream<String> columns) {
        return columns.map(json::path)
                .filter(JsonNode::isValueNode)
                .filter(node -> !node.isNull())
                .map(JsonNode::asText)
                .findFirst();
    }

    private static String value(JsonNode json, Optional<String> named, List<String> usual, Path path, int line) {
        return given(json, Stream.concat(named.stream(), named.isPresent() ? Stream.<String>empty() : usual.stream()))
                .orElseThrow(() -> new BadInput("expected a column "
                        + named.orElse(String.join(" or ", usual)) + " in line " + line + " of " + path
                        + ", found none; name it with input: or expected:"));
    }
}
