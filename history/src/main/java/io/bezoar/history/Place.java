package io.bezoar.history;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where a history lies.
public sealed interface Place {
    /// The word that turns recording off.
    String NONE = "none";

    /// The environment variable that names the place.
    String VARIABLE = "BEZOAR_HISTORY";

    /// As it may be shown: without user and password.
    String shown();

    /// A file of SQLite.
    record LocalFile(Path path) implements Place {
        @Override
        public String shown() {
            return path.toString();
        }
    }

    /// A database of PostgreSQL.
    ///
    /// @param url of JDBC, may hold a password
    record Server(String url) implements Place {
        @Override
        public String shown() {
            String bare = url.replaceFirst("[?].*", "");
            return bare.replaceFirst("//[^/@]*@", "//");
        }

        @Override
        public String toString() {
            return "Server[" + shown() + "]";
        }
    }

    /// The place a text names: a file, or a JDBC URL of SQLite or PostgreSQL.
    ///
    /// @throws IllegalArgumentException if it names none
    static Place of(String text) {
        if (text.startsWith("jdbc:sqlite:")) {
            return file(text.substring("jdbc:sqlite:".length()));
        }
        if (text.startsWith("jdbc:postgresql:")) {
            return new Server(text);
        }
        if (text.startsWith("jdbc:")) {
            throw new IllegalArgumentException("expected a history in a file, at jdbc:sqlite:FILE or at"
                    + " jdbc:postgresql://HOST/DATABASE, came another kind of database");
        }
        return file(text);
    }

    private static Place file(String text) {
        try {
            if (text.isBlank()) {
                throw new IllegalArgumentException("expected the name of a file for the history, came none");
            }
            return new LocalFile(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected the name of a file for the history, came what is none", e);
        }
    }

    /// Where the history lies unless somebody says otherwise: the folder the system gives to a user's
    /// programs. Empty where the user has no home.
    ///
    /// @param environment of the process
    /// @param system its `os.name`
    /// @param home the user's folder
    static Optional<Place> usual(Map<String, String> environment, String system, String home) {
        String name = system.toLowerCase(Locale.ROOT);
        String local = environment.getOrDefault("LOCALAPPDATA", "");
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        if (name.startsWith("windows") && !local.isBlank()) {
            return Optional.of(new LocalFile(Path.of(local, "bezoar", "history.db")));
        }
        if (!name.startsWith("mac") && data.startsWith("/")) {
            return Optional.of(new LocalFile(Path.of(data, "bezoar", "history.db")));
        }
        if (home.isBlank() || home.equals("?")) {
            return Optional.empty();
        }
        return Optional.of(new LocalFile(
                name.startsWith("mac")
                        ? Path.of(home, "Library", "Application Support", "bezoar", "history.db")
                        : Path.of(home, ".local", "share", "bezoar", "history.db")));
    }
}
