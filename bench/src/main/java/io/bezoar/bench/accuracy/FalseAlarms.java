package io.bezoar.bench.accuracy;

import io.bezoar.core.Calibration;
import io.bezoar.core.Campaign;
import io.bezoar.core.Candidate;
import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.LocalEngine;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Part;
import io.bezoar.core.Severity;
import io.bezoar.core.Source;
import io.bezoar.core.Summary;
import io.bezoar.core.Target;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.data.RowIds;
import io.bezoar.detect.scan.Catalog;
import io.bezoar.detect.scan.Scan;
import io.bezoar.detect.scan.Trusted;
import io.bezoar.evaluate.statistics.Binomial;
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
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Holds the false alarms of every detector against what it states ([Calibration]), on draws of four
/// fifths of the sets without poison.
///
/// *Of honest rows* a scan flags some; of the draws with their *labels shuffled*, where the hypothesis of
/// every test holds, some have a group that a test found; beside the fifth that a draw leaves out, as
/// trusted rows, some honest rows have a low p-value. The first and the last are shares of rows, the
/// second one of draws.
public final class FalseAlarms {
    private static final double DRAWN = 0.8;
    private static final double[] CHANCES = {0.01, 0.05};
    /// Their hypothesis is that most labels are right, which shuffled ones are not.
    private static final Set<String> OF_HONEST_LABELS = Set.of("near-duplicates");

    private final int draws;
    private final PrintStream out;
    private final Map<String, Honest> honest = new TreeMap<>();
    private final Map<String, Shuffled> shuffled = new TreeMap<>();
    private final Map<String, Measures> measured = new TreeMap<>();

    private FalseAlarms(int draws, PrintStream out) {
        this.draws = draws;
        this.out = out;
    }

    /// What a detector did on honest draws.
    private static final class Honest {
        private int draws;
        private int asking;
        private int high;
        private double most;
        private double sum;

        private void draw(List<Campaign> mine, double rows) {
            draws++;
            long flagged = mine.stream()
                    .filter(campaign -> campaign.severity() != Severity.LOW)
                    .flatMap(campaign -> campaign.rows().stream())
                    .distinct()
                    .count();
            asking += flagged > 0 ? 1 : 0;
            high += mine.stream().anyMatch(campaign -> campaign.severity() == Severity.HIGH) ? 1 : 0;
            most = Math.max(most, flagged / rows);
            sum += flagged / rows;
        }
    }

    /// What its tests did on draws with shuffled labels.
    private static final class Shuffled {
        private int draws;
        private int found;
    }

    /// How many honest rows have a p-value of at most each of [#CHANCES].
    private static final class Measures {
        private long rows;
        private final long[] low = new long[CHANCES.length];
    }

    /// Arguments: the checkout, then `--draws N` and `--set NAME`.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int draws = 5;
        Set<String> only = new HashSet<>();
        for (int i = 1; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--draws" -> draws = Integer.parseInt(value);
                case "--set" -> only.add(value);
                default -> {
                    System.err.println("bench/calibration: expected --draws or --set, came " + arguments[i]
                            + "; the first lines of bench/calibration show how");
                    System.exit(2);
                }
            }
        }
        Optional<Planting> planting = Planting.needed("bench/calibration", Path.of(arguments[0]));
        if (planting.isEmpty()) {
            System.exit(3);
            return;
        }
        FalseAlarms alarms = new FalseAlarms(draws, System.out);
        for (String base : Accuracy.BASES) {
            if (only.isEmpty() || only.contains(base)) {
                Path work = Files.createTempDirectory("bezoar-calibration-");
                Planting.Attack none = new Planting.Attack(base, "none", "0", 0, "", true);
                alarms.set(base, planting.get().plant(none, work).rows());
                Accuracy.delete(work);
            }
        }
        for (FurtherSet set : FurtherSet.values()) {
            if (only.isEmpty() || only.contains(set.word())) {
                Path work = Files.createTempDirectory("bezoar-calibration-");
                alarms.set(set.word(), rows(set.write(planting.get(), work.resolve("rows.jsonl"))));
                Accuracy.delete(work);
            }
        }
        alarms.print();
    }

    private static List<Example> rows(Path file) {
        List<Example> rows = new ArrayList<>();
        try (DataSet data = DataSet.open(List.of(file.toString()), ReadSettings.DEFAULT)) {
            for (var part : data.parts()) {
                try (Stream<Example> open = part.open()) {
                    open.forEachOrdered(rows::add);
                }
            }
        }
        return rows;
    }

    private record Held(ArrayList<Example> rows) implements Part<Example> {
        static Source<Example> of(List<Example> rows) {
            List<Held> parts = new ArrayList<>();
            for (int from = 0; from < rows.size(); from += 4096) {
                parts.add(new Held(new ArrayList<>(rows.subList(from, Math.min(rows.size(), from + 4096)))));
            }
            return () -> parts;
        }

        @Override
        public Stream<Example> open() {
            return rows.stream();
        }
    }

    private void set(String name, List<Example> rows) throws IOException {
        for (int draw = 0; draw < draws; draw++) {
            System.err.println(name + ", draw " + (draw + 1));
            SplittableRandom random = new SplittableRandom(draw);
            List<Example> drawn = new ArrayList<>();
            List<Example> left = new ArrayList<>();
            for (Example row : rows) {
                (random.nextDouble() < DRAWN ? drawn : left).add(row);
            }
            honest(drawn);
            shuffled(drawn, random);
            measured(drawn, left);
        }
    }

    private void honest(List<Example> rows) throws IOException {
        Scan.Result result = new Scan(Held.of(rows), new LocalEngine(1), _ -> {})
                .run(Catalog.standard(), RowIds.fold(), summary -> RowIds.of(summary)::of, _ -> (_, _, _) -> {});
        result.campaigns().stream()
                .filter(campaign -> campaign.severity() == Severity.HIGH)
                .forEach(campaign ->
                        System.err.println("  HIGH: " + campaign.candidate().trigger() + " -> "
                                + campaign.candidate().target() + ", "
                                + campaign.candidate().kind() + ", "
                                + campaign.rows().size() + " rows, " + campaign.proof()));
        result.detectors().stream()
                .filter(run -> run.ran())
                .forEach(run -> honest.computeIfAbsent(run.name(), _ -> new Honest())
                        .draw(
                                result.campaigns().stream()
                                        .filter(campaign ->
                                                campaign.candidate().detector().equals(run.name()))
                                        .toList(),
                                rows.size()));
    }

    /// Each detector with a test by itself; what it finds is not put to the proof.
    private void shuffled(List<Example> rows, SplittableRandom random) {
        List<Target> targets =
                new ArrayList<>(rows.stream().map(Example::target).toList());
        for (int i = targets.size() - 1; i > 0; i--) {
            targets.set(i, targets.set(random.nextInt(i + 1), targets.get(i)));
        }
        List<Example> mixed = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Example row = rows.get(i);
            mixed.add(new Example(
                    row.input(),
                    targets.get(i),
                    row.origin(),
                    row.position(),
                    row.declaredId().orElse("")));
        }
        boolean originated = rows.stream().anyMatch(row -> row.origin().source().isPresent());
        for (Detector<?> detector : Catalog.standard()) {
            boolean possible = detector.needs().stream()
                    .allMatch(need -> need == Need.LABELS
                            || need == Need.TARGETS
                            || need == Need.TEXTS
                            || need == Need.ORIGIN && originated);
            if (possible
                    && !OF_HONEST_LABELS.contains(detector.name())
                    && detector.calibration().hypothesis().isPresent()) {
                Shuffled counts = shuffled.computeIfAbsent(detector.name(), _ -> new Shuffled());
                counts.draws++;
                counts.found += groups(detector, Held.of(mixed)).stream()
                                .anyMatch(group -> group.significance().isPresent())
                        ? 1
                        : 0;
            }
        }
    }

    private static <S extends Summary<S>> List<Candidate> groups(Detector<S> detector, Source<Example> rows) {
        return switch (detector.finish(new LocalEngine(1).fold(rows, detector))) {
            case Outcome.Again(Detector<?> next) -> groups(next, rows);
            case Outcome.Scorer scorer -> scorer.candidates();
        };
    }

    private void measured(List<Example> rows, List<Example> trusted) throws IOException {
        List<String> columns = new ArrayList<>();
        new Scan(Held.of(rows), new LocalEngine(1), _ -> {})
                .trusting(Trusted.plain(Held.of(trusted)))
                .run(Catalog.standard(), RowIds.fold(), summary -> RowIds.of(summary)::of, names -> {
                    columns.addAll(names);
                    return (_, _, scores) -> {
                        for (int c = 0; c < scores.length; c++) {
                            if (columns.get(c).endsWith("-p")) {
                                measure(columns.get(c), scores[c]);
                            }
                        }
                    };
                });
    }

    private void measure(String column, double chance) {
        Measures counts = measured.computeIfAbsent(column.replaceFirst("-p$", ""), _ -> new Measures());
        counts.rows++;
        for (int i = 0; i < CHANCES.length; i++) {
            counts.low[i] += chance <= CHANCES[i] ? 1 : 0;
        }
    }

    private void print() {
        out.println("| detector | stated: sets with a group, labels shuffled | draws with one | stated: rows flagged |"
                + " mean | most | draws that ask a person | draws with HIGH | trusted rows: p ≤ 0.01 | p ≤ 0.05 |"
                + " within |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
        Map<String, Calibration> stated = new LinkedHashMap<>();
        Catalog.standard().forEach(detector -> stated.put(detector.name(), detector.calibration()));
        honest.forEach((name, alarms) -> {
            Calibration bound = Optional.ofNullable(stated.get(name)).orElseThrow();
            Optional<Shuffled> tests = Optional.ofNullable(shuffled.get(name));
            Optional<Measures> scores = Optional.ofNullable(measured.get(name));
            boolean within = alarms.sum / alarms.draws <= Calibration.ROWS
                    && alarms.high == 0
                    && tests.map(test -> new Binomial(test.found, test.draws).lower(0.95) <= bound.chance())
                            .orElse(true);
            out.println("| " + name + " | " + (tests.isPresent() ? percent(bound.chance(), 1) : "no test") + " | "
                    + tests.map(test -> test.found + " of " + test.draws).orElse("") + " | "
                    + percent(Calibration.ROWS, 1) + " | " + percent(alarms.sum / alarms.draws, 3) + " | "
                    + percent(alarms.most, 3) + " | " + alarms.asking + " of " + alarms.draws + " | " + alarms.high
                    + " | "
                    + scores.map(score -> percent((double) score.low[0] / score.rows, 2) + " | "
                                    + percent((double) score.low[1] / score.rows, 2))
                            .orElse(" | ")
                    + " | " + (within ? "yes" : "**no**") + " |");
        });
    }

    private static String percent(double share, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f %%", 100 * share);
    }
}
