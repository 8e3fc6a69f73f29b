package io.bezoar.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What holds for a history wherever it lies.
abstract class HistoryLaws {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    abstract Place place();

    abstract Connection raw() throws SQLException;

    private List<Entry> recorded(Run... runs) throws IOException {
        try (History history = History.write(place(), PATIENCE)) {
            return history.record(List.of(runs));
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = raw();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void brokenBy(String sql) throws Exception {
        change(sql);
        try (History history = History.read(place(), PATIENCE)) {
            HistoryFault fault = assertThrows(HistoryFault.class, history::verify, sql);
            assertEquals(HistoryFault.Kind.BROKEN, fault.kind());
        }
    }

    @Test
    void runsComeBackAsTheyWere() throws Exception {
        Run odd = new Run(
                "gate",
                "closed",
                Instant.parse("2026-11-20T10:00:00.123456Z"),
                0.25,
                "0.1",
                -7,
                new Subject(
                        Optional.of("00".repeat(32)),
                        Optional.of("ünï\u0000\ud800'; DROP TABLE bezoar_run; --"),
                        Optional.of("11".repeat(32)),
                        Optional.empty()),
                Map.of("z", "last", "a", "first\u0000 line\n"),
                Map.of("x", -0.0, "y", 1e-300),
                List.of(new Tally.Share("triggered: cf", 0, 299, 0.01, false), new Tally.Change("all", 1, 2, 9, 0.5)),
                List.of(new Run.File("ä.json", "22".repeat(32))));
        List<Entry> entries = recorded(Runs.scan(1), odd, Runs.evaluation(3, "m", "33".repeat(32), 95));
        assertEquals(List.of(1L, 2L, 3L), entries.stream().map(Entry::number).toList());
        try (History history = History.read(place(), PATIENCE)) {
            assertEquals(entries.reversed(), history.page(Query.NEWEST));
            assertEquals(RunText.id(odd), entries.get(1).id());
            assertEquals(entries.get(1), history.find("#2"));
            assertEquals(entries.get(2).chain(), history.verify());
        }
        assertEquals(odd, RunText.read(RunText.of(odd)));
    }

    @Test
    void theSameRunIsRecordedOnce() throws Exception {
        Entry first = recorded(Runs.scan(1), Runs.scan(2)).getFirst();
        assertEquals(List.of(first), recorded(Runs.scan(1)));
        try (History history = History.read(place(), PATIENCE)) {
            assertEquals(2, history.size());
        }
    }

    @Test
    void pagesFilterAndFollowEachOther() throws Exception {
        recorded(IntStream.range(0, 60).mapToObj(Runs::scan).toArray(Run[]::new));
        recorded(Runs.evaluation(1, "mine", "aa".repeat(32), 90), Runs.evaluation(2, "mine-2", "ab".repeat(32), 91));
        try (History history = History.read(place(), PATIENCE)) {
            Query query = Query.kind("scan", 25);
            long seen = 0;
            for (List<Entry> page = history.page(query);
                    !page.isEmpty();
                    page = history.page(query.before(page.getLast().number()))) {
                seen += page.size();
                assertTrue(page.stream().allMatch(entry -> entry.run().kind().equals("scan")));
            }
            assertEquals(60, seen);
            Optional<String> none = Optional.empty();
            assertEquals(
                    1,
                    history.page(new Query(none, none, none, Optional.of("mine"), none, Long.MAX_VALUE, 10))
                            .size());
            assertEquals(
                    2,
                    history.page(new Query(none, none, none, none, Optional.of("a"), Long.MAX_VALUE, 10))
                            .size());
            String data = Runs.scan(5).subject().data().orElseThrow();
            assertEquals(
                    10,
                    history.page(new Query(none, none, Optional.of(data.substring(0, 12)), none, none, 1000, 50))
                            .size());
            assertEquals(
                    20,
                    history.page(new Query(none, Optional.of("findings"), none, none, none, 1000, 50))
                            .size());
        }
    }

    @Test
    void labelsMoveAndEachMoveStays() throws Exception {
        List<Entry> entries = recorded(Runs.scan(1), Runs.scan(2));
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        try (History history = History.write(place(), PATIENCE)) {
            history.move("production", "#1", "ana", "first release", now);
            assertEquals(entries.getFirst(), history.find("production"));
            history.move("production", entries.get(1).id().substring(0, 10), "ben", "second\nrelease", now);
            history.move("canary", "production", "ben", "same", now);
            assertEquals(entries.get(1), history.find("production"));
            assertEquals(entries.get(1), history.find("canary"));
            assertEquals(
                    List.of("first release", "second release"),
                    history.moves(Optional.of("production")).stream()
                            .map(LabelMove::reason)
                            .toList());
            assertEquals(3, history.moves(Optional.empty()).size());
            history.verify();
            for (String bad : List.of("Production", "deadbeef", "", "a b", "x".repeat(65))) {
                assertThrows(IllegalArgumentException.class, () -> history.move(bad, "#1", "ana", "why", now), bad);
            }
            for (String none : List.of("#9", "none", "0000000000", "'; --", "")) {
                assertThrows(IllegalArgumentException.class, () -> history.find(none), none);
            }
        }
        brokenBy("UPDATE bezoar_label SET run = '" + entries.getFirst().id() + "' WHERE number = 2");
    }

    @Test
    void aChangedRunIsNoticed() throws Exception {
        recorded(Runs.scan(1), Runs.scan(2), Runs.scan(3));
        brokenBy("UPDATE bezoar_run SET content = replace(content, '6000.0', '6001.0') WHERE number = 2");
    }

    @Test
    void aChangedColumnIsNoticed() throws Exception {
        recorded(Runs.scan(1), Runs.scan(2), Runs.scan(3));
        brokenBy("UPDATE bezoar_run SET state = 'fine' WHERE number = 2");
    }

    @Test
    void aRunTakenOutIsNoticed() throws Exception {
        recorded(Runs.scan(1), Runs.scan(2), Runs.scan(3));
        brokenBy("DELETE FROM bezoar_run WHERE number = 2");
    }

    @Test
    void runsThatChangedPlacesAreNoticed() throws Exception {
        recorded(Runs.scan(1), Runs.scan(2), Runs.scan(3));
        change("UPDATE bezoar_run SET number = 9 WHERE number = 2");
        change("UPDATE bezoar_run SET number = 2 WHERE number = 3");
        brokenBy("UPDATE bezoar_run SET number = 3 WHERE number = 9");
    }

    @Test
    void aNewerOneIsLeftAlone() throws Exception {
        recorded(Runs.scan(1));
        change("INSERT INTO bezoar_schema (installed_rank, version, description, type, script, checksum, installed_by,"
                + " execution_time, success) VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, true)");
        for (boolean writing : List.of(true, false)) {
            HistoryFault fault = assertThrows(HistoryFault.class, () -> {
                if (writing) {
                    History.write(place(), PATIENCE);
                } else {
                    History.read(place(), PATIENCE);
                }
            });
            assertEquals(HistoryFault.Kind.NEWER, fault.kind());
            assertTrue(String.valueOf(fault.getMessage()).contains("newer version"), fault.getMessage());
        }
    }
}
