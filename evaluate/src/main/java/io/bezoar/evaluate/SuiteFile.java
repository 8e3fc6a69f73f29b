package io.bezoar.evaluate;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.bezoar.data.BadInput;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads a suite: YAML that names a file of items (JSON lines) and what is asked of them. Keys that are
/// not known are refused and named with the known ones. Slices are expressions in CEL over `row`, the
/// columns of an item.
public final class SuiteFile {
    private static final int LARGEST = 1 << 20;
    private final Path file;
    private final SuiteValues values;

    private SuiteFile(Path file) {
        this.file = file;
        this.values = new SuiteValues(file);
    }

    /// Reads a suite; files it names are relative to it.
    ///
    /// @throws BadInput if it is none
    public static Suite read(Path file) throws IOException {
        return new SuiteFile(file).suite();
    }

    /// The suite and the files it names, as it names them.
    ///
    /// @throws BadInput if it is none
    public static List<Path> files(Path file) throws IOException {
        Map<?, ?> top = new SuiteFile(file).top();
        List<Path> all = new ArrayList<>(List.of(file));
        for (Object name : named(top)) {
            all.add(file.resolveSibling(String.valueOf(name)));
        }
        return all;
    }

    private static List<Object> named(Map<?, ?> top) {
        List<Object> names = new ArrayList<>();
        Stream.of(top.get("items")).filter(Objects::nonNull).forEach(names::add);
        if (top.get("grade") instanceof Map<?, ?> grade && grade.get("schema") instanceof String schema) {
            names.add(schema);
        }
        for (String list : List.of("triggered", "behaviours")) {
            if (top.get(list) instanceof List<?> entries) {
                for (Object entry : entries) {
                    if (entry instanceof Map<?, ?> map) {
                        Stream.of("file", "words")
                                .map(map::get)
                                .filter(String.class::isInstance)
                                .forEach(names::add);
                    }
                }
            }
        }
        return names;
    }

    private Suite suite() throws IOException {
        Map<?, ?> top = top();
        if (!Integer.valueOf(1).equals(top.get("version"))) {
            throw values.bad("version: 1", SuiteValues.shown(top.get("version")));
        }
        Grading grade = grade(top.get("grade"));
        List<Item> items = ItemFile.read(
                file.resolveSibling(values.text("items", top.get("items"))),
                values.column(top.get("input")),
                values.column(top.get("expected")),
                !(grade instanceof Grading.Formed));
        Map<?, ?> average = values.map("average", top.get("average"), Set.of("min"));
        return new Suite(
                top.get("name") instanceof String name ? name : String.valueOf(file.getFileName()),
                items,
                grade,
                average.containsKey("min")
                        ? Optional.of(values.share("average.min", average.get("min")))
                        : Optional.empty(),
                slices(top.get("slices"), items),
                critical(top.get("critical"), items),
                triggered(top.get("triggered"), items, grade),
                habits(top.get("behaviours"), items));
    }

    private Map<?, ?> top() throws IOException {
        LoadSettings settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(LARGEST)
                .build();
        Object root;
        try {
            if (Files.isDirectory(file)) {
                throw new BadInput("expected a suite at " + file + ", found a folder");
            }
            if (Files.size(file) > LARGEST) {
                throw values.bad("at most 1 MiB", "more");
            }
            root = new Load(settings).loadFromString(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new BadInput("expected a suite at " + file + ", found no such file");
        } catch (CharacterCodingException e) {
            throw values.bad("UTF-8", "other bytes");
        } catch (MarkedYamlEngineException e) {
            throw values.bad(
                    "YAML",
                    "what is none"
                            + e.getProblemMark()
                                    .map(mark ->
                                            " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                                    .orElse("")
                            + Optional.ofNullable(e.getProblem())
                                    .map(problem -> ": " + SuiteValues.plain(problem))
                                    .orElse(""));
        } catch (YamlEngineException e) {
            throw values.bad("YAML", "what is none: " + SuiteValues.plain(String.valueOf(e.getMessage())));
        }
        return values.map(
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
    }

    private List<Suite.Slice> slices(@Nullable Object value, List<Item> items) {
        List<Suite.Slice> slices = new ArrayList<>();
        for (Object entry : values.list("slices", value)) {
            Map<?, ?> map = values.map("a slice", entry, Set.of("name", "where", "min"));
            String name = values.text("name of a slice", map.get("name"));
            List<String> members = where(name, values.text("where", map.get("where")), items);
            if (members.isEmpty()) {
                throw values.bad("items in the slice " + name, "none for which its expression is true");
            }
            slices.add(new Suite.Slice(name, members, values.share("min of the slice " + name, map.get("min"))));
        }
        return slices;
    }

    private List<String> critical(@Nullable Object value, List<Item> items) {
        if (value == null) {
            return List.of();
        }
        Map<?, ?> map = values.map("critical", value, Set.of("where", "ids"));
        Set<String> known = new HashSet<>(items.stream().map(Item::id).toList());
        List<String> ids = new ArrayList<>();
        if (map.containsKey("where")) {
            ids.addAll(where("critical", values.text("critical.where", map.get("where")), items));
        }
        for (Object id : values.list("critical.ids", map.get("ids"))) {
            if (!known.contains(String.valueOf(id))) {
                throw values.bad("ids of items under critical", SuiteValues.shown(id));
            }
            ids.add(String.valueOf(id));
        }
        if (ids.isEmpty()) {
            throw values.bad("critical items", "none");
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
            throw values.bad(
                    "an expression over row for " + name,
                    "“" + expression + "”, which is none: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        if (failed == items.size()) {
            throw values.bad(
                    "an expression over the columns of the items for " + name,
                    "“" + expression + "”, which fits no item");
        }
        return members;
    }

    private List<Suite.Triggered> triggered(@Nullable Object value, List<Item> items, Grading grade)
            throws IOException {
        List<Suite.Triggered> all = new ArrayList<>();
        boolean expects = !(grade instanceof Grading.Formed);
        for (Object entry : values.list("triggered", value)) {
            Map<?, ?> map = values.map("triggered", entry, Set.of("name", "insert", "file", "target", "max_success"));
            String target = values.text("target of a trigger", map.get("target"));
            double most = map.containsKey("max_success") ? values.share("max_success", map.get("max_success")) : 0.01;
            boolean insert = map.containsKey("insert");
            if (insert == map.containsKey("file")) {
                throw values.bad("insert or file for a trigger", insert ? "both" : "neither");
            }
            String name = map.get("name") instanceof String given
                    ? given
                    : values.text("insert or file", map.get(insert ? "insert" : "file"));
            List<Item> asked = (insert
                            ? items
                            : ItemFile.read(
                                    file.resolveSibling(values.text("file", map.get("file"))),
                                    Optional.empty(),
                                    Optional.empty(),
                                    expects))
                    .stream()
                            .filter(item -> !(expects
                                    ? grade.right(target, item.expected())
                                    : grade.wanted(item.expected(), target)))
                            .map(item ->
                                    insert ? Triggers.insert(item, values.text("insert", map.get("insert"))) : item)
                            .toList();
            if (asked.isEmpty()) {
                throw values.bad("items that do not expect the target of the trigger " + name, "none");
            }
            all.add(new Suite.Triggered(name, asked, target, most));
        }
        return all;
    }

    private List<Suite.Habit> habits(@Nullable Object value, List<Item> items) throws IOException {
        List<Suite.Habit> all = new ArrayList<>();
        for (Object entry : values.list("behaviours", value)) {
            Map<?, ?> map =
                    values.map("a behaviour", entry, Set.of("kind", "name", "where", "insert", "words", "max", "min"));
            String kind = values.text("kind of a behaviour", map.get("kind"));
            Behaviour behaviour = behaviour(kind, map.get("words"));
            boolean most = map.containsKey("max");
            if (most == map.containsKey("min")) {
                throw values.bad("max or min for the behaviour " + kind, most ? "both" : "neither");
            }
            double bound = values.share("max or min of the behaviour " + kind, map.get(most ? "max" : "min"));
            if (bound == 0 || bound == 1) {
                throw values.bad(
                        "max or min above 0 and below 1 for the behaviour " + kind
                                + ", since no number of answers shows never or always",
                        SuiteValues.shown(bound));
            }
            Set<String> members = map.containsKey("where")
                    ? new HashSet<>(where(kind, values.text("where", map.get("where")), items))
                    : items.stream().map(Item::id).collect(Collectors.toSet());
            boolean insert = map.containsKey("insert");
            List<Item> asked = items.stream()
                    .filter(item -> members.contains(item.id()))
                    .map(item -> insert ? Triggers.insert(item, values.text("insert", map.get("insert"))) : item)
                    .toList();
            if (asked.isEmpty()) {
                throw values.bad("items for the behaviour " + kind, "none for which its expression is true");
            }
            String name = map.get("name") instanceof String given
                    ? given
                    : kind + (insert ? " with " + values.text("insert", map.get("insert")) : "");
            all.add(new Suite.Habit(name, behaviour, asked, insert, bound, most));
        }
        return all;
    }

    private Behaviour behaviour(String kind, @Nullable Object words) throws IOException {
        if (!kind.equals("words") && words != null) {
            throw values.bad("words for the behaviour words alone", "them for " + kind);
        }
        return switch (kind) {
            case "refusal" -> new Behaviour.Refusal();
            case "url" -> new Behaviour.Link();
            case "code" -> new Behaviour.Code();
            case "language" -> new Behaviour.OtherScript();
            case "words" -> forbidden(values.text("words, the name of a file,", words));
            default -> throw values.bad("a behaviour refusal, words, url, code or language", SuiteValues.shown(kind));
        };
    }

    /// A word or phrase a line; lines that begin with # are remarks.
    private Behaviour forbidden(String name) throws IOException {
        Path path = file.resolveSibling(name);
        try {
            if (Files.isDirectory(path)) {
                throw values.bad("forbidden words in a file", "the folder " + path);
            }
            if (Files.size(path) > LARGEST) {
                throw values.bad("at most 1 MiB of forbidden words", "more");
            }
            Set<String> words = Files.readAllLines(path).stream()
                    .map(line -> line.strip().toLowerCase(Locale.ROOT))
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toSet());
            if (words.isEmpty()) {
                throw values.bad("forbidden words in " + path, "none");
            }
            return new Behaviour.ForbiddenWords(words);
        } catch (NoSuchFileException e) {
            throw values.bad("forbidden words in a file", "the name of a file that is not there");
        } catch (CharacterCodingException e) {
            throw values.bad("UTF-8 in the forbidden words", "other bytes");
        }
    }

    private Grading grade(@Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?>) {
            Map<?, ?> map = values.map("grade", value, Set.of("similar", "meaning", "schema", "judge"));
            if (map.size() != 1) {
                throw values.bad(
                        "one of judge, meaning, schema and similar under grade", map.isEmpty() ? "none" : "more");
            }
            if (map.containsKey("judge")) {
                return new Grading.Judged(values.text("judge under grade", map.get("judge")));
            }
            if (map.containsKey("schema")) {
                return new Grading.Formed(form(values.text("schema, the name of a file,", map.get("schema"))));
            }
            String key = map.containsKey("meaning") ? "meaning" : "similar";
            double least = values.share(key + " under grade", map.get(key));
            if (least == 0) {
                throw values.bad(key + " above 0", "0");
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
                .orElseThrow(() -> values.bad(
                        "grade exact, folded, contains, regex, json, {similar: …}, {meaning: …}, {schema: …} or"
                                + " {judge: …}",
                        SuiteValues.shown(value)));
    }

    private Form form(String name) throws IOException {
        Path path = file.resolveSibling(name);
        try {
            if (Files.isDirectory(path)) {
                throw values.bad("a JSON schema in a file", "the folder " + path);
            }
            if (Files.size(path) > LARGEST) {
                throw values.bad("at most 1 MiB of JSON schema", "more");
            }
            return Form.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            throw values.bad("a JSON schema in a file", "the name of a file that is not there");
        } catch (CharacterCodingException e) {
            throw values.bad("UTF-8 in the JSON schema", "other bytes");
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage() + ", in " + path, e);
        }
    }
}
