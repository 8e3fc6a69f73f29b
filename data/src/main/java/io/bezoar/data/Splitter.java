package io.bezoar.data;

import io.bezoar.core.Action;
import io.bezoar.core.LocalEngine;
import io.bezoar.data.Sniffer.Sniffed;
import io.bezoar.data.parquet.BrokenParquet;
import io.bezoar.data.parquet.ParquetFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes what of a data set is kept and what is set aside, file by file, next to each other in one folder.
///
/// Of `train.jsonl.gz` come `train.clean.jsonl.gz`, `train.quarantine.jsonl.gz` and, if there is
/// anything to write to them, `train.review.jsonl.gz` and `train.malformed.jsonl.gz`. Container and
/// compression stay, and so does every byte of every row, of Parquet every value: JSON lines with their
/// line ends, array elements as they are written, CSV records under the file's own header. Of a folder
/// of texts `train` comes the folder `train.clean` and so on, with copies of its files in folders of
/// the same names. If everything is kept, the clean file's unpacked bytes are the input's. What was
/// written in UTF-16 is written in UTF-8; Windows-1252 stays. Files appear under their names only when
/// all of them are complete.
public final class Splitter {

    /// What became of the pieces of a data set; the four numbers add up to all pieces that were read.
    ///
    /// @param sets what may have been written, input by input in their order
    public record Split(long kept, long review, long quarantined, long malformed, List<Made> sets) {
        public Split {
            sets = List.copyOf(sets);
        }

        /// The sets that there was something to write to.
        public List<Made> written() {
            return sets.stream().filter(made -> made.file().isPresent()).toList();
        }

        /// Rows read.
        public long rows() {
            return kept + review + quarantined;
        }
    }

    /// One set of an input's rows.
    ///
    /// @param input the file they are of, as the data name it
    /// @param set clean, review, quarantine or malformed
    /// @param name of the file, without a folder
    /// @param file where it was written, aside until all sets are complete; empty if there was nothing to write
    public record Made(String input, String set, String name, Optional<Path> file) {}

    /// A set that is being written.
    private record Written(String input, String set, String name, SetFile file) {
        Made made(Optional<Path> where) {
            return new Made(input, set, name, where);
        }
    }

    private static final String ASIDE = ".bezoar-apply-";

    private final DataSet data;
    private final RowIds ids;
    private final Function<String, Action> decision;
    private final Consumer<Split> check;
    private final Path folder;
    private final Path aside;
    private final Map<Action, Long> rows = new EnumMap<>(Action.class);
    private final List<Written> outputs = new ArrayList<>();
    private final OutputNames names = new OutputNames();
    private long malformed;

    private Splitter(
            DataSet data,
            RowIds ids,
            Function<String, Action> decision,
            Consumer<Split> check,
            Path folder,
            Path aside) {
        this.data = data;
        this.ids = ids;
        this.decision = decision;
        this.check = check;
        this.folder = folder;
        this.aside = aside;
        for (Action action : Action.values()) {
            rows.put(action, 0L);
        }
    }

    /// Splits the data at `paths` as `decision` says of each row's id.
    ///
    /// @param folder is made if it is not there; files of the same names in it are replaced
    /// @throws BadInput if the data cannot be read
    /// @throws UnwritableSet if the folder cannot be written
    public static Split split(
            List<String> paths, ReadSettings settings, Function<String, Action> decision, Path folder) {
        try (DataSet data = DataSet.open(paths, settings)) {
            RowIds ids = RowIds.of(new LocalEngine(1).fold(data, RowIds.fold()));
            return split(data, ids, decision, _ -> {}, folder);
        }
    }

    /// Splits an open data set whose ids are known.
    ///
    /// @param decision is asked for every row, in the order of files and rows, by one thread
    /// @param check is told what would be put into the folder before anything is; if it throws, nothing is
    public static Split split(
            DataSet data, RowIds ids, Function<String, Action> decision, Consumer<Split> check, Path folder) {
        Splitter splitter = new Splitter(data, ids, decision, check, folder, aside(folder));
        Thread hook = new Thread(splitter::discard, "bezoar-split");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return splitter.run();
        } catch (IOException e) {
            throw new UnwritableSet(folder, e);
        } finally {
            splitter.discard();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // the machine is going down and the hook has run or will
            }
        }
    }

    /// A hidden folder in the one that is made if it is not there, for what is not complete.
    private static Path aside(Path folder) {
        try {
            return Files.createTempDirectory(Files.createDirectories(folder), ASIDE);
        } catch (IOException e) {
            throw new UnwritableSet(folder, e);
        }
    }

    /// The sets cannot be written; the message is one sentence for the user.
    public static final class UnwritableSet extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnwritableSet(Path folder, IOException cause) {
            super(
                    "expected to write the data set into \"" + folder + "\", but that failed: " + reason(cause)
                            + "; no file of it was written",
                    cause);
        }

        private static String reason(IOException cause) {
            String why = cause instanceof AccessDeniedException
                    ? "it may not be written"
                    : cause instanceof FileAlreadyExistsException
                            ? "a file of that name exists"
                            : BadInput.why(cause).contains("No space left") ? "the disk is full" : BadInput.why(cause);
            return why + "; name another folder with --to";
        }
    }

    private synchronized void discard() {
        outputs.forEach(output -> output.file().discard());
        try {
            Files.deleteIfExists(aside);
        } catch (IOException _) {
            aside.toFile().deleteOnExit();
        }
    }

    private Split run() throws IOException {
        List<Body> bodies = data.opened().bodies();
        for (int file = 0; file < bodies.size(); file++) {
            Sniffed how = data.opened().sniffed().get(file);
            if (how != null) {
                split(file, bodies.get(file), how);
            }
        }
        for (Written output : outputs) {
            output.file().complete();
        }
        List<Made> sets = new ArrayList<>();
        for (Written output : outputs) {
            sets.add(output.made(output.file().written()));
        }
        check.accept(done(sets));
        return done(move());
    }

    private Split done(List<Made> sets) {
        return new Split(
                rows.getOrDefault(Action.KEEP, 0L),
                rows.getOrDefault(Action.REVIEW, 0L),
                rows.getOrDefault(Action.QUARANTINE, 0L),
                malformed,
                sets);
    }

    /// All files or, on SIGINT, none.
    private synchronized List<Made> move() throws IOException {
        List<Made> sets = new ArrayList<>();
        for (Written output : outputs) {
            sets.add(output.made(output.file().move()));
        }
        return sets;
    }

    private void split(int file, Body body, Sniffed how) throws IOException {
        if (body.packing() == Packing.PARQUET) {
            rows(file, body);
            return;
        }
        if (body.packing() == Packing.FOLDER) {
            texts(file, body);
            return;
        }
        boolean elements = how.container() instanceof Container.Elements;
        Map<Action, Output> good = new EnumMap<>(Action.class);
        OutputNames.Name name = names.of(body);
        good.put(Action.KEEP, output(body, name, "clean", how.container(), true));
        good.put(Action.REVIEW, output(body, name, "review", how.container(), false));
        good.put(Action.QUARANTINE, output(body, name, "quarantine", how.container(), true));
        Output bad = output(body, name, "malformed", new Container.Lines(), false);
        long end = data.opened().ends()[file];
        long tail = end; // of what is read
        RowPart whole = data.opened().whole(file);
        try (Pieces pieces = whole.pieces()) {
            RowParser parser = whole.parser(pieces);
            long head = how.from();
            boolean first = true;
            long before = head;
            while (pieces.next()) {
                Piece piece = pieces.piece();
                long to = elements ? piece.offset + piece.length : piece.after;
                if (first) {
                    first = false;
                    head = elements ? piece.offset : head;
                    begin(good, head);
                    before = head;
                }
                if (piece.opens) {
                    for (Output output : good.values()) {
                        output.list(before, piece.offset);
                    }
                }
                Action action = action(parser, file, piece);
                if (action == null) {
                    malformed++;
                    bad.piece(piece.offset, Math.max(to, piece.offset), false);
                    if (piece.unread) {
                        tail = piece.offset;
                        break;
                    }
                } else {
                    rows.merge(action, 1L, Long::sum);
                    Output output = good.getOrDefault(action, bad);
                    if (elements) {
                        output.element(before, piece.offset, to);
                    } else {
                        if (piece.offset > before) {
                            good.getOrDefault(Action.KEEP, bad).copy(before, piece.offset);
                        }
                        output.piece(piece.offset, to, true);
                    }
                }
                before = to;
            }
            if (first) {
                begin(good, elements ? end : head);
                before = elements ? end : head;
            }
            if (elements) {
                for (Output output : good.values()) {
                    output.end(before, tail);
                }
            } else if (before < end) {
                good.getOrDefault(Action.KEEP, bad).copy(before, end);
            }
            if (end < body.size()) { // half a line, of a file that is cut off
                malformed++;
                bad.piece(end, body.size(), false);
            }
        }
    }

    /// Splits a file of columns row by row: its rows lie as lines, in the same order.
    private void rows(int file, Body body) throws IOException {
        RowPart whole = data.opened().whole(file);
        try (ParquetFile columns = ParquetFile.open(body.stored());
                Pieces pieces = whole.pieces()) {
            OutputNames.Name name = names.of(body);
            Map<Action, RowOutput> good = new EnumMap<>(Action.class);
            good.put(Action.KEEP, rows(body, columns, name, "clean"));
            good.put(Action.REVIEW, rows(body, columns, name, "review"));
            good.put(Action.QUARANTINE, rows(body, columns, name, "quarantine"));
            RowOutput bad = rows(body, columns, name, "malformed");
            good.getOrDefault(Action.KEEP, bad).rows();
            good.getOrDefault(Action.QUARANTINE, bad).rows();
            RowParser parser = whole.parser(pieces);
            try {
                columns.copy(row -> {
                    if (!pieces.next() || pieces.piece().line != row + 1) {
                        throw new EOFException("\"" + body.name() + "\" has other rows than before; did it change?");
                    }
                    Action action = action(parser, file, pieces.piece());
                    if (action == null) {
                        malformed++;
                        return bad.rows();
                    }
                    rows.merge(action, 1L, Long::sum);
                    return good.getOrDefault(action, bad).rows();
                });
            } catch (BrokenParquet | EOFException e) {
                if (body.cut().isEmpty()) {
                    throw e; // of a damaged file, what is before the damage has been copied
                }
            }
        }
    }

    /// Splits a folder of texts file by file: its rows lie as lines, in the same order.
    private void texts(int file, Body body) throws IOException {
        ReadSettings settings = data.opened().settings();
        TextFolder texts = data.opened().texts(file);
        RowPart whole = data.opened().whole(file);
        OutputNames.Name name = names.of(body);
        Map<Action, FolderOutput> good = new EnumMap<>(Action.class);
        good.put(Action.KEEP, texts(body, name, "clean", true));
        good.put(Action.REVIEW, texts(body, name, "review", false));
        good.put(Action.QUARANTINE, texts(body, name, "quarantine", true));
        FolderOutput bad = texts(body, name, "malformed", false);
        try (Pieces pieces = whole.pieces()) {
            RowParser parser = whole.parser(pieces);
            texts.each(
                    (text, id, label) -> {
                        TextFile read;
                        try {
                            read = TextFile.read(text, settings.rowBytes());
                        } catch (IOException _) {
                            return; // told when the data were opened, unless a row is missing now
                        }
                        byte[] row;
                        try {
                            row = read.row(text.toString(), id, label, body.encoding(), settings.rowBytes());
                        } catch (BadRow _) {
                            malformed++;
                            bad.copy(id, text);
                            return;
                        }
                        boolean more = pieces.next();
                        if (!more && !body.cut().isEmpty()) {
                            return;
                        }
                        if (!more || !same(pieces.piece(), row)) {
                            throw changed(text.toString());
                        }
                        Action action = action(parser, file, pieces.piece());
                        if (action == null) {
                            throw changed(text.toString());
                        }
                        rows.merge(action, 1L, Long::sum);
                        good.getOrDefault(action, bad).file(id, read.bytes());
                    },
                    new Problems.Found(body.name()));
            if (pieces.next()) {
                throw changed(body.name());
            }
        }
    }

    private static boolean same(Piece piece, byte[] row) {
        return Arrays.equals(piece.bytes, piece.start, piece.end, row, 0, row.length);
    }

    private static EOFException changed(String name) {
        return new EOFException("\"" + name + "\" is not as it was scanned; did it change?");
    }

    private FolderOutput texts(Body body, OutputNames.Name name, String what, boolean always) throws IOException {
        FolderOutput output = new FolderOutput(aside.resolve(name.with(what)), path(name, what), always);
        outputs.add(new Written(body.name(), what, name.with(what), output));
        return output;
    }

    private RowOutput rows(Body body, ParquetFile columns, OutputNames.Name name, String what) throws IOException {
        RowOutput output = new RowOutput(columns, aside.resolve(name.with(what)), path(name, what));
        outputs.add(new Written(body.name(), what, name.with(what), output));
        return output;
    }

    private static void begin(Map<Action, Output> outputs, long head) throws IOException {
        for (Output output : outputs.values()) {
            output.head(head);
        }
    }

    private @Nullable Action action(RowParser parser, int file, Piece piece) {
        if (piece.problem != null) {
            return null;
        }
        try {
            return decision.apply(ids.of(parser.parse(file, piece)));
        } catch (BadRow _) {
            return null; // counted by the caller and written where it is told apart
        }
    }

    private Output output(Body body, OutputNames.Name name, String what, Container container, boolean always)
            throws IOException {
        Output output = new Output(body, aside.resolve(name.with(what)), path(name, what), container, always);
        outputs.add(new Written(body.name(), what, name.with(what), output));
        return output;
    }

    /// A path that is none of the inputs.
    private Path path(OutputNames.Name name, String what) throws IOException {
        Path path = folder.resolve(name.with(what));
        for (Body input : data.opened().bodies()) {
            if (Files.exists(path) && Files.exists(input.stored()) && Files.isSameFile(path, input.stored())) {
                throw new BadInput("expected a folder without the input, but \"" + path
                        + "\" is one of the input files; name another folder with --to; nothing was written");
            }
        }
        return path;
    }
}
