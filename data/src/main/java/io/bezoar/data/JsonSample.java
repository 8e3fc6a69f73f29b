package io.bezoar.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at JSON rows without knowing their layout.
final class JsonSample implements RowParser.Sampler {
    /// Columns of a file that are looked at; beyond them only those that are known by name.
    static final int MOST_COLUMNS = 4096;

    private static final int MOST_LEVELS = 3;
    private static final int MOST_TURNS = 256;
    private static final int MOST_ASIDE = 16;
    private static final String PART = "content[].";

    private final JsonFactory factory;
    private final Set<String> deep;
    private final Set<String> named; // by the user
    private final Map<String, String> columns = new HashMap<>(); // each name once, whatever the number of rows
    private boolean wide;

    JsonSample(ReadSettings settings) {
        factory = JsonRow.factory(settings);
        deep = Paths.deep(settings.map());
        named = settings.map().values().stream()
                .flatMap(column -> Stream.concat(Stream.of(column), Labels.columns(column).stream()))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean wide() {
        return wide;
    }

    @Override
    public Map<String, RowParser.Value> sample(Piece piece) throws BadRow {
        RowParser.inspect(piece);
        Map<String, RowParser.Value> values = new LinkedHashMap<>();
        try (JsonParser parser = factory.createParser(piece.bytes, piece.start, piece.end - piece.start)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                object(parser, "", 1, values);
            } else if (token == JsonToken.START_ARRAY) {
                Optional<RowParser.Value> whole = whole(piece);
                if (whole.isPresent()) {
                    return Map.of(Role.TURNS, whole.get());
                }
                for (int i = 1; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    value(parser, Integer.toString(i), 1, values);
                }
            } else {
                throw new BadRow("expected a JSON object, came " + Json.name(token));
            }
            if (parser.nextToken() != null) {
                throw new BadRow("expected one JSON object, came more after it");
            }
            deep(piece, values);
        } catch (IOException e) {
            throw Json.bad(e);
        }
        return values;
    }

    /// The turns that a row is, which is a list; empty if it is none of turns, or the user names columns.
    private Optional<RowParser.Value> whole(Piece piece) throws IOException {
        if (!named.isEmpty()) {
            return Optional.empty();
        }
        try (JsonParser parser = factory.createParser(piece.bytes, piece.start, piece.end - piece.start)) {
            parser.nextToken();
            RowParser.Value list = list(parser, true);
            boolean turns =
                    list.kind() == RowParser.Value.Kind.MESSAGES || list.kind() == RowParser.Value.Kind.CONVERSATION;
            return turns && parser.nextToken() == null ? Optional.of(list) : Optional.empty();
        }
    }

    /// Adds what lies within lists, on the ways that are known.
    private void deep(Piece piece, Map<String, RowParser.Value> values) throws IOException {
        List<String> there = deep.stream()
                .filter(path -> values.containsKey(Paths.list(path)))
                .toList();
        if (there.isEmpty()) {
            return;
        }
        try (JsonParser parser = factory.createParser(piece.bytes, piece.start, piece.end - piece.start)) {
            parser.nextToken();
            deeper(parser, "", there, values);
        }
    }

    private void deeper(JsonParser parser, String path, List<String> there, Map<String, RowParser.Value> values)
            throws IOException {
        JsonToken token = parser.currentToken();
        if (there.contains(path)) {
            value(parser, path, MOST_LEVELS, values);
        } else if (!path.isEmpty() && there.stream().noneMatch(way -> Paths.within(way, path))) {
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                deeper(parser, path.isEmpty() ? name : path + "." + name, there, values);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                deeper(parser, path + Paths.element(i), there, values);
            }
        }
    }

    private void object(JsonParser parser, String prefix, int level, Map<String, RowParser.Value> values)
            throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            value(parser, prefix + name, level, values);
        }
    }

    private void value(JsonParser parser, String column, int level, Map<String, RowParser.Value> values)
            throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT && level < MOST_LEVELS) {
            object(parser, column + ".", level + 1, values);
            return;
        }
        RowParser.Value value = switch (token) {
            case VALUE_STRING -> text(column, parser);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(RowParser.Value.Kind.NUMBER, parser);
            case VALUE_TRUE, VALUE_FALSE -> scalar(RowParser.Value.Kind.BOOLEAN, parser);
            case VALUE_NULL -> new RowParser.Value(RowParser.Value.Kind.NULL, "");
            case START_ARRAY -> list(parser, Role.speaks(column));
            default -> {
                List<String> texts = new ArrayList<>();
                texts(parser, texts);
                yield new RowParser.Value(RowParser.Value.Kind.OTHER, "", texts);
            }
        };
        String name = columns.get(column);
        if (name == null) {
            if (columns.size() >= MOST_COLUMNS) {
                wide = true;
                boolean known = columns.size() < 2 * MOST_COLUMNS && Role.known(column);
                if (!known && !named.contains(column)) {
                    return;
                }
            }
            name = column;
            columns.put(name, name);
        }
        values.put(name, value);
    }

    /// A text, or the turns that the text of a column of turns writes as JSON.
    private RowParser.Value text(String column, JsonParser parser) throws IOException {
        if (Role.speaks(column)) {
            Optional<RowParser.Value> turns = turns(parser.getText(), factory);
            if (turns.isPresent()) {
                return turns.get();
            }
        }
        return scalar(RowParser.Value.Kind.TEXT, parser);
    }

    /// The turns that a text writes as JSON; empty if it does not.
    ///
    /// @param factory says how deep and long it may be
    static Optional<RowParser.Value> turns(String text, JsonFactory factory) {
        Optional<List<Turn>> turns = Json.turns(text, factory);
        if (turns.isEmpty()) {
            return Optional.empty();
        }
        try (JsonParser parser = factory.createParser(text.strip())) {
            parser.nextToken();
            return Optional.of(
                    RowParser.Value.of(turns.get(), list(parser, true).aside()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was read just now
        }
    }

    private static RowParser.Value scalar(RowParser.Value.Kind kind, JsonParser parser) throws IOException {
        if (Json.missing(parser)) {
            return new RowParser.Value(RowParser.Value.Kind.NULL, "");
        }
        return RowParser.Value.of(kind, parser.getText());
    }

    /// What the list the parser stands at the beginning of is made of, by its first element.
    ///
    /// @param speaks whether its column usually holds turns
    private static RowParser.Value list(JsonParser parser, boolean speaks) throws IOException {
        RowParser.Value.Kind kind = RowParser.Value.Kind.TEXTS;
        boolean first = true;
        boolean pairs = false; // is each object two turns?
        boolean startsWithNumber = false;
        List<String> speakers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        Map<String, String> aside = new LinkedHashMap<>();
        int numbers = 0;
        int places = 0;
        boolean flags = true; // nothing but zeros and ones?
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
                flags = false;
                continue;
            }
            if (token == JsonToken.END_ARRAY) {
                depth--;
                continue;
            }
            numbers += token.isNumeric() ? 1 : 0;
            startsWithNumber |= first && token.isNumeric();
            places++;
            flags = flags
                    && (token.isNumeric() || token.isBoolean())
                    && Labels.holds(parser.getText()).isPresent();
            if (token == JsonToken.START_OBJECT && depth == 1) {
                Element element = new Element();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                    element.add(name, parser);
                    if (!text || !Json.speaker(name)) {
                        said(parser, name, false, aside, texts);
                    }
                }
                if (first) {
                    kind = element.kind(speaks);
                    pairs = speaks && element.pair();
                }
                if (speakers.size() < MOST_TURNS) {
                    speakers.addAll(element.speakers());
                }
            } else {
                texts(parser, texts);
            }
            first = false;
        }
        if (startsWithNumber && !texts.isEmpty()) {
            return new RowParser.Value(RowParser.Value.Kind.OTHER, "", texts); // stretches of a text with their names
        }
        if (numbers >= 2 && startsWithNumber) {
            return new RowParser.Value(
                    RowParser.Value.Kind.NUMBERS, Integer.toString(numbers), List.of(), flags ? places : 0, Map.of());
        }
        boolean turns = kind == RowParser.Value.Kind.MESSAGES || kind == RowParser.Value.Kind.CONVERSATION;
        if (pairs) {
            aside.keySet().removeIf(name -> !Turn.side(name).isEmpty());
        }
        return turns
                ? new RowParser.Value(kind, "", speakers, 0, aside)
                : new RowParser.Value(kind, "", texts, flags && places >= 2 ? places : 0, Map.of());
    }

    /// Who speaks in an object of a list.
    private static final class Element {
        private final Set<String> names = new HashSet<>();
        private final Set<String> sides = new HashSet<>();
        private String speaker = "";
        private String trained = "";

        /// Takes a name and what the parser stands on.
        void add(String name, JsonParser parser) throws IOException {
            names.add(name);
            sides.add(Turn.side(name));
            if (Json.speaker(name) && parser.currentToken().isScalarValue()) {
                speaker = parser.getText();
            }
            trained = name.equals("label") ? Json.trained(parser) : trained;
        }

        /// Does it hold what both sides say?
        boolean pair() {
            return !worded() && speaker.isEmpty() && sides.containsAll(List.of("user", "assistant"));
        }

        private boolean worded() {
            return names.stream().anyMatch(Json::words);
        }

        /// @param speaks whether the list usually holds turns
        RowParser.Value.Kind kind(boolean speaks) {
            if (names.contains("role")) {
                return RowParser.Value.Kind.MESSAGES;
            }
            if (names.contains("from")) {
                return RowParser.Value.Kind.CONVERSATION;
            }
            if (speaks && (pair() || worded() && !(speaker + trained).isEmpty())) {
                return RowParser.Value.Kind.MESSAGES;
            }
            return names.contains("text") ? RowParser.Value.Kind.BLOCKS : RowParser.Value.Kind.OTHER;
        }

        List<String> speakers() {
            if (pair()) {
                return List.of("user", "assistant");
            }
            String name = RowParser.Value.name(speaker.isEmpty() ? trained : speaker);
            return name.isEmpty() ? List.of() : List.of(name);
        }
    }

    /// Adds the first texts that a turn, or a part of one, says under a name, and goes to their end; a
    /// text under a name that is not read is noted.
    ///
    /// @param part whether a part of a turn says it
    private static void said(JsonParser parser, String name, boolean part, Map<String, String> aside, List<String> into)
            throws IOException {
        if (!Json.read(name, part)) {
            List<String> texts = new ArrayList<>();
            texts(parser, texts);
            if (!texts.isEmpty() && aside.size() < MOST_ASIDE) {
                aside.putIfAbsent(part ? PART + name : name, texts.getFirst());
            }
            into.addAll(texts.subList(0, Math.min(texts.size(), RowParser.Value.MOST_TEXTS - into.size())));
        } else if (!part && Json.parts(name) && parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                        parser.nextToken();
                        said(parser, key, true, aside, into);
                    }
                } else {
                    texts(parser, into);
                }
            }
        } else {
            texts(parser, into);
        }
    }

    /// Adds the first texts in the value the parser stands on, and goes to its end.
    private static void texts(JsonParser parser, List<String> into) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.VALUE_STRING && into.size() < RowParser.Value.MOST_TEXTS) {
                String text = parser.getText();
                into.add(text.substring(0, Math.min(RowParser.Value.SHOWN, text.length())));
            }
        } while (depth > 0 && parser.nextToken() != null);
    }
}
