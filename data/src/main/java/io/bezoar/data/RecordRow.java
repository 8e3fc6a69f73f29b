package io.bezoar.data;

import com.fasterxml.jackson.core.JsonFactory;
import io.bezoar.core.Example;
import io.bezoar.core.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows of delimited fields.
final class RecordRow implements RowParser, RowParser.Sampler {
    private final RecordPieces pieces;
    private final Dialect dialect;
    private final Row row;
    private final Role[] roles;
    private final int[] fields;
    private final Optional<Role> lacking;
    private final int[] numbers; // the fields that hold one number each
    private final Optional<String> lackingNumber;
    private final Layout layout;
    private final JsonFactory factory; // of fields that hold JSON
    private final Interner interner = new Interner();
    private char[] chars = new char[64];

    RecordRow(Layout layout, Dialect dialect, RecordPieces pieces, ReadSettings settings) {
        factory = JsonRow.factory(settings);
        this.pieces = pieces;
        this.dialect = dialect;
        this.layout = layout;
        row = new Row(layout);
        List<Role> used = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        @Nullable Role without = null;
        for (Map.Entry<Role, String> column : layout.columns().entrySet()) {
            boolean flags = column.getKey() == Role.LABEL && row.flagged();
            for (String name : flags ? layout.flags() : List.of(column.getValue())) {
                int index = dialect.columns().indexOf(name);
                if (index >= 0) {
                    used.add(column.getKey());
                    at.add(index);
                } else if (!column.getKey().describes() && without == null) {
                    without = column.getKey();
                }
            }
        }
        roles = used.toArray(Role[]::new);
        fields = at.stream().mapToInt(Integer::intValue).toArray();
        lacking = Optional.ofNullable(without);
        numbers = layout.numbers().columns().stream()
                .mapToInt(dialect.columns()::indexOf)
                .toArray();
        lackingNumber = IntStream.range(0, numbers.length)
                .filter(i -> numbers[i] < 0)
                .mapToObj(layout.numbers().columns()::get)
                .findFirst();
    }

    @Override
    public Example parse(int file, Piece piece) throws BadRow {
        if (lacking.isPresent() || lackingNumber.isPresent()) {
            throw new BadRow("expected the column \""
                    + lacking.map(role -> layout.columns().getOrDefault(role, ""))
                            .or(() -> lackingNumber)
                            .orElse("")
                    + "\", came only "
                    + String.join(", ", dialect.columns()));
        }
        boolean ascii = (RowParser.inspect(piece) & Utf8.WIDE) == 0;
        row.clear();
        for (int i = 0; i < roles.length; i++) {
            Role role = roles[i];
            int field = fields[i];
            if (role == Role.LABEL && row.flagged()) {
                row.flag(dialect.columns().get(field), pieces.field(field, ascii));
            } else if (role == Role.VECTOR) {
                row.numbers().takeList(pieces.field(field, ascii));
            } else if (role.recurs() && ascii && !pieces.fieldDoubled(field)) {
                row.text(role, interned(piece, field));
            } else {
                String text = pieces.field(field, ascii);
                if (role == Role.RESPONSE && text.isEmpty()) {
                    continue; // an empty field is how CSV says that there is none
                }
                if (role == Role.OPTIONS) {
                    Options options = Options.of(text, factory)
                            .orElseThrow(() -> new BadRow("expected a list of texts in the column \""
                                    + dialect.columns().get(field) + "\", came text that is none in JSON"));
                    row.options(options.texts(), options.keys());
                    continue;
                }
                if (role.speaks()) {
                    row.said(role, text, dialect.columns().get(field), factory);
                    continue;
                }
                row.text(role, role.recurs() ? text.strip() : text);
            }
        }
        for (int field : numbers) {
            row.numbers().take(pieces.field(field, ascii));
        }
        return row.example(new Position(file, piece.line, piece.offset, (int) piece.length));
    }

    @Override
    public boolean rejected() {
        return row.rejected();
    }

    private String interned(Piece piece, int field) {
        int from = piece.start + pieces.fieldStart(field);
        int length = pieces.fieldEnd(field) - pieces.fieldStart(field);
        if (chars.length < length) {
            chars = new char[Math.max(length, 2 * chars.length)];
        }
        for (int i = 0; i < length; i++) {
            chars[i] = (char) piece.bytes[from + i];
        }
        return interner.text(chars, 0, length);
    }

    @Override
    public Map<String, Value> sample(Piece piece) throws BadRow {
        boolean ascii = (RowParser.inspect(piece) & Utf8.WIDE) == 0;
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < dialect.columns().size(); i++) {
            String text = pieces.field(i, ascii);
            Value.Kind kind = text.isBlank()
                    ? Value.Kind.NULL
                    : Numbers.isNumber(text.strip()) ? Value.Kind.NUMBER : Value.Kind.TEXT;
            int count = listed(text);
            String name = dialect.columns().get(i);
            Optional<Value> turns = Role.speaks(name) ? JsonSample.turns(text, factory) : Optional.empty();
            if (Rivals.lists(name)) {
                Optional<Options> list = Options.of(text, factory);
                if (list.isPresent()) {
                    values.put(name, new Value(Value.Kind.TEXTS, "", list.get().shown(Value.SHOWN)));
                    continue;
                }
            }
            values.put(
                    name,
                    turns.isPresent()
                            ? turns.get()
                            : count >= 2
                                    ? new Value(Value.Kind.NUMBERS, Integer.toString(count))
                                    : Value.of(kind, text));
        }
        return values;
    }

    /// How many numbers a list in words has; 0 if it is none.
    private static int listed(String text) {
        String list = text.strip();
        if (list.length() < 2 || list.charAt(0) != '[' || list.charAt(list.length() - 1) != ']') {
            return 0;
        }
        String[] pieces = Numbers.pieces(list);
        return Arrays.stream(pieces).allMatch(Numbers::isNumber) ? pieces.length : 0;
    }
}
