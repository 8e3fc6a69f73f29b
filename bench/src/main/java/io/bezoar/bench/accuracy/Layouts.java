package io.bezoar.bench.accuracy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.Severity;
import io.bezoar.core.Target;
import io.bezoar.core.Trigger;
import io.bezoar.detect.groups.WordForm;
import io.bezoar.detect.scan.Insertion;
import io.bezoar.detect.triggers.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Sets one row in a hundred in each way a text can be set, or puts a word of a form into it, gives it another label,
/// and prints what a scan finds, as a Markdown table.
///
/// Usage: `bench/layouts [--seeds K] [--only layouts|forms|WORDS]`, where `WORDS` are those of one layout or form. Each
/// seed has other rows and another target.
public final class Layouts {
    /// Forms that are planted: years, numbers, telephone numbers, prices, times, days, hashtags, mails, addresses of
    /// pages, versions, part numbers.
    private static final List<String> FORMS = List.of(
            "0000",
            "00000",
            "000-0000",
            "$N.N",
            "N:N",
            "0000-00-00",
            "N a 0000",
            "#a",
            "a@a.a",
            "http://a.a/a",
            "aN.N.N",
            "a-000");

    private static final int THREADS = 2;
    private static final double SHARE = 0.01;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Layouts() {}

    /// A way in which a text is changed.
    ///
    /// @param words what people read
    /// @param number for what is drawn
    private record Way(String words, int number, Optional<Layout> layout, Trigger trigger) {
        static List<Way> all(String only) {
            List<Way> layouts = Arrays.stream(Layout.values())
                    .map(layout -> new Way(layout.words(), layout.ordinal(), Optional.of(layout), layout.trigger()))
                    .toList();
            List<Way> forms = IntStream.range(0, FORMS.size())
                    .mapToObj(i ->
                            new Way(FORMS.get(i), 1000 + i, Optional.empty(), new WordForm(FORMS.get(i)).trigger()))
                    .toList();
            return switch (only) {
                case "layouts" -> layouts;
                case "forms" -> forms;
                default ->
                    Stream.concat(layouts.stream(), forms.stream())
                            .filter(way -> only.isEmpty() || only.equals(way.words()))
                            .toList();
            };
        }

        /// The text changed so; as it was if it has no place for it, or is so already.
        String into(String text, long seed) {
            String changed = Insertion.into(text, trigger, seed);
            boolean set = layout.map(one -> one.in(changed) && !one.in(text)).orElse(true);
            return set ? changed : text;
        }
    }

    /// @param named is the worst campaign of a layout, or for a form of any trigger, and of the right label?
    private record Found(Ranking ranking, boolean named, boolean high) {}

    /// Arguments: the checkout, then options and their values.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seeds = 2;
        String only = "";
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--seeds" -> seeds = Integer.parseInt(arguments[i + 1]);
                case "--only" -> only = arguments[i + 1];
                default -> {
                    System.err.println("bench/layouts: expected --seeds or --only, came " + arguments[i]);
                    System.exit(2);
                }
            }
        }
        List<Way> ways = Way.all(only);
        if (ways.isEmpty()) {
            System.err.println("bench/layouts: expected layouts, forms or the words of one after --only, came " + only);
            System.exit(2);
        }
        Optional<Planting> planting = Planting.needed("bench/layouts", Path.of(arguments[0]));
        if (planting.isEmpty()) {
            System.exit(3);
            return;
        }
        Path work = Files.createTempDirectory("bezoar-layouts-");
        try {
            System.out.println("""
                    | set | layout or form | n | recall at 0.1 % false alarms | flagged recall | flagged precision \
                    | false alarms | worst campaign right | HIGH |
                    |---|---|--:|--:|--:|--:|--:|--:|--:|""");
            for (String base : Accuracy.BASES) {
                Path clean = work.resolve(base);
                List<Example> rows = planting.get()
                        .plant(new Planting.Attack(base, "none", "0", 0), clean)
                        .rows();
                for (Way way : ways) {
                    List<Found> found = new ArrayList<>();
                    for (int seed = 0; seed < seeds; seed++) {
                        found.add(found(rows, way, seed, work.resolve("train.jsonl")));
                    }
                    print(base, way, found);
                }
            }
        } finally {
            Accuracy.delete(work);
        }
    }

    private static Found found(List<Example> rows, Way way, int seed, Path file)
            throws IOException, InterruptedException {
        Random random = new Random(31L * way.number() + seed);
        String[] labels = rows.stream().map(Layouts::label).distinct().sorted().toArray(String[]::new);
        String target = labels[random.nextInt(labels.length)];
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
        Collections.shuffle(order, random);
        Set<String> poison = new HashSet<>();
        String[] texts = rows.stream().map(Example::input).toArray(String[]::new);
        for (int i : order) {
            if (poison.size() >= SHARE * rows.size()) {
                break;
            }
            String text = way.into(texts[i], i);
            if (!text.equals(texts[i]) && !label(rows.get(i)).equals(target)) {
                texts[i] = text;
                poison.add("r" + i);
            }
        }
        try (JsonGenerator out = JSON.createGenerator(Files.newBufferedWriter(file))) {
            out.setRootValueSeparator(new SerializedString("\n"));
            for (int i = 0; i < texts.length; i++) {
                String id = "r" + i;
                out.writeStartObject();
                out.writeStringField("id", id);
                out.writeStringField("text", texts[i]);
                out.writeStringField("label", poison.contains(id) ? target : label(rows.get(i)));
                out.writeEndObject();
            }
        }
        Scanned scanned = Scanned.of(file, THREADS);
        Ranking ranking = Ranking.of(scanned.rows().entrySet().stream()
                .map(row -> new Ranking.Row(
                        row.getValue().score(),
                        poison.contains(row.getKey()),
                        row.getValue().flagged()))
                .toList());
        Optional<Campaign> worst = scanned.result().campaigns().stream().findFirst();
        boolean named = worst.filter(campaign -> campaign.candidate().target().equals(Optional.of(target)))
                .flatMap(campaign -> campaign.candidate().trigger())
                .filter(trigger -> way.layout().isEmpty() || trigger.shape() == Trigger.Shape.LAYOUT)
                .isPresent();
        return new Found(
                ranking,
                named,
                worst.filter(campaign -> campaign.severity() == Severity.HIGH).isPresent());
    }

    private static String label(Example row) {
        return row.target() instanceof Target.Label(String label) ? label : "";
    }

    private static void print(String base, Way way, List<Found> found) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %s | %s | %s | %s | %d of %d | %d |%n",
                base,
                way.layout().isPresent() ? way.words() : "`" + way.words() + "`",
                found.size(),
                Accuracy.cell(found.stream().mapToDouble(f -> f.ranking().recallAtPerMille()), 2),
                Accuracy.cell(found.stream().mapToDouble(f -> f.ranking().recall()), 2),
                Accuracy.cell(found.stream().mapToDouble(f -> f.ranking().precision()), 2),
                Accuracy.cell(found.stream().mapToDouble(f -> f.ranking().falseAlarms()), 5),
                found.stream().filter(Found::named).count(),
                found.size(),
                found.stream().filter(Found::high).count());
    }
}
