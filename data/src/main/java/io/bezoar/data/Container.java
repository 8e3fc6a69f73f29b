package io.bezoar.data;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/// How the rows of a file are laid side by side.
sealed interface Container extends Serializable {

    /// One JSON value a line.
    record Lines() implements Container {}

    /// One JSON array.
    ///
    /// @param inside of an object, which may say something else before and behind it
    record Elements(boolean inside) implements Container {}

    /// Delimited fields.
    record Records(Dialect dialect) implements Container {}

    /// Lines of text with their labels in them.
    record Tagged(TaggedRow.Place place) implements Container {}

    /// In words.
    default String words() {
        return switch (this) {
            case Lines() -> "JSON lines";
            case Tagged(TaggedRow.Place place) ->
                switch (place) {
                    case MARKED -> "lines of text with " + TaggedRow.MARK + " before each label";
                    case FIRST -> "lines of text whose first word is the label";
                    case LAST -> "lines of text with " + TaggedRow.SIGN + " and the label behind";
                };
            case Elements(boolean inside) -> "a JSON array" + (inside ? " inside an object" : "");
            case Records(Dialect dialect) ->
                dialect.delimiter() == Dialect.NONE
                        ? "lines of text"
                        : "fields parted by " + dialect.words() + (dialect.header() ? "" : ", without a header");
        };
    }

    /// The pieces that start in `[from, to)`.
    ///
    /// @param end one past the last byte of data in the file
    /// @param line number of the line that starts at `from`
    default Pieces pieces(Path file, long from, long to, long end, long line, ReadSettings settings)
            throws IOException {
        return switch (this) {
            case Lines(), Tagged(TaggedRow.Place _) -> new LinePieces(file, from, to, line, settings.rowBytes());
            case Elements(boolean inside) ->
                new ElementPieces(file, from, end, settings.rowBytes(), settings.depth(), line, inside);
            case Records(Dialect dialect) -> new RecordPieces(file, from, to, end, line, dialect, settings.rowBytes());
        };
    }
}
