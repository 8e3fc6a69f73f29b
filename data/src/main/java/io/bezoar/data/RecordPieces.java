package io.bezoar.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// One piece a record of delimited fields.
///
/// A record goes over several lines only inside quotes, and only if it comes out well: if the quote is not closed
/// within
/// the bounds, if text follows the closing quote, or if the record has by then more fields than there are columns, then
/// the quote was a stray one; the record's first line is malformed and reading goes on with the next line. So a lost
/// quote costs one row, not the file. A line is looked at again at most once per column: of the lines that could each
/// begin such a record, every one adds a field to the records begun before it.
final class RecordPieces implements Pieces {
    private static final byte QUOTE = '"';
    private static final int MOST_COLUMNS = 4096;

    private final Window window;
    private final long to;
    private final byte delimiter;
    private final boolean quoting;
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
                if (piece.problem == null && count == 1 && Piece.blank(piece.bytes, piece.start, piece.end)) {
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
            if (!has() || window.bytes()[start + at] == '\n') {
                return "";
            }
            at++; // the delimiter
            if (count >= columns && anyQuoted && brokenOver()) {
                return "expected " + columns + " fields, came more by a quoted line break: a stray quote";
            }
        }
    }

    private boolean brokenOver() {
        return Utf8.find(window.bytes(), start, start + at, (byte) '\n') >= 0;
    }

    private boolean plainField() throws IOException {
        int from = at;
        do {
            byte[] bytes = window.bytes();
            int limit = window.limit();
            int p = start + at;
            while (p < limit && bytes[p] != delimiter && bytes[p] != '\n') {
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
        field(from, to, false);
        return true;
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
            if (!has()) {
                field(from, at - 1, doubles);
                return "";
            }
            byte next = window.bytes()[start + at];
            if (next == QUOTE) {
                doubles = true;
                at++;
                continue;
            }
            int to = at - 1;
            if (next == '\r') {
                at++;
                if (has() && window.bytes()[start + at] != '\n') {
                    return "expected a delimiter or a line end after the closing quote, came text: a stray quote";
                }
            } else if (next != delimiter && next != '\n') {
                return "expected a delimiter or a line end after the closing quote, came text: a stray quote";
            }
            field(from, to, doubles);
            return "";
        }
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
        nextLine += anyQuoted ? Utf8.count(window.bytes(), start, cursor, (byte) '\n') : 1;
        if (piece.length > rowBytes) {
            piece.fail(Piece.tooLong(piece.length, rowBytes));
        } else if (count != columns && columns != MOST_COLUMNS) {
            piece.fail("expected " + columns + " fields, came " + count);
        }
    }

    /// Gives up the record's first line.
    private void skip(String why) throws IOException {
        piece.beginAt(window.bytes(), start, window.limit());
        int newline = Utf8.find(window.bytes(), start, window.limit(), (byte) '\n');
        if (newline >= 0) {
            cursor = newline + 1;
            piece.end = Math.min(piece.end, newline - start);
        } else {
            cursor = window.skipLine(start);
            newline = window.lineStop();
        }
        piece.after = window.offset(cursor);
        piece.length = window.offset(newline) - piece.offset;
        piece.fail(piece.length > rowBytes || why.equals("long") ? Piece.tooLong(piece.length, rowBytes) : why);
        nextLine++;
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
        return doubled[index] ? text.replace("\"\"", "\"") : text;
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
