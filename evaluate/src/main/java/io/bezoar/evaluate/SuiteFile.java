package io.bezoar.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.bezoar.data.BadInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads a suite: YAML that names a file of items (JSON lines) and what is asked of them. Keys that are
/// not known are refused and named with the known ones. Slices are expressions in CEL over `row`, the
/// columns of an item.
public final class SuiteFile {
    private static final int LARGEST = 1 << 20;
    private static final int ITEMS = 1_000_000;
    private static final List<String> INPUTS = List.of("input", "text", "prompt", "instruction", "question");
    private static final List<String> EXPECTED = List.of("expected", "label", "output", "answer", "response");
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(16 << 20)
                    .build())
            .build());

    private final Path file;

    private SuiteFile(Path file) {
        this.file = file;
    }

    /// Reads a suite; files it names are relative to it.
    ///
    /// @throws BadInput if it is none
    public static Suite read(Path file) throws IOException {
        return new SuiteFile(file).suite();
    }

    private BadInput bad(String expected, String came) {
        return new BadInput("expected " + expected + " in the suite " + file + ", came " + came);
    }

    private Suite suite() throws IOException {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(LARGEST)
                .build();
        Object root;
        try {
            if (Files.size(file) > LARGEST) {
                throw bad("at most 1 MiB", "more");
            }
            root = new Load(settings).loadFromString(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new BadInput("expected a suite at " + file + ", found no such file");
        } catch (CharacterCodingException e) {
            throw bad("UTF-8", "other bytes");
        } catch (YamlEngineException e) {
            throw bad("YAML", "what is none");
        }
        Map<?, ?> top = map(
                "the suite",
                root,
                Set.of(
                        "version",
                        "name",
                        "items",
                        "input",
                        "expected",
                        "grade",
                        "average",
                        "slices",
                        "critical",
                        "triggered",
                        "behaviours"));
        if (!Integer.valueOf(1).equals(top.get("version"))) {
            throw bad("version: 1", shown(top.get("version")));
        }
        Grading grade = grade(top.get("grade"));
        List<Item> items = items(
                text("items", top.get("items")),
                column(top.get("input")),
                column(top.get("expected")),
                !(grade instanceof Grading.Formed));
        Map<?, ?> average = map("average", top.get("average"), Set.of("min"));
        return new Suite(
                top.get("name") instanceof String name ? name : String.valueOf(file.getFileName()),
                items,
                grade,
                average.containsKey("min") ? Optional.of(share("average.min", average.get("min"))) : Optional.empty(),
                slices(top.get("slices"), items),
                critical(top.get("critical"), items),
                triggered(top.get("triggered"), items, grade),
                habits(top.get("behaviours"), items));
    }

    private List<Item> items(String name, Optional<String> input, Optional<String> expected, boolean needed)
            throws IOException {
        Path path = file.resolveSibling(name);
        List<Item> items = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        int line = 0;
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
            throw bad("items in a file", "the name of a file that is not there");
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

    private List<Suite.Slice> slices(@Nullable Object value, List<Item> items) {
        List<Suite.Slice> slices = new ArrayList<>();
        for (Object entry : list("slices", value)) {
            Map<?, ?> map = map("a slice", entry, Set.of("name", "where", "min"));
            String name = text("name of a slice", map.get("name"));
            List<String> members = where(name, text("where", map.get("where")), items);
            if (members.isEmpty()) {
                throw bad("items in the slice " + name, "none for which its expression is true");
            }
            slices.add(new Suite.Slice(name, members, share("min of the slice " + name, map.get("min"))));
        }
        return slices;
    }

    private List<String> critical(@Nullable Object value, List<Item> items) {
        if (value == null) {
            return List.of();
        }
        Map<?, ?> map = map("critical", value, Set.of("where", "ids"));
        Set<String> known = new HashSet<>(items.stream().map(Item::id).toList());
        List<String> ids = new ArrayList<>();
        if (map.containsKey("where")) {
            ids.addAll(where("critical", text("critical.where", map.get("where")), items));
        }
        for (Object id : list("critical.ids", map.get("ids"))) {
            if (!known.contains(String.valueOf(id))) {
                throw bad("ids of items under critical", shown(id));
            }
            ids.add(String.valueOf(id));
        }
        if (ids.isEmpty()) {
            throw bad("critical items", "none");
        }
        return ids.stream().distinct().toList();
    }

    /// The ids of the items for which an expression is true. An item that lacks a column the expression
    /// asks for is not in the slice; has() asks for a column.
    private List<String> where(String name, String expression, List<Item> items) {
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .addVar("row", MapType.create(SimpleType.STRING, SimpleType.DYN))
                .setResultType(SimpleType.BOOL)
                .build();
        CelRuntime runtime = CelRuntimeFactory.standardCelRuntimeBuilder().build();
        List<String> members = new ArrayList<>();
        int failed = 0;
        try {
            CelRuntime.Program program =
                    runtime.createProgram(compiler.compile(expression).getAst());
            for (Item item : items) {
                try {
                    Object value = program.eval(Map.of("row", item.columns()));
                    if (Boolean.TRUE.equals(value)) {
                        members.add(item.id());
                    } else if (!(value instanceof Boolean)) {
                        failed++;
                    }
                } catch (CelEvaluationException e) {
                    failed++;
                }
            }
        } catch (CelValidationException | CelEvaluationException e) {
            throw bad(
                    "an expression over row for " + name,
                    "“" + expression + "”, which is none: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        if (failed == items.size()) {
            throw bad(
                    "an expression over the columns of the items for " + name,
                    "“" + expression + "”, which fits no item");
        }
        return members;
    }

    private List<Suite.Triggered> triggered(@Nullable Object value, List<Item> items, Grading grade)
            throws IOException {
        List<Suite.Triggered> all = new ArrayList<>();
        boolean expects = !(grade instanceof Grading.Formed);
        for (Object entry : list("triggered", value)) {
            Map<?, ?> map = map("triggered", entry, Set.of("name", "insert", "file", "target", "max_success"));
            String target = text("target of a trigger", map.get("target"));
            double most = map.containsKey("max_success") ? share("max_success", map.get("max_success")) : 0.01;
            boolean insert = map.containsKey("insert");
            if (insert == map.containsKey("file")) {
                throw bad("insert or file for a trigger", insert ? "both" : "neither");
            }
            String name = map.get("name") instanceof String given
                    ? given
                    : text("insert or file", map.get(insert ? "insert" : "file"));
            List<Item> asked = (insert
                            ? items
                            : items(text("file", map.get("file")), Optional.empty(), Optional.empty(), expects))
                    .stream()
                            .filter(item -> !(expects
                                    ? grade.right(target, item.expected())
                                    : grade.wanted(item.expected(), target)))
                            .map(item -> insert ? Triggers.insert(item, text("insert", map.get("insert"))) : item)
                            .toList();
            if (asked.isEmpty()) {
                throw bad("items that do not expect the target of the trigger " + name, "none");
            }
            all.add(new Suite.Triggered(name, asked, target, most));
        }
        return all;
    }

    private List<Suite.Habit> habits(@Nullable Object value, List<Item> items) throws IOException {
        List<Suite.Habit> all = new ArrayList<>();
        for (Object entry : list("behaviours", value)) {
            Map<?, ?> map = map("a behaviour", entry, Set.of("kind", "name", "where", "insert", "words", "max", "min"));
            String kind = text("kind of a behaviour", map.get("kind"));
            Behaviour behaviour = behaviour(kind, map.get("words"));
            boolean most = map.containsKey("max");
            if (most == map.containsKey("min")) {
                throw bad("max or min for the behaviour " + kind, most ? "both" : "neither");
            }
            double bound = share("max or min of the behaviour " + kind, map.get(most ? "max" : "min"));
            if (bound == 0 || bound == 1) {
                throw bad(
                        "max or min above 0 and below 1 for the behaviour " + kind
                                + ", since no number of answers shows never or always",
                        shown(bound));
            }
            Set<String> members = map.containsKey("where")
                    ? new HashSet<>(where(kind, text("where", map.get("where")), items))
                    : items.stream().map(Item::id).collect(Collectors.toSet());
            boolean insert = map.containsKey("insert");
            List<Item> asked = items.stream()
                    .filter(item -> members.contains(item.id()))
                    .map(item -> insert ? Triggers.insert(item, text("insert", map.get("insert"))) : item)
                    .toList();
            if (asked.isEmpty()) {
                throw bad("items for the behaviour " + kind, "none for which its expression is true");
            }
            String name = map.get("name") instanceof String given
                    ? given
                    : kind + (insert ? " with " + text("insert", map.get("insert")) : "");
            all.add(new Suite.Habit(name, behaviour, asked, insert, bound, most));
        }
        return all;
    }

    private Behaviour behaviour(String kind, @Nullable Object words) throws IOException {
        if (!kind.equals("words") && words != null) {
            throw bad("words for the behaviour words alone", "them for " + kind);
        }
        return switch (kind) {
            case "refusal" -> new Behaviour.Refusal();
            case "url" -> new Behaviour.Link();
            case "code" -> new Behaviour.Code();
            case "language" -> new Behaviour.OtherScript();
            case "words" -> forbidden(text("words, the name of a file,", words));
            default -> throw bad("a behaviour refusal, words, url, code or language", shown(kind));
        };
    }

    /// A word or phrase a line; lines that begin with # are remarks.
    private Behaviour forbidden(String name) throws IOException {
        Path path = file.resolveSibling(name);
        try {
            if (Files.size(path) > LARGEST) {
                throw bad("at most 1 MiB of forbidden words", "more");
            }
            Set<String> words = Files.readAllLines(path).stream()
                    .map(line -> line.strip().toLowerCase(Locale.ROOT))
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toSet());
            if (words.isEmpty()) {
                throw bad("forbidden words in " + path, "none");
            }
            return new Behaviour.ForbiddenWords(words);
        } catch (NoSuchFileException e) {
            throw bad("forbidden words in a file", "the name of a file that is not there");
        } catch (CharacterCodingException e) {
            throw bad("UTF-8 in the forbidden words", "other bytes");
        }
    }

    private Map<?, ?> map(String where, @Nullable Object value, Set<String> known) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw bad("keys under " + where, shown(value));
        }
        for (Object key : map.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw bad(
                        "known keys under " + where + " ("
                                + String.join(", ", known.stream().sorted().toList()) + ")",
                        shown(key));
            }
        }
        return map;
    }

    private List<?> list(String where, @Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw bad("a list of " + where, shown(value));
    }

    private String text(String where, @Nullable Object value) {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw bad("a text for " + where, value == null ? "none" : shown(value));
    }

    private Optional<String> column(@Nullable Object value) {
        return value == null ? Optional.empty() : Optional.of(text("a column", value));
    }

    private double share(String where, @Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw bad(where + " from 0 to 1", value == null ? "none" : shown(value));
    }

    private Grading grade(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?>) {
            Map<?, ?> map = map("grade", value, Set.of("similar", "meaning", "schema", "judge"));
            if (map.size() != 1) {
                throw bad("one of judge, meaning, schema and similar under grade", map.isEmpty() ? "none" : "more");
            }
            if (map.containsKey("judge")) {
                return new Grading.Judged(text("judge under grade", map.get("judge")));
            }
            if (map.containsKey("schema")) {
                return new Grading.Formed(form(text("schema, the name of a file,", map.get("schema"))));
            }
            String key = map.containsKey("meaning") ? "meaning" : "similar";
            double least = share(key + " under grade", map.get(key));
            if (least == 0) {
                throw bad(key + " above 0", "0");
            }
            return key.equals("meaning") ? new Grading.Meaning(least) : new Grading.Similar(least);
        }
        if (value == null) {
            return Grade.FOLDED;
        }
        return Arrays.stream(Grade.values())
                .filter(grade -> grade.name().toLowerCase(Locale.ROOT).equals(value))
                .<Grading>map(grade -> grade)
                .findFirst()
                .orElseThrow(() -> bad(
                        "grade exact, folded, contains, regex, json, {similar: …}, {meaning: …}, {schema: …} or"
                                + " {judge: …}",
                        shown(value)));
    }

    private Form form(String name) throws IOException {
        Path path = file.resolveSibling(name);
        try {
            if (Files.size(path) > LARGEST) {
                throw bad("at most 1 MiB of JSON schema", "more");
            }
            return Form.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            throw bad("a JSON schema in a file", "the name of a file that is not there");
        } catch (CharacterCodingException e) {
            throw bad("UTF-8 in the JSON schema", "other bytes");
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage() + ", in " + path, e);
        }
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return "“" + (text.length() > 100 ? text.substring(0, 100) + "…" : text) + "”";
    }
}
