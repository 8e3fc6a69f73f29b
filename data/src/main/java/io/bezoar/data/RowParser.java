package io.bezoar.data;

import io.bezoar.core.Example;
import java.util.Map;

/// Makes an example of a piece. Owned by one thread.
interface RowParser {

    /// @param file index of the piece's file
    Example parse(int file, Piece piece) throws BadRow;

    /// The parser of rows of that layout.
    static RowParser of(Container container, Pieces pieces, Layout layout, ReadSettings settings) {
        return switch (container) {
            case Container.Lines() -> new JsonRow(layout, settings);
            case Container.Elements(boolean _) -> new JsonRow(layout, settings);
            case Container.Records(Dialect dialect) -> new RecordRow(layout, dialect, (RecordPieces) pieces);
        };
    }

    /// Checks the encoding of a piece; the flags of [Utf8#inspect].
    static int inspect(Piece piece) throws BadRow {
        int flags = Utf8.inspect(piece.bytes, piece.start, piece.end);
        if ((flags & Utf8.NUL) != 0) {
            throw new BadRow("expected text, came a NUL byte");
        }
        if ((flags & Utf8.WIDE) != 0) {
            int wrong = Utf8.malformed(piece.bytes, piece.start, piece.end);
            if (wrong >= 0) {
                throw new BadRow("expected UTF-8, came the byte 0x" + Integer.toHexString(piece.bytes[wrong] & 0xff)
                        + " at byte " + (wrong - piece.start) + " of the row");
            }
        }
        return flags;
    }

    /// A row's values by column, to recognise a layout by; columns in the row's order.
    interface Sampler {
        Map<String, Value> sample(Piece piece) throws BadRow;
    }

    /// What a column holds in one row.
    ///
    /// @param kind what it is
    /// @param text a scalar's text; for a list of numbers, how many there are
    record Value(Kind kind, String text) {
        enum Kind {
            TEXT,
            NUMBER,
            BOOLEAN,
            NULL,
            /// A list of texts, or of lists of texts.
            TEXTS,
            /// A list of numbers, or of lists of numbers, at least two.
            NUMBERS,
            /// A list of objects with `role` and `content`.
            MESSAGES,
            /// A list of objects with `from` and `value`.
            CONVERSATION,
            OTHER
        }
    }
}
