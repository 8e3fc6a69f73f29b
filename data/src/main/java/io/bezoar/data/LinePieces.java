package io.bezoar.data;

import java.io.IOException;
import java.nio.file.Path;

/// One piece a line; lines of white space alone are no pieces.
final class LinePieces implements Pieces {
    private final Window window;
    private final int rowBytes;
    private final Piece piece = new Piece();
    private int cursor;
    private long nextLine;

    /// @param from first byte of a line
    /// @param to one past the last byte
    /// @param line number of the first line
    LinePieces(Path file, long from, long to, long line, int rowBytes) throws IOException {
        window = new Window(file, from, to);
        nextLine = line;
        this.rowBytes = rowBytes;
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            int start = cursor;
            piece.offset = window.offset(start);
            piece.line = nextLine++;
            int scanned = start;
            int newline;
            while ((newline = Utf8.find(window.bytes(), scanned, window.limit(), (byte) '\n')) < 0) {
                if (window.limit() - start > rowBytes + 1) {
                    skipLong(start);
                    return true;
                }
                scanned = window.limit() - start;
                boolean more = window.slide(start);
                start = 0;
                if (!more) {
                    newline = window.limit();
                    break;
                }
            }
            int stop = newline > start && window.bytes()[newline - 1] == '\r' ? newline - 1 : newline;
            cursor = Math.min(newline + 1, window.limit());
            piece.whole(window.bytes(), start, stop);
            piece.after = window.offset(cursor);
            if (piece.length > rowBytes) {
                piece.fail(Piece.tooLong(piece.length, rowBytes));
                return true;
            }
            if (!Piece.blank(window.bytes(), start, stop)) {
                return true;
            }
            if (piece.after == piece.offset) {
                return false;
            }
        }
    }

    private void skipLong(int start) throws IOException {
        piece.beginAt(window.bytes(), start, window.limit());
        cursor = window.skipLine(start);
        piece.after = window.offset(cursor);
        piece.length = window.offset(window.lineStop()) - piece.offset;
        piece.fail(Piece.tooLong(piece.length, rowBytes));
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
