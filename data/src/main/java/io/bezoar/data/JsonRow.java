package io.bezoar.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.bezoar.core.Example;
import io.bezoar.core.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows that are JSON objects, or JSON arrays whose columns are `1`, `2`, ….
final class JsonRow implements RowParser {
    private static final int MOST_LATE = 8;
    private static final int MOST_UNSEEN = 64;

    private final JsonFactory factory;
    private final Row row;
    private final int places; // of a list of zeros and ones that is the label
    private final Step root;
    private final Step turns; // the row itself, where it is a list of turns
    private final Interner interner = new Interner();
    private final Map<String, Long> late = new LinkedHashMap<>();
    private final Map<String, Boolean> unseen = new HashMap<>();
    private long line;

    JsonRow(Layout layout, ReadSettings settings) {
        factory = factory(settings);
        row = new Row(layout);
        places = layout.places();
        root = new Step();
        layout.columns().forEach((role, column) -> {
            if (role == Role.LABEL && row.flagged()) {
                layout.flags().forEach(flag -> step(role, flag));
            } else {
                step(role, column);
            }
        });
        List<String> numbers = layout.numbers().columns();
        for (int i = 0; i < numbers.size(); i++) {
            for (Step step : steps(numbers.get(i))) {
                step.number = i;
            }
        }
        turns = root.child(Role.TURNS);
        layout.seen().forEach(root::child);
    }

    private void step(Role role, String column) {
        for (Step step : steps(column)) {
            step.role = role;
            step.column = column;
        }
    }

    /// Where a column may be: under its name, or on the way that its name says.
    private List<Step> steps(String column) {
        Step nested = root;
        for (String name : Paths.steps(column)) {
            nested = nested.child(name);
        }
        return List.of(root.child(column), nested);
    }

    /// A step on the way from the row to a column.
    private static final class Step {
        private final Map<String, Step> children = new HashMap<>();
        private @Nullable Role role;
        private String column = "";
        private int number = -1; // the place of a column that holds one number of the vector

        Step child(String name) {
            return children.computeIfAbsent(name, _ -> new Step());
        }
    }

    /// A factory that takes nothing on trust: bounded depth, names and numbers, and no name twice in an
    /// object. It reads `NaN` and `Infinity`, which JSON lacks: Python writes them, and what trains on
    /// the rows reads them.
    static JsonFactory factory(ReadSettings settings) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(settings.depth())
                        .maxStringLength(settings.rowBytes())
                        .maxNameLength(10_000)
                        .maxNumberLength(1_000)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                // a name table filled by an adversary may become slow, it must not make a row's fate depend on others
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .build();
    }

    @Override
    public Example parse(int file, Piece piece) throws BadRow {
        int flags = RowParser.inspect(piece);
        row.clear();
        line = piece.line;
        try (JsonParser parser = factory.createParser(piece.bytes, piece.start, piece.end - piece.start)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                object(parser, root);
            } else if (token == JsonToken.START_ARRAY && turns.role == Role.MESSAGES) {
                value(parser, turns);
            } else if (token == JsonToken.START_ARRAY) {
                for (int i = 1; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    value(parser, root.children.get(Integer.toString(i)));
                }
            } else {
                throw new BadRow("expected a JSON object, came " + Json.name(token));
            }
            if (parser.nextToken() != null) {
                throw new BadRow("expected one JSON object, came more after it");
            }
        } catch (IOException e) {
            throw Json.bad(e);
        }
        if ((flags & Utf8.BACKSLASH) != 0 && row.loneSurrogate()) {
            throw new BadRow("expected Unicode text, came half a surrogate pair");
        }
        return row.example(new Position(file, piece.line, piece.offset, (int) piece.length));
    }

    private void object(JsonParser parser, Step at) throws IOException, BadRow {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            Step step = at.children.get(name);
            if (step == null && at == root) {
                unseen(name, parser);
            }
            value(parser, step);
        }
    }

    /// Notes a column that the first rows do not have: one with a usual name, or a text of some words.
    private void unseen(String name, JsonParser parser) throws IOException {
        if (late.size() >= MOST_LATE || late.containsKey(name) || Json.missing(parser)) {
            return;
        }
        Boolean usual = unseen.get(name);
        if (usual == null) {
            if (unseen.size() >= MOST_UNSEEN) {
                return;
            }
            usual = Role.known(name);
            unseen.put(name, usual);
        }
        if (usual || parser.currentToken() == JsonToken.VALUE_STRING && Words.of(parser.getText())) {
            late.put(name, line);
        }
    }

    @Override
    public Map<String, Long> late() {
        return late;
    }

    @Override
    public boolean rejected() {
        return row.rejected();
    }

    /// Takes the value the parser stands on.
    private void value(JsonParser parser, @Nullable Step step) throws IOException, BadRow {
        if (step == null) {
            parser.skipChildren();
            return;
        }
        if (step.number >= 0) {
            row.numbers().take(step.number, parser);
            return;
        }
        Role role = step.role;
        if (role == null) {
            if (parser.currentToken() == JsonToken.START_OBJECT && !step.children.isEmpty()) {
                object(parser, step);
            } else if (parser.currentToken() == JsonToken.START_ARRAY && !step.children.isEmpty()) {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    value(parser, step.children.get(Paths.element(i)));
                }
            } else {
                parser.skipChildren();
            }
            return;
        }
        if (role == Role.LABEL && row.flagged()) {
            if (!parser.currentToken().isScalarValue()) {
                throw new BadRow("expected 0 or 1 in the column \"" + step.column + "\", came "
                        + Json.name(parser.currentToken()));
            }
            row.flag(step.column, Json.missing(parser) ? "" : parser.getText());
            return;
        }
        if (role == Role.VECTOR) {
            if (!Json.missing(parser)) {
                row.numbers().take(parser);
            }
            return;
        }
        if (Json.missing(parser)) {
            return;
        }
        if (role == Role.OPTIONS) {
            options(parser, step.column);
            return;
        }
        switch (parser.currentToken()) {
            case VALUE_STRING -> {
                if (role.recurs()) {
                    row.text(
                            role,
                            interner.text(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
                } else if (role.speaks()) {
                    row.said(role, parser.getText(), step.column, factory);
                } else {
                    row.text(role, parser.getText());
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> row.text(role, parser.getText());
            case START_ARRAY -> list(parser, role, step.column);
            default -> throw new BadRow("expected text in the column \"" + step.column + "\", came an object");
        }
    }

    private void options(JsonParser parser, String column) throws IOException, BadRow {
        Optional<Options> options = parser.currentToken().isScalarValue()
                ? Options.of(parser.getText(), factory)
                : Optional.of(Options.read(parser));
        if (options.isEmpty()) {
            throw new BadRow("expected a list of texts in the column \"" + column + "\", came text");
        }
        row.options(options.get().texts(), options.get().keys());
    }

    private void list(JsonParser parser, Role role, String column) throws IOException, BadRow {
        List<Turn> turns = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                Json.turn(parser, turns);
            } else {
                Json.texts(parser, texts);
            }
        }
        boolean whole = turns.stream()
                .noneMatch(turn -> turn.speaker().isEmpty() && turn.text().isEmpty());
        boolean speaks = role.speaks() || !turns.isEmpty() && whole && role.text();
        if (speaks && texts.isEmpty()) {
            row.turns(role, turns);
        } else if (turns.isEmpty() && role == Role.MESSAGES) {
            row.turns(role, Turn.alternating(texts));
        } else if (turns.isEmpty()) {
            row.text(
                    role,
                    switch (role) {
                        case LABEL -> places > 0 ? Labels.places(texts, places, column) : Labels.joined(texts);
                        case CHOSEN, REJECTED -> texts.isEmpty() ? "" : texts.getFirst(); // one answer against one
                        default -> String.join("\n", texts);
                    });
        } else {
            throw new BadRow("expected " + (role.speaks() ? "a list of turns" : "text") + " in the column \"" + column
                    + "\", came a list of objects");
        }
    }
}
