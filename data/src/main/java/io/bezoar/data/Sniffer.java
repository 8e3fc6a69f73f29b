package io.bezoar.data;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds out how the rows of a file are laid side by side: by what it begins with; its name only breaks ties.
final class Sniffer {
    private static final int HEAD = 1 << 16;
    private static final int RECORDS = 400;
    /// Values of a column recur if there are so many records for each.
    private static final int FEW = 10;
    private static final int LONGEST_NAME = 64;
    /// Lines that tell where their labels are.
    private static final int LABELLED = 20;
    /// One line in so many may lack a label, or have one of its own.
    private static final int ODD = 20;

    private static final Pattern FIRST_LABEL = Pattern.compile("[+-]?[0-9]{1,3}|[A-Za-z]{2,20}:[A-Za-z]{2,20}");
    private static final Pattern LAST_LABEL = Pattern.compile("[A-Za-z][A-Za-z_-]{0,30}|[+-]?[0-9]{1,3}");
    /// Two words.
    private static final Pattern WORDS = Pattern.compile("\\p{L}[^ ]* +[^ ]*\\p{L}");
    /// Columns that may hold turns though their names say less.
    private static final Set<String> TURNS = Set.of("prompt", "completion");
    /// Lists that are rows rather than turns, where there is but one.
    private static final Set<String> ROWS = Set.of("utterances", "segments");

    /// Where and how the rows lie.
    ///
    /// @param from first byte of the first row
    /// @param line its line
    record Sniffed(Container container, long from, long line) {}

    private final Body body;
    private final ReadSettings settings;

    Sniffer(Body body, ReadSettings settings) {
        this.body = body;
        this.settings = settings;
    }

    Sniffed sniff() throws IOException {
        if (body.packing().laidAsLines()) {
            return new Sniffed(new Container.Lines(), body.from(), 1);
        }
        return switch (settings.format()) {
            case "folders" ->
                throw new BadInput("expected a folder of texts, but \"" + body.name()
                        + "\" is none; name the folder, or leave --format out");
            case "parquet" ->
                throw new BadInput("expected a Parquet file, but \"" + body.name()
                        + "\" does not begin like one; leave --format out");
            case "jsonl" -> new Sniffed(new Container.Lines(), body.from(), 1);
            case "json" -> json();
            case "csv" -> records(List.of((byte) ',', (byte) ';', (byte) '|', (byte) '\t'));
            case "tsv" -> records(List.of((byte) '\t'));
            case "fasttext" -> new Sniffed(new Container.Tagged(TaggedRow.Place.MARKED), body.from(), 1);
            case "lines" ->
                new Sniffed(
                        new Container.Records(new Dialect(Dialect.NONE, false, false, false, List.of("1"))),
                        body.from(),
                        1);
            default -> byContent();
        };
    }

    private Sniffed byContent() throws IOException {
        byte[] head = head();
        String start = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        boolean json = body.name().toLowerCase(Locale.ROOT).matches(".*\\.(jsonl|ndjson|json)(\\.(gz|gzip|zst|zstd))?");
        if (start.startsWith("[")) {
            // an array of objects that goes on beyond the head is no row
            boolean lines = !(start.indexOf('\n') < 0
                            && start.substring(1).stripLeading().startsWith("{"))
                    && lines('[', ']');
            return new Sniffed(lines ? new Container.Lines() : new Container.Elements(false), body.from(), 1);
        }
        if (start.startsWith("{") || json) {
            Optional<Sniffed> list = list(head);
            return list.isPresent() ? list.get() : new Sniffed(new Container.Lines(), body.from(), 1);
        }
        if (tagged(start)) {
            return new Sniffed(new Container.Tagged(TaggedRow.Place.MARKED), body.from(), 1);
        }
        Try fields = fields(List.of((byte) '\t', (byte) ',', (byte) ';', (byte) '|'));
        return labelled(start)
                .filter(place -> settings.map().isEmpty() && (place == TaggedRow.Place.LAST || !recurs(fields)))
                .map(place -> new Sniffed(new Container.Tagged(place), body.from(), 1))
                .orElseGet(() -> records(fields));
    }

    /// Do few values recur in the first of several fields? `5 stars,A good one` has no label in its first word.
    private static boolean recurs(Try fields) {
        long values = fields.rows().stream().map(List::getFirst).distinct().count();
        return fields.fields() > 1 && FEW * values <= fields.rows().size();
    }

    /// Do nearly all lines begin with a label in fastText's manner?
    private static boolean tagged(String start) {
        if (!start.startsWith(TaggedRow.MARK)) {
            return false;
        }
        List<String> lines = start.lines().filter(line -> !line.isBlank()).toList();
        long tagged = lines.stream()
                .filter(line -> line.stripLeading().startsWith(TaggedRow.MARK))
                .count();
        return 10 * tagged >= 9L * lines.size();
    }

    /// Where nearly all lines have a label, if one of a few that recur stands before or behind the words of each.
    ///
    /// Before them only numbers and classes with their kinds (`DESC:manner`) are labels: any word may begin a
    /// sentence. A set that is sorted by its labels begins with one.
    private static Optional<TaggedRow.Place> labelled(String start) {
        List<String> lines = start.lines().filter(line -> !line.isBlank()).toList();
        List<String> whole = lines.subList(0, Math.max(0, lines.size() - 1)); // the last one may be cut
        if (whole.size() < LABELLED) {
            return Optional.empty();
        }
        return Stream.of(TaggedRow.Place.FIRST, TaggedRow.Place.LAST)
                .filter(place -> labelled(whole, place))
                .findFirst();
    }

    private static boolean labelled(List<String> lines, TaggedRow.Place place) {
        Pattern label = place == TaggedRow.Place.FIRST ? FIRST_LABEL : LAST_LABEL;
        Map<String, Integer> labels = new HashMap<>();
        int labelled = 0;
        int worded = 0;
        for (String line : lines) {
            TaggedRow.Line one = TaggedRow.Line.of(line, place);
            if (label.matcher(one.label()).matches()) {
                labels.merge(one.label(), 1, Integer::sum);
                labelled++;
            }
            worded += WORDS.matcher(one.text()).find() ? 1 : 0;
        }
        long once = labels.values().stream().filter(count -> count == 1).count();
        return ODD * (lines.size() - labelled) <= lines.size()
                && ODD * once <= lines.size()
                && 2 * worded >= lines.size()
                && FEW * (labels.size() - once) <= lines.size();
    }

    private byte[] head() throws IOException {
        try (InputStream in = Files.newInputStream(body.path())) {
            in.skipNBytes(body.from());
            return in.readNBytes(HEAD);
        }
    }

    /// Does a line that ends so go before one that begins so? The first may be as long as a row.
    private boolean lines(char begin, char end) throws IOException {
        long longest = body.from() + settings.rowBytes() + HEAD;
        try (Window window = new Window(body.path(), body.from(), Math.min(body.size(), longest))) {
            byte last = 0;
            boolean line = false;
            while (window.slide(window.limit())) {
                for (int i = 0; i < window.limit(); i++) {
                    byte b = window.bytes()[i];
                    if (b == '\n') {
                        line |= last != 0;
                    } else if (b != ' ' && b != '\t' && b != '\r') {
                        if (line) {
                            return last == end && b == begin;
                        }
                        last = b;
                    }
                }
            }
        }
        return false;
    }

    private Sniffed json() throws IOException {
        Optional<Sniffed> list = list(head());
        return list.isPresent() ? list.get() : new Sniffed(new Container.Elements(false), body.from(), 1);
    }

    /// The rows of a file that is one object with a list of rows: `{"version": 1, "data": [{...`. Empty if it
    /// is none: an object a line, or one with columns that a row has.
    private Optional<Sniffed> list(byte[] head) throws IOException {
        String start = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        if (!start.startsWith("{") || lines('{', '}')) {
            return Optional.empty();
        }
        long from = -1;
        long line = 1;
        try (JsonParser parser = JsonRow.factory(settings).createParser(head)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                JsonLocation at = parser.currentTokenLocation();
                boolean objects = token == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.START_OBJECT;
                boolean turns = Role.speaks(name) && !ROWS.contains(Role.normal(name));
                if (objects ? turns || TURNS.contains(Role.normal(name)) : Role.known(name)) {
                    return Optional.empty();
                }
                if (objects && from < 0) {
                    from = at.getByteOffset();
                    line = at.getLineNr();
                }
                if (token == JsonToken.START_ARRAY) {
                    for (JsonToken next = parser.currentToken();
                            next != JsonToken.END_ARRAY;
                            next = parser.nextToken()) {
                        parser.skipChildren();
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException _) {
            // the head ends before the object does
        }
        return from < 0
                ? Optional.empty()
                : Optional.of(new Sniffed(new Container.Elements(true), body.from() + from, line));
    }

    /// One way of reading the first records.
    private record Try(
            Dialect dialect, int score, int fields, boolean quotes, List<List<String>> rows, long next, long line) {}

    private Sniffed records(List<Byte> delimiters) throws IOException {
        return records(fields(delimiters));
    }

    /// The way of reading the first records that makes most sense.
    private Try fields(List<Byte> delimiters) throws IOException {
        Try best = attempt(delimiters.getFirst(), true, false);
        String head = new String(head(), StandardCharsets.ISO_8859_1);
        boolean backslashes = head.contains("\\\"");
        boolean marks = marks(head);
        boolean first = true;
        for (byte delimiter : delimiters) {
            if (delimiter == '|' && marks) {
                continue;
            }
            Try quoted = first ? best : attempt(delimiter, true, false);
            if (backslashes && delimiter != '\t') {
                Try escaped = attempt(delimiter, true, true);
                quoted = escaped.score() > quoted.score() ? escaped : quoted;
            }
            Try plain = attempt(delimiter, false, false);
            // tabs part fields that nobody quotes, unless quotes are seen to work; elsewhere quotes are the rule
            boolean useQuotes = delimiter == '\t'
                    ? quoted.quotes() && quoted.score() >= plain.score()
                    : 2 * quoted.score() >= plain.score();
            Try better = useQuotes ? quoted : plain;
            if (first || better.score() > best.score()) {
                best = better;
            }
            first = false;
        }
        return best;
    }

    private Sniffed records(Try best) {
        List<List<String>> rows = best.rows();
        if (rows.isEmpty()) {
            return new Sniffed(new Container.Records(named(best, List.of("1"), false)), body.from(), 1);
        }
        List<String> top = rows.getFirst();
        boolean header = header(rows);
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < Math.max(top.size(), header ? 0 : best.fields()); i++) {
            String name = header ? top.get(i).strip() : "";
            if (name.isEmpty() || !seen.add(name)) {
                name = Integer.toString(i + 1);
                seen.add(name);
            }
            names.add(name);
        }
        Container container = new Container.Records(named(best, names, header));
        return header ? new Sniffed(container, best.next(), best.line()) : new Sniffed(container, body.from(), 1);
    }

    /// Do the bars of nearly all lines that have some stand in marks as templates write them, `<|user|>`?
    private static boolean marks(String head) {
        List<String> bars = head.lines().filter(line -> line.indexOf('|') >= 0).toList();
        long marks = bars.stream()
                .filter(line -> line.contains("<|") && line.contains("|>"))
                .count();
        return 10 * marks >= 9L * bars.size();
    }

    private static Dialect named(Try best, List<String> names, boolean header) {
        return new Dialect(
                best.dialect().delimiter(),
                best.dialect().quoted(),
                best.dialect().escaped(),
                header,
                names);
    }

    /// Reads the first records so; the score is higher the more of them have the same number of fields,
    /// at least two. It is not 0 if the first record names two columns that are known: malformed rows
    /// are told, rows of one column would hide that they are.
    private Try attempt(byte delimiter, boolean quoted, boolean escaped) throws IOException {
        Dialect dialect = new Dialect(delimiter, quoted, escaped, false, List.of());
        List<List<String>> rows = new ArrayList<>();
        Map<Integer, Integer> sizes = new HashMap<>();
        int strays = 0;
        boolean quotes = false;
        long next = body.size();
        long line = 1;
        try (RecordPieces pieces = new RecordPieces(
                body.path(), body.from(), Math.min(body.size(), body.from() + HEAD), body.size(), 1, dialect, HEAD)) {
            while (rows.size() + strays < RECORDS && pieces.next()) {
                Piece piece = pieces.piece();
                if (piece.problem != null) {
                    strays++;
                    continue;
                }
                List<String> row = new ArrayList<>();
                for (int i = 0; i < Math.min(pieces.fields(), 4096); i++) {
                    row.add(pieces.field(i, false));
                    quotes |= quoted
                            && pieces.fieldStart(i) > 0
                            && piece.bytes[piece.start + pieces.fieldStart(i) - 1] == '"';
                }
                if (rows.isEmpty()) {
                    next = piece.after;
                    int bytes = (int) (piece.after - piece.offset);
                    line = piece.line + Utf8.count(piece.bytes, piece.start, piece.start + bytes, (byte) '\n');
                }
                rows.add(row);
                sizes.merge(row.size(), 1, Integer::sum);
            }
        }
        int fields = 1;
        int most = 0;
        for (Map.Entry<Integer, Integer> size : sizes.entrySet()) {
            if (size.getKey() > 1 && (size.getValue() > most || size.getValue() == most && size.getKey() < fields)) {
                most = size.getValue();
                fields = size.getKey();
            }
        }
        int all = rows.size() + strays;
        long known = rows.isEmpty() || rows.getFirst().size() == 1
                ? 0
                : rows.getFirst().stream().filter(Role::known).count();
        boolean regular = all > 0 && 10 * most >= (known > 0 ? 3 : 7) * all;
        int score = regular ? 1000 * most / all : known > 1 ? 1 : 0;
        return new Try(dialect, score, regular ? fields : 1, quotes, rows, next, line);
    }

    /// Whether the first record names the columns: all its fields are short, and one is a name that
    /// columns usually have, or none is a number and a column that holds numbers below does not begin with
    /// one, or one in which every value below recurs begins with a value of its own.
    private boolean header(List<List<String>> rows) {
        List<String> top = rows.getFirst();
        if (top.stream().anyMatch(field -> field.strip().length() > LONGEST_NAME)) {
            return false;
        }
        List<String> told = settings.map().values().stream()
                .flatMap(column -> Stream.concat(Stream.of(column), Labels.columns(column).stream()))
                .toList();
        if (top.stream().anyMatch(field -> Role.known(field) || told.contains(field.strip()))) {
            return true;
        }
        List<String> named = top.stream().filter(field -> !field.isBlank()).toList();
        boolean names = new HashSet<>(named).size() == named.size()
                && named.stream().noneMatch(field -> field.strip().matches("[+-]?[0-9.]+"));
        if (!names || rows.size() < 2) {
            return false;
        }
        for (int column = 0; column < top.size(); column++) {
            if (top.get(column).isBlank()) {
                continue;
            }
            boolean numbers = true;
            for (List<String> row : rows.subList(1, rows.size())) {
                numbers &= column < row.size() && row.get(column).strip().matches("[+-]?[0-9]+(\\.[0-9]+)?");
            }
            if (numbers || alone(rows, column)) {
                return true;
            }
        }
        return false;
    }

    /// Is the first value of a column none of the few that recur below it?
    private static boolean alone(List<List<String>> rows, int column) {
        Map<String, Integer> below = new HashMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            below.merge(column < row.size() ? row.get(column).strip() : "", 1, Integer::sum);
        }
        return FEW * below.size() <= rows.size()
                && below.values().stream().allMatch(count -> count > 1)
                && !below.containsKey(rows.getFirst().get(column).strip());
    }
}
