package io.bezoar.data;

import org.jspecify.annotations.Nullable;

/// A stretch of a file that should be a row. Overwritten by the next one; owned by one thread.
final class Piece {
    private static final int QUOTED = 512;

    /// Holds the piece in `[start, end)`, or the beginning of it if it has a problem.
    byte[] bytes = {};

    int start;
    int end;
    /// Line of the first byte, from 1.
    long line;
    /// Where in the file the first byte lies.
    long offset;
    /// How many bytes the piece has, even if they are not all in memory.
    long length;
    /// One past the last byte of the piece and, where lines part the pieces, of its line end.
    long after;
    /// Is it the first piece of a list, and not of the first one? What is before it parts the lists.
    boolean opens;
    /// What was expected and what came, if the piece cannot be a row.
    @Nullable
    String problem;
    /// Is it all that follows, whatever there is? Then it counts as data that was not read.
    boolean unread;

    /// Keeps the beginning, for a piece whose bytes leave the memory.
    void beginAt(byte[] from, int at, int limit) {
        bytes = java.util.Arrays.copyOfRange(from, at, Math.min(limit, at + QUOTED));
        start = 0;
        end = bytes.length;
    }

    void whole(byte[] in, int from, int to) {
        bytes = in;
        start = from;
        end = to;
        length = (long) to - from;
        problem = null;
        unread = false;
    }

    void fail(String why) {
        problem = why;
        unread = false;
    }

    /// Fails all that follows.
    void giveUp(String why) {
        problem = why;
        unread = true;
    }

    static String tooLong(long length, int bound) {
        return "expected a row of at most " + bound + " bytes, came one of " + length;
    }

    static boolean blank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
