package io.bezoar.data;

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

/// What of a folder is looked at, and how it is named.
final class FolderRules {
    private static final Set<String> ENDINGS = Set.of("jsonl", "ndjson", "json", "csv", "tsv", "parquet");
    private static final Set<String> PACKED = Set.of("gz", "gzip", "zst", "zstd");

    private static final int HEAD = 256;
    private static final Pattern FINDINGS = Pattern.compile("\\s*\\{\\s*\"schema\"\\s*:\\s*\"bezoar\\.findings/");

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

    /// Whether a folder holds what a scan wrote: a `findings.json` that begins with the name of its format.
    static boolean holdsResults(Path folder) {
        Path findings = folder.resolve("findings.json");
        if (!Files.isRegularFile(findings)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(findings)) {
            String start = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return FINDINGS.matcher(start).lookingAt();
        } catch (IOException _) {
            return false; // its files are read, and tell why they cannot be
        }
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
