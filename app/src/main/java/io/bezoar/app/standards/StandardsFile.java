package io.bezoar.app.standards;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.data.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads [Standards] from JSON, see `docs/standards.md`. Keys that are not known are refused and named.
public final class StandardsFile {
    private static final String SCHEMA = "bezoar.standards/1";
    private static final String OWN = "standards.json";
    private static final int LARGEST = 4 << 20;
    private static final int LONGEST_ID = 100;
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(10_000)
                    .build())
            .build());

    private final String name;

    private StandardsFile(String name) {
        this.name = name;
    }

    /// The standards this program comes with.
    public static Standards own() {
        try (InputStream in = Objects.requireNonNull(StandardsFile.class.getResourceAsStream(OWN))) {
            return read("the installation", in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads a file.
    ///
    /// @throws BadInput if it is none
    public static Standards read(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new BadInput("expected a file of standards, came the folder " + file);
            }
            if (Files.size(file) > LARGEST) {
                throw new BadInput("expected at most 4 MiB of standards in " + file + ", found more");
            }
            return read(file.toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new BadInput("expected standards at " + file + ", found no such file");
        }
    }

    static Standards read(String name, byte[] bytes) throws IOException {
        try {
            return new StandardsFile(name).standards(MAPPER.readTree(bytes));
        } catch (JsonProcessingException e) {
            throw new BadInput("expected JSON in the standards of " + name + ", it is malformed");
        }
    }

    private BadInput bad(String expected, String came) {
        return new BadInput("expected " + expected + " in the standards of " + name + ", came " + came);
    }

    private Standards standards(JsonNode json) {
        known(json, Set.of("schema", "catalogs", "findings", "checks", "controls"));
        if (!json.path("schema").asText().equals(SCHEMA)) {
            throw bad("the schema " + SCHEMA, "“" + json.path("schema").asText() + "”");
        }
        List<Standards.Catalog> catalogs = new ArrayList<>();
        Set<String> keys = new TreeSet<>();
        for (JsonNode each : json.path("catalogs")) {
            known(each, Set.of("key", "name", "version"));
            catalogs.add(new Standards.Catalog(text(each, "key"), text(each, "name"), text(each, "version")));
            keys.add(text(each, "key"));
        }
        List<Standards.Control> controls = new ArrayList<>();
        for (JsonNode each : json.path("controls")) {
            known(each, Set.of("id", "level", "says", "covered", "by", "note"));
            controls.add(new Standards.Control(
                    text(each, "id"),
                    level(each.path("level")),
                    text(each, "says"),
                    coverage(text(each, "covered")),
                    texts(each.path("by")),
                    each.path("note").asText("")));
        }
        return new Standards(catalogs, rules(json, "findings", keys), rules(json, "checks", keys), controls);
    }

    private List<Standards.Rule> rules(JsonNode json, String part, Set<String> catalogs) {
        List<Standards.Rule> rules = new ArrayList<>();
        for (JsonNode each : json.path(part)) {
            known(each, Set.of("detector", "kind", "pillar", "ids"));
            Map<String, List<String>> ids = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : each.path("ids").properties()) {
                if (!catalogs.contains(field.getKey())) {
                    throw bad("ids of the catalogs " + String.join(", ", catalogs), "“" + field.getKey() + "”");
                }
                ids.put(field.getKey(), texts(field.getValue()));
            }
            rules.add(new Standards.Rule(
                    optional(each, "detector"), optional(each, "kind").or(() -> optional(each, "pillar")), ids));
        }
        if (rules.isEmpty() || !rules.getLast().all()) {
            throw bad("a last entry of " + part + " that fits all", "none");
        }
        return rules;
    }

    private void known(JsonNode json, Set<String> keys) {
        if (!json.isObject()) {
            throw bad("an object", "something else");
        }
        json.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw bad("known keys (" + String.join(", ", new TreeSet<>(keys)) + ")", "“" + key + "”");
            }
        });
    }

    private String text(JsonNode json, String key) {
        return optional(json, key).orElseThrow(() -> bad("a text for " + key, "none"));
    }

    private static Optional<String> optional(JsonNode json, String key) {
        return json.path(key).isTextual() && !json.path(key).asText().isBlank()
                ? Optional.of(json.path(key).asText())
                : Optional.empty();
    }

    private List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : json) {
            if (!each.isTextual() || each.asText().isBlank() || each.asText().length() > LONGEST_ID) {
                throw bad("texts of 1 to " + LONGEST_ID + " characters", "something else");
            }
            texts.add(each.asText());
        }
        return texts;
    }

    private int level(JsonNode json) {
        if (json.isInt() && json.asInt() >= 1 && json.asInt() <= 3) {
            return json.asInt();
        }
        throw bad("a level of 1 to 3", "something else");
    }

    private Standards.Coverage coverage(String word) {
        for (Standards.Coverage coverage : Standards.Coverage.values()) {
            if (coverage.name().toLowerCase(Locale.ROOT).equals(word)) {
                return coverage;
            }
        }
        throw bad("covered yes, partly or no", "“" + word + "”");
    }
}
