package io.bezoar.bench.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Scans a set ten times as large as the heap.
///
/// Usage: `bench/heap [--megabytes 2100] [--characters 2600] [--heap 210m] [--threads 2] [--temp FOLDER]`
public final class Heap {
    private static final int PLANTED = 200;
    private static final long SEED = 11;

    private Heap() {}

    /// Arguments: the checkout, then options and their values.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long megabytes = 2100;
        int characters = 2600;
        int threads = 2;
        String heap = "210m";
        String temporary = System.getProperty("java.io.tmpdir", ".");
        for (int i = 1; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--megabytes" -> megabytes = Long.parseLong(value);
                case "--characters" -> characters = Integer.parseInt(value);
                case "--heap" -> heap = value;
                case "--threads" -> threads = Integer.parseInt(value);
                case "--temp" -> temporary = value;
                default -> {
                    System.err.println("bench/heap: expected --megabytes, --characters, --heap, --threads or --temp,"
                            + " came " + arguments[i] + "; the first lines of bench/heap show how");
                    System.exit(2);
                }
            }
        }
        int code;
        Path work = Files.createTempDirectory(Path.of(temporary), "bezoar-heap-");
        try {
            Path file = work.resolve("rows.jsonl");
            long rows = new LongRows(1_000_000 * megabytes, characters, PLANTED, SEED).write(file);
            System.out.printf(
                    Locale.ROOT,
                    "%,d rows, %,d bytes, %d of them with “%s”; -Xmx%s, %d threads%n",
                    rows,
                    Files.size(file),
                    PLANTED,
                    LongRows.PHRASE,
                    heap,
                    threads);
            code = scan(Path.of(arguments[0]), work, file, heap, threads);
        } finally {
            delete(work);
        }
        System.exit(code);
    }

    private static int scan(Path home, Path work, Path file, String heap, int threads)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        int code = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:+UseParallelGC",
                        "-XX:GCTimeRatio=9",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        home.resolve("app/target/bezoar/bezoar.jar").toString(),
                        "scan",
                        file.toString(),
                        "--threads",
                        String.valueOf(threads),
                        "--out",
                        work.resolve("out").toString(),
                        "--temp",
                        work.toString()))
                .inheritIO()
                .start()
                .waitFor();
        System.out.printf(Locale.ROOT, "exit code %d after %.0f s%n", code, (System.nanoTime() - start) / 1e9);
        return code;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
