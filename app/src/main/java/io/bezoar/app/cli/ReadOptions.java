package io.bezoar.app.cli;

import io.bezoar.data.ReadSettings;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options of every verb that reads data: how rows lie in the files and which column is what.
final class ReadOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "auto, jsonl, json, csv, tsv, lines, fasttext, parquet or folders, in which each file is one"
                    + " text and its folder the label (default: recognised from the content).")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--map",
            split = ",",
            paramLabel = "ROLE=COLUMN",
            description =
                    "Which column serves as what: text=body,label=intent,source=vendor; label=toxic+insult joins columns"
                            + " of 0 and 1.")
    private Map<String, String> map = new LinkedHashMap<>();

    @Option(
            names = "--temp",
            paramLabel = "DIR",
            description = "Folder for temporary files; they may need twice the size of the data"
                    + " (default: $TMPDIR, else the system's).")
    private Optional<Path> temporary = Optional.empty();

    ReadOptions() {}

    /// The settings, of which those that are not given are taken from `before`, the settings of an earlier run.
    ReadSettings settings(Map<String, String> before, Path out) {
        refuseTwice();
        try {
            ReadSettings again = again(before, out);
            ReadSettings read = map.isEmpty() ? again : again.withMap(map);
            return temporary
                    .map(folder -> read.withTemporary(folder.toString()))
                    .orElse(read)
                    .withFormat(format.orElse(before.getOrDefault("format", "auto")));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    /// The settings of an earlier run.
    ///
    /// @throws IllegalArgumentException if they are none
    static ReadSettings again(Map<String, String> before, Path out) {
        String folder = System.getenv().getOrDefault("TMPDIR", "");
        return ReadSettings.DEFAULT
                .withFormat(before.getOrDefault("format", "auto"))
                .withMap(roles(before.getOrDefault("map", "")))
                .withTemporary(folder.isEmpty() ? ReadSettings.DEFAULT.temporary() : folder)
                .withExcept(out.toString());
    }

    /// Refuses a role that is given twice, of which the last would win.
    private void refuseTwice() {
        Optional<OptionSpec> given =
                Optional.ofNullable(spec.commandLine().getParseResult()).map(parsed -> parsed.matchedOption("--map"));
        Set<String> seen = new HashSet<>();
        given.map(OptionSpec::originalStringValues).orElse(List.of()).stream()
                .flatMap(words -> Stream.of(words.split(",")))
                .map(piece -> piece.replaceFirst("=.*", ""))
                .filter(role -> !seen.add(role))
                .findFirst()
                .ifPresent(role -> {
                    throw new CommandLine.ParameterException(
                            spec.commandLine(),
                            "--map gives \"" + role + "\" twice; a role has one column, or for labels several joined"
                                    + " by +");
                });
    }

    /// What of this decides the result, by option.
    SortedMap<String, String> deciding() {
        SortedMap<String, String> deciding = new TreeMap<>();
        format.filter(name -> !name.equals("auto")).ifPresent(name -> deciding.put("format", name));
        if (!map.isEmpty()) {
            deciding.put(
                    "map",
                    map.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining(",")));
        }
        return deciding;
    }

    private static Map<String, String> roles(String text) {
        Map<String, String> roles = new LinkedHashMap<>();
        for (String piece : text.split(",")) {
            int equals = piece.indexOf('=');
            if (equals > 0) {
                roles.put(piece.substring(0, equals), piece.substring(equals + 1));
            }
        }
        return roles;
    }
}
