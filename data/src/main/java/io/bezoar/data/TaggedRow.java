package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lines of text with their labels in them. White space parts words; the columns are `label` and `text`.
final class TaggedRow implements RowParser, RowParser.Sampler {
    /// What a marked label begins with.
    static final String MARK = "__label__";

    /// What stands before a label behind the text.
    static final char SIGN = '@';

    static final String LABEL = "label";
    static final String TEXT = "text";

    /// Where the labels of a line are.
    enum Place {
        /// Every word that begins with [#MARK], wherever it stands, as fastText reads them:
        /// `__label__fee why is there a fee`.
        MARKED,
        /// The first word: `DESC:manner How did serfdom develop ?`, `1 a small gem .`
        FIRST,
        /// What stands behind the last [#SIGN]: `Sales rose by a tenth .@positive`
        LAST
    }

    private final Row row;
    private final Layout layout;
    private final Place place;

    TaggedRow(Layout layout, Place place) {
        this.layout = layout;
        this.place = place;
        row = new Row(layout);
    }

    /// One line, taken apart.
    ///
    /// @param labels what the marked words say, in the line's order
    /// @param text what the line says without them
    /// @param start of the text in characters, if it is one stretch behind all labels; else negative
    record Line(List<String> labels, String text, int start) {

        /// The labels as one: each once, sorted, so that their order makes no other class.
        String label() {
            return Labels.joined(labels);
        }

        static Line of(String line, Place place) {
            return switch (place) {
                case MARKED -> marked(line);
                case FIRST -> {
                    int from = text(line, 0);
                    int to = from;
                    while (to < line.length() && !blank(line.charAt(to))) {
                        to++;
                    }
                    yield one(line.substring(from, to), line, text(line, to), line.length());
                }
                case LAST -> {
                    int sign = line.lastIndexOf(SIGN);
                    yield sign < 0
                            ? one("", line, text(line, 0), line.length())
                            : one(line.substring(sign + 1).strip(), line, text(line, 0), sign);
                }
            };
        }

        private static Line one(String label, String line, int from, int to) {
            String text = line.substring(Math.min(from, to), to).strip();
            return new Line(label.isEmpty() ? List.of() : List.of(label), text, text.isEmpty() ? -1 : from);
        }

        /// Where the first word begins.
        private static int text(String line, int from) {
            int at = from;
            while (at < line.length() && blank(line.charAt(at))) {
                at++;
            }
            return at;
        }

        private static Line marked(String line) {
            List<String> labels = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            int from = 0; // of what is no label
            int start = -1;
            boolean behind = true; // is all text behind all labels?
            for (int at = 0, end = 0; at < line.length(); at = end + 1) {
                end = at;
                while (end < line.length() && !blank(line.charAt(end))) {
                    end++;
                }
                if (line.startsWith(MARK, at) && end > at + MARK.length()) {
                    labels.add(line.substring(at + MARK.length(), end));
                    text.append(line, from, at);
                    from = Math.min(start < 0 ? end : end + 1, line.length());
                    behind &= start < 0;
                } else if (end > at && start < 0) {
                    start = at;
                }
            }
            text.append(line, from, line.length());
            return new Line(labels, text.toString().strip(), behind ? start : -1);
        }

        private static boolean blank(char sign) {
            return sign == ' ' || sign == '\t' || sign == '\u000b' || sign == '\f' || sign == '\r';
        }
    }

    static Line line(Piece piece, Place place) {
        return Line.of(new String(piece.bytes, piece.start, piece.end - piece.start, StandardCharsets.UTF_8), place);
    }

    @Override
    public Example parse(int file, Piece piece) throws BadRow {
        RowParser.inspect(piece);
        Line line = line(piece, place);
        row.clear();
        layout.columns().forEach((role, column) -> {
            if (column.equals(LABEL)) {
                row.text(role, line.label());
            } else if (column.equals(TEXT)) {
                row.text(role, line.text());
            }
        });
        return row.example(new Position(file, piece.line, piece.offset, (int) piece.length));
    }

    @Override
    public Map<String, Value> sample(Piece piece) throws BadRow {
        RowParser.inspect(piece);
        Line line = line(piece, place);
        Map<String, Value> values = new LinkedHashMap<>();
        values.put(LABEL, value(line.label()));
        values.put(TEXT, value(line.text()));
        return values;
    }

    private static Value value(String text) {
        return text.isEmpty() ? new Value(Value.Kind.NULL, "") : Value.of(Value.Kind.TEXT, text);
    }
}
