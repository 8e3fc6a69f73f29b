package io.bezoar.app.report;

import io.bezoar.data.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Where a verb is about to write. It is looked at before anything is read, so that no result
/// destroys what it was made from, and nobody waits for one that cannot be written.
public final class OutputPlace {
    private OutputPlace() {}

    /// Refuses a folder for results that is a file.
    ///
    /// @param option that names it
    public static void folder(Path out, String option) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new BadInput("expected a folder for the result, came " + shown(out)
                    + ", which is a file; name another" + " with " + option);
        }
    }

    /// Refuses a file for results that is a folder, or that the same command reads or writes as
    /// well.
    ///
    /// @param option that names it
    /// @param others files that the command reads, as the user named them, and what else it
    ///     writes
    public static void file(Path out, String option, Collection<String> others) {
        if (Files.isDirectory(out)) {
            throw new BadInput("expected a file to write, came " + shown(out) + ", which is a folder; name a file in it"
                    + " with " + option);
        }
        for (String other : others) {
            if (same(out, other)) {
                throw new BadInput("expected a place of its own for what is written, came " + shown(out)
                        + ", which this command reads or writes as well; name another with " + option);
            }
        }
    }

    /// Refuses to replace a file that is no earlier result.
    ///
    /// @param option that names it
    /// @param begin how every result begins
    public static void replacing(Path out, String option, String begin) throws IOException {
        file(out, option, List.of());
        if (Files.isRegularFile(out) && Files.size(out) > 0) {
            byte[] wanted = begin.getBytes(StandardCharsets.UTF_8);
            try (InputStream in = Files.newInputStream(out)) {
                if (!Arrays.equals(wanted, in.readNBytes(wanted.length))) {
                    throw new BadInput("expected a new file or an earlier result to replace, came " + shown(out)
                            + ", which holds something else; name another with " + option);
                }
            }
        }
    }

    /// Are these one file, there or not, under whatever names?
    public static boolean same(Path one, Path other) throws IOException {
        return Files.exists(one) && Files.exists(other)
                ? Files.isSameFile(one, other)
                : place(one).equals(place(other));
    }

    private static Path place(Path file) throws IOException {
        Path plain = file.toAbsolutePath().normalize();
        Path parent = plain.getParent();
        return parent == null || !Files.isDirectory(parent)
                ? plain
                : parent.toRealPath().resolve(plain.getFileName());
    }

    /// The same of what a user named, which may be no path.
    private static boolean same(Path out, String other) {
        try {
            return same(out, Path.of(other));
        } catch (IOException | InvalidPathException _) {
            return false; // a glob, or what cannot be read: told where it is read
        }
    }

    private static String shown(Path path) {
        return "\"" + SafeText.plain(path.toString(), 400) + "\"";
    }
}
