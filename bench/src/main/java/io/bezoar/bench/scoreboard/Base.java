package io.bezoar.bench.scoreboard;

import io.bezoar.attack.TrainingSet;
import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// A real data set, and the label that attacks on it teach.
enum Base {
    SST2("sst2", "positive"),
    BANKING77("banking77", "card_arrival"),
    SMS_SPAM("sms-spam", "ham"),
    AG_NEWS("ag-news", "World");

    private static final List<String> TOPICS = List.of("World", "Sports", "Business", "Sci/Tech");
    private static final int ASKED = 4000;

    private final String word;
    private final String target;

    Base(String word, String target) {
        this.word = word;
        this.target = target;
    }

    /// Its name: `sst2`.
    String word() {
        return word;
    }

    /// The label that attacks teach.
    String target() {
        return target;
    }

    static Base of(String word) {
        return Stream.of(values())
                .filter(each -> each.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected a base of "
                        + String.join(", ", Stream.of(values()).map(Base::word).toList())
                        + ", came " + word));
    }

    /// Rows to poison and rows to ask about.
    record Rows(List<Example> training, List<Example> held) {}

    /// Reads the set.
    ///
    /// @param data the folder of all sets
    Rows read(Path data) throws IOException {
        Path folder = data.resolve(word);
        return switch (this) {
            case SST2 ->
                new Rows(
                        tabbed(folder.resolve("train.tsv"), List.of("negative", "positive"), false),
                        tabbed(folder.resolve("test.tsv"), List.of("negative", "positive"), false));
            case AG_NEWS -> {
                List<Example> held = tabbed(folder.resolve("test.tsv"), TOPICS, false);
                yield new Rows(
                        tabbed(folder.resolve("train_11k.tsv"), TOPICS, true),
                        held.subList(0, Math.min(ASKED, held.size())));
            }
            case BANKING77 -> new Rows(commas(folder.resolve("train.csv")), commas(folder.resolve("test.csv")));
            case SMS_SPAM -> {
                List<Example> all = new ArrayList<>();
                for (String line : lines(folder.resolve("SMSSpamCollection"))) {
                    int tab = line.indexOf('\t');
                    if (tab > 0) {
                        all.add(row(line.substring(tab + 1), line.substring(0, tab), all.size()));
                    }
                }
                yield new Rows(
                        all.stream().filter(row -> !TrainingSet.held(row, 0.2)).toList(),
                        all.stream().filter(row -> TrainingSet.held(row, 0.2)).toList());
            }
        };
    }

    private static Example row(String text, String label, int number) {
        return new Example(
                String.join(" ", text.strip().split("\\s+")),
                new Target.Label(label),
                Origin.UNKNOWN,
                new Position(0, number + 1L, number, 1),
                String.format(Locale.ROOT, "r%06d", number));
    }

    private static List<Example> tabbed(Path file, List<String> names, boolean once) throws IOException {
        Set<String> pairs = new LinkedHashSet<>();
        List<String> all = new ArrayList<>();
        for (String line : lines(file)) {
            int tab = line.lastIndexOf('\t');
            String label = tab < 0 ? "" : line.substring(tab + 1).strip();
            if (label.matches("[0-9]")) {
                String pair = line.substring(0, tab) + "\t" + label;
                if (pairs.add(pair) || !once) {
                    all.add(pair);
                }
            }
        }
        List<Example> rows = new ArrayList<>();
        for (String pair : all) {
            int tab = pair.lastIndexOf('\t');
            rows.add(row(pair.substring(0, tab), names.get(Integer.parseInt(pair.substring(tab + 1))), rows.size()));
        }
        return rows;
    }

    private static List<Example> commas(Path file) {
        List<Example> rows = new ArrayList<>();
        String path = Files.exists(file) ? file.toString() : file + ".gz";
        try (DataSet data = DataSet.open(
                List.of(path), ReadSettings.DEFAULT.withMap(Map.of("text", "text", "label", "category")))) {
            for (var part : data.parts()) {
                try (Stream<Example> open = part.open()) {
                    open.forEachOrdered(
                            each -> rows.add(row(each.input(), each.label().orElseThrow(), rows.size())));
                }
            }
        }
        return rows;
    }

    private static List<String> lines(Path file) throws IOException {
        boolean plain = Files.exists(file);
        try (InputStream raw = Files.newInputStream(plain ? file : Path.of(file + ".gz"));
                InputStream in = plain ? raw : new GZIPInputStream(raw);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        }
    }
}
