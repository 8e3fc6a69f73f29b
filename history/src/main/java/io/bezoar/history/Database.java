package io.bezoar.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.sqlite.SQLiteConfig;

/// Opens a connection to a history and brings its tables to this version.
///
/// Flyway takes half a second of a cold start, so it is asked only where the tables are not of this
/// version already.
final class Database {
    /// The number of the last script in `migrations/`.
    static final int VERSION = 1;

    private static final String VERSIONS = "bezoar_schema";

    private final Place place;
    private final Faults faults;
    private final Duration patience;

    /// @param patience how long to wait for others who write
    Database(Place place, Duration patience) {
        this.place = place;
        this.patience = patience;
        faults = new Faults(place);
    }

    /// A connection for reading only; nothing is created.
    Connection reading() throws HistoryFault {
        if (place instanceof Place.LocalFile(Path path) && !Files.exists(path)) {
            throw faults.fault(HistoryFault.Kind.ABSENT);
        }
        return checked(true);
    }

    /// A connection for writing; whatever is missing is created.
    Connection writing() throws HistoryFault {
        if (place instanceof Place.LocalFile(Path path)) {
            try {
                Path folder = path.toAbsolutePath().getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
            } catch (IOException e) {
                throw faults.fault(HistoryFault.Kind.READ_ONLY);
            }
        }
        return checked(false);
    }

    private Connection checked(boolean reading) throws HistoryFault {
        try {
            Connection connection = connect(reading);
            try {
                int version = version(connection);
                if (version > VERSION) {
                    throw faults.fault(HistoryFault.Kind.NEWER);
                }
                if (version < VERSION) {
                    if (reading) {
                        throw faults.fault(version == 0 ? HistoryFault.Kind.ABSENT : HistoryFault.Kind.READ_ONLY);
                    }
                    connection.close();
                    migrate();
                    connection = connect(false);
                }
                return connection;
            } catch (SQLException | HistoryFault e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw faults.of(e);
        } catch (LinkageError e) { // SQLite's library could not be unpacked
            throw faults.fault(HistoryFault.Kind.UNREACHABLE);
        }
    }

    private Connection connect(boolean reading) throws SQLException {
        return switch (place) {
            case Place.LocalFile(Path path) -> {
                SQLiteConfig config = new SQLiteConfig();
                config.setReadOnly(reading);
                config.enforceForeignKeys(true);
                config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
                config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
                yield config.createConnection("jdbc:sqlite:" + path.toAbsolutePath());
            }
            case Place.Server(String url) -> {
                Properties properties = new Properties();
                properties.setProperty("ApplicationName", "bezoar");
                properties.setProperty("connectTimeout", Long.toString(Math.max(1, patience.toSeconds())));
                properties.setProperty("reWriteBatchedInserts", "true");
                Connection connection = DriverManager.getConnection(url, properties);
                connection.setReadOnly(reading);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET lock_timeout = " + patience.toMillis());
                }
                yield connection;
            }
        };
    }

    /// The version of the tables; 0 where there are none.
    private int version(Connection connection) throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, VERSIONS, null)) {
            if (!tables.next()) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT version FROM " + VERSIONS + " WHERE version IS NOT NULL")) {
            int version = 0;
            while (rows.next()) {
                version = Math.max(version, number(rows.getString(1)));
            }
            return version;
        }
    }

    private static int number(String version) {
        try {
            return Integer.parseInt(version.replaceFirst("[.].*", ""));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE; // no version of ours
        }
    }

    private void migrate() throws HistoryFault {
        FluentConfiguration flyway = Flyway.configure(Database.class.getClassLoader())
                .locations("classpath:io/bezoar/history/migrations")
                .table(VERSIONS)
                .failOnMissingLocations(true)
                .loggers(NoLog.class.getName())
                .validateMigrationNaming(true);
        try {
            switch (place) {
                case Place.LocalFile(Path path) -> {
                    if (foreign()) {
                        throw faults.fault(HistoryFault.Kind.FOREIGN);
                    }
                    flyway.dataSource("jdbc:sqlite:" + path.toAbsolutePath(), null, null);
                }
                case Place.Server(String url) ->
                    // a database that serves others as well is fine: our tables have names of their own
                    flyway.dataSource(url, null, null).baselineOnMigrate(true).baselineVersion("0");
            }
            flyway.load().migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql) {
                    throw faults.of(sql);
                }
            }
            throw faults.fault(HistoryFault.Kind.UNREACHABLE);
        } catch (SQLException e) {
            throw faults.of(e);
        }
    }

    /// Does a SQLite file hold tables of somebody else?
    private boolean foreign() throws SQLException {
        try (Connection connection = connect(false);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
            return rows.next() && rows.getLong(1) > 0;
        }
    }
}
