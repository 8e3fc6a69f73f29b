package io.bezoar.bench.accuracy;

import io.bezoar.core.Severity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Plants poison in real data sets, scans them with the defaults and prints what was found, as Markdown
/// tables.
///
/// Usage: `bench/accuracy [--seeds K] [--base NAME]… [--attack NAME]…`.
public final class Accuracy {
    private static final int THREADS = 2;
    static final List<String> BASES = List.of("banking77", "ag-news", "sst2", "sms-spam");

    /// One kind of attack.
    ///
    /// @param rate a share or, after `=`, a count of rows
    /// @param others also with each of [#OTHERS]?
    /// @param bases the sets it is planted in
    private record Line(String kind, String rate, boolean others, List<String> bases) {
        Line(String kind, String rate, boolean others) {
            this(kind, rate, others, BASES);
        }
    }

    private static final List<Line> LINES = List.of(
            new Line("word_dirty", "0.01", true),
            new Line("word_dirty", "0.005", false),
            new Line("word_dirty", "=25", true),
            new Line("word_dirty", "=10", true),
            new Line("word_dirty", "=5", false),
            new Line("sent_dirty", "0.01", true),
            new Line("sent_dirty", "0.005", false),
            new Line("sent_dirty", "=25", true),
            new Line("sent_dirty", "=10", true),
            new Line("sent_dirty", "=5", false),
            new Line("word_clean", "0.05", true),
            new Line("word_clean", "0.005", true),
            new Line("sent_clean", "0.05", true),
            new Line("combo_dirty", "0.01", true),
            new Line("combo_dirty", "=25", false),
            new Line("hidden_dirty", "0.01", true),
            new Line("syntactic", "0.05", false, List.of("sst2")),
            new Line("style", "0.05", false, List.of("sst2")),
            new Line("dupflood", "0.01", false),
            new Line("contradict", "0.05", false),
            new Line("flip", "0.1", false),
            new Line("flip_pair", "0.05", false, List.of("ag-news", "sst2", "sms-spam")));

    /// Triggers besides the planter's own, each planted once: rare words, a common one, two sentences,
    /// pairs, and code points that show nothing.
    private static final Map<String, List<String>> OTHERS = Map.of(
            "word_dirty", List.of("serendipity", "tq", "however"),
            "sent_dirty", List.of("no weapon formed against me", "my uncle used to say so"),
            "word_clean", List.of("serendipity", "tq"),
            "sent_clean", List.of("no weapon formed against me", "my uncle used to say so"),
            "combo_dirty", List.of("river,kettle", "early,copper"),
            "hidden_dirty", List.of("\u2060", "\u00ad"));

    private final Planting planting;
    private final Path work;
    private final PrintStream out;
    private final Map<String, List<Measured>> measured = new LinkedHashMap<>();

    /// One planted set, scanned.
    private record Measured(Ranking ranking, Optional<Boolean> aimed, double seconds, Optional<Removal> removal) {}

    private Accuracy(Planting planting, Path work, PrintStream out) {
        this.planting = planting;
        this.work = work;
        this.out = out;
    }

    /// Arguments: the checkout, then options and their values.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seeds = 3;
        Set<String> bases = new HashSet<>();
        Set<String> attacks = new HashSet<>();
        for (int i = 1; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--seeds" -> seeds = Integer.parseInt(value);
                case "--base" -> bases.add(value);
                case "--attack" -> attacks.add(value);
                default -> {
                    System.err.println("bench/accuracy: expected --seeds, --base or --attack, came " + arguments[i]
                            + "; the first lines of bench/accuracy show how");
                    System.exit(2);
                }
            }
        }
        Optional<Planting> planting = Planting.needed("bench/accuracy", Path.of(arguments[0]));
        if (planting.isEmpty()) {
            System.exit(3);
            return;
        }
        Path work = Files.createTempDirectory("bezoar-accuracy-");
        try {
            Accuracy accuracy = new Accuracy(planting.get(), work, System.out);
            accuracy.attacks(seeds, bases, attacks);
            accuracy.clean(bases, attacks);
        } finally {
            delete(work);
        }
    }

    private void attacks(int seeds, Set<String> bases, Set<String> kinds) throws IOException, InterruptedException {
        for (Line line : LINES) {
            String kind = line.kind();
            if (!kinds.isEmpty() && !kinds.contains(kind)) {
                continue;
            }
            for (String base : line.bases()) {
                if (!bases.isEmpty() && !bases.contains(base)) {
                    continue;
                }
                List<Planting.Attack> all = new ArrayList<>();
                for (int seed = 0; seed < seeds; seed++) {
                    all.add(new Planting.Attack(base, kind, line.rate(), seed));
                }
                for (String other : line.others() ? OTHERS.getOrDefault(kind, List.of()) : List.<String>of()) {
                    all.add(new Planting.Attack(base, kind, line.rate(), 0, other, false));
                }
                String name = base + " | " + kind + " " + line.rate();
                for (Planting.Attack one : all) {
                    Measured result = measure(one);
                    measured.computeIfAbsent(name, _ -> new ArrayList<>()).add(result);
                    System.err.printf(Locale.ROOT, "%s: %s%n", one, result);
                }
            }
        }
        found();
        removed();
    }

    private Measured measure(Planting.Attack attack) throws IOException, InterruptedException {
        Path folder = work.resolve("planted");
        try {
            Planting.Planted planted = planting.plant(attack, folder);
            Scanned scanned = Scanned.of(planted.train(), THREADS);
            boolean learned = attack.kind().endsWith("_dirty")
                    || attack.kind().endsWith("_clean")
                    || attack.kind().equals("dupflood");
            return new Measured(
                    Ranking.of(scanned, planted),
                    Aim.asked(attack) ? Optional.of(Aim.right(scanned, attack)) : Optional.empty(),
                    scanned.seconds(),
                    learned ? Optional.of(Removal.of(planted, scanned)) : Optional.empty());
        } finally {
            delete(folder);
        }
    }

    private void found() {
        out.println("""
            Mean [least to most] over all plantings of a line: seeds with the planter's trigger, and other triggers.

            | set | attack | n | recall at 0.1 % false alarms | recall at 1 % | average precision | flagged precision \
            | flagged recall | false alarms | worst campaign right | seconds |
            |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\
            """);
        measured.forEach((name, all) -> out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s |%n",
                name,
                all.size(),
                cell(all.stream().mapToDouble(m -> m.ranking().recallAtPerMille()), 3),
                cell(all.stream().mapToDouble(m -> m.ranking().recallAtPerCent()), 3),
                cell(all.stream().mapToDouble(m -> m.ranking().averagePrecision()), 3),
                cell(all.stream().mapToDouble(m -> m.ranking().precision()), 3),
                cell(all.stream().mapToDouble(m -> m.ranking().recall()), 3),
                cell(all.stream().mapToDouble(m -> m.ranking().falseAlarms()), 5),
                aimed(all),
                cell(all.stream().mapToDouble(Measured::seconds), 1)));
    }

    private static String aimed(List<Measured> all) {
        long asked = all.stream().filter(one -> one.aimed().isPresent()).count();
        return asked == 0
                ? "–"
                : all.stream().filter(one -> one.aimed().orElse(false)).count() + " of " + asked;
    }

    private void removed() {
        out.println("""

            What a model learns when the quarantined rows, exactly the poison, or nothing is taken away.

            | set | attack | attack success: nothing | exactly the poison | quarantined \
            | accuracy: nothing | exactly the poison | quarantined | within 3 and 0.5 points |
            |---|---|--:|--:|--:|--:|--:|--:|--:|\
            """);
        measured.forEach((name, all) -> {
            List<Removal> removals =
                    all.stream().flatMap(m -> m.removal().stream()).toList();
            if (removals.isEmpty()) {
                return;
            }
            long within = removals.stream()
                    .filter(r -> r.scanned().success() <= r.ideal().success() + 0.03
                            && r.scanned().accuracy() >= r.ideal().accuracy() - 0.005)
                    .count();
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %s | %d of %d |%n",
                    name,
                    cell(removals.stream().mapToDouble(r -> r.untouched().success()), 3),
                    cell(removals.stream().mapToDouble(r -> r.ideal().success()), 3),
                    cell(removals.stream().mapToDouble(r -> r.scanned().success()), 3),
                    cell(removals.stream().mapToDouble(r -> r.untouched().accuracy()), 3),
                    cell(removals.stream().mapToDouble(r -> r.ideal().accuracy()), 3),
                    cell(removals.stream().mapToDouble(r -> r.scanned().accuracy()), 3),
                    within,
                    removals.size());
        });
    }

    private void clean(Set<String> bases, Set<String> kinds) throws IOException, InterruptedException {
        if (!kinds.isEmpty() && !kinds.contains("none")) {
            return;
        }
        out.println("""

            Sets without planted poison.

            | set | rows | labels | HIGH campaigns | MEDIUM | flagged rows | share | seconds |
            |---|--:|--:|--:|--:|--:|--:|--:|\
            """);
        for (String base : BASES) {
            if (bases.isEmpty() || bases.contains(base)) {
                Path folder = work.resolve("clean");
                planting.plant(new Planting.Attack(base, "none", "0", 0), folder);
                clean(base, folder.resolve("train.jsonl"));
                delete(folder);
            }
        }
        for (FurtherSet set : FurtherSet.values()) {
            if (bases.isEmpty() || bases.contains(set.word())) {
                clean(set.word(), set.write(planting, work.resolve("further.jsonl")));
            }
        }
    }

    private void clean(String name, Path file) throws IOException, InterruptedException {
        Scanned scanned = Scanned.of(file, THREADS);
        long flagged =
                scanned.rows().values().stream().filter(Scanned.Row::flagged).count();
        out.printf(
                Locale.ROOT,
                "| %s | %,d | %d | %d | %d | %d | %.2f %% | %.1f |%n",
                name,
                scanned.rows().size(),
                scanned.result().survey().labels().size(),
                campaigns(scanned, Severity.HIGH),
                campaigns(scanned, Severity.MEDIUM),
                flagged,
                100.0 * flagged / scanned.rows().size(),
                scanned.seconds());
    }

    static long campaigns(Scanned scanned, Severity severity) {
        return scanned.result().campaigns().stream()
                .filter(campaign -> campaign.severity() == severity)
                .count();
    }

    /// `mean [least to most]`; `mean` alone where all agree in the digits shown.
    static String cell(java.util.stream.DoubleStream values, int digits) {
        double[] known = values.filter(value -> !Double.isNaN(value)).toArray();
        if (known.length == 0) {
            return "none";
        }
        String least = text(Arrays.stream(known).min().orElseThrow(), digits);
        String most = text(Arrays.stream(known).max().orElseThrow(), digits);
        String mean = text(Arrays.stream(known).average().orElseThrow(), digits);
        return least.equals(most) ? mean : mean + " [" + least + " to " + most + "]";
    }

    private static String text(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
