package io.bezoar.data;

import io.bezoar.core.Example;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes an example of a piece. Owned by one thread.
interface RowParser {

    /// @param file index of the piece's file
    Example parse(int file, Piece piece) throws BadRow;

    /// The columns met so far that the first rows of the file do not have and that may matter, with the line of
    /// the first row that has them; some of them if they are many.
    default Map<String, Long> late() {
        return Map.of();
    }

    /// Did an annotator not accept the label of the row parsed last?
    default boolean rejected() {
        return false;
    }

    /// The parser of rows of that layout.
    static RowParser of(Container container, Pieces pieces, Layout layout, ReadSettings settings) {
        return switch (container) {
            case Container.Lines() -> new JsonRow(layout, settings);
            case Container.Elements(boolean _) -> new JsonRow(layout, settings);
            case Container.Tagged(TaggedRow.Place place) -> new TaggedRow(layout, place);
            case Container.Records(Dialect dialect) -> new RecordRow(layout, dialect, (RecordPieces) pieces, settings);
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

        /// Did any row have more columns than are looked at?
        default boolean wide() {
            return false;
        }

        /// The sampler of a file whose rows lie so.
        static Sampler of(Container container, Pieces pieces, ReadSettings settings) {
            Layout none = new Layout(Layout.Shape.TEXT);
            return switch (container) {
                case Container.Lines(), Container.Elements(boolean _) -> new JsonSample(settings);
                case Container.Tagged(TaggedRow.Place place) -> new TaggedRow(none, place);
                case Container.Records(Dialect dialect) ->
                    new RecordRow(none, dialect, (RecordPieces) pieces, settings);
            };
        }
    }

    /// What a column holds in one row.
    ///
    /// @param kind what it is
    /// @param text a scalar's text; for a list of numbers, how many there are
    /// @param within the speakers of turns, one a turn; the texts in any other list or object, cut
    /// @param places how long a list of zeros and ones is, of two at least; 0 if it is none
    /// @param aside of turns, what is not read in them: a text for each name, cut
    /// @param templates of a text, those by which it has turns of both sides
    record Value(
            Kind kind,
            String text,
            List<String> within,
            int places,
            Map<String, String> aside,
            Set<Template> templates) {
        /// Texts of a list that are looked at.
        static final int MOST_TEXTS = 8;

        /// Characters of a text that are kept.
        static final int SHOWN = 4096;

        private static final int MOST_TURNS = 256;
        private static final int LONGEST_NAME = 80;

        Value(Kind kind, String text) {
            this(kind, text, List.of());
        }

        Value(Kind kind, String text, List<String> within) {
            this(kind, text, within, 0, Map.of());
        }

        Value(Kind kind, String text, List<String> within, int places, Map<String, String> aside) {
            this(kind, text, within, places, aside, Set.of());
        }

        /// The value that such a scalar is, as much of it as is kept.
        static Value of(Kind kind, String text) {
            return new Value(
                    kind,
                    text.substring(0, Math.min(SHOWN, text.length())),
                    List.of(),
                    0,
                    Map.of(),
                    kind == Kind.TEXT ? Template.of(text) : Set.of());
        }

        /// The value that those turns are.
        ///
        /// @param aside what is not read in them
        static Value of(List<Turn> turns, Map<String, String> aside) {
            return new Value(
                    Kind.MESSAGES,
                    "",
                    turns.stream()
                            .map(turn -> name(turn.speaker()))
                            .limit(MOST_TURNS)
                            .toList(),
                    0,
                    aside);
        }

        /// A speaker's name, cut where it is longer than names are.
        static String name(String speaker) {
            String name = Turn.named(speaker);
            return name.substring(0, Math.min(name.length(), LONGEST_NAME));
        }

        enum Kind {
            TEXT,
            NUMBER,
            BOOLEAN,
            NULL,
            /// A list of texts, or of lists of texts.
            TEXTS,
            /// A list of objects with a `text` and no speaker.
            BLOCKS,
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
