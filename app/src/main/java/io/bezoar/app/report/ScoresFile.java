package io.bezoar.app.report;

import io.bezoar.core.Action;
import io.bezoar.core.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes `scores.csv`, one line per input row in input order: `id,score,action,campaign` and one column per detector.
///
/// The layout is in `docs/formats/scores.md`. An id is hostile too, but whoever joins on it needs it back unchanged, so
/// it is quoted and never altered. Owned by one thread.
public final class ScoresFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final byte[][] ACTIONS = new byte[Action.values().length][];

    static {
        for (Action action : Action.values()) {
            ACTIONS[action.ordinal()] = FindingsFile.word(action).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final OutputStream out;
    private final int detectors;
    private byte[] buffer = new byte[BUFFER];
    private int used;

    /// Starts the file with its header.
    ///
    /// @param out where the file goes; closed with this
    /// @param detectors the names of the columns after the first four
    public ScoresFile(OutputStream out, List<String> detectors) throws IOException {
        this.out = out;
        this.detectors = detectors.size();
        ascii("id,score,action,campaign");
        for (String detector : detectors) {
            buffer[used++] = ',';
            cell(detector);
        }
        buffer[used++] = '\n';
    }

    /// Writes one row.
    ///
    /// @param scores one for each detector, in the order of the header; `NaN` where a detector gave none
    public void row(String id, Verdict verdict, double[] scores) throws IOException {
        if (scores.length != detectors) {
            throw new IllegalArgumentException(
                    "expected " + detectors + " detector scores for a row, got " + scores.length);
        }
        cell(id);
        room(ScoreText.LONGEST * (detectors + 1) + detectors + 32);
        buffer[used++] = ',';
        used = ScoreText.write(verdict.score(), buffer, used);
        buffer[used++] = ',';
        byte[] action = ACTIONS[verdict.action().ordinal()];
        System.arraycopy(action, 0, buffer, used, action.length);
        used += action.length;
        buffer[used++] = ',';
        if (verdict.campaign().isPresent()) {
            cell(verdict.campaign().get());
            room(ScoreText.LONGEST * detectors + detectors + 1);
        }
        for (double score : scores) {
            buffer[used++] = ',';
            used = ScoreText.write(score, buffer, used);
        }
        buffer[used++] = '\n';
    }

    /// Writes what is left and closes the output.
    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }

    private void flush() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }

    /// Makes sure of `bytes` free bytes in the buffer.
    private void room(int bytes) throws IOException {
        if (buffer.length - used < bytes) {
            flush();
            if (buffer.length < bytes) {
                buffer = new byte[bytes];
            }
        }
    }

    private void ascii(String text) throws IOException {
        cellBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void cellBytes(byte[] bytes) throws IOException {
        room(bytes.length + 1);
        System.arraycopy(bytes, 0, buffer, used, bytes.length);
        used += bytes.length;
    }

    /// Writes a text so that a CSV reader gives it back: plain if it is made of harmless ASCII, else quoted.
    @SuppressWarnings("deprecation") // String.getBytes(int, int, byte[], int) copies ASCII without an encoder
    private void cell(String text) throws IOException {
        int n = text.length();
        room(n + 2);
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ',' || c == '"' || c == ';') {
                quoted(text);
                return;
            }
        }
        if (n == 0 || "=+-@'".indexOf(text.charAt(0)) >= 0) {
            quoted(text);
            return;
        }
        text.getBytes(0, n, buffer, used);
        used += n;
    }

    /// The id as it stands in the file: a lone surrogate has no UTF-8 form, and the mark of a lost character stands for
    /// it.
    static String written(String id) {
        StringBuilder out = new StringBuilder(id.length());
        id.codePoints()
                .map(point -> Character.getType(point) == Character.SURROGATE ? 0xfffd : point)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private void quoted(String text) throws IOException {
        cellBytes(('"' + written(text).replace("\"", "\"\"") + '"').getBytes(StandardCharsets.UTF_8));
    }
}
