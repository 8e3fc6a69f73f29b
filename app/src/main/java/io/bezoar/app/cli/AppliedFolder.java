package io.bezoar.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.data.BadInput;
import io.bezoar.data.Splitter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The folder that `apply` writes its sets into, which may hold files of other people.
///
/// A file that is there already is replaced or taken away only if an earlier `apply` wrote it and nobody changed it
/// since: [#MANIFEST] beside the sets holds their SHA-256 digests. Owned by one thread.
final class AppliedFolder {
    /// What says which files of the folder `apply` wrote. Hidden, so that a scan of the folder does not read it.
    static final String MANIFEST = ".bezoar-applied.json";

    private static final String SCHEMA = "bezoar.applied-files/1";
    private static final long LARGEST = 256L << 20;
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());

    private final Path folder;
    private final SortedMap<String, String> fresh = new TreeMap<>();
    private SortedMap<String, Set<String>> known = new TreeMap<>();

    AppliedFolder(Path folder) {
        this.folder = folder;
    }

    /// Asks whether the sets may be put into the folder, and vouches for them: whatever interrupts what comes
    /// then, every file of theirs is known.
    ///
    /// @param sets complete, and still aside
    /// @throws BadInput if a file is in the way that no `apply` wrote
    /// @throws Splitter.UnwritableSet if the folder cannot be written
    void vouch(List<Splitter.Made> sets) {
        try {
            known = known(folder.resolve(MANIFEST));
            for (Splitter.Made made : sets) {
                mayGo(folder.resolve(made.name()));
            }
            for (Splitter.Made made : sets) {
                if (made.file().isPresent()) {
                    String digest = JoinedLedger.sha256(made.file().get());
                    fresh.put(made.name(), digest);
                    known.computeIfAbsent(made.name(), _ -> new TreeSet<>()).add(digest);
                }
            }
            manifest();
        } catch (IOException e) {
            throw new Splitter.UnwritableSet(folder, e);
        }
    }

    /// Forgets what is no longer there, now that the sets are.
    void settle() {
        known.keySet().removeIf(name -> !Files.exists(folder.resolve(name)));
        fresh.forEach((name, digest) -> known.put(name, Set.of(digest)));
        try {
            manifest();
        } catch (IOException _) {
            return; // the one from before knows these files as well
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

    /// May whatever lies there be replaced?
    private void mayGo(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Set<String> digests = known.getOrDefault(String.valueOf(path.getFileName()), Set.of());
        boolean ours = (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                        || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
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

    private void manifest() throws IOException {
        Path written = folder.resolve(MANIFEST + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(written))) {
                Json.write(out, json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", SCHEMA);
                    json.writeArrayFieldStart("files");
                    for (Map.Entry<String, Set<String>> file : known.entrySet()) {
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
                    written,
                    folder.resolve(MANIFEST),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
