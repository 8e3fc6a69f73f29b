package io.bezoar.bench.accuracy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bezoar.core.Severity;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Scans instruction, preference and document sets with known poison and prints what was found, as a
/// Markdown table.
///
/// Usage: `bench/answers [--seeds K] [--only TEXT]… [--keep DIR]`; with `--keep` the sets stay there.
public final class Answers {
    private static final int THREADS = 2;

    private final AnswerSets sets;
    private final Path work;
    private final PrintStream out;

    /// How one set went.
    record Measured(Ranking ranking, long high, long medium, long poison, String worst, double seconds) {}

    private Answers(AnswerSets sets, Path work, PrintStream out) {
        this.sets = sets;
        this.work = work;
        this.out = out;
    }

    /// Arguments: the checkout, then options and their values.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seeds = 3;
        List<String> only = new ArrayList<>();
        Optional<Path> keep = Optional.empty();
        for (int i = 1; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--seeds" -> seeds = Integer.parseInt(value);
                case "--only" -> only.add(value);
                case "--keep" -> keep = Optional.of(Files.createDirectories(Path.of(value)));
                default -> {
                    System.err.println("bench/answers: expected --seeds, --only or --keep, came " + arguments[i]
                            + "; the first lines of bench/answers show how");
                    System.exit(2);
                }
            }
        }
        Optional<Planting> planting = Planting.needed("bench/answers", Path.of(arguments[0]));
        if (planting.isEmpty()) {
            System.exit(3);
            return;
        }
        Path work = keep.isPresent() ? keep.get() : Files.createTempDirectory("bezoar-answers-");
        try {
            new Answers(new AnswerSets(planting.get()), work, System.out).run(seeds, only);
        } finally {
            if (keep.isEmpty()) {
                Accuracy.delete(work);
            }
        }
    }

    private void run(int seeds, List<String> only) throws IOException, InterruptedException {
        out.println("""
            | set | n | recall at 1 % false alarms | at 0.1 % | area | flagged recall | false alarms | HIGH \
            | MEDIUM | seconds |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\
            """);
        for (Map.Entry<String, AnswerSets.Recipe> entry : sets.all().entrySet()) {
            String name = entry.getKey();
            if (!only.isEmpty() && only.stream().noneMatch(name::contains)) {
                continue;
            }
            List<Measured> measured = new ArrayList<>();
            for (int seed = 0; seed < seeds; seed++) {
                Path folder = work.resolve(name.replaceAll("[^a-z0-9]+", "-") + "-" + seed);
                Files.createDirectories(folder);
                Measured one = measure(entry.getValue().rows(seed, folder), folder.resolve("rows.jsonl"), seed);
                System.err.printf(Locale.ROOT, "%s %d: %s%n", name, seed, one);
                measured.add(one);
            }
            line(name, measured);
        }
    }

    /// Writes a set and scans it.
    static Measured measure(List<AnswerSets.Row> rows, Path file, int seed) throws IOException, InterruptedException {
        Set<String> poison = new HashSet<>();
        ObjectMapper json = new ObjectMapper();
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int n = 0; n < rows.size(); n++) {
                String id =
                        String.format(Locale.ROOT, "%016x", io.bezoar.core.Hashing.mix(1_000_003L * (seed + 1) + n));
                if (rows.get(n).poison()) {
                    poison.add(id);
                }
                Map<String, String> fields = new LinkedHashMap<>();
                fields.put("id", id);
                fields.putAll(rows.get(n).fields());
                lines.write(json.writeValueAsString(fields));
                lines.newLine();
            }
        }
        Scanned scanned = Scanned.of(file, THREADS);
        String worst = scanned.result().campaigns().stream()
                .findFirst()
                .map(campaign -> campaign.severity() + " "
                        + campaign.candidate()
                                .trigger()
                                .map(trigger -> trigger.text())
                                .orElse(campaign.candidate().title())
                        + " -> " + campaign.candidate().target().orElse("?"))
                .orElse("none");
        return new Measured(
                Ranking.of(scanned.rows().entrySet().stream()
                        .map(row -> new Ranking.Row(
                                row.getValue().score(),
                                poison.contains(row.getKey()),
                                row.getValue().flagged()))
                        .toList()),
                Accuracy.campaigns(scanned, Severity.HIGH),
                Accuracy.campaigns(scanned, Severity.MEDIUM),
                poison.size(),
                worst.substring(0, Math.min(100, worst.length())),
                scanned.seconds());
    }

    private void line(String name, List<Measured> all) {
        out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                name,
                all.size(),
                Accuracy.cell(all.stream().mapToDouble(m -> m.ranking().recallAtPerCent()), 3),
                Accuracy.cell(all.stream().mapToDouble(m -> m.ranking().recallAtPerMille()), 3),
                Accuracy.cell(all.stream().mapToDouble(m -> m.ranking().area()), 3),
                Accuracy.cell(all.stream().mapToDouble(m -> m.ranking().recall()), 3),
                Accuracy.cell(all.stream().mapToDouble(m -> m.ranking().falseAlarms()), 5),
                Accuracy.cell(all.stream().mapToDouble(Measured::high), 0),
                Accuracy.cell(all.stream().mapToDouble(Measured::medium), 0),
                Accuracy.cell(all.stream().mapToDouble(Measured::seconds), 1));
    }
}
