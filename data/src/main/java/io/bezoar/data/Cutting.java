package io.bezoar.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Cuts files into parts at the borders of rows. The cuts depend on the bytes alone.
final class Cutting {
    /// A part of a small set: enough parts for a few threads, none too small to be worth one.
    private static final long SMALL = 1L << 18;
    /// A part of a large set: few enough parts that joining their summaries costs little.
    private static final long LARGE = 4L << 20;

    private static final int MOST_PARTS = 64;
    private static final int BLOCK = 1 << 18;

    /// A stretch of a file that begins with a row.
    ///
    /// @param line number of the line at `from`
    record Stretch(long from, long to, long line) {}

    private Cutting() {}

    /// About how many bytes a part has.
    static long partBytes(long allBytes, ReadSettings settings) {
        if (settings.partBytes() > 0) {
            return settings.partBytes();
        }
        long parts = Math.clamp(allBytes / LARGE, Math.clamp(allBytes / SMALL, 1, 16), MOST_PARTS);
        return Math.max(1, (allBytes + parts - 1) / parts);
    }

    /// The stretches of a file whose rows lie in `[sniffed.from, end)`; at least one.
    static List<Stretch> stretches(Body body, Sniffer.Sniffed sniffed, long end, long partBytes, ReadSettings settings)
            throws IOException {
        long from = sniffed.from();
        long bytes = end - from;
        int count = (int) Math.clamp((bytes + partBytes / 2) / partBytes, 1, 1 << 16);
        if (count == 1) {
            return List.of(new Stretch(from, end, sniffed.line()));
        }
        return switch (sniffed.container()) {
            case Container.Elements(boolean _) -> List.of(new Stretch(from, end, sniffed.line()));
            case Container.Lines(), Container.Tagged(TaggedRow.Place _) ->
                lines(body, from, end, sniffed.line(), count);
            case Container.Records(Dialect dialect) ->
                dialect.quoted()
                        ? records(body, dialect, from, end, sniffed.line(), count, settings)
                        : lines(body, from, end, sniffed.line(), count);
        };
    }

    private static List<Stretch> lines(Body body, long from, long end, long line, int count) throws IOException {
        List<Long> borders = new ArrayList<>(List.of(from));
        for (int i = 1; i < count; i++) {
            long wanted = border(from, end, i, count);
            if (wanted <= borders.getLast()) {
                continue;
            }
            try (Window window = new Window(body.path(), wanted - 1, end)) {
                long start = window.offset(window.skipLine(0));
                if (start >= end) {
                    break;
                }
                if (start > borders.getLast()) {
                    borders.add(start);
                }
            }
        }
        borders.add(end);
        long[] newlines = IntStream.range(0, borders.size() - 1)
                .parallel()
                .mapToLong(i -> newlines(body, borders.get(i), borders.get(i + 1)))
                .toArray();
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i + 1 < borders.size(); i++) {
            stretches.add(new Stretch(borders.get(i), borders.get(i + 1), line));
            line += newlines[i];
        }
        return stretches;
    }

    private static List<Stretch> records(
            Body body, Dialect dialect, long from, long end, long line, int count, ReadSettings settings)
            throws IOException {
        List<Stretch> stretches = new ArrayList<>();
        long start = from;
        long startLine = line;
        int next = 1;
        try (RecordPieces pieces = new RecordPieces(body.path(), from, end, end, line, dialect, settings.rowBytes())) {
            while (next < count && pieces.next()) {
                Piece piece = pieces.piece();
                if (piece.offset >= border(from, end, next, count)) {
                    if (piece.offset > start) {
                        stretches.add(new Stretch(start, piece.offset, startLine));
                        start = piece.offset;
                        startLine = piece.line;
                    }
                    while (next < count && piece.offset >= border(from, end, next, count)) {
                        next++;
                    }
                }
            }
        }
        stretches.add(new Stretch(start, end, startLine));
        return stretches;
    }

    private static long border(long from, long end, int index, int count) {
        long bytes = end - from;
        return from + bytes / count * index + bytes % count * index / count;
    }

    /// How many line ends there are in `[from, to)` of a body.
    static long newlines(Body body, long from, long to) {
        try (Window window = new Window(body.path(), from, to)) {
            long count = 0;
            while (window.slide(window.limit())) {
                count += Utf8.count(window.bytes(), 0, window.limit(), (byte) '\n');
            }
            return count;
        } catch (IOException e) {
            throw new BadInput(
                    "expected to read \"" + body.name() + "\" to its end, but it cannot be read: " + BadInput.why(e),
                    e);
        }
    }

    /// One past the last line end in `[from, size)`; `from` if there is none.
    static long lastLine(Body body) throws IOException {
        long to = body.size();
        while (to > body.from()) {
            long from = Math.max(body.from(), to - BLOCK);
            try (Window window = new Window(body.path(), from, to)) {
                while (window.offset(window.limit()) < to && window.slide(0)) {
                    continue;
                }
                for (int i = window.limit() - 1; i >= 0; i--) {
                    if (window.bytes()[i] == '\n') {
                        return window.offset(i) + 1;
                    }
                }
            }
            to = from;
        }
        return body.from();
    }
}
