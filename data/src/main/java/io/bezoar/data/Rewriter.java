package io.bezoar.data;

import io.bezoar.core.Example;
import io.bezoar.core.Position;
import io.bezoar.data.Sniffer.Sniffed;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Writes a data set anew with some rows changed, added or left out. Format, compression, the other
/// columns of a changed row, all other rows and whatever stands between rows keep every byte. Of
/// Parquet, and of a folder of texts, JSON lines are written; of UTF-16 and Windows-1252, UTF-8: a row
/// may get characters that its file could not say.
public final class Rewriter {
    private final DataSet data;

    /// @param data open; it stays open
    public Rewriter(DataSet data) {
        this.data = data;
    }

    /// The rows that can be changed, in the order of the data, each with the one text that somebody would
    /// edit as its input: the instruction without its further input, the last turn of a conversation.
    public List<Example> rows() throws IOException {
        List<Example> rows = new ArrayList<>();
        for (int file = 0; file < data.opened().bodies().size(); file++) {
            walk(file, new Visitor() {
                @Override
                public void row(Piece piece, Editable row) {
                    rows.add(row.example());
                }

                @Override
                public void other(Piece piece) {}
            });
        }
        return rows;
    }

    /// What becomes of a row, and what is added behind it.
    ///
    /// @param kept whether the row stays
    /// @param now what it is now: itself, or edited
    /// @param added rows made from rows of the same file, written like them
    public record Edit(boolean kept, Example now, List<Addition> added) {
        public Edit {
            added = List.copyOf(added);
        }
    }

    /// A new row.
    ///
    /// @param like where the row lies that it is written like
    /// @param example what it says; its id, if the data have one, is its own
    public record Addition(Position like, Example example) {}

    /// Writes every file of the data into a folder that is there.
    ///
    /// @param edits asked for every row that [#rows] has; its example or the same
    /// @param what goes into the names: `train.jsonl` becomes `train.what.jsonl`
    /// @return the files, in order
    public List<Path> write(Function<Example, Edit> edits, String what, Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        OutputNames names = new OutputNames();
        for (int file = 0; file < data.opened().bodies().size(); file++) {
            Body body = data.opened().bodies().get(file);
            if (data.opened().sniffed().get(file) == null) {
                continue;
            }
            OutputNames.Name name = names.of(body);
            Path path = folder.resolve(
                    body.packing().laidAsLines() ? name.stem() + "." + what + ".jsonl" : name.with(what));
            try (Copy copy = new Copy(
                    body, path, data.opened().sniffed().get(file), data.opened().ends()[file])) {
                int number = file;
                walk(file, new Visitor() {
                    @Override
                    public void other(Piece piece) throws IOException {
                        copy.keep(piece);
                    }

                    @Override
                    public void row(Piece piece, Editable row) throws IOException {
                        Edit edit = edits.apply(row.example());
                        if (edit.kept()) {
                            copy.row(piece, row.written(raw(piece), edit.now()));
                        } else {
                            copy.drop(piece);
                        }
                        for (Addition addition : edit.added()) {
                            copy.add(made(number, addition));
                        }
                    }
                });
                copy.finish();
            }
            written.add(path);
        }
        return written;
    }

    /// The bytes of a new row.
    private byte[] made(int file, Addition addition) throws IOException {
        Position like = addition.like();
        Sniffed how = data.opened().sniffed().get(file);
        if (how == null || like.file() != file) {
            throw new IllegalArgumentException("a row is added to the file that holds the row it is like");
        }
        Body body = data.opened().bodies().get(file);
        ReadSettings settings = data.opened().settings();
        long end = like.offset() + like.length();
        boolean elements = how.container() instanceof Container.Elements;
        try (Pieces pieces = elements
                ? new LinePieces(body.path(), like.offset(), end, like.line(), settings.rowBytes())
                : how.container()
                        .pieces(body.path(), like.offset(), end, data.opened().ends()[file], like.line(), settings)) {
            Layout layout = data.opened().layouts().get(file);
            Container one = elements ? new Container.Lines() : how.container();
            RowParser parser = RowParser.of(one, pieces, layout, settings);
            if (elements) {
                Piece piece = new Piece();
                byte[] raw = read(body, like.offset(), end);
                piece.whole(raw, 0, raw.length);
                piece.line = like.line();
                piece.offset = like.offset();
                return edited(file, piece, parser, new RowCells(layout, one, pieces, settings), addition);
            }
            if (!pieces.next()) {
                throw new EOFException("\"" + body.name() + "\" ends early; did it change?");
            }
            return edited(file, pieces.piece(), parser, new RowCells(layout, one, pieces, settings), addition);
        }
    }

    private byte[] edited(int file, Piece piece, RowParser parser, RowCells cells, Addition addition)
            throws IOException {
        try {
            return Editable.of(data.opened().layouts().get(file), parser.parse(file, piece), cells.of(piece))
                    .orElseThrow(() -> new EOFException("the data changed while they were read"))
                    .written(raw(piece), addition.example());
        } catch (BadRow e) {
            throw new IOException("the data changed while they were read", e);
        }
    }

    private static byte[] read(Body body, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
        try (FileChannel input = FileChannel.open(body.path(), StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (input.read(bytes, from + bytes.position()) <= 0) {
                    throw new EOFException("\"" + body.name() + "\" ends early; did it change?");
                }
            }
        }
        return bytes.array();
    }

    private static byte[] raw(Piece piece) {
        return Arrays.copyOfRange(piece.bytes, piece.start, piece.end);
    }

    /// Is shown every piece of a file, in order.
    private interface Visitor {
        /// A row that can be changed.
        void row(Piece piece, Editable row) throws IOException;

        /// Anything else.
        void other(Piece piece) throws IOException;
    }

    private void walk(int file, Visitor visitor) throws IOException {
        Sniffed how = data.opened().sniffed().get(file);
        if (how == null) {
            return;
        }
        RowPart whole = data.opened().whole(file);
        Layout layout = data.opened().layouts().get(file);
        try (Pieces pieces = whole.pieces()) {
            RowParser parser = whole.parser(pieces);
            RowCells cells =
                    new RowCells(layout, how.container(), pieces, data.opened().settings());
            while (pieces.next()) {
                Piece piece = pieces.piece();
                Editable row = null;
                if (piece.problem == null) {
                    try {
                        Example example = parser.parse(file, piece);
                        row = Editable.of(layout, example, cells.of(piece)).orElse(null);
                    } catch (BadRow _) {
                        row = null; // malformed rows stay as they are
                    }
                }
                if (row == null) {
                    visitor.other(piece);
                } else {
                    visitor.row(piece, row);
                }
            }
        }
    }

    /// One file being written: the input, byte for byte, but where a row is changed, dropped or added.
    private static final class Copy implements AutoCloseable {
        private final FileChannel input;
        private final OutputStream out;
        private final boolean elements;
        private final Body body;
        private final long end;
        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        private long at; // what is before is written or left out
        private boolean any; // a row was written
        private boolean pending; // of an array, a row was left out and its comma is still to be seen to
        private boolean open; // the last line written has no end yet

        Copy(Body body, Path path, Sniffed how, long end) throws IOException {
            this.body = body;
            this.end = end;
            elements = how.container() instanceof Container.Elements;
            input = FileChannel.open(body.path(), StandardOpenOption.READ);
            out = body.packing().pack(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW));
        }

        void keep(Piece piece) throws IOException {
            lead(piece);
            long to = elements ? piece.offset + piece.length : Math.max(piece.offset + piece.length, piece.after);
            copy(to);
            wrote(to);
        }

        void row(Piece piece, byte[] bytes) throws IOException {
            lead(piece);
            copy(piece.offset);
            out.write(bytes);
            at = piece.offset + piece.length;
            if (!elements) {
                copy(piece.after);
            }
            wrote(piece.after);
        }

        void drop(Piece piece) throws IOException {
            if (elements) {
                list(piece);
                if (!any) {
                    copy(Math.min(at, piece.offset));
                    if (!pending) {
                        copy(piece.offset);
                    }
                }
                at = piece.offset + piece.length;
                pending = true;
            } else {
                copy(piece.offset);
                at = piece.after;
            }
        }

        /// What stands before a row: of an array whose rows before it were left out, no comma for them.
        private void lead(Piece piece) throws IOException {
            list(piece);
            if (elements && pending) {
                at = piece.offset;
                pending = false;
                if (any) {
                    out.write(",\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }

        /// What parts a list from the one before stays, whatever was left out.
        private void list(Piece piece) throws IOException {
            if (piece.opens) {
                copy(piece.offset);
                any = false;
                pending = false;
            }
        }

        private void wrote(long after) throws IOException {
            any = true;
            open = !elements && (after == 0 || last(after) != '\n');
        }

        void add(byte[] bytes) throws IOException {
            if (elements) {
                if (any) {
                    out.write(",\n".getBytes(StandardCharsets.US_ASCII));
                }
                out.write(bytes);
                any = true;
                return;
            }
            if (open) {
                out.write('\n');
                open = false;
            }
            out.write(bytes);
            out.write('\n');
            any = true;
        }

        void finish() throws IOException {
            copy(Math.max(end, body.size()));
        }

        private byte last(long to) throws IOException {
            ByteBuffer one = ByteBuffer.allocate(1);
            return input.read(one, to - 1) == 1 ? one.get(0) : 0;
        }

        private void copy(long to) throws IOException {
            while (at < to) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
                int count = input.read(buffer, at);
                if (count <= 0) {
                    throw new EOFException("\"" + body.name() + "\" ends early; did it change?");
                }
                out.write(buffer.array(), 0, count);
                at += count;
            }
        }

        @Override
        public void close() throws IOException {
            try (input) {
                out.close();
            }
        }
    }
}
