package io.bezoar.data;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/// One value of a row where it lies.
///
/// @param start its first byte from the piece's start, quotes included
/// @param end one past its last byte
/// @param text what it says
/// @param style how it is written
record Cell(int start, int end, String text, Style style) {

    /// How a value is written.
    sealed interface Style {
        /// A JSON string.
        record Quoted() implements Style {}

        /// A JSON number or boolean.
        record Bare() implements Style {}

        /// The text of a line that nothing quotes.
        record Plain() implements Style {}

        /// Its labels, each a word behind a mark.
        record Tags() implements Style {}

        /// A label that is one word.
        record Word() implements Style {}

        /// A delimited field.
        record Field(Dialect dialect, boolean quoted) implements Style {}
    }

    /// The bytes of another text in this one's place.
    byte[] written(String other) {
        return switch (style) {
            case Style.Quoted() -> json(other);
            case Style.Bare() -> other.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?|true|false") ? bytes(other) : json(other);
            case Style.Plain() -> bytes(other.replace('\n', ' ').replace('\r', ' '));
            case Style.Tags() -> bytes(other.replace(", ", " " + TaggedRow.MARK));
            case Style.Word() -> bytes(other.strip().replaceAll("[\\s" + TaggedRow.SIGN + "]+", "_"));
            case Style.Field(Dialect dialect, boolean quoted) -> bytes(field(dialect, quoted, other));
        };
    }

    private static byte[] json(String text) {
        return bytes("\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"");
    }

    /// What a dialect without quotes cannot hold becomes a space.
    private static String field(Dialect dialect, boolean quoted, String text) {
        char delimiter = (char) (dialect.delimiter() & 0xff);
        if (!dialect.quoted()) {
            String line = text.replace('\n', ' ').replace('\r', ' ');
            return dialect.delimiter() == Dialect.NONE ? line : line.replace(delimiter, ' ');
        }
        boolean needed = text.indexOf(delimiter) >= 0
                || text.indexOf('"') >= 0
                || text.indexOf('\n') >= 0
                || text.indexOf('\r') >= 0
                || !text.equals(text.strip());
        if (!quoted && !needed) {
            return text;
        }
        return "\""
                + (dialect.escaped() ? text.replace("\\", "\\\\").replace("\"", "\\\"") : text.replace("\"", "\"\""))
                + "\"";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
