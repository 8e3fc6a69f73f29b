package io.bezoar.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.disk.FolderDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that adds batches is killed for real, four times.
class KillTest {
    @TempDir
    private Path folder;

    /// The process: adds batches until it is killed, and says so after each.
    public static final class Adding {
        private Adding() {}

        public static void main(String[] arguments) throws IOException {
            Ledger ledger = open(Path.of(arguments[0]));
            try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
                for (int i = 0; ; i++) {
                    byte[] rows = Sample.rows(0, 50 + i % 300).getBytes(StandardCharsets.UTF_8);
                    ledger.add(
                            Delivery.of("vendor-a", "x.jsonl", Sample.ALICE),
                            new ByteArrayInputStream(rows),
                            Sample.LOG,
                            workers);
                    System.out.println(ledger.history().batches().size());
                    System.out.flush();
                }
            }
        }
    }

    private static Ledger open(Path folder) throws IOException {
        return Ledger.open(
                new FolderDisk(folder.resolve("ledger")),
                new FolderDisk(folder.resolve("seen")),
                InstantSource.system());
    }

    @Test
    void noAcknowledgedBatchIsLost() throws Exception {
        Ledger made = Ledger.create(
                new FolderDisk(folder.resolve("ledger")),
                new FolderDisk(folder.resolve("seen")),
                "tickets",
                Sample.LOG,
                List.of(Sample.ADMIN),
                1,
                InstantSource.system());
        made.amend(
                next -> next.key(Sample.ALICE.named()).stream(
                        Sample.stream("vendor-a", Source.Kind.VENDOR, 1, Set.of("alice"), Set.of(), Contract.ANY)),
                List.of(Sample.ADMIN),
                Sample.LOG);
        Random random = new Random();
        for (int kill = 0; kill < 4; kill++) {
            Path said = folder.resolve("said-" + kill);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Adding.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            while (Files.size(said) < 2 && process.isAlive()) {
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(150));
            process.destroyForcibly().waitFor();
            List<String> lines = Files.readAllLines(said);
            int acknowledged = Integer.parseInt(lines.getLast());
            Ledger ledger = open(folder);
            int batches = ledger.history().batches().size();
            assertTrue(batches == acknowledged || batches == acknowledged + 1, batches + " and " + acknowledged);
            assertEquals(batches, ledger.check().batches());
        }
    }
}
