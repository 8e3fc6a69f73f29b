package io.bezoar.data;

import java.io.IOException;
import java.nio.file.Path;

/// One piece an element of a list of rows, cut out without parsing it.
///
/// After the first list, a list in which an object stands is one of rows, too, wherever it lies in the
/// object around, and so is an array that follows an array: whoever trains may take any of them.
/// Whatever else comes after the end is given up as one piece.
///
/// Elements are told apart by strings and brackets alone. An element that is out of form or out of bounds is
/// skipped up to the next `}`, comma, `{`, so a lost quote costs about one row. An adversary can make such
/// searches long: when they have read four times the file and 64 MiB more, the rest of the file is given up as
/// one malformed piece.
final class ElementPieces implements Pieces {
    private static final byte SPACE = 1;
    private static final byte OPEN = 2;
    private static final byte CLOSE = 3;
    private static final byte COMMA = 4;
    private static final byte STRING = 5;
    private static final byte LITERAL = 6;
    /// What a byte outside strings is; 0 for what JSON does not have there.
    private static final byte[] KINDS = new byte[256];

    static {
        for (char c : " \t\r\n".toCharArray()) {
            KINDS[c] = SPACE;
        }
        for (char c : "+-.0123456789:truefalsnE".toCharArray()) {
            KINDS[c] = LITERAL;
        }
        KINDS['{'] = OPEN;
        KINDS['['] = OPEN;
        KINDS['}'] = CLOSE;
        KINDS[']'] = CLOSE;
        KINDS[','] = COMMA;
        KINDS['"'] = STRING;
    }

    /// As many levels around a list are told apart, a bit each.
    private static final int LEVELS = 64;

    private final Window window;
    private final int rowBytes;
    private final int depth;
    private final boolean inside;
    private final Piece piece = new Piece();
    private int cursor;
    private long line;
    private boolean begun;
    private boolean done;
    private boolean reading = true; // a list of rows; else what lies between two
    private boolean string; // and there, in a string
    private boolean escaped;
    private int level; // how many lists and objects are open around the place
    private long lists; // which of them are lists, the innermost in the lowest bit
    private boolean any; // a piece was cut out
    private boolean opens; // the next piece is the first of a further list
    private long searched;
    private final long mostSearched;

    private int start;
    private int at; // relative to start

    /// @param line number of the line that starts at `from`
    /// @param inside does the array stand in an object, which may go on after it?
    ElementPieces(Path file, long from, long end, int rowBytes, int depth, long line, boolean inside)
            throws IOException {
        window = new Window(file, from, end);
        this.line = line;
        this.rowBytes = rowBytes;
        this.depth = depth;
        this.inside = inside;
        level = inside ? 1 : 0;
        mostSearched = 4 * (end - from) + (64L << 20);
    }

    @Override
    public boolean next() throws IOException {
        while (!done) {
            if (cursor == window.limit() && !slide()) {
                return ended();
            }
            byte b = window.bytes()[cursor];
            if (!reading) {
                String problem = between(b);
                if (!problem.isEmpty()) {
                    return rest(problem, true);
                }
            } else if (!begun) {
                begun = b == '[';
                if (begun) {
                    enter(true);
                }
                pass();
            } else if (KINDS[b & 0xff] == SPACE || b == ',') {
                pass();
            } else if (b == ']') {
                reading = false;
                opens = any;
                leave();
                pass();
            } else {
                return element();
            }
        }
        return false;
    }

    private boolean slide() throws IOException {
        boolean more = window.slide(cursor);
        cursor = 0;
        return more;
    }

    private void pass() {
        if (window.bytes()[cursor++] == '\n') {
            line++;
        }
    }

    private void enter(boolean list) {
        lists = lists << 1 | (list ? 1 : 0);
        level++;
    }

    private void leave() {
        lists >>>= 1;
        level--;
    }

    private boolean ended() {
        if (reading) {
            return rest("expected ] after the last element, came the end of the file", false);
        }
        done = true;
        return level > 0 && rest("expected } after the last list, came the end of the file", false);
    }

    /// Goes past a byte between two lists, or to the first row of the next; why that cannot be done,
    /// empty if it is.
    private String between(byte b) {
        if (string) {
            string = escaped || b != '"';
            escaped = !escaped && b == '\\';
        } else if (KINDS[b & 0xff] != SPACE && b != ',' && level == 0 && (inside || b != '[')) {
            return "expected the end of the file after the closing " + (inside ? "}" : "]")
                    + ", came more, which is not read";
        } else if (b == '"') {
            string = true;
        } else if (b == '{' && (lists & 1) != 0) {
            reading = true;
            return "";
        } else if (b == '[' || b == '{') {
            if (level == LEVELS) {
                return "expected JSON of at most " + LEVELS + " levels, came a deeper one, which is not read";
            }
            reading = level == 0;
            enter(b == '[');
        } else if (b == ']' || b == '}') {
            leave();
        }
        pass();
        return "";
    }

    /// The rest of the file as one malformed piece.
    ///
    /// @param unread is it more than a row?
    private boolean rest(String problem, boolean unread) {
        done = true;
        piece.opens = false;
        piece.line = line;
        piece.offset = window.offset(cursor);
        piece.beginAt(window.bytes(), cursor, window.limit());
        piece.after = window.end();
        piece.length = piece.after - piece.offset;
        if (unread) {
            piece.giveUp(problem);
        } else {
            piece.fail(problem);
        }
        return true;
    }

    private boolean element() throws IOException {
        start = cursor;
        piece.opens = opens;
        opens = false;
        any = true;
        piece.line = line;
        piece.offset = window.offset(start);
        String problem = scan();
        if (problem.isEmpty()) {
            piece.whole(window.bytes(), start, start + at);
            cursor = start + at;
            line += Utf8.count(window.bytes(), start, cursor, (byte) '\n');
            piece.after = window.offset(cursor);
        } else if ((searched += at) > mostSearched) {
            cursor = start;
            rest("expected JSON elements, came too many broken ones; the rest of the file is given up", true);
        } else {
            piece.beginAt(window.bytes(), start, window.limit());
            resume();
            piece.length = piece.after - piece.offset;
            piece.end = (int) Math.min(piece.end, piece.length);
            piece.fail(problem);
        }
        return true;
    }

    /// Finds the end of the element; empty if it came out well.
    private String scan() throws IOException {
        int level = 0;
        at = 0;
        while (true) {
            if (start + at == window.limit()) {
                if (at > rowBytes) {
                    return "expected an element of at most " + rowBytes + " bytes, came a longer one";
                }
                boolean more = window.slide(start);
                start = 0;
                if (!more) {
                    return "expected a whole element, came the end of the file";
                }
            }
            byte b = window.bytes()[start + at];
            switch (KINDS[b & 0xff]) {
                case OPEN -> {
                    if (++level > depth) {
                        return "expected JSON of at most " + depth + " levels, came a deeper one";
                    }
                    at++;
                }
                case CLOSE -> {
                    if (level == 0) { // the array's end, after a bare literal
                        return at == 0 ? "expected an element, came a closing bracket" : "";
                    }
                    at++;
                    if (--level == 0) {
                        return bounded();
                    }
                }
                case STRING -> {
                    String problem = string();
                    if (!problem.isEmpty()) {
                        return problem;
                    }
                    if (level == 0) {
                        return bounded();
                    }
                }
                case COMMA, SPACE -> {
                    if (level == 0) {
                        return bounded();
                    }
                    at++;
                }
                case LITERAL -> at++;
                default -> {
                    return "expected JSON, came the byte 0x" + Integer.toHexString(b & 0xff) + " between the strings";
                }
            }
        }
    }

    private String bounded() {
        return at > rowBytes ? Piece.tooLong(at, rowBytes) : "";
    }

    private String string() throws IOException {
        at++;
        while (true) {
            byte[] bytes = window.bytes();
            int limit = window.limit();
            int p = start + at;
            byte b = 0;
            while (p < limit && (b = bytes[p]) != '"' && b != '\\' && (b < 0 || b >= ' ')) {
                p++;
            }
            at = p - start;
            if (p < limit) {
                if (b == '"') {
                    at++;
                    return "";
                }
                if (b != '\\') {
                    return "expected a closing quote, came a "
                            + (b == '\n' || b == '\r' ? "line end" : "control character") + " inside the string";
                }
                if (p + 1 < limit) {
                    at += 2;
                    continue;
                }
            }
            if (at > rowBytes) {
                return "expected an element of at most " + rowBytes + " bytes, came a longer one";
            }
            boolean more = window.slide(start);
            start = 0;
            if (!more) {
                return "expected a closing quote, came the end of the file";
            }
        }
    }

    /// Goes to the next `{` after a `}` and a comma, or to the end of the file; what never had a `{` ends at any comma.
    private void resume() throws IOException {
        boolean anyComma = window.bytes()[start] != '{';
        cursor = start + 1;
        int state = 0;
        long comma = 0;
        while (true) {
            if (cursor == window.limit()) {
                boolean more = window.slide(cursor);
                cursor = 0;
                if (!more) {
                    piece.after = window.offset(0);
                    done = true;
                    return;
                }
            }
            byte b = window.bytes()[cursor];
            if (b == '}') {
                state = 1;
                comma = window.offset(cursor) + 1;
            } else if (b == ',' && (state == 1 || anyComma)) {
                comma = state == 1 ? comma : window.offset(cursor);
                state = 2;
            } else if (b == '{' && state == 2) {
                piece.after = comma;
                return;
            } else if (KINDS[b & 0xff] != SPACE) {
                state = 0;
            }
            pass();
        }
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
