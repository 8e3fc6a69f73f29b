package io.bezoar.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for a history in a file of SQLite.
class HistoryTest extends HistoryLaws {
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    @Override
    Place place() {
        return new Place.LocalFile(folder.resolve("deep/history.db"));
    }

    @Override
    Connection raw() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("deep/history.db"));
    }

    private void filled() throws IOException {
        try (History history = History.write(place(), SHORT)) {
            history.record(List.of(Runs.scan(1)));
        }
    }

    @Test
    void aPlaceWithoutAHistoryIsSaid() {
        HistoryFault fault = assertThrows(HistoryFault.class, () -> History.read(place(), SHORT));
        assertEquals(HistoryFault.Kind.ABSENT, fault.kind());
        assertTrue(String.valueOf(fault.getMessage()).contains("found none"), fault.getMessage());
        assertFalse(Files.exists(folder.resolve("deep")));
    }

    @Test
    void anotherProgramsFileIsLeftAlone() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.txt"), "shopping list, long enough to be no database\n");
        HistoryFault fault = assertThrows(HistoryFault.class, () -> History.write(new Place.LocalFile(text), SHORT));
        assertEquals(HistoryFault.Kind.FOREIGN, fault.kind());
        assertEquals("shopping list, long enough to be no database\n", Files.readString(text));
        Path other = folder.resolve("other.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE theirs (a TEXT)");
        }
        byte[] before = Files.readAllBytes(other);
        fault = assertThrows(HistoryFault.class, () -> History.write(new Place.LocalFile(other), SHORT));
        assertEquals(HistoryFault.Kind.FOREIGN, fault.kind());
        assertEquals(Digest.of(before), Digest.of(other));
    }

    @Test
    void aLockedOneIsSaidAfterTheWait() throws Exception {
        filled();
        try (Connection holder = raw();
                Statement statement = holder.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            HistoryFault fault = assertThrows(HistoryFault.class, () -> {
                try (History history = History.write(place(), SHORT)) {
                    history.record(List.of(Runs.scan(2)));
                }
            });
            assertEquals(HistoryFault.Kind.LOCKED, fault.kind(), fault.getMessage());
            statement.execute("ROLLBACK");
        }
        try (History history = History.write(place(), SHORT)) {
            assertEquals(2, history.record(List.of(Runs.scan(2))).getFirst().number());
        }
    }

    @Test
    void aReadOnlyOneIsReadAndNotWritten() throws Exception {
        filled();
        Path file = folder.resolve("deep/history.db");
        try (History history = History.read(place(), SHORT)) {
            assertEquals(1, history.page(Query.NEWEST).size());
            HistoryFault fault = assertThrows(HistoryFault.class, () -> history.record(List.of(Runs.scan(2))));
            assertEquals(HistoryFault.Kind.READ_ONLY, fault.kind(), fault.getMessage());
        }
        HistoryFault folderless = assertThrows(
                HistoryFault.class, () -> History.write(new Place.LocalFile(file.resolve("under/a/file.db")), SHORT));
        assertEquals(HistoryFault.Kind.READ_ONLY, folderless.kind());
    }

    @Test
    void aFullOneIsSaid() {
        HistoryFault fault =
                new Faults(place()).of(new org.sqlite.SQLiteException("full", org.sqlite.SQLiteErrorCode.SQLITE_FULL));
        assertEquals(HistoryFault.Kind.FULL, fault.kind());
        assertTrue(String.valueOf(fault.getMessage()).contains("disk is full"), fault.getMessage());
    }

    @Test
    void aByteChangedInTheFileIsNoticed() throws Exception {
        try (History history = History.write(place(), SHORT)) {
            history.record(IntStream.range(0, 20).mapToObj(Runs::scan).toList());
        }
        Path file = folder.resolve("deep/history.db");
        byte[] whole = Files.readAllBytes(file);
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        String sought = "\"rows\":6000.0";
        for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
            whole[at + sought.length() - 1] = '1';
        }
        Files.write(file, whole);
        try (History history = History.read(place(), SHORT)) {
            HistoryFault fault = assertThrows(HistoryFault.class, history::verify);
            assertEquals(HistoryFault.Kind.BROKEN, fault.kind());
        }
    }

    @Test
    void manyWritersWaitForEachOther() throws Exception {
        filled();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> all = IntStream.range(0, 8)
                    .mapToObj(writer -> pool.submit(() -> {
                        try (History history = History.write(place(), Duration.ofSeconds(20))) {
                            for (int i = 0; i < 10; i++) {
                                history.record(List.of(Runs.scan(100 + writer * 10 + i)));
                            }
                            return 10;
                        }
                    }))
                    .toList();
            for (Future<Integer> one : all) {
                one.get();
            }
        }
        try (History history = History.read(place(), SHORT)) {
            assertEquals(81, history.size());
            history.verify();
        }
    }

    @Test
    void theUsualPlaceFollowsTheSystem() {
        assertEquals(
                Optional.of("/home/ana/.local/share/bezoar/history.db"),
                Place.usual(Map.of(), "Linux", "/home/ana").map(Place::shown));
        assertEquals(
                Optional.of("/data/bezoar/history.db"),
                Place.usual(Map.of("XDG_DATA_HOME", "/data"), "Linux", "/home/ana")
                        .map(Place::shown));
        assertEquals(
                Optional.of("/Users/ana/Library/Application Support/bezoar/history.db"),
                Place.usual(Map.of("XDG_DATA_HOME", "/data"), "Mac OS X", "/Users/ana")
                        .map(Place::shown));
        assertEquals(Optional.empty(), Place.usual(Map.of(), "Linux", "?"));
    }

    @Test
    void aPasswordIsNeverShown() {
        for (String url : List.of(
                "jdbc:postgresql://ana:secret@db.local/runs",
                "jdbc:postgresql://db.local/runs?user=ana&password=secret")) {
            assertFalse(Place.of(url).shown().contains("secret"), url);
            assertFalse(Place.of(url).toString().contains("secret"), url);
            assertTrue(Place.of(url).shown().contains("db.local/runs"));
        }
        assertThrows(IllegalArgumentException.class, () -> Place.of("jdbc:mysql://db/runs"));
        assertThrows(IllegalArgumentException.class, () -> Place.of(" "));
        assertEquals(new Place.LocalFile(Path.of("a.db")), Place.of("jdbc:sqlite:a.db"));
    }

    @Test
    void aPageOfManyRunsIsFast() throws Exception {
        int runs = 20_000;
        try (History history = History.write(place(), Duration.ofSeconds(5))) {
            for (int from = 0; from < runs; from += 5_000) {
                history.record(
                        IntStream.range(from, from + 5_000).mapToObj(Runs::scan).toList());
            }
        }
        try (History history = History.read(place(), SHORT)) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 20; i++) {
                long began = System.nanoTime();
                assertEquals(
                        50,
                        history.page(Query.kind("scan", 50).before(runs / 2)).size());
                assertEquals(Optional.of(Instant.ofEpochSecond(1_700_000_000L + 77)), started(history, 77));
                least = Math.min(least, System.nanoTime() - began);
            }
            assertTrue(least < 50_000_000, "two queries took " + least / 1e6 + " ms, expected under 50");
        }
    }

    private static Optional<Instant> started(History history, int number) throws IOException {
        return Optional.of(history.find(RunText.id(Runs.scan(number))).run().started());
    }

    @Test
    void everyScriptIsCounted() throws IOException {
        int scripts = 0;
        while (HistoryTest.class.getResource("/io/bezoar/history/migrations/V" + (scripts + 1) + "__runs.sql")
                != null) {
            scripts++;
        }
        assertEquals(Database.VERSION, scripts);
    }
}
