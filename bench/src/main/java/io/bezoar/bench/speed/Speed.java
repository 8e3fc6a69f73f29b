package io.bezoar.bench.speed;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Times whole processes: a scan, started as users start it, beside a pass that only reads, in turns, on the same two
/// threads and the same heap.
///
/// Usage: `bench/speed [--rows N] [--labels N] [--runs N] [--heap 3g] [--data FOLDER]`; with `--data` the made-up sets
/// stay in that folder and are used again.
public final class Speed {
    private static final int THREADS = 2;

    private final Path home;
    private final Path work;
    private final int runs;
    private final String heap;
    private final PrintStream out;

    private Speed(Path home, Path work, int runs, String heap, PrintStream out) {
        this.home = home;
        this.work = work;
        this.runs = runs;
        this.heap = heap;
        this.out = out;
    }

    /// Arguments: the checkout, then options and their values.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rows = 1_000_000;
        int labels = 4;
        int runs = 3;
        String heap = "3g";
        String data = "";
        for (int i = 1; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--rows" -> rows = Integer.parseInt(value);
                case "--labels" -> labels = Integer.parseInt(value);
                case "--runs" -> runs = Integer.parseInt(value);
                case "--heap" -> heap = value;
                case "--data" -> data = value;
                default -> {
                    System.err.println("bench/speed: expected --rows, --labels, --runs, --heap or --data, came "
                            + arguments[i] + "; the first lines of bench/speed show how");
                    System.exit(2);
                }
            }
        }
        Path work = Files.createTempDirectory("bezoar-speed-");
        try {
            Path folder = data.isEmpty() ? work : Files.createDirectories(Path.of(data));
            new Speed(Path.of(arguments[0]), work, runs, heap, System.out).measure(folder, rows, labels);
        } finally {
            delete(work);
        }
    }

    private void measure(Path data, int rows, int labels) throws IOException, InterruptedException {
        int tenth = Math.max(1, rows / 10);
        Path whole = made(data, Corpus.large(labels), "text-" + labels + "-labels", rows);
        Path part = made(data, Corpus.large(labels), "text-" + labels + "-labels", tenth);
        Path intents = made(data, Corpus.intents(), "intents-77-labels", 10_000);
        Path tickets = home.resolve("examples/support-tickets/tickets.jsonl");

        out.printf(
                Locale.ROOT,
                "%,d rows, %,d bytes, %d labels; %d threads, -Xmx%s, %d runs in turns; Java %s, %d processors, load"
                        + " %.1f%n%n",
                rows,
                Files.size(whole),
                labels,
                THREADS,
                heap,
                runs,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                load());
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("read, parse, tokenise, add up the tokens' hashes", plain(whole, 0));
        commands.put("the same, and hash every run of 1 to 3 words", plain(whole, 3));
        commands.put("`./bezoar scan`", scan(whole));
        commands.put("`./bezoar scan` of the first tenth", scan(part));
        commands.put("`./bezoar scan`, 10,000 short texts, 77 labels", launched(intents));
        commands.put("`./bezoar scan examples/support-tickets/tickets.jsonl`", launched(tickets));
        Map<String, Timing> timings = inTurns(commands);

        out.println("| whole process, seconds | min | median | max |\n|---|---:|---:|---:|");
        timings.forEach((what, timing) -> out.println("| " + what + " | " + timing.cells() + " |"));
        List<Timing> t = List.copyOf(timings.values());
        double perRow = 1e9 * t.get(2).median() / rows;
        double perRowOfTenth = 1e9 * t.get(3).median() / tenth;
        out.printf(
                Locale.ROOT,
                "%nThe scan takes %.1f times the plain pass (%.1f times the one that hashes runs of words). A row takes"
                        + " %,.0f ns in %,d rows and %,.0f ns in %,d: %.2f times. Load at the end %.1f.%n",
                t.get(2).median() / t.get(0).median(),
                t.get(2).median() / t.get(1).median(),
                perRow,
                rows,
                perRowOfTenth,
                tenth,
                perRow / perRowOfTenth,
                load());
    }

    private static Path made(Path folder, Corpus corpus, String name, int rows) throws IOException {
        Path file = folder.resolve(name + "-" + rows + ".jsonl");
        if (!Files.exists(file)) {
            Path unfinished = folder.resolve(file.getFileName() + ".new");
            corpus.write(unfinished, rows);
            Files.move(unfinished, file);
        }
        return file;
    }

    private Map<String, Timing> inTurns(Map<String, List<String>> commands) throws IOException, InterruptedException {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                seconds.computeIfAbsent(command.getKey(), _ -> new ArrayList<>())
                        .add(time(command.getKey(), command.getValue()));
            }
        }
        Map<String, Timing> timings = new LinkedHashMap<>();
        seconds.forEach((name, values) -> timings.put(
                name,
                new Timing(values.stream().mapToDouble(Double::doubleValue).toArray())));
        return timings;
    }

    /// Seconds the command takes; a command that fails gives infinity, and its last words are printed.
    private double time(String name, List<String> command) throws IOException, InterruptedException {
        Path log = work.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("BEZOAR_JAVA", System.getProperty("java.home"));
        long start = System.nanoTime();
        int code = builder.start().waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        delete(work.resolve("out"));
        if (code == 0) {
            return seconds;
        }
        String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        out.printf(
                Locale.ROOT,
                "FAILED after %.1f s with exit code %d: %s: %s%n",
                seconds,
                code,
                name,
                said.lines()
                        .filter(line -> line.contains("Error") || line.contains("Exception"))
                        .reduce((_, last) -> last)
                        .orElse("")
                        .strip());
        return Double.POSITIVE_INFINITY;
    }

    private List<String> plain(Path file, int words) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseParallelGC",
                "-XX:GCTimeRatio=9",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                PlainPass.class.getName(),
                file.toString(),
                String.valueOf(THREADS),
                String.valueOf(words));
    }

    private List<String> scan(Path file) {
        List<String> command = new ArrayList<>(List.of("env", "BEZOAR_JAVA_OPTS=-Xmx" + heap));
        command.addAll(launched(file));
        return command;
    }

    private List<String> launched(Path file) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bezoar").toString()));
        command.addAll(scanOf(file));
        return command;
    }

    private List<String> scanOf(Path file) {
        return List.of(
                "scan",
                file.toString(),
                "--threads",
                String.valueOf(THREADS),
                "--out",
                work.resolve("out").toString());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void delete(Path folder) throws IOException {
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
