package io.bezoar.app.cli;

import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.data.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files that a gate writes beside its verdict. None goes over what the gate reads, nor over a file that is there
/// and that no gate wrote. Owned by one thread.
final class GateFiles {
    private static final int HEAD = 1 << 13;

    private final List<Wanted> wanted = new ArrayList<>();

    GateFiles() {}

    /// What a gate can write.
    enum Kind {
        JUNIT("--junit"),
        SARIF("--sarif"),
        MARKDOWN("--markdown");

        private final String option;

        Kind(String option) {
            this.option = option;
        }

        /// Did a gate write the file that begins so?
        private boolean wrote(String head) {
            return switch (this) {
                case JUNIT -> head.startsWith("<?xml") && head.contains("classname=\"bezoar.");
                case SARIF -> head.startsWith("{") && head.contains("\"Bezoar gate\"");
                case MARKDOWN -> head.startsWith("**Gate open.** ") || head.startsWith("**Gate closed.** ");
            };
        }
    }

    private record Wanted(Kind kind, Path file, Aside.Content content) {}

    /// Takes a file that the user may have asked for.
    GateFiles with(Kind kind, Optional<Path> file, Aside.Content content) {
        file.ifPresent(path -> wanted.add(new Wanted(kind, path, content)));
        return this;
    }

    /// Makes sure that nothing is lost by writing the files.
    ///
    /// @param inputs what the gate reads, there or not
    /// @throws BadInput if something would be
    void check(List<Path> inputs) throws IOException {
        List<Path> taken = new ArrayList<>(inputs);
        for (Wanted one : wanted) {
            for (Path other : taken) {
                if (OutputPlace.same(one.file, other)) {
                    throw refused(one, "the gate needs that file itself");
                }
            }
            taken.add(one.file);
            if (Files.exists(one.file, LinkOption.NOFOLLOW_LINKS) && !ours(one)) {
                throw refused(one, "what is there was written by no gate");
            }
        }
    }

    private static BadInput refused(Wanted one, String why) {
        return new BadInput("expected a new file or an earlier report for " + one.kind.option + ", came \""
                + SafeText.plain(one.file.toString(), 400) + "\", but " + why + "; name another file");
    }

    /// An empty file is nobody's: pipelines make one for the summary of a job.
    private static boolean ours(Wanted one) throws IOException {
        if (!Files.isRegularFile(one.file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(one.file)) {
            byte[] head = in.readNBytes(HEAD);
            return head.length == 0 || one.kind.wrote(new String(head, StandardCharsets.UTF_8));
        }
    }

    /// Writes the files; one that cannot be written keeps no other from being written.
    ///
    /// @return a sentence for each that could not
    List<String> write() {
        List<String> failures = new ArrayList<>();
        for (Wanted one : wanted) {
            try {
                Aside.write(one.file, one.content);
            } catch (IOException e) {
                failures.add("expected to write \"" + SafeText.plain(one.file.toString(), 400) + "\", but " + why(e)
                        + "; name another file with " + one.kind.option);
            }
        }
        return failures;
    }

    private static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no file can be made there";
            case AccessDeniedException _ -> "it may not be written";
            case FileSystemException file
            when file.getReason() != null -> "that failed: " + SafeText.plain(file.getReason(), 200);
            default -> "that failed: " + SafeText.plain(String.valueOf(e.getMessage()), 200);
        };
    }
}
