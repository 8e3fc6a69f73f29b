package io.bezoar.app.cli;

import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.ScannedCampaigns;
import io.bezoar.app.report.Words;
import io.bezoar.core.Example;
import io.bezoar.data.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options by which rows are named: by id, or all that came from somewhere. What is named twice
/// counts once.
final class RowChoice {
    private static final int SHOWN = 5;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--row", paramLabel = "ID", description = "A row; repeat for more.")
    private List<String> row = List.of();

    @Option(names = "--rows", paramLabel = "FILE", description = "A file of ids, one a line.")
    private Optional<Path> rows = Optional.empty();

    @Option(names = "--source", paramLabel = "NAME", description = "All rows of a source; repeat for more.")
    private List<String> source = List.of();

    @Option(names = "--annotator", paramLabel = "NAME", description = "All rows of an annotator; repeat for more.")
    private List<String> annotator = List.of();

    @Option(names = "--batch", paramLabel = "NAME", description = "All rows of a batch; repeat for more.")
    private List<String> batch = List.of();

    @Option(
            names = "--campaign",
            paramLabel = "NAME",
            description = "All rows of a campaign, with --scan; repeat for more.")
    private List<String> campaign = List.of();

    @Option(names = "--scan", paramLabel = "DIR", description = "Result of the scan that named the campaigns.")
    private Optional<Path> scan = Optional.empty();

    RowChoice() {}

    /// The chosen rows.
    ///
    /// @param rows their places, ascending
    /// @param what in words
    record Chosen(int[] rows, String what) {}

    /// Chooses among rows.
    ///
    /// @throws BadInput if a name fits no row: a slip of the pen must not pass for a removal
    Chosen of(TrainingRows all) throws FindingsReader.UnreadableResult {
        if (campaign.isEmpty() == scan.isPresent()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--campaign and --scan go together: the scan says which rows a campaign has");
        }
        scan.ifPresent(folder -> ScannedBefore.check(folder, "--scan"));
        TreeSet<Integer> chosen = new TreeSet<>();
        List<String> what = new ArrayList<>();
        List<String> ids = new ArrayList<>(row);
        rows.ifPresent(file -> ids.addAll(lines(file)));
        if (!ids.isEmpty()) {
            Map<String, Integer> places = new HashMap<>();
            for (int place = 0; place < all.ids().size(); place++) {
                places.put(all.ids().get(place), place);
            }
            for (String id : ids) {
                if (!places.containsKey(id)) {
                    throw new BadInput("expected ids of the training data, came \"" + SafeText.plain(id, 80)
                            + "\", which no row has; bezoar scan writes the ids into scores.csv");
                }
                chosen.add(places.get(id));
            }
            what.add(Words.count(ids.size(), "id"));
        }
        IntFunction<Example> example = place -> all.examples().get(place);
        add("source", source, all, place -> example.apply(place).origin().source(), chosen, what);
        add("annotator", annotator, all, place -> example.apply(place).origin().annotator(), chosen, what);
        add("batch", batch, all, place -> example.apply(place).origin().batch(), chosen, what);
        Map<String, String> campaigns = scan.isPresent() ? ScannedCampaigns.of(scan.get()) : Map.of();
        add(
                "campaign",
                campaign,
                all,
                place -> Optional.ofNullable(campaigns.get(all.ids().get(place))),
                chosen,
                what);
        if (chosen.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "expected rows to take out: name them with --row, --rows, --source, --annotator, --batch or"
                            + " --campaign");
        }
        return new Chosen(chosen.stream().mapToInt(Integer::intValue).toArray(), String.join(", ", what));
    }

    private static void add(
            String kind,
            List<String> names,
            TrainingRows all,
            IntFunction<Optional<String>> of,
            TreeSet<Integer> chosen,
            List<String> what) {
        if (names.isEmpty()) {
            return;
        }
        TreeMap<String, List<Integer>> members = new TreeMap<>();
        for (int place = 0; place < all.examples().size(); place++) {
            int member = place;
            of.apply(place)
                    .ifPresent(name -> members.computeIfAbsent(name, _ -> new ArrayList<>())
                            .add(member));
        }
        for (String name : names) {
            if (!members.containsKey(name)) {
                throw new BadInput("expected a " + kind + " of the training data, came \"" + SafeText.plain(name, 80)
                        + "\"; "
                        + (members.isEmpty()
                                ? "no row names any"
                                : "there are " + Words.count(members.size()) + ", like "
                                        + SafeText.plain(
                                                String.join(
                                                        ", ",
                                                        members.keySet().stream()
                                                                .limit(SHOWN)
                                                                .toList()),
                                                200)));
            }
            chosen.addAll(members.getOrDefault(name, List.of()));
            what.add(kind + " “" + SafeText.plain(name, 80) + "”");
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Arrays.stream(Files.readString(file, StandardCharsets.UTF_8).split("\\R"))
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new BadInput("expected ids, one a line, in \"" + file + "\", but it cannot be read", e);
        }
    }
}
