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
/// SHA-256 over the same bytes, in turns: row by row on one thread and on two, and each batch as one stream.
/// Then, for the first length of rows, strict JSON, verification and proofs.
///
/// Usage: `bench/ledger [--batches 16] [--row-bytes 255,512,1024] [--runs 15] [--folder DIR]`
public final class LedgerSpeed {
    private static final int ROWS = 65_536;
    private static final int THREADS = 2;
    /// Runs before the measured ones: the times of the complete path fall until about the twentieth.
    private static final int WARM_UP = 20;
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
        String rowBytes = "255,512,1024";
        int runs = 15;
        Path folder = Path.of(System.getProperty("java.io.tmpdir", "."));
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--batches" -> batches = Integer.parseInt(arguments[i + 1]);
                case "--row-bytes" -> rowBytes = arguments[i + 1];
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
        try {
            measure(work, sizes(rowBytes), batches, runs);
        } finally {
            delete(work);
        }
    }

    private static List<Integer> sizes(String rowBytes) {
        return Stream.of(rowBytes.split(","))
                .map(each -> Math.max(40, Integer.parseInt(each.strip())))
                .toList();
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

    private static void measure(Path work, List<Integer> sizes, int batches, int runs)
            throws IOException, InterruptedException, ExecutionException, NoSuchAlgorithmException {
        PrintStream out = System.out;
        out.printf(
                Locale.ROOT,
                "%d batches of %,d rows, %d runs after %d to warm up; complete path on %d threads; Java %s, %d"
                        + " processors%n",
                batches,
                ROWS,
                runs,
                WARM_UP,
                THREADS,
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        out.printf(
                "Medians. Ratios of the complete path's time to bare SHA-256 over the same bytes (row by row on 1 and"
                        + " on 2 threads, each batch as one stream on 1); of its processor time to that of bare row by"
                        + " row; and what its blocks of SHA-256 alone are to a row's.%n%n");
        out.printf(
                "%9s %12s %8s %8s %8s %10s %9s%n",
                "row bytes", "rows/s", "1 thread", "2", "stream", "processor", "at least");
        LedgerSpeed first = new LedgerSpeed(out, sizes.getFirst());
        try {
            Ledger ledger = first.ledger(work.resolve("plain"), Contract.ANY);
            first.compare(ledger, batches, runs);
            for (int rowBytes : sizes.subList(1, sizes.size())) {
                LedgerSpeed speed = new LedgerSpeed(out, rowBytes);
                try {
                    speed.compare(speed.ledger(work.resolve("of-" + rowBytes), Contract.ANY), batches, runs);
                } finally {
                    speed.workers.shutdownNow();
                }
            }
            out.printf(Locale.ROOT, "%nrows of %d bytes:%n", sizes.getFirst());
            first.strict(work, batches, runs);
            first.verify(work, batches);
            first.prove(ledger);
        } finally {
            first.workers.shutdownNow();
        }
    }

    /// One line of the table.
    private void compare(Ledger ledger, int batches, int runs)
            throws IOException, InterruptedException, ExecutionException, NoSuchAlgorithmException {
        List<Double> one = new ArrayList<>();
        List<Double> two = new ArrayList<>();
        List<Double> stream = new ArrayList<>();
        List<Double> path = new ArrayList<>();
        List<Double> effort = new ArrayList<>();
        for (int run = -WARM_UP; run < runs; run++) {
            long before = cpu();
            double bareOne = seconds(() -> bare(1, batches));
            long bare = cpu() - before;
            double bareTwo = seconds(() -> bare(THREADS, batches));
            double whole = seconds(() -> stream(batches));
            before = cpu();
            double complete = seconds(() -> add(ledger, batches));
            double spent = (cpu() - before) / (double) bare;
            if (run >= 0) {
                one.add(bareOne);
                two.add(bareTwo);
                stream.add(whole);
                path.add(complete);
                effort.add(spent);
            }
        }
        out.printf(
                Locale.ROOT,
                "%9d %,12.0f %8.2f %8.2f %8.2f %10.2f %9.2f%n",
                rowBytes,
                (double) ROWS * batches / median(path),
                median(path) / median(one),
                median(path) / median(two),
                median(path) / median(stream),
                median(effort),
                floor());
    }

    private void strict(Path work, int batches, int runs)
            throws IOException, InterruptedException, ExecutionException, NoSuchAlgorithmException {
        Ledger strict = ledger(
                work.resolve("strict"),
                Contract.of(StrictJson.object(
                        "{\"contract\":\"bezoar.contract/1\",\"format\":\"jsonl\",\"fields\":{\"text\":{\"type\":\"string\"}}}"
                                .getBytes(StandardCharsets.US_ASCII))));
        List<Double> times = new ArrayList<>();
        for (int run = -1; run < runs; run++) { // one to warm up
            double time = seconds(() -> add(strict, batches));
            if (run >= 0) {
                times.add(time);
            }
        }
        out.printf(
                Locale.ROOT, "complete path with strict JSON: %,.0f rows/s%n", (double) ROWS * batches / median(times));
    }

    /// Blocks of SHA-256 that a row of a signed tree takes, one for its leaf and two for a node besides its
    /// own, for each of its own: what no implementation that hashes block after block can go below.
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
        void run() throws IOException, InterruptedException, ExecutionException, NoSuchAlgorithmException;
    }

    private static double seconds(Step step)
            throws IOException, InterruptedException, ExecutionException, NoSuchAlgorithmException {
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

    /// Each batch as one message.
    private void stream(int batches) throws NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        int sum = 0;
        for (int b = 0; b < batches; b++) {
            sum += sha.digest(batch)[0];
        }
        if (sum == Integer.MIN_VALUE) { // so that none of it can be left out
            throw new IllegalStateException("impossible sum");
        }
    }

    private void add(Ledger ledger, int batches) throws IOException {
        List<Parcel> parcels = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            parcels.add(new Parcel(Delivery.of("s", "bench.jsonl", WRITER), () -> new ByteArrayInputStream(batch)));
        }
        ledger.add(parcels, LOG, workers);
    }

    private void verify(Path work, int batches)
            throws IOException, InterruptedException, ExecutionException, NoSuchAlgorithmException {
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
