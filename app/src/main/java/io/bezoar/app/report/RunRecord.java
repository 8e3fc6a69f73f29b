package io.bezoar.app.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a scan was started. `run.json` holds all of it; the other files hold only what decides the result, so that equal
/// inputs give equal bytes.
///
/// @param version of Bezoar
/// @param command the command line as it was typed, `bezoar` first
/// @param data the files, folders and globs that were named, as they were typed; empty if nobody names them
/// @param settings options that decide the result beside the seed, by their name on the command line without dashes:
///     `format` -> `jsonl`. Not among them: threads, engine, output folder
/// @param seed of every random choice; 0 unless the user chose one
/// @param threads how many threads worked
/// @param engine `local` or the address of a cluster
/// @param java version of the Java runtime
/// @param os name and version of the operating system
/// @param start when the scan began
/// @param wallSeconds how long it took
/// @param verbs the verbs this installation has, so that no report names a command that is not there
public record RunRecord(
        String version,
        List<String> command,
        List<String> data,
        Map<String, String> settings,
        long seed,
        int threads,
        String engine,
        String java,
        String os,
        Instant start,
        double wallSeconds,
        Set<String> verbs) {

    public RunRecord {
        command = List.copyOf(command);
        data = List.copyOf(data);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        verbs = Set.copyOf(verbs);
    }

    /// The version of this installation.
    public static String installed() {
        return Optional.ofNullable(RunRecord.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }

    /// The settings in the order of their names.
    SortedMap<String, String> sorted() {
        return new TreeMap<>(settings);
    }

    /// The command that gives this result again, as pieces a shell would take one by one.
    List<String> reproduction(List<String> files) {
        List<String> options = new ArrayList<>();
        sorted().forEach((name, value) -> {
            options.add("--" + name);
            options.add(value);
        });
        if (seed != 0) {
            options.add("--seed");
            options.add(Long.toString(seed));
        }
        return command("scan", files, options);
    }

    /// A command of Bezoar, as pieces a shell would take one by one. Ids and files that look like
    /// options stand behind `--`.
    static List<String> command(String verb, List<String> names, List<String> options) {
        List<String> out = new ArrayList<>(List.of("bezoar", verb));
        if (names.stream().anyMatch(name -> name.startsWith("-") && name.length() > 1)) {
            out.addAll(options);
            out.add("--");
            out.addAll(names);
        } else {
            out.addAll(names);
            out.addAll(options);
        }
        return out;
    }

    /// The pieces of a command joined as a POSIX shell reads them.
    static String shell(List<String> pieces) {
        return String.join(" ", pieces.stream().map(RunRecord::quoted).toList());
    }

    private static String quoted(String piece) {
        boolean plain = !piece.isEmpty()
                && piece.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || "_-./=,:@+%".indexOf(c) >= 0);
        return plain ? piece : "'" + piece.replace("'", "'\\''") + "'";
    }
}
