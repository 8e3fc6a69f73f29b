package io.bezoar.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the values of a row lie, by role. Owned by one thread.
final class RowCells {
    private final Layout layout;
    private final Container container;
    private final Pieces pieces;
    private final JsonFactory factory;
    private final Map<String, Role> roles = new HashMap<>();

    /// One turn of a conversation and where its text lies, if it is one text.
    record Said(String speaker, Optional<Cell> text) {
        boolean assistant() {
            return new Turn(speaker, "").assistant();
        }
    }

    /// The values found.
    ///
    /// @param turns the turns of a column that holds a conversation
    record Found(Map<Role, Cell> cells, Map<Role, List<Said>> turns) {
        Optional<Cell> cell(Role role) {
            return Optional.ofNullable(cells.get(role));
        }

        /// The turns of a column that holds a conversation; none if it does not.
        List<Said> said(Role role) {
            return turns.getOrDefault(role, List.of());
        }
    }

    RowCells(Layout layout, Container container, Pieces pieces, ReadSettings settings) {
        this.layout = layout;
        this.container = container;
        this.pieces = pieces;
        this.factory = JsonRow.factory(settings);
        layout.columns().forEach((role, column) -> roles.put(column, role));
    }

    /// The values of a well-formed piece.
    Found of(Piece piece) throws IOException {
        Found found = new Found(new EnumMap<>(Role.class), new EnumMap<>(Role.class));
        if (container instanceof Container.Records(Dialect dialect)) {
            fields((RecordPieces) pieces, dialect, piece, found);
        } else if (container instanceof Container.Tagged(TaggedRow.Place place)) {
            tagged(piece, place, found);
        } else {
            try (JsonParser parser = factory.createParser(piece.bytes, piece.start, piece.end - piece.start)) {
                json(parser, found);
            }
        }
        return found;
    }

    private void fields(RecordPieces records, Dialect dialect, Piece piece, Found found) {
        layout.columns().forEach((role, column) -> {
            int index = dialect.columns().indexOf(column);
            if (index >= 0) {
                int start = records.fieldStart(index);
                int end = records.fieldEnd(index);
                boolean quoted = dialect.quoted() && start > 0 && piece.bytes[piece.start + start - 1] == '"';
                int margin = quoted ? 1 : 0;
                found.cells()
                        .put(
                                role,
                                new Cell(
                                        start - margin,
                                        end + margin,
                                        records.field(index, false),
                                        new Cell.Style.Field(dialect, quoted)));
            }
        });
    }

    /// The text behind the only label of a line, and that; nothing where a line says it otherwise.
    private void tagged(Piece piece, TaggedRow.Place place, Found found) {
        TaggedRow.Line line = TaggedRow.line(piece, place);
        if (line.labels().size() != 1 || line.start() < 0) {
            return;
        }
        String whole = new String(piece.bytes, piece.start, piece.end - piece.start, StandardCharsets.UTF_8);
        String label = line.labels().getFirst();
        Cell.Style style = place == TaggedRow.Place.MARKED ? new Cell.Style.Tags() : new Cell.Style.Word();
        int from = switch (place) {
            case MARKED -> whole.indexOf(TaggedRow.MARK) + TaggedRow.MARK.length();
            case FIRST -> whole.indexOf(label);
            case LAST -> whole.indexOf(label, whole.lastIndexOf(TaggedRow.SIGN) + 1);
        };
        layout.columns().forEach((role, column) -> {
            if (column.equals(TaggedRow.LABEL)) {
                found.cells().put(role, cell(whole, from, label, style));
            } else if (column.equals(TaggedRow.TEXT)) {
                found.cells().put(role, cell(whole, line.start(), line.text(), new Cell.Style.Plain()));
            }
        });
    }

    private static Cell cell(String line, int from, String text, Cell.Style style) {
        int start = bytes(line.substring(0, from));
        return new Cell(start, start + bytes(text), text, style);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void json(JsonParser parser, Found found) throws IOException {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            object(parser, "", found);
        } else if (roles.get(Role.TURNS) == Role.MESSAGES) {
            value(parser, Role.TURNS, found);
        } else {
            for (int i = 1; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                value(parser, Integer.toString(i), found);
            }
        }
    }

    private void object(JsonParser parser, String path, Found found) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            value(parser, path.isEmpty() ? name : path + "." + name, found);
        }
    }

    private void value(JsonParser parser, String path, Found found) throws IOException {
        Role role = roles.get(path);
        if (role == null) {
            boolean within = roles.keySet().stream().anyMatch(column -> Paths.within(column, path));
            if (within && parser.currentToken() == JsonToken.START_OBJECT) {
                object(parser, path, found);
            } else if (within && parser.currentToken() == JsonToken.START_ARRAY) {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    value(parser, path + Paths.element(i), found);
                }
            } else {
                parser.skipChildren();
            }
        } else if (parser.currentToken().isScalarValue()) {
            Cell cell = cell(parser);
            if (cell != null) {
                found.cells().put(role, cell);
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY && role == Role.LABEL) {
            only(parser, found);
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            turns(parser, role, found);
        } else {
            parser.skipChildren();
        }
    }

    /// The label in a list that holds no other.
    private static void only(JsonParser parser, Found found) throws IOException {
        Cell only = null;
        int count = 0;
        for (; parser.nextToken() != JsonToken.END_ARRAY; count++) {
            only = parser.currentToken().isScalarValue() ? cell(parser) : null;
            parser.skipChildren();
        }
        if (count == 1 && only != null) {
            found.cells().put(Role.LABEL, only);
        }
    }

    private void turns(JsonParser parser, Role role, Found found) throws IOException {
        List<Said> turns = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                turns.add(new Said(Turn.alternating(turns.size()), Optional.ofNullable(cell(parser))));
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                continue;
            }
            String speaker = "";
            String trained = "";
            Cell text = null;
            List<Said> sides = new ArrayList<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "role", "from", "speaker" -> {
                        speaker = token.isScalarValue() ? parser.getText() : "";
                        parser.skipChildren();
                    }
                    case "label" -> {
                        trained = Json.trained(parser);
                        parser.skipChildren();
                    }
                    case "content", "value", "text", "utterance", "parts" -> {
                        text = token == JsonToken.VALUE_STRING ? cell(parser) : text;
                        parser.skipChildren();
                    }
                    default -> {
                        if (token == JsonToken.VALUE_STRING && !Turn.side(name).isEmpty()) {
                            sides.add(new Said(Turn.side(name), Optional.ofNullable(cell(parser))));
                        }
                        parser.skipChildren();
                    }
                }
            }
            speaker = speaker.isEmpty() ? trained : speaker;
            if (speaker.isEmpty() && text == null) {
                turns.addAll(sides);
                continue;
            }
            String known = Turn.named(speaker).equals(layout.assistant()) ? "assistant" : speaker;
            turns.add(new Said(speaker.isEmpty() ? speaker : known, Optional.ofNullable(text)));
        }
        found.turns().put(role, turns);
    }

    /// The value the parser stands on; null if it says nothing.
    private static @Nullable Cell cell(JsonParser parser) throws IOException {
        if (Json.missing(parser)) {
            return null;
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        boolean quoted = parser.currentToken() == JsonToken.VALUE_STRING;
        String text = parser.getText();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        if (!quoted) {
            end = start + text.length(); // a number is known by what follows it
        }
        return new Cell(start, end, text, quoted ? new Cell.Style.Quoted() : new Cell.Style.Bare());
    }
}
