package io.bezoar.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds for a history in PostgreSQL; skipped where none can be started.
class PostgresHistoryTest extends HistoryLaws {
    private static Optional<EmbeddedPostgres> server = Optional.empty();

    @BeforeAll
    static void start() {
        try {
            server = Optional.of(EmbeddedPostgres.builder().start());
        } catch (IOException | RuntimeException | LinkageError e) {
            Assumptions.abort("no PostgreSQL can be started here: " + e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = raw();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA public CASCADE");
            statement.execute("CREATE SCHEMA public");
            statement.execute("CREATE TABLE theirs (a TEXT)");
        }
    }

    @Override
    Place place() {
        return Place.of(server.orElseThrow().getJdbcUrl("postgres", "postgres"));
    }

    @Override
    Connection raw() throws SQLException {
        return server.orElseThrow().getPostgresDatabase().getConnection();
    }

    @Test
    void aLockedOneIsSaidAfterTheWait() throws Exception {
        try (History history = History.write(place(), Duration.ofSeconds(5))) {
            history.record(List.of(Runs.scan(1)));
        }
        try (Connection holder = raw();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE bezoar_run IN ACCESS EXCLUSIVE MODE");
            HistoryFault fault = assertThrows(HistoryFault.class, () -> {
                try (History history = History.write(place(), Duration.ofMillis(200))) {
                    history.record(List.of(Runs.scan(2)));
                }
            });
            assertEquals(HistoryFault.Kind.LOCKED, fault.kind(), fault.getMessage());
            holder.rollback();
        }
    }

    @Test
    void aServerThatIsDownIsSaidWithoutItsPassword() {
        Place down = Place.of("jdbc:postgresql://127.0.0.1:1/runs?user=ana&password=secret");
        HistoryFault fault = assertThrows(HistoryFault.class, () -> History.write(down, Duration.ofSeconds(1)));
        assertEquals(HistoryFault.Kind.UNREACHABLE, fault.kind());
        assertTrue(!String.valueOf(fault.getMessage()).contains("secret"), fault.getMessage());
    }
}
