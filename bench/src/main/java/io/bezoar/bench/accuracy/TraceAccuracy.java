package io.bezoar.bench.accuracy;

import io.bezoar.core.Example;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import io.bezoar.learn.surrogate.Tracing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Does a trace of a triggered input put the planted rows first? Plants a backdoor, trains on
/// everything, and traces held-out rows with the trigger that get the attacker's answer, and would not
/// get it from a model without the poison.
public final class TraceAccuracy {
    private static final int TOP = 50;
    private static final int QUERIES = 20;

    private TraceAccuracy() {}

    /// What was found for one planting.
    ///
    /// @param misrouted how many triggered inputs get the attacker's answer because of the poison
    /// @param credit share of planted rows among the first 50 by credit, one an input asked
    /// @param influence the same by leave-one-out effects, of fewer inputs
    public record Found(double success, int misrouted, double[] credit, double[] influence) {
        /// The mean of some shares.
        static double mean(double[] shares) {
            return IntStream.range(0, shares.length)
                    .mapToDouble(i -> shares[i])
                    .average()
                    .orElse(0);
        }

        /// The mean share by credit.
        public double precision() {
            return mean(credit);
        }
    }

    /// Measures one planting.
    ///
    /// @param influences how many inputs are traced by leave-one-out effects as well
    public static Found of(Planting.Planted planted, int influences) {
        List<Example> rows = new ArrayList<>(planted.rows());
        rows.sort(Comparator.comparingLong(Example::key));
        Task task = Task.of(rows).orElseThrow();
        double penalty = Surrogate.penalty(rows.size());
        Problem problem = task.problem(rows, penalty);
        Surrogate surrogate = new Surrogate(
                task, penalty, new Newton().to(Surrogate.PRECISION).fit(problem));
        boolean[] bad = new boolean[rows.size()];
        for (int row = 0; row < bad.length; row++) {
            bad[row] = planted.poison().contains(rows.get(row).declaredId().orElse(""));
        }
        Surrogate clean = surrogate.again(problem.without(
                IntStream.range(0, bad.length).filter(row -> bad[row]).toArray()));
        List<Example> triggered = planted.triggered();
        Problem asked = task.problem(triggered, penalty);
        List<Integer> misrouted = new ArrayList<>();
        int hits = 0;
        for (int z = 0; z < triggered.size(); z++) {
            int target = (int) asked.answers()[z];
            boolean hit = answer(surrogate, asked, z) == target;
            hits += hit ? 1 : 0;
            if (hit && answer(clean, asked, z) != target) {
                misrouted.add(z);
            }
        }
        int step = Math.max(1, misrouted.size() / QUERIES);
        List<Double> credit = new ArrayList<>();
        List<Double> influence = new ArrayList<>();
        for (int k = 0; k * step < misrouted.size() && credit.size() < QUERIES; k++) {
            int z = misrouted.get(k * step);
            int target = (int) asked.answers()[z];
            int[] first =
                    Tracing.of(surrogate, problem, triggered.get(z), target).supporters(TOP);
            credit.add(IntStream.of(first).filter(row -> bad[row]).count() / (double) TOP);
            if (influence.size() < influences) {
                double[] effects = Tracing.effects(surrogate, problem, triggered.get(z), target);
                influence.add(IntStream.range(0, effects.length)
                                .boxed()
                                .sorted(Comparator.comparingDouble(row -> -effects[row]))
                                .limit(TOP)
                                .filter(row -> bad[row])
                                .count()
                        / (double) TOP);
            }
        }
        return new Found((double) hits / triggered.size(), misrouted.size(), array(credit), array(influence));
    }

    private static double[] array(List<Double> shares) {
        return shares.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static int answer(Surrogate surrogate, Problem asked, int row) {
        double[] scores = new double[asked.loss().outputs()];
        asked.scores(row, surrogate.weights(), scores);
        return Surrogate.best(scores);
    }

    /// `TraceAccuracy HOME [SEEDS [BASE...]]`: prints a Markdown table.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Planting planting = Planting.near(Path.of(arguments[0]))
                .orElseThrow(() -> new IOException("expected the folder shared/ beside the checkout, came none"));
        int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        List<String> bases =
                arguments.length > 2 ? List.of(arguments).subList(2, arguments.length) : List.of("sst2", "banking77");
        PrintStream out = System.out;
        out.println("| set | planted, 1 % | trigger | seed | attack success | inputs | first 50: mean | least | by"
                + " influence |");
        out.println("|---|---|---|--:|--:|--:|--:|--:|--:|");
        for (String base : bases) {
            for (String[] attack : new String[][] {
                {"word_dirty", ""},
                {"word_dirty", "quixotic"},
                {"sent_dirty", ""},
                {"sent_dirty", "by the old river bank"}
            }) {
                for (int seed = 0; seed < seeds; seed++) {
                    Path folder = Files.createTempDirectory("bezoar-trace");
                    Found found = of(
                            planting.plant(
                                    new Planting.Attack(base, attack[0], "0.01", 10 + seed, attack[1], false), folder),
                            3);
                    out.printf(
                            Locale.ROOT,
                            "| %s | %s | %s | %d | %.2f | %d | %.3f | %.2f | %.2f |%n",
                            base,
                            attack[0],
                            attack[1].isEmpty() ? "the planter's" : attack[1],
                            10 + seed,
                            found.success(),
                            found.misrouted(),
                            found.precision(),
                            IntStream.range(0, found.credit().length)
                                    .mapToDouble(i -> found.credit()[i])
                                    .min()
                                    .orElse(0),
                            Found.mean(found.influence()));
                    try (var files = Files.list(folder)) {
                        for (Path file : files.toList()) {
                            Files.delete(file);
                        }
                    }
                    Files.delete(folder);
                }
            }
        }
    }
}
