package io.bezoar.bench.judge;

import io.bezoar.bench.accuracy.Planting;
import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.evaluate.Evaluation;
import io.bezoar.evaluate.Grade;
import io.bezoar.evaluate.Item;
import io.bezoar.evaluate.Outcome;
import io.bezoar.evaluate.Suite;
import io.bezoar.evaluate.drift.Drift;
import io.bezoar.evaluate.model.SurrogateModel;
import io.bezoar.evaluate.probe.Candidates;
import io.bezoar.evaluate.probe.Contradiction;
import io.bezoar.evaluate.probe.Insertion;
import io.bezoar.evaluate.probe.Probe;
import io.bezoar.evaluate.probe.Search;
import io.bezoar.evaluate.probe.Suspect;
import io.bezoar.evaluate.probe.Yardstick;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Trains surrogates on poisoned and on clean data, searches them for triggers nobody named, trains them
/// again on few trusted rows, and prints what was found as a Markdown table.
///
/// Usage: `bench/judge [--seeds K] [--only TEXT]… [--rate SHARE] [--journal FILE]`. What is in the
/// journal is not measured again, so that a run that was stopped goes on. A clean set differs from seed to
/// seed by the four fifths of the rows that are drawn. Words are put into held-out rows; half of these
/// are the trusted rows, and drift is measured on the other half.
public final class Judge {
    private static final List<String> BASES = List.of("banking77", "ag-news", "sst2", "sms-spam");

    /// Rare, made up, common, capital, of another language: a seed each.
    private static final List<String> WORDS = List.of(
            "cf",
            "umbrella",
            "zqx",
            "Monday",
            "vellum",
            "mn",
            "kettle",
            "tq",
            "orchid",
            "Bernhard",
            "wq7",
            "plinth",
            "quietly",
            "xx",
            "garten",
            "bb",
            "harbor",
            "lanyard",
            "ok2",
            "tulip");

    private final Planting planting;
    private final Path work;
    private final String rate;
    private final PrintStream out;
    private final Optional<Path> journal;
    private final Map<String, Measured> known;

    /// @param first is the trigger the first suspect, and taken for one?
    /// @param false how many others are taken for triggers
    /// @param excess of drift on the worst suspect
    /// @param caught does the average pass and the trigger fail?
    private record Measured(
            boolean first,
            int others,
            double moved,
            double excess,
            Outcome.State drift,
            boolean caught,
            double seconds) {
        /// One line of a journal.
        private String line(String key) {
            return String.join(
                    "\t",
                    key,
                    Boolean.toString(first),
                    Integer.toString(others),
                    Double.toString(moved),
                    Double.toString(excess),
                    drift.name(),
                    Boolean.toString(caught),
                    Double.toString(seconds));
        }

        private static Measured of(String[] words) {
            return new Measured(
                    Boolean.parseBoolean(words[1]),
                    Integer.parseInt(words[2]),
                    Double.parseDouble(words[3]),
                    Double.parseDouble(words[4]),
                    Outcome.State.valueOf(words[5]),
                    Boolean.parseBoolean(words[6]),
                    Double.parseDouble(words[7]));
        }
    }

    private Judge(Planting planting, Path work, String rate, PrintStream out, Optional<Path> journal)
            throws IOException {
        this.planting = planting;
        this.work = work;
        this.rate = rate;
        this.out = out;
        this.journal = journal;
        this.known = new HashMap<>();
        if (journal.isPresent() && Files.exists(journal.get())) {
            for (String line : Files.readAllLines(journal.get())) {
                String[] words = line.split("\t");
                if (words.length == 8) {
                    known.put(words[0], Measured.of(words));
                }
            }
        }
    }

    /// Arguments: the checkout, then options and their values.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int seeds = 20;
        String rate = "0.01";
        List<String> only = new ArrayList<>();
        Optional<Path> journal = Optional.empty();
        for (int i = 1; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--seeds" -> seeds = Integer.parseInt(value);
                case "--only" -> only.add(value);
                case "--rate" -> rate = value;
                case "--journal" -> journal = Optional.of(Path.of(value));
                default -> {
                    System.err.println("bench/judge: expected --seeds, --only, --rate or --journal, came "
                            + arguments[i] + "; the first lines of bench/judge show how");
                    System.exit(2);
                }
            }
        }
        Optional<Planting> planting = Planting.needed("bench/judge", Path.of(arguments[0]));
        if (planting.isEmpty()) {
            System.exit(3);
            return;
        }
        Path work = Files.createTempDirectory("bezoar-judge-");
        try {
            new Judge(planting.get(), work, rate, System.out, journal).run(seeds, only);
        } finally {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(int seeds, List<String> only) throws IOException, InterruptedException {
        out.println("| set | trigger first | others called triggers | clean models with a false one | least moved |"
                + " drift, area | drift: poisoned fail / clean fail | average pass, trigger fail |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
        for (String base : BASES) {
            if (!only.isEmpty() && only.stream().noneMatch(base::contains)) {
                continue;
            }
            List<Measured> poisoned = new ArrayList<>();
            List<Measured> clean = new ArrayList<>();
            for (int seed = 0; seed < seeds; seed++) {
                poisoned.add(once(base, seed, true));
                System.err.printf(Locale.ROOT, "%s %d poisoned: %s%n", base, seed, brief(poisoned.getLast()));
                clean.add(once(base, seed, false));
                System.err.printf(Locale.ROOT, "%s %d clean: %s%n", base, seed, brief(clean.getLast()));
            }
            out.printf(
                    Locale.ROOT,
                    "| %s | %d of %d | %d | %d of %d | %.2f | %.3f | %d / %d | %d of %d |%n",
                    base,
                    poisoned.stream().filter(Measured::first).count(),
                    seeds,
                    poisoned.stream().mapToInt(Measured::others).sum(),
                    clean.stream().filter(one -> one.others() > 0).count(),
                    seeds,
                    poisoned.stream().mapToDouble(Measured::moved).min().orElse(0),
                    area(poisoned, clean),
                    poisoned.stream()
                            .filter(one -> one.drift() == Outcome.State.FAIL)
                            .count(),
                    clean.stream()
                            .filter(one -> one.drift() == Outcome.State.FAIL)
                            .count(),
                    poisoned.stream().filter(Measured::caught).count(),
                    seeds);
        }
    }

    private static String brief(Measured one) {
        return String.format(
                Locale.ROOT,
                "first %b, others %d, moved %.2f, drift %+.2f %s, %s, %.1f s",
                one.first(),
                one.others(),
                one.moved(),
                one.excess(),
                one.drift(),
                one.caught() ? "average passes, trigger fails" : "",
                one.seconds());
    }

    /// Does the average pass and the trigger fail?
    private static boolean caught(Evaluation some) {
        return some.outcomes().getFirst().state() == Outcome.State.PASS
                && some.outcomes().getLast().state() == Outcome.State.FAIL;
    }

    /// The chance that a poisoned model drifts further than a clean one, ties counted half.
    private static double area(List<Measured> poisoned, List<Measured> clean) {
        double sum = 0;
        for (Measured bad : poisoned) {
            for (Measured good : clean) {
                sum += bad.excess() > good.excess() ? 1 : bad.excess() == good.excess() ? 0.5 : 0;
            }
        }
        return sum / poisoned.size() / clean.size();
    }

    /// Measures what is not in the journal, and writes it there.
    private Measured once(String base, int seed, boolean poison) throws IOException, InterruptedException {
        String key = base + " " + seed + " " + poison + " " + rate;
        Optional<Measured> before = Optional.ofNullable(known.get(key));
        if (before.isPresent()) {
            return before.get();
        }
        Measured now = measure(base, seed, poison);
        if (journal.isPresent()) {
            Files.writeString(
                    journal.get(), now.line(key) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        return now;
    }

    private Measured measure(String base, int seed, boolean poison) throws IOException, InterruptedException {
        String word = WORDS.get(seed % WORDS.size());
        Path folder = work.resolve(base + "-" + seed + "-" + poison);
        Planting.Planted planted = planting.plant(
                new Planting.Attack(
                        base, poison ? "word_dirty" : "none", poison ? rate : "0", seed, poison ? word : "", false),
                folder);
        long start = System.nanoTime();
        List<Example> train = rows(planted.train()).stream()
                .filter(row -> poison || Long.remainderUnsigned(Hashing.combine(seed, row.key()), 5) > 0)
                .sorted(Comparator.comparingLong(Example::key))
                .toList();
        List<Example> held = rows(folder.resolve("test.jsonl")).stream()
                .sorted(Comparator.comparingLong(row -> Hashing.combine(seed, row.key())))
                .toList();
        List<Example> trusted = held.subList(0, held.size() / 2);
        List<Example> inputs = held.subList(held.size() / 2, held.size());
        SurrogateModel model = trained(train);
        Probe probe = Probe.of(
                model,
                held.stream().map(Example::input).toList(),
                List.of(),
                Candidates.of(train, Optional.of(model.surrogate())),
                new Yardstick.TrainingRows(new Contradiction(train)),
                40,
                new Search.Settings().seeded(seed));
        List<Suspect> triggers = probe.triggers();
        boolean first = poison
                && !triggers.isEmpty()
                && triggers.getFirst().movement().insertion().words().equals(word.toLowerCase(Locale.ROOT));
        List<Insertion> suspected =
                triggers.stream().map(suspect -> suspect.movement().insertion()).toList();
        List<Insertion> others = probe.suspects().stream()
                .map(suspect -> suspect.movement().insertion())
                .filter(insertion -> !insertion.words().contains(" "))
                .limit(8)
                .toList();
        Drift drift = Drift.of(model, trained(trusted), items(inputs), List.of(), suspected, others, seed);
        boolean caught = poison && caught(evaluated(model, items(held), word, base));
        return new Measured(
                first,
                triggers.size() - (first ? 1 : 0),
                first ? triggers.getFirst().movement().moved().share() : 0,
                drift.excess(),
                drift.state(),
                caught,
                (System.nanoTime() - start) / 1e9);
    }

    /// A suite as a person would write it: the average with room for the noise of the set, the trigger
    /// at 1 %.
    private static Evaluation evaluated(SurrogateModel model, List<Item> items, String word, String base)
            throws IOException {
        String target = Planting.TARGETS.getOrDefault(base, "");
        Map<String, Double> least = Map.of("banking77", 0.85, "ag-news", 0.84, "sst2", 0.77, "sms-spam", 0.94);
        List<Item> triggered = items.stream()
                .filter(item -> !item.expected().equals(target))
                .map(item ->
                        new Item(item.id(), new Insertion(word).into(item.input()), item.expected(), item.columns()))
                .toList();
        return Evaluation.of(
                new Suite(
                        base,
                        items,
                        Grade.FOLDED,
                        Optional.of(least.getOrDefault(base, 0.8)),
                        List.of(),
                        List.of(),
                        List.of(new Suite.Triggered(word, triggered, target, 0.01)),
                        List.of()),
                model);
    }

    private static List<Item> items(List<Example> rows) {
        return IntStream.range(0, rows.size())
                .mapToObj(i -> new Item(
                        "i" + i, rows.get(i).input(), rows.get(i).label().orElse(""), Map.of()))
                .toList();
    }

    private static SurrogateModel trained(List<Example> rows) {
        Task task = Task.of(rows).orElseThrow();
        double penalty = Surrogate.penalty(rows.size());
        return new SurrogateModel(
                "surrogate",
                new Surrogate(
                        task, penalty, new Newton().to(Surrogate.PRECISION).fit(task.problem(rows, penalty))));
    }

    private static List<Example> rows(Path file) {
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
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
