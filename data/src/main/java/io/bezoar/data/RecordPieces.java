package io.bezoar.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// One piece a record of delimited fields.
///
/// A line ends with a line feed, a carriage return or both, as Python and pandas read it; lines are
/// counted by their line feeds. Where nothing parts fields, lines of text, it ends with a line feed.
///
/// A record goes over several lines only inside quotes, and only if it comes out well: if the quote is
/// not closed within the bounds, if text follows the closing quote, or if the record has by then more
/// fields than there are columns, then the quote was a stray one; the record's first line is malformed
/// and reading goes on with the next line. So a lost quote costs one row, not the file. A line is
/// looked at again at most once per column: of the lines that could each begin such a record, every one
/// adds a field to the records begun before it.
///
/// Who splits a file at its tabs and line ends trains on every line of a quoted field that holds as
/// many fields as a row. Between tabs, such a quote is a stray one, too.
final class RecordPieces implements Pieces {
    private static final byte QUOTE = '"';
    private static final int MOST_COLUMNS = 4096;

    private final Window window;
    private final long to;
    private final byte delimiter;
    private final boolean quoting;
    private final boolean escaping;
    private final byte carriage; // ends a line as a line feed does
    private final int columns;
    private final int rowBytes;
    private final Piece piece = new Piece();
    private int cursor;
    private long nextLine;

    private int start;
    private int at; // relative to start, as are starts and ends
    private int count;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private boolean[] doubled = new boolean[16];
    private boolean anyQuoted;
    private boolean broken; // over several lines
    private int seen; // up to where that is known
    private int parted; // delimiters on the line so far

    /// @param from first byte of a record
    /// @param to records that start here or later are another's
    /// @param end one past the last byte that may be looked at
    /// @param line number of the first line
    RecordPieces(Path file, long from, long to, long end, long line, Dialect dialect, int rowBytes) throws IOException {
        window = new Window(file, from, end);
        this.to = to;
        nextLine = line;
        delimiter = dialect.delimiter();
        quoting = dialect.quoted();
        escaping = dialect.escaped();
        carriage = (byte) (delimiter == Dialect.NONE ? '\n' : '\r');
        columns = dialect.columns().isEmpty() ? MOST_COLUMNS : dialect.columns().size();
        this.rowBytes = rowBytes;
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            start = cursor;
            piece.line = nextLine;
            piece.offset = window.offset(start);
            if (piece.offset >= to || start == window.limit() && !slide()) {
                return false;
            }
            String stray = record();
            if (stray.isEmpty()) {
                cut();
                if (count == 1 && Piece.blank(piece.bytes, piece.start, piece.end)) {
                    continue;
                }
            } else {
                skip(stray);
            }
            return true;
        }
    }

    /// Reads the fields of one record; empty if it came out well.
    private String record() throws IOException {
        at = 0;
        count = 0;
        anyQuoted = false;
        broken = false;
        seen = 0;
        parted = 0;
        while (true) {
            boolean open = has() && quoting && window.bytes()[start + at] == QUOTE;
            if (open) {
                String stray = quotedField();
                if (!stray.isEmpty()) {
                    return stray;
                }
            } else if (!plainField()) {
                return "long";
            }
            if (!has() || window.bytes()[start + at] == '\n' || window.bytes()[start + at] == carriage) {
                return "";
            }
            at++; // the delimiter
            parted++;
            if (count >= columns && anyQuoted && brokenOver()) {
                return "expected " + columns + " fields, came more by a quoted line break: a stray quote";
            }
        }
    }

    private boolean brokenOver() {
        byte[] bytes = window.bytes();
        broken = broken
                || Utf8.find(bytes, start + seen, start + at, (byte) '\n') >= 0
                || Utf8.find(bytes, start + seen, start + at, carriage) >= 0;
        seen = at;
        return broken;
    }

    private boolean plainField() throws IOException {
        int from = at;
        do {
            byte[] bytes = window.bytes();
            int limit = window.limit();
            int p = start + at;
            while (p < limit && bytes[p] != delimiter && bytes[p] != '\n' && bytes[p] != carriage) {
                p++;
            }
            at = p - start;
            if (at > rowBytes + 1) {
                return false;
            }
        } while (start + at == window.limit() && slide());
        int to = at;
        if (!(start + at < window.limit() && window.bytes()[start + at] == delimiter)
                && to > from
                && window.bytes()[start + to - 1] == '\r') {
            to--;
        }
        toLineEnd();
        field(from, to, false);
        return true;
    }

    /// Goes from a carriage return to the line feed behind it, if there is one.
    private void toLineEnd() throws IOException {
        if (start + at < window.limit()
                && window.bytes()[start + at] == '\r'
                && (start + at + 1 < window.limit() || slide())
                && window.bytes()[start + at + 1] == '\n') {
            at++;
        }
    }

    private String quotedField() throws IOException {
        anyQuoted = true;
        int from = ++at;
        boolean doubles = false;
        while (true) {
            int quote = Utf8.find(window.bytes(), start + at, window.limit(), QUOTE);
            if (quote < 0) {
                at = window.limit() - start;
                if (at > rowBytes || !slide()) {
                    return "expected a closing quote, came "
                            + (at > rowBytes ? "none within " + rowBytes + " bytes" : "the end of the file");
                }
                continue;
            }
            at = quote - start + 1;
            if (escaping && escaped(start + from, quote)) {
                continue;
            }
            if (has() && window.bytes()[start + at] == QUOTE) {
                doubles = true;
                at++;
                continue;
            }
            int to = at - 1;
            if (swallows(from, to)) {
                return "expected a closing quote on the line, came more rows within the quotes: a stray quote";
            }
            if (has()) {
                byte next = window.bytes()[start + at];
                if (next != delimiter && next != '\n' && next != carriage) {
                    return "expected a delimiter or a line end after the closing quote, came text: a stray quote";
                }
                toLineEnd();
            }
            doubles |= escaping && Utf8.find(window.bytes(), start + from, start + to, (byte) '\\') >= 0;
            field(from, to, doubles);
            return "";
        }
    }

    /// Is there an odd number of backslashes before the quote?
    private boolean escaped(int from, int quote) {
        int first = quote;
        while (first > from && window.bytes()[first - 1] == '\\') {
            first--;
        }
        return (quote - first) % 2 == 1;
    }

    /// Does a line that ends in the quoted field hold as many fields as a row, parted by tabs within
    /// the quotes?
    private boolean swallows(int from, int to) {
        if (delimiter != '\t' || columns == 1 || columns == MOST_COLUMNS) {
            return false;
        }
        boolean within = false;
        byte[] bytes = window.bytes();
        for (int i = start + from; i < start + to; i++) {
            if (bytes[i] == '\t') {
                parted++;
                within = true;
            } else if (bytes[i] == '\n' || bytes[i] == '\r' && bytes[i + 1] != '\n') {
                if (within && parted + 1 == columns) {
                    return true;
                }
                parted = 0;
                within = false;
            }
        }
        return false;
    }

    private void field(int from, int to, boolean doubles) {
        if (count <= columns) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
                ends = Arrays.copyOf(ends, 2 * count);
                doubled = Arrays.copyOf(doubled, 2 * count);
            }
            starts[count] = from;
            ends[count] = to;
            doubled[count] = doubles;
        }
        count++;
    }

    /// Ends the piece after the record just read.
    private void cut() throws IOException {
        int stop = start + at;
        cursor = has() ? stop + 1 : stop;
        if (stop > start && window.bytes()[stop - 1] == '\r') {
            stop--;
        }
        piece.whole(window.bytes(), start, stop);
        piece.after = window.offset(cursor);
        if (anyQuoted) {
            nextLine += Utf8.count(window.bytes(), start, cursor, (byte) '\n');
        } else if (cursor > start && window.bytes()[cursor - 1] == '\n') {
            nextLine++;
        }
        if (piece.length > rowBytes) {
            piece.fail(Piece.tooLong(piece.length, rowBytes));
        } else if (count != columns && columns != MOST_COLUMNS) {
            piece.fail("expected " + columns + " fields, came " + count);
        }
    }

    /// Gives up the record's first line.
    private void skip(String why) throws IOException {
        piece.beginAt(window.bytes(), start, window.limit());
        int stop = lineEnd(start);
        while (stop == window.limit()) {
            boolean more = window.slide(stop);
            stop = 0;
            if (!more) {
                break;
            }
            stop = lineEnd(0);
        }
        piece.length = window.offset(stop) - piece.offset;
        piece.end = (int) Math.min(piece.end, piece.length);
        start = stop;
        at = 0;
        toLineEnd();
        cursor = start + at;
        if (cursor < window.limit()) {
            nextLine += window.bytes()[cursor++] == '\n' ? 1 : 0;
        }
        piece.after = window.offset(cursor);
        piece.fail(piece.length > rowBytes || why.equals("long") ? Piece.tooLong(piece.length, rowBytes) : why);
    }

    /// Where the line ends, or the bytes that are in memory.
    private int lineEnd(int from) {
        byte[] bytes = window.bytes();
        int end = from;
        while (end < window.limit() && bytes[end] != '\n' && bytes[end] != carriage) {
            end++;
        }
        return end;
    }

    private boolean has() throws IOException {
        return start + at < window.limit() || slide();
    }

    private boolean slide() throws IOException {
        boolean more = window.slide(start);
        start = 0;
        return more;
    }

    /// How many fields the record has.
    int fields() {
        return count;
    }

    /// The text of a field of a well-formed record.
    String field(int index, boolean ascii) {
        int from = piece.start + starts[index];
        String text = new String(
                piece.bytes,
                from,
                ends[index] - starts[index],
                ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        return !doubled[index] ? text : escaping ? unescaped(text) : text.replace("\"\"", "\"");
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (c == '\\' && (next == '"' || next == '\\') || c == '"' && next == '"') {
                i++;
                c = next;
            }
            plain.append(c);
        }
        return plain.toString();
    }

    /// The bytes of a field of a well-formed record, from the piece's start; quotes in it may be doubled.
    int fieldStart(int index) {
        return starts[index];
    }

    int fieldEnd(int index) {
        return ends[index];
    }

    boolean fieldDoubled(int index) {
        return doubled[index];
    }

    @Override
    public Piece piece() {
        return piece;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
