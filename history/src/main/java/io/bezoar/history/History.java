package io.bezoar.history;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The runs and labels of a place. Runs are only added; labels only move, and each move stays on
/// record.
///
/// Every record holds the digest of the one before, so nothing in the middle can be changed, moved,
/// taken out or put in unnoticed. A cut end cannot be seen from within: keep the last chain somewhere
/// else. Owned by one thread; several processes may write at once, each waits for the others.
public final class History implements AutoCloseable {
    /// The chain before the first record.
    static final String START = "0".repeat(64);

    private static final String COLUMNS = "number, id, chain, content";

    private final Place place;
    private final Connection connection;
    private final Faults faults;

    private History(Place place, Connection connection) {
        this.place = place;
        this.connection = connection;
        faults = new Faults(place);
    }

    /// Opens a history to read; it must be there.
    public static History read(Place place, Duration patience) throws HistoryFault {
        return new History(place, new Database(place, patience).reading());
    }

    /// Opens a history to write; it is made where it is missing.
    ///
    /// @param patience how long to wait for others who write
    public static History write(Place place, Duration patience) throws HistoryFault {
        return new History(place, new Database(place, patience).writing());
    }

    /// Adds runs in this order; all or none.
    ///
    /// @return their places; a run that is there already keeps its own
    public List<Entry> record(List<Run> runs) throws HistoryFault {
        return writing("bezoar_run", () -> {
            List<Entry> entries = new ArrayList<>();
            Entry last = last();
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO bezoar_run (number, id, chain, kind, state, started, data, model, model_digest,"
                            + " prompt, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                for (Run run : runs) {
                    String text = RunText.of(run);
                    String id = Digest.of(text.getBytes(StandardCharsets.US_ASCII));
                    Optional<Entry> known = byId(id);
                    if (known.isPresent()) {
                        entries.add(known.get());
                        continue;
                    }
                    last = new Entry(last.number() + 1, id, Digest.of(List.of(last.chain(), id)), run);
                    Columns columns = Columns.of(run);
                    insert.setLong(1, last.number());
                    insert.setString(2, id);
                    insert.setString(3, last.chain());
                    insert.setString(4, columns.kind());
                    insert.setString(5, columns.state());
                    insert.setLong(6, run.started().toEpochMilli());
                    insert.setString(7, columns.data().orElse(null));
                    insert.setString(8, columns.model().orElse(null));
                    insert.setString(9, columns.modelDigest().orElse(null));
                    insert.setString(10, columns.prompt().orElse(null));
                    insert.setString(11, text);
                    insert.executeUpdate();
                    entries.add(last);
                }
            }
            return entries;
        });
    }

    private Entry last() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT number, id, chain FROM bezoar_run ORDER BY number DESC LIMIT 1")) {
            return rows.next() ? new Entry(rows.getLong(1), rows.getString(2), rows.getString(3), NOTHING) : FIRST;
        }
    }

    private static final Run NOTHING = new Run(
            "none",
            "none",
            Instant.EPOCH,
            0,
            "",
            0,
            new Subject(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            java.util.Map.of(),
            java.util.Map.of(),
            List.of(),
            List.of());
    private static final Entry FIRST = new Entry(0, START, START, NOTHING);

    /// A page of runs, newest first.
    public List<Entry> page(Query query) throws HistoryFault {
        Where where = new Where();
        query.kind().ifPresent(kind -> where.is("kind", kind));
        query.state().ifPresent(state -> where.is("state", state));
        query.data().ifPresent(data -> where.begins("data", data));
        query.prompt().ifPresent(prompt -> where.begins("prompt", prompt));
        query.model().ifPresent(where::model);
        where.below(query.before());
        return reading(
                "SELECT " + COLUMNS + " FROM bezoar_run" + where.text() + " ORDER BY number DESC LIMIT "
                        + query.limit(),
                where.values());
    }

    /// The run a text names: a label, a number as `#12`, or the first characters of an id, four or more.
    ///
    /// @throws IllegalArgumentException if it names none, or several
    public Entry find(String name) throws HistoryFault {
        Optional<LabelMove> label = moves(Optional.of(name)).stream().reduce((_, last) -> last);
        if (label.isPresent()) {
            return find(label.get().run());
        }
        List<Entry> found = List.of();
        if (name.matches("#[0-9]{1,9}")) {
            found = reading(
                    "SELECT " + COLUMNS + " FROM bezoar_run WHERE number = ?",
                    List.of(Long.valueOf(name.substring(1))));
        } else if (name.matches("[0-9a-f]{4,64}")) {
            Where where = new Where();
            where.begins("id", name);
            found = reading("SELECT " + COLUMNS + " FROM bezoar_run" + where.text() + " LIMIT 2", where.values());
        }
        if (found.size() != 1) {
            throw new IllegalArgumentException("expected the id, the #number or the label of one run, \"" + name
                    + "\" is that of " + (found.isEmpty() ? "none" : "several"));
        }
        return found.getFirst();
    }

    private Optional<Entry> byId(String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM bezoar_run WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(entry(rows)) : Optional.empty();
            }
        }
    }

    /// Moves a label to a run.
    ///
    /// @param name of lower-case letters, digits, dots, dashes and underscores, not to be taken for an id
    public LabelMove move(String name, String run, String mover, String reason, Instant when) throws HistoryFault {
        if (!name.matches("[a-z0-9][a-z0-9._-]{0,63}") || name.matches("[0-9a-f]{4,64}")) {
            throw new IllegalArgumentException("expected a label of lower-case letters, digits, dots, dashes and"
                    + " underscores that is not like an id, came \"" + name + "\"");
        }
        String id = find(run).id();
        List<LabelMove> moved = writing("bezoar_label", () -> {
            List<LabelMove> all = labels(Optional.empty(), " ORDER BY number DESC LIMIT 1");
            LabelMove before =
                    all.isEmpty() ? new LabelMove(0, START, name, id, Instant.EPOCH, "", "") : all.getFirst();
            Instant time = Instant.ofEpochMilli(when.toEpochMilli());
            LabelMove next = chained(
                    new LabelMove(before.number() + 1, "", name, id, time, plain(mover), plain(reason)),
                    before.chain());
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO bezoar_label (number, chain, name, run, moved, mover, reason)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
                insert.setLong(1, next.number());
                insert.setString(2, next.chain());
                insert.setString(3, next.name());
                insert.setString(4, next.run());
                insert.setLong(5, next.moved().toEpochMilli());
                insert.setString(6, next.mover());
                insert.setString(7, next.reason());
                insert.executeUpdate();
            }
            return List.of(next);
        });
        return moved.getFirst();
    }

    private static LabelMove chained(LabelMove move, String before) {
        String chain = Digest.of(List.of(
                before,
                Long.toString(move.number()),
                move.name(),
                move.run(),
                Long.toString(move.moved().toEpochMilli()),
                move.mover(),
                move.reason()));
        return new LabelMove(move.number(), chain, move.name(), move.run(), move.moved(), move.mover(), move.reason());
    }

    /// Text a database takes: no controls, no half characters.
    private static String plain(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    }

    /// The moves of a label, or of all, oldest first.
    public List<LabelMove> moves(Optional<String> name) throws HistoryFault {
        try {
            return labels(name, " ORDER BY number");
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }

    private List<LabelMove> labels(Optional<String> name, String tail) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT number, chain, name, run, moved, mover, reason FROM bezoar_label"
                        + (name.isPresent() ? " WHERE name = ?" : "") + tail)) {
            if (name.isPresent()) {
                select.setString(1, plain(name.get()));
            }
            List<LabelMove> moves = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    moves.add(new LabelMove(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            Instant.ofEpochMilli(rows.getLong(5)),
                            rows.getString(6),
                            rows.getString(7)));
                }
            }
            return moves;
        }
    }

    /// Reads every record and checks digests and chains.
    ///
    /// @return the last chain of the runs; worth keeping elsewhere
    /// @throws HistoryFault of kind `BROKEN` at the first record that does not fit
    public String verify() throws HistoryFault {
        try {
            String chain = START;
            long number = 0;
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT number, id, chain, kind, state, started, data, model, model_digest, prompt, content"
                                    + " FROM bezoar_run ORDER BY number")) {
                while (rows.next()) {
                    number++;
                    String content = String.valueOf(rows.getString(11));
                    String id = Digest.of(content.getBytes(StandardCharsets.UTF_8));
                    chain = Digest.of(List.of(chain, id));
                    if (rows.getLong(1) != number
                            || !id.equals(rows.getString(2))
                            || !chain.equals(rows.getString(3))
                            || !Columns.of(content).equals(columns(rows))) {
                        throw faults.broken("run " + number + " does not fit the ones before");
                    }
                }
            }
            String before = START;
            long moves = 0;
            for (LabelMove move : labels(Optional.empty(), " ORDER BY number")) {
                moves++;
                if (move.number() != moves || !chained(move, before).equals(move)) {
                    throw faults.broken("move " + moves + " of a label does not fit the ones before");
                }
                before = move.chain();
            }
            return chain;
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }

    private static Optional<Columns> columns(ResultSet rows) throws SQLException {
        return Optional.of(new Columns(
                rows.getString(4),
                rows.getString(5),
                rows.getLong(6),
                Optional.ofNullable(rows.getString(7)),
                Optional.ofNullable(rows.getString(8)),
                Optional.ofNullable(rows.getString(9)),
                Optional.ofNullable(rows.getString(10))));
    }

    /// Where the history lies.
    public Place place() {
        return place;
    }

    private List<Entry> reading(String sql, List<Object> values) throws HistoryFault {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(entry(rows));
                }
            }
            return entries;
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }

    private Entry entry(ResultSet rows) throws SQLException {
        try {
            return new Entry(rows.getLong(1), rows.getString(2), rows.getString(3), RunText.read(rows.getString(4)));
        } catch (IllegalArgumentException e) {
            throw new SQLException("run " + rows.getLong(1) + " cannot be read", e);
        }
    }

    @FunctionalInterface
    private interface Writing<T> {
        T run() throws SQLException;
    }

    /// One transaction in which nobody else adds to the table.
    private <T> T writing(String table, Writing<T> work) throws HistoryFault {
        try {
            connection.setAutoCommit(false);
            try {
                if (place instanceof Place.Server) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("LOCK TABLE " + table + " IN EXCLUSIVE MODE");
                    }
                }
                T done = work.run();
                connection.commit();
                return done;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }

    @Override
    public void close() throws HistoryFault {
        try {
            connection.close();
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }

    /// The words of a condition and their values.
    private static final class Where {
        private final List<String> parts = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        void is(String column, String value) {
            parts.add(column + " = ?");
            values.add(value);
        }

        /// A range that an index answers, since texts of hex digits sort by their bytes everywhere.
        void begins(String column, String value) {
            if (value.length() == 64) {
                is(column, value);
                return;
            }
            parts.add(column + " >= ? AND " + column + " <= ?");
            values.add(value);
            values.add(value + "g");
        }

        /// A name, which an index answers in order; or, where it can be one, a digest as well.
        void model(String value) {
            if (!value.matches("[0-9a-f]{6,64}")) {
                is("model", value);
                return;
            }
            parts.add("(model = ? OR (model_digest >= ? AND model_digest <= ?))");
            values.add(value);
            values.add(value);
            values.add(value + "g");
        }

        void below(long number) {
            if (number <= Integer.MAX_VALUE) {
                parts.add("number < ?");
                values.add(number);
            }
        }

        String text() {
            return parts.isEmpty() ? "" : " WHERE " + String.join(" AND ", parts);
        }

        List<Object> values() {
            return values;
        }
    }

    /// How many runs there are.
    public long size() throws HistoryFault {
        try {
            return last().number();
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }
}
