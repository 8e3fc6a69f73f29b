package io.bezoar.bench.history;

import io.bezoar.history.Digest;
import io.bezoar.history.Entry;
import io.bezoar.history.History;
import io.bezoar.history.Place;
import io.bezoar.history.Query;
import io.bezoar.history.Run;
import io.bezoar.history.Subject;
import io.bezoar.history.Tally;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Times pages of a long history, each with a connection of its own, as a command opens one.
///
/// Usage: `bench/history [--runs 100000] [--looks 200] [--folder DIR]`
public final class HistorySpeed {
    private static final int BATCH = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Optional<String> ANY = Optional.empty();

    private HistorySpeed() {}

    /// Options and their values.
    public static void main(String[] arguments) throws IOException {
        int runs = 100_000;
        int looks = 200;
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "."));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--runs" -> runs = Integer.parseInt(arguments[i + 1]);
                case "--looks" -> looks = Integer.parseInt(arguments[i + 1]);
                case "--folder" -> folder = Path.of(arguments[i + 1]);
                default -> {
                    System.err.println("bench/history: expected --runs, --looks or --folder, came " + arguments[i]);
                    System.exit(2);
                }
            }
        }
        Path file = Files.createTempDirectory(folder, "bezoar-history-").resolve("history.db");
        try {
            measure(new Place.LocalFile(file), runs, looks, System.out);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(""));
        }
    }

    private static void measure(Place place, int runs, int looks, PrintStream out) throws IOException {
        long began = System.nanoTime();
        try (History history = History.write(place, PATIENCE)) {
            for (int from = 0; from < runs; from += BATCH) {
                List<Run> batch = new ArrayList<>();
                for (int i = from; i < Math.min(runs, from + BATCH); i++) {
                    batch.add(run(i));
                }
                history.record(batch);
            }
        }
        out.printf(Locale.ROOT, "%-34s %8.1f s%n", runs + " runs recorded in", (System.nanoTime() - began) / 1e9);
        Random random = new Random(1);
        out.printf(Locale.ROOT, "%-34s %8s %8s %8s%n", "a page of 50, ms", "median", "99 %", "max");
        int all = runs;
        time("newest", looks, out, () -> open(place, Query.NEWEST));
        time(
                "of a kind, anywhere",
                looks,
                out,
                () -> open(place, Query.kind("evaluation", 50).before(1 + random.nextInt(all))));
        time(
                "of a model",
                looks,
                out,
                () -> open(place, new Query(ANY, ANY, ANY, Optional.of("model-" + random.nextInt(100)), ANY, all, 50)));
        time(
                "of a data set",
                looks,
                out,
                () -> open(
                        place,
                        new Query(
                                ANY, ANY, Optional.of(data(random.nextInt(all)).substring(0, 12)), ANY, ANY, all, 50)));
        time(
                "of a kind and a state",
                looks,
                out,
                () -> open(place, new Query(Optional.of("gate"), Optional.of("closed"), ANY, ANY, ANY, all, 50)));
        time("by number, one run", looks, out, () -> {
            try (History history = History.read(place, PATIENCE)) {
                return history.find("#" + (1 + random.nextInt(all))).number();
            }
        });
        began = System.nanoTime();
        try (History history = History.read(place, PATIENCE)) {
            history.verify();
        }
        out.printf(Locale.ROOT, "%-34s %8.1f s%n", "all verified in", (System.nanoTime() - began) / 1e9);
    }

    private static long open(Place place, Query query) throws IOException {
        try (History history = History.read(place, PATIENCE)) {
            List<Entry> page = history.page(query);
            return page.size();
        }
    }

    @FunctionalInterface
    private interface Look {
        long take() throws IOException;
    }

    private static void time(String name, int looks, PrintStream out, Look look) throws IOException {
        double[] times = new double[looks];
        for (int i = 0; i < looks; i++) {
            long began = System.nanoTime();
            look.take();
            times[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(times);
        out.printf(
                Locale.ROOT,
                "  %-32s %8.2f %8.2f %8.2f%n",
                name,
                times[looks / 2],
                times[(int) (0.99 * (looks - 1))],
                times[looks - 1]);
    }

    private static String data(int number) {
        return Digest.of(("data " + number / 40).getBytes(StandardCharsets.UTF_8));
    }

    private static Run run(int number) {
        String[] kinds = {"scan", "evaluation", "gate", "comparison"};
        return new Run(
                kinds[number % kinds.length],
                number % 7 == 0 ? "closed" : "pass",
                Instant.ofEpochSecond(1_700_000_000L + number),
                1.5,
                "0.1",
                number,
                new Subject(
                        Optional.of(data(number)),
                        Optional.of("model-" + number % 100),
                        ANY,
                        Optional.of(Digest.of(("prompt " + number % 50).getBytes(StandardCharsets.UTF_8)))),
                Map.of("temperature", "0.0", "max-tokens", "256"),
                Map.of("items", 1000.0, "right", 950.0, "missing", 0.0),
                List.of(
                        new Tally.Share("average: all items", 950, 1000, 0.9, true),
                        new Tally.Share("triggered: cf", 1, 900, 0.01, false)),
                List.of(new Run.File("evaluation.json", "ab".repeat(32))));
    }
}
