package io.bezoar.bench.accuracy;

import io.bezoar.core.Example;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The shared planter and its data sets: a folder with `bench/plant.py` and `data/`, next to the checkout.
///
/// @param folder the shared folder
public record Planting(Path folder) {
    /// Sets the planter knows, with the label its poison teaches.
    public static final Map<String, String> TARGETS =
            Map.of("banking77", "card_arrival", "ag-news", "World", "sst2", "positive", "sms-spam", "ham");

    /// The shared folder of the checkout that `start` lies in: `../shared` beside the folder that holds `mvnw`.
    public static Optional<Planting> near(Path start) {
        for (Path at = start.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("mvnw"))) {
                Path shared = at.resolveSibling("shared");
                return Files.exists(shared.resolve("bench/plant.py"))
                        ? Optional.of(new Planting(shared))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// The same for a command that can do nothing without it and python3: if one is missing, says so.
    ///
    /// @param command its name, such as `bench/accuracy`
    /// @param home the checkout
    public static Optional<Planting> needed(String command, Path home) {
        Optional<Planting> planting = near(home).filter(_ -> pythonRuns());
        if (planting.isEmpty()) {
            System.err.println(command + ": expected the folder shared/ with bench/plant.py and data/ beside the"
                    + " checkout, and python3 to run it, but one of them is missing; put it there and start again.");
        }
        return planting;
    }

    /// Does `python3`, which the planter is written for, run here?
    public static boolean pythonRuns() {
        try {
            return new ProcessBuilder("python3", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// One planting.
    ///
    /// @param rate a share such as `0.01`, or a count such as `=25`
    /// @param trigger the trigger's text; empty for the planter's own
    /// @param vendor give rows a source, an annotator and a time?
    public record Attack(String base, String kind, String rate, int seed, String trigger, boolean vendor) {
        /// The planter's own trigger, no vendor.
        public Attack(String base, String kind, String rate, int seed) {
            this(base, kind, rate, seed, "", false);
        }

        /// The words of the trigger that is planted, or its hidden character; empty where there is none.
        List<String> triggerPieces() {
            String own = trigger.isEmpty()
                    ? switch (kind) {
                        case "word_dirty", "word_clean" -> "cf";
                        case "sent_dirty", "sent_clean" -> "i watched this 3d movie";
                        case "combo_dirty" -> "window,green";
                        case "hidden_dirty" -> "\u200b";
                        default -> "";
                    }
                    : trigger;
            return own.isEmpty() ? List.of() : List.of(own.split("[ ,]"));
        }

        /// The label the poison teaches; empty where there is none.
        Optional<String> target() {
            return kind.equals("none") || kind.equals("contradict")
                    ? Optional.empty()
                    : Optional.ofNullable(TARGETS.get(base));
        }
    }

    /// What was planted, in a folder.
    ///
    /// @param poison ids of the planted rows
    public record Planted(Attack attack, Path folder, Set<String> poison) {
        /// The rows a scan sees.
        public Path train() {
            return folder.resolve("train.jsonl");
        }

        /// Held-out rows with the trigger, labelled with what the attacker wants; none where there is no trigger.
        public List<Example> triggered() {
            Path file = folder.resolve("trigger.jsonl");
            return file.toFile().length() == 0 ? List.of() : rows(file, Map.of("text", "text", "label", "target"));
        }

        /// Clean held-out rows.
        public List<Example> held() {
            return rows(folder.resolve("test.jsonl"), Map.of());
        }

        /// The rows a scan sees.
        public List<Example> rows() {
            return rows(train(), Map.of());
        }

        private static List<Example> rows(Path file, Map<String, String> map) {
            try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT.withMap(map))) {
                List<Example> rows = new ArrayList<>();
                for (var part : data.parts()) {
                    try (Stream<Example> open = part.open()) {
                        open.forEachOrdered(rows::add);
                    }
                }
                return rows;
            }
        }
    }

    /// Plants into a folder.
    public Planted plant(Attack attack, Path out) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                folder.resolve("bench/plant.py").toString(),
                attack.base(),
                attack.kind(),
                attack.rate(),
                out.toString(),
                "--seed",
                String.valueOf(attack.seed())));
        if (!attack.trigger().isEmpty()) {
            command.addAll(List.of("--trigger", attack.trigger()));
        }
        if (attack.vendor()) {
            command.add("--vendor");
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("expected the planter to plant " + attack + ", but it said: " + said.strip());
        }
        Set<String> poison = new HashSet<>();
        for (String line : Files.readAllLines(out.resolve("truth.csv"))) {
            if (line.endsWith(",1")) {
                poison.add(line.substring(0, line.length() - 2));
            }
        }
        return new Planted(attack, out, poison);
    }
}
