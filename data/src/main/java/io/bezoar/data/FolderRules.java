package io.bezoar.data;

import io.bezoar.data.parquet.ParquetFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// What of a folder is looked at, and how it is named.
final class FolderRules {
    private static final Set<String> ENDINGS = Set.of("jsonl", "ndjson", "json", "csv", "tsv", "parquet");
    private static final Set<String> PACKED = Set.of("gz", "gzip", "zst", "zstd");

    private static final int HEAD = 256;
    private static final String SCHEMA = "\\s*\\{\\s*\"schema\"\\s*:\\s*\"bezoar\\.";
    private static final Pattern OWN = Pattern.compile(SCHEMA);
    private static final Pattern FINDINGS = Pattern.compile(SCHEMA + "findings/");
    private static final Pattern MANIFEST = Pattern.compile(SCHEMA + "applied-files/");
    private static final List<String> SCORES = List.of("id", "score", "action", "campaign");
    private static final Pattern SCORED = Pattern.compile(String.join(",", SCORES) + "[,\n]");

    /// What may be wrong with a name that cannot be read.
    static final String LOCALE = "; check it, or the locale (LC_ALL=C.UTF-8)";

    /// Why a path is not read whose name the locale cannot write.
    static final String NO_TEXT = "expected a file that can be read, came: a name that is no text" + LOCALE;

    private FolderRules() {}

    /// The endings of the names of files that are read, in the order of their letters.
    static List<String> endings() {
        return ENDINGS.stream().sorted().toList();
    }

    /// The folder that is not looked into, as paths are compared here; empty for none.
    static Optional<Path> except(String folder) {
        return folder.isEmpty() ? Optional.empty() : Optional.of(plain(Path.of(folder)));
    }

    /// A path as paths are compared here.
    static Path plain(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// Does the path come back from its text? Not if its name holds what the locale cannot write.
    static boolean named(Path path) {
        try {
            return Path.of(path.toString()).equals(path);
        } catch (InvalidPathException _) {
            return false;
        }
    }

    /// Where the walk through a folder begins: there, or where the link leads that was named.
    static Path start(Path folder) throws IOException {
        return Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
    }

    /// A path met on the walk, as one in the folder that was named.
    static Path named(Path folder, Path start, Path met) {
        return start.equals(folder) ? met : folder.resolve(start.relativize(met));
    }

    /// Is a folder in a folder passed by without a word?
    static boolean passed(Path folder, Optional<Path> except) {
        return hidden(folder) || except.filter(plain(folder)::equals).isPresent();
    }

    /// Does its name begin with a dot?
    static boolean hidden(Path path) {
        Path last = path.getFileName();
        return last != null
                && last.toString().startsWith(".")
                && !last.toString().matches("\\.+");
    }

    /// Is a file one that a scan wrote, in a folder whose `findings.json` begins with the name of its
    /// format? Its name alone says so only where nobody reads it as data.
    static boolean result(Path file) {
        Path last = file.getFileName();
        if (last == null) {
            return false;
        }
        String name = last.toString();
        boolean own = switch (name) {
            case "report.html", "results.sarif" -> true;
            case "scores.csv" -> begins(file, SCORED);
            case "scores.parquet" -> scores(file);
            default -> name.endsWith(".json") && begins(file, OWN);
        };
        return own && begins(file.resolveSibling("findings.json"), FINDINGS);
    }

    private static boolean scores(Path file) {
        try (ParquetFile columns = ParquetFile.open(file)) {
            List<String> names = columns.columns();
            return names.size() >= SCORES.size()
                    && names.subList(0, SCORES.size()).equals(SCORES);
        } catch (IOException _) {
            return false; // it is read, and tells why it cannot be
        }
    }

    /// Is a folder the one in the results of a scan in which `apply` puts its sets?
    static boolean applied(Path folder) {
        return folder.endsWith("applied")
                && begins(folder.resolve(".bezoar-applied.json"), MANIFEST)
                && begins(folder.resolveSibling("findings.json"), FINDINGS);
    }

    private static boolean begins(Path file, Pattern pattern) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return pattern.matcher(start).lookingAt();
        } catch (IOException _) {
            return false; // it is read, and tells why it cannot be
        }
    }

    /// Does a link lead to what is read anyway, in one of the folders?
    ///
    /// @param folders real paths
    static boolean readAnyway(Path real, List<Path> folders) {
        return folders.stream()
                .filter(real::startsWith)
                .map(folder -> folder.relativize(real))
                .anyMatch(within ->
                        StreamSupport.stream(within.spliterator(), false).noneMatch(FolderRules::hidden));
    }

    /// Does its name say that a file is read?
    static boolean data(Path file) {
        Path last = file.getFileName();
        if (last == null) {
            return false;
        }
        String[] pieces = last.toString().toLowerCase(Locale.ROOT).split("\\.");
        int end = pieces.length - 1;
        if (end > 1 && PACKED.contains(pieces[end])) {
            end--;
        }
        return end > 0 && ENDINGS.contains(pieces[end]);
    }
}
