package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The rows that start in a stretch of a file.
///
/// Carried to another process it reads the same rows, if the path leads to the same bytes there, but what is
/// malformed is then told to nobody.
final class RowPart implements Part<Example> {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final int file;
    private final String name;
    private final String path;
    private final Encoding encoding;
    private final Container container;
    private final Layout layout;
    private final ReadSettings settings;
    private final long from;
    private final long to;
    private final long end;
    private final long line;
    private transient @Nullable Problems problems;
    private transient @Nullable Supplier<? extends OriginLookup> origins;

    /// @param number index of the part
    /// @param file index of the file
    /// @param end one past the last byte of data in the file
    /// @param line number of the line that starts at `from`
    RowPart(
            int number,
            int file,
            Body body,
            Container container,
            Layout layout,
            ReadSettings settings,
            long from,
            long to,
            long end,
            long line) {
        this.number = number;
        this.file = file;
        this.name = body.name();
        this.path = body.path().toString();
        this.encoding = body.packing() == Packing.FOLDER ? Encoding.UTF8 : body.encoding();
        this.container = container;
        this.layout = layout;
        this.settings = settings;
        this.from = from;
        this.to = to;
        this.end = end;
        this.line = line;
    }

    /// Where malformed pieces are told; set once, before the part is opened.
    void problems(Problems where) {
        problems = where;
    }

    /// Who knows where rows came from; set once, before the part is opened.
    void origins(Supplier<? extends OriginLookup> lookups) {
        origins = lookups;
    }

    int file() {
        return file;
    }

    boolean holds(int number, long offset) {
        return file == number && from <= offset && offset < to;
    }

    /// The row that begins there; empty if there is none. Nothing is told of what is no row.
    Optional<Example> row(long offset) {
        try (Pieces pieces = pieces()) {
            RowParser parser = parser(pieces);
            while (pieces.next()) {
                Piece piece = pieces.piece();
                if (piece.offset == offset) {
                    return piece.problem == null ? Optional.of(parser.parse(file, piece)) : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        } catch (BadRow _) {
            return Optional.empty();
        }
    }

    Pieces pieces() throws IOException {
        return container.pieces(Path.of(path), from, to, end, line, settings);
    }

    RowParser parser(Pieces pieces) {
        return RowParser.of(container, pieces, layout, settings);
    }

    @Override
    public Stream<Example> open() {
        try {
            Pieces pieces = pieces();
            Supplier<? extends OriginLookup> lookups = origins;
            OriginLookup lookup = lookups == null ? OriginLookup.NONE : lookups.get();
            Rows rows = new Rows(pieces, parser(pieces), lookup);
            return StreamSupport.stream(rows, false).onClose(rows::close);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private BadInput unreadable(IOException e) {
        return new BadInput(
                "expected to read \"" + name + "\" to its end, but it cannot be read: " + BadInput.why(e), e);
    }

    /// Reads rows one by one; owned by one thread.
    private final class Rows implements Spliterator<Example> {
        private final Pieces pieces;
        private final RowParser parser;
        private final OriginLookup lookup;
        private final Problems.Found found = new Problems.Found(name);

        Rows(Pieces pieces, RowParser parser, OriginLookup lookup) {
            this.pieces = pieces;
            this.parser = parser;
            this.lookup = lookup;
        }

        @Override
        public boolean tryAdvance(Consumer<? super Example> action) {
            Example next = next();
            if (next == null) {
                return false;
            }
            action.accept(next);
            return true;
        }

        @Override
        public void forEachRemaining(Consumer<? super Example> action) {
            for (Example next = next(); next != null; next = next()) {
                action.accept(next);
            }
        }

        private @Nullable Example next() {
            try {
                while (pieces.next()) {
                    Piece piece = pieces.piece();
                    String problem = piece.problem;
                    if (problem == null) {
                        try {
                            Example example = parser.parse(file, piece);
                            if (parser.rejected()) {
                                found.add(Problems.Kind.REJECTED, piece.line, "", "");
                            }
                            return example.from(origin(piece, example));
                        } catch (BadRow e) {
                            problem = String.valueOf(e.getMessage());
                        }
                    }
                    if (piece.unread) {
                        found.unread(piece.line, problem);
                    } else {
                        found.row(piece.line, problem, Utf8.quote(piece.bytes, piece.start, piece.end));
                    }
                }
            } catch (IOException e) {
                throw unreadable(e);
            }
            parser.late().forEach((column, line) -> found.add(Problems.Kind.COLUMN, line, "", column));
            Problems where = problems;
            if (where != null) {
                where.read(number, found);
            }
            return null;
        }

        /// Where a row came from, asked with its bytes in the file.
        private Origin origin(Piece piece, Example example) throws IOException {
            if (encoding != Encoding.WINDOWS_1252 || lookup.equals(OriginLookup.NONE)) {
                return lookup.of(piece.bytes, piece.start, piece.end, example.origin());
            }
            byte[] stored = Windows1252.encode(piece.bytes, piece.start, piece.end);
            return lookup.of(stored, 0, stored.length, example.origin());
        }

        void close() {
            try {
                pieces.close();
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public @Nullable Spliterator<Example> trySplit() {
            return null;
        }

        @Override
        public long estimateSize() {
            return Long.MAX_VALUE;
        }

        @Override
        public int characteristics() {
            return ORDERED | NONNULL | IMMUTABLE;
        }
    }
}
