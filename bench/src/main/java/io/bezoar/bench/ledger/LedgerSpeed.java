package io.bezoar.bench.ledger;

import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Charter;
import io.bezoar.ledger.Comparison;
import io.bezoar.ledger.Contract;
import io.bezoar.ledger.Delivery;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Parcel;
import io.bezoar.ledger.RowProof;
import io.bezoar.ledger.Source;
import io.bezoar.ledger.disk.FolderDisk;
import io.bezoar.ledger.json.StrictJson;
import io.bezoar.ledger.log.Policy;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Times the complete path of a batch (cut into rows, digest, tree, sign, append, fsync) beside bare
/// SHA-256 over the same rows, in turns; then verification and proofs.
///
/// Usage: `bench/ledger [--batches 16] [--row-bytes 255] [--runs 5] [--folder DIR]`
public final class LedgerSpeed {
    private static final int ROWS = 65_536;
    private static final int THREADS = 2;
    private static final SigningKey LOG = key("bench/log");
    private static final SigningKey WRITER = key("writer");

    private final PrintStream out;
    private final byte[] batch;
    private final int rowBytes;
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);

    private LedgerSpeed(PrintStream out, int rowBytes) {
        this.out = out;
        this.rowBytes = rowBytes;
        this.batch = rows(rowBytes);
    }

    private static SigningKey key(String name) {
        return SigningKey.make(name, NamedKey.Type.SIGNATURE, new SecureRandom());
    }

    /// Options and their values.
    public static void main(String[] arguments)
            throws IOException, InterruptedException, ExecutionException, NoSuchAlgorithmException {
        int batches = 16;
        int rowBytes = 255;
        int runs = 5;
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "."));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--batches" -> batches = Integer.parseInt(arguments[i + 1]);
                case "--row-bytes" -> rowBytes = Integer.parseInt(arguments[i + 1]);
                case "--runs" -> runs = Integer.parseInt(arguments[i + 1]);
                case "--folder" -> folder = Path.of(arguments[i + 1]);
                default -> {
                    System.err.println("bench/ledger: expected --batches, --row-bytes, --runs or --folder, came "
                            + arguments[i] + "; the first lines of bench/ledger show how");
                    System.exit(2);
                }
            }
        }
        Path work = Files.createTempDirectory(folder, "bezoar-ledger-");
        LedgerSpeed speed = new LedgerSpeed(System.out, Math.max(40, rowBytes));
        try {
            speed.measure(work, batches, runs);
        } finally {
            speed.workers.shutdownNow();
            delete(work);
        }
    }

    private static byte[] rows(int rowBytes) {
        byte[] all = new byte[ROWS * (rowBytes + 1)];
        Random random = new Random(1);
        for (int i = 0; i < ROWS; i++) {
            byte[] start =
                    String.format(Locale.ROOT, "{\"id\":%d,\"text\":\"", i).getBytes(StandardCharsets.US_ASCII);
            int at = i * (rowBytes + 1);
            for (int j = 0; j < rowBytes; j++) {
                all[at + j] = (byte) (j < start.length ? start[j] : 'a' + random.nextInt(26));
            }
            all[at + rowBytes - 2] = '"';
            all[at + rowBytes - 1] = '}';
            all[at + rowBytes] = '\n';
        }
        return all;
    }

    private void measure(Path work, int batches, int runs)
            throws IOException, InterruptedException, ExecutionException, NoSuchAlgorithmException {
        out.printf(
                Locale.ROOT,
                "%d batches of %,d rows of %d bytes; %d threads; Java %s, %d processors%n%n",
                batches,
                ROWS,
                rowBytes,
                THREADS,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        List<Double> one = new ArrayList<>();
        List<Double> two = new ArrayList<>();
        List<Double> path = new ArrayList<>();
        List<Double> judged = new ArrayList<>();
        List<Double> effort = new ArrayList<>();
        Ledger ledger = ledger(work.resolve("plain"), Contract.ANY);
        Ledger strict = ledger(
                work.resolve("strict"),
                Contract.of(StrictJson.object(
                        "{\"contract\":\"bezoar.contract/1\",\"format\":\"jsonl\",\"fields\":{\"text\":{\"type\":\"string\"}}}"
                                .getBytes(StandardCharsets.US_ASCII))));
        for (int run = -2; run < runs; run++) { // two to warm up
            long before = cpu();
            double bareOne = seconds(() -> bare(1, batches));
            long bare = cpu() - before;
            double bareTwo = seconds(() -> bare(THREADS, batches));
            before = cpu();
            double complete = seconds(() -> add(ledger, batches));
            double spent = (cpu() - before) / (double) bare;
            double strictly = seconds(() -> add(strict, batches));
            if (run >= 0) {
                one.add(bareOne);
                two.add(bareTwo);
                path.add(complete);
                effort.add(spent);
                judged.add(strictly);
            }
        }
        double rows = (double) ROWS * batches;
        line("bare SHA-256 of each row, 1 thread", rows, one, one);
        line("bare SHA-256 of each row, 2 threads", rows, two, one);
        line("complete path, 2 threads", rows, path, one);
        line("complete path with strict JSON, 2 threads", rows, judged, one);
        out.printf(
                Locale.ROOT,
                "complete path / bare on 2 threads: %.2f; processor time / bare on 1 thread: %.2f; by blocks of"
                        + " SHA-256 at least %.2f%n%n",
                median(path) / median(two),
                median(effort),
                floor());
        verify(work, batches);
        prove(ledger);
    }

    /// Blocks of SHA-256 that a row of a signed tree takes, one for its leaf and two for a node besides its own, for
    /// each
    /// of its own: what no implementation can go below.
    private double floor() {
        double own = blocks(rowBytes);
        return (own + 1 + blocks(65)) / own;
    }

    /// Blocks of a message of that many bytes: it ends with a bit and its length in 8 bytes.
    private static int blocks(int bytes) {
        return (bytes + 9 + 63) / 64;
    }

    private static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private void line(String what, double rows, List<Double> times, List<Double> base) {
        out.printf(
                Locale.ROOT,
                "%-44s %,12.0f rows/s  median %.3f s  min %.3f s  ratio %.2f%n",
                what,
                rows / median(times),
                median(times),
                Collections.min(times),
                median(times) / median(base));
    }

    private Ledger ledger(Path folder, Contract contract) throws IOException {
        Ledger ledger = Ledger.create(
                new FolderDisk(folder.resolve("ledger")),
                new FolderDisk(folder.resolve("seen")),
                "bench",
                LOG,
                List.of(WRITER),
                1,
                InstantSource.system());
        ledger.amend(
                next -> next.stream(new Charter.Stream(
                        new Source("s", Source.Kind.INTERNAL, ""),
                        new Charter.Signers(1, Set.of("writer")),
                        Set.of(),
                        contract)),
                List.of(WRITER),
                LOG);
        return ledger;
    }

    private interface Step {
        void run() throws IOException, InterruptedException, ExecutionException;
    }

    private static double seconds(Step step) throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        step.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private void bare(int threads, int batches) throws InterruptedException, ExecutionException {
        for (int b = 0; b < batches; b++) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int from = ROWS / threads * t;
                int to = ROWS / threads * (t + 1);
                all.add(workers.submit(() -> digest(from, to)));
            }
            for (Future<Integer> each : all) {
                each.get();
            }
        }
    }

    private int digest(int from, int to) throws NoSuchAlgorithmException, DigestException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] digest = new byte[32];
        int sum = 0;
        for (int i = from; i < to; i++) {
            sha.update(batch, i * (rowBytes + 1), rowBytes);
            sha.digest(digest, 0, 32);
            sum += digest[0];
        }
        return sum;
    }

    private void add(Ledger ledger, int batches) throws IOException {
        List<Parcel> parcels = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            parcels.add(new Parcel(Delivery.of("s", "bench.jsonl", WRITER), () -> new ByteArrayInputStream(batch)));
        }
        ledger.add(parcels, LOG, workers);
    }

    private void verify(Path work, int batches) throws IOException, InterruptedException, ExecutionException {
        Ledger ledger = ledger(work.resolve("verify"), Contract.ANY);
        List<ByteArrayInputStream> parts = new ArrayList<>();
        for (int i = 0; i < batches; i++) {
            parts.add(new ByteArrayInputStream(batch));
        }
        ledger.add(
                Delivery.of("s", "whole.jsonl", WRITER),
                new SequenceInputStream(Collections.enumeration(parts)),
                LOG,
                workers);
        List<Double> check = new ArrayList<>();
        List<Double> data = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            check.add(seconds(ledger::check));
            data.add(seconds(() -> {
                parts.forEach(ByteArrayInputStream::reset);
                if (Comparison.of(ledger, "whole.jsonl", new SequenceInputStream(Collections.enumeration(parts)))
                        .isEmpty()) {
                    throw new IllegalStateException("the batch is there");
                }
            }));
        }
        out.printf(
                Locale.ROOT,
                "verify %,d rows: the ledger %.2f s, the data against it %.2f s%n",
                ROWS * batches,
                median(check),
                median(data));
        prove(ledger);
    }

    private void prove(Ledger ledger) throws IOException {
        Batch last = ledger.history().batches().getLast();
        Random random = new Random(2);
        double[] times = new double[200];
        for (int i = -50; i < times.length; i++) {
            long start = System.nanoTime();
            RowProof proof =
                    RowProof.of(ledger, last, random.nextLong(last.manifest().rows()));
            if (i >= 0) {
                times[i] = (System.nanoTime() - start) / 1e6;
            }
            proof.verify(LOG.named(), Policy.NONE);
        }
        Arrays.sort(times);
        out.printf(
                Locale.ROOT,
                "proof of a row among %,d: median %.2f ms, 95th percentile %.2f ms%n",
                last.manifest().rows(),
                times[100],
                times[190]);
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
