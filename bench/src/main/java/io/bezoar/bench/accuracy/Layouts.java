package io.bezoar.bench.accuracy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bezoar.core.Campaign;
import io.bezoar.core.Example;
import io.bezoar.core.Severity;
import io.bezoar.core.Target;
import io.bezoar.core.Trigger;
import io.bezoar.detect.triggers.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Sets one row in a hundred in each way a text can be set, gives it another label, and prints what a scan finds, as a
/// Markdown table.
///
/// Usage: `bench/layouts [--seeds K]`. Each seed has other rows and another target.
public final class Layouts {
    private static final int THREADS = 2;
    private static final double SHARE = 0.01;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Layouts() {}

    /// @param named is the worst campaign of a layout, and of the right label?
    private record Found(Ranking ranking, boolean named, boolean high) {}

    /// Arguments: the checkout, then options and their values.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seeds = 2;
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            if (!arguments[i].equals("--seeds")) {
                System.err.println("bench/layouts: expected --seeds, came " + arguments[i]);
                System.exit(2);
            }
            seeds = Integer.parseInt(arguments[i + 1]);
        }
        Optional<Planting> planting = Planting.needed("bench/layouts", Path.of(arguments[0]));
        if (planting.isEmpty()) {
            System.exit(3);
            return;
        }
        Path work = Files.createTempDirectory("bezoar-layouts-");
        try {
            System.out.println("""
                    | set | layout | n | recall at 0.1 % false alarms | flagged recall | flagged precision \
                    | false alarms | worst campaign right | HIGH |
                    |---|---|--:|--:|--:|--:|--:|--:|--:|""");
            for (String base : Accuracy.BASES) {
                Path clean = work.resolve(base);
                List<Example> rows = planting.get()
                        .plant(new Planting.Attack(base, "none", "0", 0), clean)
                        .rows();
                for (Layout layout : Layout.values()) {
                    List<Found> found = new ArrayList<>();
                    for (int seed = 0; seed < seeds; seed++) {
                        found.add(found(rows, layout, seed, work.resolve("train.jsonl")));
                    }
                    print(base, layout, found);
                }
            }
        } finally {
            Accuracy.delete(work);
        }
    }

    private static Found found(List<Example> rows, Layout layout, int seed, Path file)
            throws IOException, InterruptedException {
        Random random = new Random(31L * layout.ordinal() + seed);
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
            String text = layout.into(texts[i], i);
            boolean changed = layout.in(text) && !layout.in(texts[i]);
            if (changed && !label(rows.get(i)).equals(target)) {
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
                .filter(trigger -> trigger.shape() == Trigger.Shape.LAYOUT)
                .isPresent();
        return new Found(
                ranking,
                named,
                worst.filter(campaign -> campaign.severity() == Severity.HIGH).isPresent());
    }

    private static String label(Example row) {
        return row.target() instanceof Target.Label(String label) ? label : "";
    }

    private static void print(String base, Layout layout, List<Found> found) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %s | %s | %s | %s | %d of %d | %d |%n",
                base,
                layout.words(),
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
