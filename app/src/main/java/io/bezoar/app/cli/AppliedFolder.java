package io.bezoar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.data.BadInput;
import io.bezoar.data.Splitter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// The folder that `apply` writes its sets into, which may hold files of other people.
///
/// The sets are written aside, in a hidden folder within it, and moved under their names when all are complete. A file
/// that is there already is replaced or taken away only if an earlier `apply` wrote it and nobody changed it since:
/// [#MANIFEST] beside the sets holds their SHA-256 digests. Owned by one thread; SIGINT leaves nothing aside.
final class AppliedFolder implements AutoCloseable {
    /// What says which files of the folder `apply` wrote. Hidden, so that a scan of the folder does not read it.
    static final String MANIFEST = ".bezoar-applied.json";

    private static final String SCHEMA = "bezoar.applied-files/1";
    private static final String ASIDE = ".bezoar-apply-";
    private static final long LARGEST = 256L << 20;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private final Path folder;
    private final Path aside;
    private final SortedMap<String, Set<String>> known;
    private final Thread hook = new Thread(this::remove, "bezoar-apply");

    private AppliedFolder(Path folder, Path aside, SortedMap<String, Set<String>> known) {
        this.folder = folder;
        this.aside = aside;
        this.known = known;
    }

    /// One set that was written.
    ///
    /// @param input the file it was made of, as the data name it
    /// @param set clean, review, quarantine or malformed
    record Written(Path file, String input, String set) {}

    /// What came of the data.
    record Applied(Splitter.Split split, List<Written> written) {
        Applied {
            written = List.copyOf(written);
        }
    }

    /// The folder cannot be written; the message is one sentence for the user.
    static final class Unwritable extends IOException {
        private static final long serialVersionUID = 1L;

        private Unwritable(Path folder, IOException cause) {
            super(
                    "expected to write the data set into \"" + folder + "\", but that failed: " + reason(cause)
                            + "; name another folder with --to; no file of it was written",
                    cause);
        }

        private static String reason(IOException cause) {
            String message = String.valueOf(cause.getMessage());
            return cause instanceof AccessDeniedException
                    ? "it may not be written"
                    : cause instanceof FileAlreadyExistsException
                            ? "a file of that name exists"
                            : message.contains("No space left") ? "the disk is full" : message;
        }
    }

    /// Opens the folder, which is made if it is not there.
    static AppliedFolder open(Path folder) throws Unwritable {
        try {
            Files.createDirectories(folder);
            AppliedFolder out = new AppliedFolder(
                    folder, Files.createTempDirectory(folder, ASIDE), known(folder.resolve(MANIFEST)));
            Runtime.getRuntime().addShutdownHook(out.hook);
            return out;
        } catch (IOException e) {
            throw new Unwritable(folder, e);
        }
    }

    /// Digests by name. A manifest that cannot be understood vouches for no file.
    private static SortedMap<String, Set<String>> known(Path manifest) throws IOException {
        SortedMap<String, Set<String>> known = new TreeMap<>();
        if (!Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS) || Files.size(manifest) > LARGEST) {
            return known;
        }
        try {
            JsonNode json = MAPPER.readTree(Files.readAllBytes(manifest));
            if (json.path("schema").asText("").equals(SCHEMA)) {
                for (JsonNode file : json.path("files")) {
                    String name = file.path("name").asText("");
                    if (name.codePoints().noneMatch(point -> point == '/' || point == '\\' || point < ' ')) {
                        known.computeIfAbsent(name, _ -> new TreeSet<>())
                                .add(file.path("sha256").asText(""));
                    }
                }
            }
        } catch (com.fasterxml.jackson.core.JacksonException _) {
            known.clear();
        }
        return known;
    }

    /// Splits the data aside and moves the sets under their names.
    ///
    /// @param inputs the data
    /// @param splitter writes the sets into the folder it is given
    /// @throws BadInput if a file is in the way that no `apply` wrote
    Applied apply(List<DataFile> inputs, Function<Path, Splitter.Split> splitter) throws Unwritable {
        Splitter.Split split;
        try {
            split = splitter.apply(aside);
        } catch (Splitter.UnwritableSet e) {
            throw new Unwritable(folder, e.getCause() instanceof IOException io ? io : new IOException(e));
        }
        try {
            for (Splitter.Made made : split.sets()) {
                mayGo(folder.resolve(made.name()), inputs);
            }
            return new Applied(split, move(split.sets()));
        } catch (IOException e) {
            throw new Unwritable(folder, e);
        }
    }

    /// May whatever lies there be replaced?
    private void mayGo(Path path, List<DataFile> inputs) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (DataFile input : inputs) {
            Path of = Path.of(input.name());
            if (!input.name().equals("-") && Files.exists(of) && Files.exists(path) && Files.isSameFile(path, of)) {
                throw new BadInput("expected a folder without the input, but \"" + path
                        + "\" is one of the input files; name another folder with --to; nothing was written");
            }
        }
        Set<String> digests = known.getOrDefault(String.valueOf(path.getFileName()), Set.of());
        boolean ours = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                && !digests.isEmpty()
                && digests.contains(JoinedLedger.sha256(path));
        if (!ours) {
            throw new BadInput("expected a folder without files of those names, but \""
                    + SafeText.plain(path.toString(), 400) + "\" "
                    + (digests.isEmpty()
                            ? "is no file that an earlier bezoar apply wrote"
                            : "was changed since bezoar apply wrote it")
                    + "; move it away or name another folder with --to; nothing was written");
        }
    }

    /// All files or, on SIGINT, none. Where nothing was to be written, what an earlier `apply` wrote goes.
    private synchronized List<Written> move(List<Splitter.Made> sets) throws IOException {
        SortedMap<String, Set<String>> after = new TreeMap<>();
        known.forEach((name, digests) -> after.put(name, new TreeSet<>(digests)));
        Map<String, String> fresh = new TreeMap<>();
        for (Splitter.Made made : sets) {
            if (made.file().isPresent()) {
                String digest = JoinedLedger.sha256(made.file().get());
                fresh.put(made.name(), digest);
                after.computeIfAbsent(made.name(), _ -> new TreeSet<>()).add(digest);
            }
        }
        manifest(after); // before the first move: whatever interrupts the rest, every file is known
        List<Written> written = new ArrayList<>();
        for (Splitter.Made made : sets) {
            Path path = folder.resolve(made.name());
            if (made.file().isPresent()) {
                Files.move(
                        made.file().get(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                written.add(new Written(path, made.input(), made.set()));
            }
        }
        for (Splitter.Made made : sets) {
            if (made.file().isEmpty()) {
                Files.deleteIfExists(folder.resolve(made.name()));
            }
        }
        after.keySet().removeIf(name -> !Files.exists(folder.resolve(name)));
        fresh.forEach((name, digest) -> after.put(name, Set.of(digest)));
        try {
            manifest(after);
        } catch (IOException _) {
            return written; // the one from before the moves knows these files as well
        }
        return written;
    }

    private void manifest(SortedMap<String, Set<String>> files) throws IOException {
        Path written = aside.resolve(MANIFEST);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(written))) {
            Json.write(out, json -> {
                json.writeStartObject();
                json.writeStringField("schema", SCHEMA);
                json.writeArrayFieldStart("files");
                for (Map.Entry<String, Set<String>> file : files.entrySet()) {
                    for (String digest : file.getValue()) {
                        json.writeStartObject();
                        json.writeStringField("name", file.getKey());
                        json.writeStringField("sha256", digest);
                        json.writeEndObject();
                    }
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        }
        Files.move(
                written, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Removes what is still aside.
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return; // the machine is going down and the hook has run or will
        }
    }

    private synchronized void remove() {
        try (Stream<Path> all = Files.walk(aside)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException _) {
            aside.toFile().deleteOnExit(); // gone already, or not to be had
        }
    }
}
