package io.bezoar.bench.scoreboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// One poisoned set, measured: a line of `bench/scoreboard.jsonl`.
///
/// @param who `scan` or `peers`
/// @param build which build measured: version and digest of the classes
/// @param rows of the set
/// @param poison of them
/// @param methods figures by method; the whole scan is `scan`
/// @param further counts and shares of the set as a whole: campaigns, attack success, accuracy
record Measurement(
        Setting setting,
        String who,
        String build,
        int rows,
        int poison,
        Map<String, Figures> methods,
        Map<String, Double> further) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Measurement {
        methods = new TreeMap<>(methods);
        further = new TreeMap<>(further);
    }

    /// What one measurement is known by: 16 hexadecimal digits of its settings' and its build's SHA-256.
    static String key(Setting setting, String who, String build) {
        String text = String.join(
                "\n",
                who,
                build,
                setting.base().word(),
                setting.by(),
                setting.attack(),
                setting.amount(),
                String.valueOf(setting.seed()));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String key() {
        return key(setting, who, build);
    }

    /// The line, without its end.
    String line() throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.put("key", key());
        line.put("who", who);
        line.put("build", build);
        line.put("base", setting.base().word());
        line.put("by", setting.by());
        line.put("attack", setting.attack());
        line.put("amount", setting.amount());
        line.put("seed", setting.seed());
        line.put("rows", rows);
        line.put("poison", poison);
        ObjectNode all = line.putObject("methods");
        methods.forEach((name, figures) -> numbers(all.putObject(name), figures.values()));
        numbers(line.putObject("further"), further);
        return JSON.writeValueAsString(line);
    }

    private static void numbers(ObjectNode into, Map<String, Double> values) {
        new TreeMap<>(values).forEach(into::put);
    }

    /// Reads what [#line] wrote.
    static Measurement read(String line) throws IOException {
        JsonNode node = JSON.readTree(line);
        Map<String, Figures> methods = new LinkedHashMap<>();
        node.path("methods")
                .properties()
                .forEach(each -> methods.put(each.getKey(), new Figures(numbers(each.getValue()))));
        return new Measurement(
                new Setting(
                        Base.of(node.path("base").asText()),
                        node.path("by").asText(),
                        node.path("attack").asText(),
                        node.path("amount").asText(),
                        node.path("seed").asInt()),
                node.path("who").asText(),
                node.path("build").asText(),
                node.path("rows").asInt(),
                node.path("poison").asInt(),
                methods,
                numbers(node.path("further")));
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> values = new LinkedHashMap<>();
        node.properties()
                .forEach(each -> values.put(each.getKey(), each.getValue().asDouble()));
        return values;
    }
}
