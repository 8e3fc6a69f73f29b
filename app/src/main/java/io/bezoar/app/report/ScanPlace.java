package io.bezoar.app.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bezoar.core.ScanResult.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where a scan ran: the folder that the names in its result are relative to, so that other verbs find the data from
/// wherever they are started. `run.json` has it as a path from the folder of the result, which is `..` in most cases
/// and stays right when both are moved together.
///
/// @param base the folder; empty if it is the one this process runs in, or not known
/// @param named what was scanned, as it was typed; empty if the result does not say so
public record ScanPlace(Optional<Path> base, List<String> named) {
    private static final JsonMapper MAPPER = new JsonMapper(Json.factory());
    private static final long LARGEST = 64L << 20;

    /// The folder this process runs in, as seen from the folder of a result; empty if there is no such path.
    static Optional<String> recorded(Path result) {
        try {
            return Optional.of(result.toRealPath().relativize(here()).toString().replace('\\', '/'));
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty(); // another drive
        }
    }

    /// Where the scan ran whose result is in a folder.
    public static ScanPlace of(Path result) {
        Path run = result.resolve("run.json");
        try {
            if (!Files.isRegularFile(run) || Files.size(run) > LARGEST) {
                return new ScanPlace(Optional.empty(), List.of());
            }
            JsonNode said = MAPPER.readTree(Files.readAllBytes(run));
            String folder = said.path("folder").asText("-");
            List<String> named = new ArrayList<>();
            said.path("data").forEach(name -> named.add(name.asText("")));
            Path base = result.toRealPath().resolve(folder).normalize();
            return new ScanPlace(
                    folder.equals("-") || !Files.isDirectory(base) || base.equals(here())
                            ? Optional.empty()
                            : Optional.of(base),
                    named);
        } catch (IOException | InvalidPathException _) {
            return new ScanPlace(
                    Optional.empty(), List.of()); // a broken run.json is told where it is read for what it is
        }
    }

    private static Path here() throws IOException {
        return Path.of("").toRealPath();
    }

    /// The scanned data, by names that hold here.
    public List<String> data(List<DataFile> files) {
        return files.stream().map(file -> name(file.name())).toList();
    }

    /// What was scanned, as it was typed but for the folder that it is relative to; empty if the result does not say
    /// so.
    public List<String> given() {
        return named.stream().map(this::from).toList();
    }

    private String from(String name) {
        return there(name).map(Path::toString).orElse(name);
    }

    /// The scan's settings, with names that hold here.
    public Map<String, String> settings(Map<String, String> settings) {
        Map<String, String> out = new TreeMap<>(settings);
        out.computeIfPresent("ledger", (_, name) -> name(name));
        return out;
    }

    /// A file that lies in the working folder by default: the one there, else the one where the scan ran.
    ///
    /// @param asked as the user named it or left it
    /// @param usual its default
    public Path beside(Path asked, Path usual) {
        return asked.equals(usual) && !Files.exists(asked)
                ? base.map(folder -> folder.resolve(usual)).orElse(asked)
                : asked;
    }

    private String name(String name) {
        return there(name).filter(Files::exists).map(Path::toString).orElse(name);
    }

    /// What a name of the result leads to from its folder; empty for standard input, where the folder is not told, and
    /// for what can be no path.
    private Optional<Path> there(String name) {
        try {
            return base.filter(_ -> !name.equals("-")).map(folder -> folder.resolve(name));
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
