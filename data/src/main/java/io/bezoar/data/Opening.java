package io.bezoar.data;

import io.bezoar.core.ScanResult.Malformed;
import io.bezoar.data.Problems.Found;
import io.bezoar.data.RowParser.Value;
import io.bezoar.data.Sniffer.Sniffed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What happens between the user's paths and the parts of a data set.
final class Opening {
    private static final int FIRST_ROWS = 1000;
    private static final int FIRST_TRIES = 100;
    /// Rows in which a column is looked for that the user names.
    private static final int LATEST = 10_000_000;
    /// Values that are held at a time to recognise rows by: of very wide rows fewer are looked at.
    private static final int MOST_CELLS = 1 << 20;
    /// Columns of a file's header that are named because nobody reads them.
    private static final int MOST_LATE = 8;
    /// Rows that tell whether a file has the columns that others have.
    private static final int GLANCE = 20;

    private final ReadSettings settings;
    private final InputStream standardInput;
    private final Path folder;

    /// A data set ready to be read.
    ///
    /// @param sniffed how rows lie in each file; null where a file could not be opened or is empty
    /// @param ends one past the last byte of whole rows, for each file
    /// @param layout of the files that hold most of the data
    /// @param layouts of each file; some may name the same columns otherwise
    record Opened(
            List<Body> bodies,
            List<@Nullable Sniffed> sniffed,
            long[] ends,
            Layout layout,
            List<Layout> layouts,
            String words,
            List<RowPart> parts,
            Problems problems,
            ReadSettings settings) {

        /// A folder of texts.
        TextFolder texts(int file) {
            return new TextFolder(
                    bodies.get(file).stored(),
                    FolderRules.except(settings.except()),
                    settings.format().equals(ReadSettings.FOLDERS));
        }

        /// A file's rows as one part, outside the count of problems.
        RowPart whole(int file) {
            Sniffed how = sniffed.get(file);
            if (how == null) {
                throw new IllegalArgumentException(
                        "the file has no rows: " + bodies.get(file).name());
            }
            long end = ends[file];
            return new RowPart(
                    -1,
                    file,
                    bodies.get(file),
                    how.container(),
                    layouts.get(file),
                    settings,
                    how.from(),
                    end,
                    end,
                    how.line());
        }
    }

    /// @param folder for unpacked copies
    Opening(ReadSettings settings, InputStream standardInput, Path folder) {
        this.settings = settings;
        this.standardInput = standardInput;
        this.folder = folder;
    }

    Opened open(List<String> paths) {
        try {
            return opened(new Inputs(paths, settings.except(), settings.format()));
        } catch (IOException e) {
            throw new BadInput("expected data that can be read, but reading failed: " + BadInput.why(e), e);
        } catch (UncheckedIOException e) {
            throw new BadInput("expected data that can be read, but reading failed: " + e.getMessage(), e);
        }
    }

    private Opened opened(Inputs inputs) throws IOException {
        List<Inputs.Named> files = inputs.files();
        int count = files.size();
        if (count == 0) {
            Map.Entry<String, String> first =
                    inputs.unreadable().entrySet().iterator().next();
            throw new BadInput("cannot read \"" + first.getKey() + "\": " + first.getValue());
        }
        Found[] before = found(files);
        Found[] after = found(files);
        inputs.unreadable()
                .forEach((name, why) -> before[0].add(Problems.Kind.UNREAD, new Malformed(name, 1, why, "")));
        inputs.results().forEach(name -> before[0].add(Problems.Kind.RESULTS, new Malformed(name, 1, "", "")));
        inputs.skipped().forEach(name -> before[0].add(Problems.Kind.SKIPPED, new Malformed(name, 1, "", "")));
        Body[] bodies = bodies(files, before);
        @Nullable Sniffed[] sniffed = new @Nullable Sniffed[count];
        long[] ends = new long[count];
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            Body body = bodies[i];
            ends[i] = body.size();
            if (body.unread()) {
                continue;
            }
            if (body.size() > body.from()) {
                Sniffed how = new Sniffer(body, settings).sniff();
                sniffed[i] = how;
                ends[i] = end(body, how, after[i]);
                bytes += Math.max(0, ends[i] - how.from());
            } else {
                if (body.packing() == Packing.FOLDER && body.cut().isEmpty()) {
                    continue; // why none of its files is a row is told
                }
                if (body.cut().isEmpty()) {
                    before[i].add(Problems.Kind.EMPTY, 1, "expected rows, came an empty file", "");
                } else {
                    before[i].unread(1, cut(body));
                }
            }
        }
        Layout layout = layout(bodies, sniffed, ends, before);
        List<Layout> layouts = layouts(layout, bodies, sniffed, ends, before);
        long partBytes = Cutting.partBytes(bytes, settings);
        List<RowPart> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Sniffed how = sniffed[i];
            if (how != null) {
                for (Cutting.Stretch s : Cutting.stretches(bodies[i], how, ends[i], partBytes, settings)) {
                    parts.add(new RowPart(
                            parts.size(),
                            i,
                            bodies[i],
                            how.container(),
                            layouts.get(i),
                            settings,
                            s.from(),
                            s.to(),
                            ends[i],
                            s.line()));
                }
            }
        }
        Problems problems =
                new Problems(before, parts.stream().mapToInt(RowPart::file).toArray(), after);
        parts.forEach(part -> part.problems(problems));
        long others = layouts.stream()
                .filter(own -> !own.same(layout) && own.textAlone() == layout.textAlone())
                .count();
        String words = layout.words() + ", in " + container(bodies, sniffed)
                + written(bodies, sniffed)
                + (others == 0
                        ? ""
                        : "; " + others + (others == 1 ? " file names its" : " files name their")
                                + " columns otherwise");
        return new Opened(
                List.of(bodies),
                Arrays.asList(sniffed),
                ends,
                layout,
                layouts,
                words,
                List.copyOf(parts),
                problems,
                settings);
    }

    private static String container(Body[] bodies, @Nullable Sniffed[] sniffed) {
        for (int i = 0; i < bodies.length; i++) {
            Sniffed how = sniffed[i];
            if (how != null) {
                return bodies[i].packing().laidAsLines()
                        ? bodies[i].packing().word()
                        : how.container().words();
            }
        }
        return "nothing";
    }

    /// Which files are written in Windows-1252, in words to follow the container's.
    private static String written(Body[] bodies, @Nullable Sniffed[] sniffed) {
        List<Body> read = IntStream.range(0, bodies.length)
                .filter(i -> sniffed[i] != null)
                .mapToObj(i -> bodies[i])
                .toList();
        List<Body> western = read.stream()
                .filter(body -> body.encoding() == Encoding.WINDOWS_1252)
                .toList();
        if (western.isEmpty()) {
            return "";
        }
        if (western.size() < read.size()) {
            return "; " + western.size() + (western.size() == 1 ? " file is" : " files are")
                    + " written in Windows-1252";
        }
        boolean texts = western.stream().anyMatch(body -> body.packing() == Packing.FOLDER);
        return ", written in Windows-1252" + (texts ? " or UTF-8" : "");
    }

    private static Found[] found(List<Inputs.Named> files) {
        return files.stream().map(file -> new Found(file.name())).toArray(Found[]::new);
    }

    private Body[] bodies(List<Inputs.Named> files, Found[] before) {
        Unpacking unpacking = new Unpacking(settings, standardInput, folder);
        return IntStream.range(0, files.size())
                .parallel()
                .mapToObj(i -> {
                    Inputs.Named file = files.get(i);
                    String why;
                    try {
                        return file.texts().isPresent()
                                ? unpacking.texts(i, file, file.texts().get(), before[i])
                                : unpacking.body(i, file);
                    } catch (BadInput e) {
                        why = String.valueOf(e.getMessage());
                    } catch (IOException e) {
                        why = "expected a file that can be read, came: " + BadInput.why(e);
                    }
                    before[i].unread(1, why);
                    return Body.unread(file);
                })
                .toArray(Body[]::new);
    }

    /// One past the last byte of whole rows. Of a file that is cut off, the last line is only half there: it could look
    /// like a row and be none.
    private static long end(Body body, Sniffed how, Found after) throws IOException {
        if (body.cut().isEmpty()) {
            return body.size();
        }
        boolean lines = !(how.container() instanceof Container.Elements);
        long end = lines ? Math.max(how.from(), Cutting.lastLine(body)) : body.size();
        after.unread(1 + Cutting.newlines(body, body.from(), end), cut(body));
        return end;
    }

    private static String cut(Body body) {
        String whole = body.packing().packed() ? "a whole " + body.packing().word() + " file" : "the whole file";
        boolean any = body.size() > body.from() || body.packing() != Packing.PARQUET;
        String then = any ? "; what comes before is read" : body.cut().contains(";") ? "" : "; get it anew";
        return "expected " + whole + ", but it " + body.cut() + then;
    }

    /// What the rows are: of the layouts that files of their own are recognised to have, the one in
    /// which most bytes are. A text without a target decides only where there is nothing else, as it
    /// can be read beside any other.
    private Layout layout(Body[] bodies, @Nullable Sniffed[] sniffed, long[] ends, Found[] before) throws IOException {
        String refusal = "";
        int tries = 0;
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < bodies.length && tries < FIRST_TRIES; i++) {
            Sniffed how = sniffed[i];
            if (how == null) {
                continue;
            }
            long bytes = ends[i] - how.from();
            if (labels(bodies[i])) {
                count(TextFolder.LAYOUT, bytes, candidates);
                continue;
            }
            List<Map<String, Value>> rows = new ArrayList<>();
            List<String> names = names(how);
            if (!candidates.isEmpty()) {
                sample(bodies[i], how, ends[i], GLANCE, rows, before[i]);
                Optional<Candidate> known = candidates.stream()
                        .filter(candidate -> candidate.layout.fits(names, rows))
                        .findFirst();
                if (known.isPresent()) {
                    known.get().bytes += bytes;
                    continue;
                }
                rows.clear();
            }
            tries++;
            String problem = sample(bodies[i], how, ends[i], FIRST_ROWS, rows, before[i]);
            Recognition recognition = new Recognition(names, rows, settings.map());
            Optional<String> unknown = recognition.unknown();
            if (unknown.isPresent() && later(bodies[i], how, ends[i], unknown.get(), rows)) {
                recognition = new Recognition(names, rows, settings.map());
                unknown = recognition.unknown();
            }
            if (unknown.isEmpty()) {
                Optional<Layout> layout = recognition.layout();
                if (layout.isPresent() && !settings.map().isEmpty()) {
                    return layout.get(); // as the user says
                }
                if (layout.isPresent()) {
                    count(layout.get(), bytes, candidates);
                    continue;
                }
            }
            if (refusal.isEmpty()) {
                refusal = rows.isEmpty() && names.isEmpty()
                        ? "expected one JSON object a line, a JSON array or delimited fields in \"" + bodies[i].name()
                                + "\", but "
                                + (problem.isEmpty() ? "there are none" : "there is no row among the first: " + problem)
                        : refusal(bodies[i].name(), unknown, recognition.names());
            }
        }
        if (!candidates.isEmpty()) {
            return candidates.stream()
                    .sorted(Comparator.comparing((Candidate candidate) -> candidate.layout.textAlone())
                            .thenComparing(candidate -> -candidate.bytes)) // of equals, the first
                    .findFirst()
                    .orElseThrow()
                    .layout;
        }
        if (refusal.isEmpty()) {
            refusal = Arrays.stream(before)
                    .flatMap(found -> found.first().stream())
                    .findFirst()
                    .map(sample -> sample.problem().contains("\"" + sample.file() + "\"")
                            ? sample.problem()
                            : "cannot read \"" + sample.file() + "\": " + sample.problem())
                    .orElse("expected rows, came none");
        }
        throw new BadInput(refusal);
    }

    /// A layout that files have.
    private static final class Candidate {
        private Layout layout;
        private long bytes;

        Candidate(Layout layout, long bytes) {
            this.layout = layout;
            this.bytes = bytes;
        }
    }

    /// Counts a file to the layout of its kind; of several the first that has a target stands for all.
    private static void count(Layout layout, long bytes, List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            if (candidate.layout.like(layout)) {
                candidate.layout = candidate.layout.targeted() ? candidate.layout : layout;
                candidate.bytes += bytes;
                return;
            }
        }
        candidates.add(new Candidate(layout, bytes));
    }

    /// Do the folders of a file's rows say what its columns are?
    private boolean labels(Body body) {
        return body.packing() == Packing.FOLDER && settings.map().isEmpty();
    }

    private static List<String> names(Sniffed how) {
        return how.container() instanceof Container.Records(Dialect dialect) ? dialect.columns() : List.of();
    }

    /// The layout of each file. One that lacks the columns of the data's target, under the names that
    /// they have there, or all of its input, is recognised by itself; if it holds rows of the same
    /// kind, or texts alone, its own columns are read.
    ///
    /// @param first what the rows of the data are
    /// @param before takes which files have no target, and which columns of a header nobody reads
    private List<Layout> layouts(Layout first, Body[] bodies, @Nullable Sniffed[] sniffed, long[] ends, Found[] before)
            throws IOException {
        List<Layout> layouts = new ArrayList<>(Collections.nCopies(bodies.length, first));
        if (bodies.length == 1) {
            return layouts;
        }
        boolean told = !settings.map().isEmpty(); // the user says what the columns are
        for (int i = 0; i < bodies.length; i++) {
            Sniffed how = sniffed[i];
            if (how == null) {
                continue;
            }
            if (labels(bodies[i]) && TextFolder.LAYOUT.like(first)) {
                layouts.set(i, TextFolder.LAYOUT);
                continue;
            }
            Found found = before[i];
            List<Map<String, Value>> glance = new ArrayList<>();
            sample(bodies[i], how, ends[i], GLANCE, glance, found);
            if (glance.isEmpty()) {
                continue;
            }
            if (first.fits(names(how), glance)) {
                late(first, how, found);
                continue;
            }
            List<Map<String, Value>> rows = new ArrayList<>();
            sample(bodies[i], how, ends[i], FIRST_ROWS, rows, found);
            boolean header = how.container() instanceof Container.Records;
            Optional<Layout> own = told ? Optional.empty() : new Recognition(names(how), rows, settings.map()).layout();
            if (own.isPresent()
                    && (own.get().like(first) || first.textAlone() && own.get().targeted())) {
                layouts.set(i, own.get());
            } else if (own.isPresent()
                    && own.get().textAlone()
                    && (header || !first.input(names(how), rows))) { // JSON may have the target later on
                layouts.set(i, own.get());
                first.lacking(rows).ifPresent(column -> found.add(Problems.Kind.TARGETLESS, how.line(), "", column));
            } else if (!header) { // whose rows are malformed without it
                first.lacking(rows).ifPresent(column -> found.add(Problems.Kind.TARGETLESS, how.line(), "", column));
            }
        }
        return layouts;
    }

    /// Notes the columns of a file's header that have a usual name and that the file by which the data
    /// were recognised does not have; JSON's are noted where a row has them.
    private static void late(Layout first, Sniffed how, Found found) {
        names(how).stream()
                .filter(name -> Role.known(name) && !first.seen().contains(name))
                .limit(MOST_LATE)
                .forEach(name -> found.add(Problems.Kind.COLUMN, how.line(), "", name));
    }

    private static String refusal(String file, Optional<String> unknown, String names) {
        return unknown.isPresent()
                ? "expected the column \"" + unknown.get() + "\" in \"" + file + "\", came only " + names
                        + "; check --map"
                : "expected columns known as text, label, instruction, prompt, response, messages, chosen, rejected or"
                        + " vector in \""
                        + file + "\", came only " + names + "; say which is which with --map text=COLUMN,label=COLUMN"
                        + (names.contains(Column.NESTED) || names.contains(".0, ")
                                ? ", or where rows or columns lie in lists, write each row as an object of its own"
                                : "");
    }

    /// Looks beyond the first rows for some that have a column the user names; adds what they hold and says
    /// whether there are any.
    private boolean later(Body body, Sniffed how, long end, String column, List<Map<String, Value>> rows)
            throws IOException {
        if (how.container() instanceof Container.Records) {
            return false; // the header says it
        }
        int before = rows.size();
        JsonSample sampler = new JsonSample(settings);
        try (Pieces pieces = how.container().pieces(body.path(), how.from(), end, end, how.line(), settings)) {
            for (int seen = 0; seen < LATEST && rows.size() < before + FIRST_ROWS && pieces.next(); seen++) {
                if (seen >= FIRST_ROWS && pieces.piece().problem == null) {
                    try {
                        Map<String, Value> row = sampler.sample(pieces.piece());
                        if (row.keySet().stream()
                                .anyMatch(name -> name.equals(column) || name.startsWith(column + "."))) {
                            rows.add(row);
                        }
                    } catch (BadRow _) {
                        // told when it is read
                    }
                }
            }
        }
        return rows.size() > before;
    }

    /// Looks at the first rows, so many at most; the first problem met, empty if there was none.
    ///
    /// @param found takes that not all columns were looked at
    private String sample(Body body, Sniffed how, long end, int most, List<Map<String, Value>> rows, Found found)
            throws IOException {
        String problem = "";
        int seen = 0;
        int cells = 0;
        try (Pieces pieces = how.container().pieces(body.path(), how.from(), end, end, how.line(), settings)) {
            RowParser.Sampler sampler = RowParser.Sampler.of(how.container(), pieces, settings);
            while (seen++ < most && cells < MOST_CELLS && pieces.next()) {
                String why = pieces.piece().problem;
                if (why == null) {
                    try {
                        rows.add(sampler.sample(pieces.piece()));
                        cells += rows.getLast().size();
                        continue;
                    } catch (BadRow e) {
                        why = String.valueOf(e.getMessage());
                    }
                }
                if (problem.isEmpty()) {
                    problem = why;
                }
            }
            if (sampler.wide()) {
                found.wide(how.line(), Integer.toString(JsonSample.MOST_COLUMNS));
            }
        }
        return problem;
    }
}
