package io.bezoar.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.ledger.disk.CrashDisk;
import io.bezoar.ledger.disk.Disk;
import io.bezoar.ledger.disk.FolderDisk;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Busy;
import io.bezoar.ledger.log.Checkpoint;
import io.bezoar.ledger.log.Seen;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several people work with one ledger at the same time.
class TogetherTest {
    private static final Delivery DELIVERY = Delivery.of("vendor-a", "x.jsonl", Sample.ALICE);

    private interface Meanwhile {
        void happens(Method method, Object[] arguments) throws IOException;
    }

    /// A disk on which something happens before each call.
    private static Disk with(Disk disk, Meanwhile meanwhile) {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (_, method, arguments) -> {
                    meanwhile.happens(method, arguments == null ? new Object[0] : arguments);
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /// Takes in a batch the first time that it is called for.
    private static Meanwhile once(Sample other, String method, String argument) {
        boolean[] done = {false};
        return (called, arguments) -> {
            if (!done[0]
                    && called.getName().equals(method)
                    && (argument.isEmpty() || List.of(arguments).contains(argument))) {
                done[0] = true;
                other.add(DELIVERY, Sample.rows(0, 10));
            }
        };
    }

    private static Ledger open(Sample sample, Disk disk, Disk outside) throws IOException {
        return Ledger.open(disk, outside, sample.clock());
    }

    /// A log that grows while it is read was not rolled back.
    @Test
    void readWhileAnotherAdds() throws IOException {
        for (String file : List.of("charters/1.json", "log/tile/entries/000.p/2", "charters/2.json")) {
            Sample sample = Sample.copy();
            Ledger read = open(sample, with(sample.disk, once(sample, "read", file)), sample.outside);
            assertEquals(1, read.history().batches().size(), file);
            read.check();
        }
        Sample sample = Sample.copy();
        Disk outside = with(sample.outside, once(sample, "read", "checkpoint"));
        assertEquals(1, open(sample, sample.disk, outside).history().batches().size());
    }

    /// What was seen never becomes less, whoever is slow to write it down.
    @Test
    void rememberedByTheSlowerOfTwo() throws IOException {
        Sample sample = Sample.copy();
        CrashDisk before = sample.outside.copy();
        sample.add(DELIVERY, Sample.rows(0, 10));
        sample.outside.tamper("checkpoint", before.read("checkpoint").orElseThrow());
        open(sample, sample.disk, with(sample.outside, once(sample, "lock", "")));
        assertEquals(
                4, Checkpoint.of(new Seen(sample.outside).last().orElseThrow()).size());
    }

    /// Additions and statements go behind what came meanwhile; a change of the charter rests on what
    /// was read.
    @Test
    void oneAfterTheOther() throws IOException {
        Sample sample = Sample.copy();
        Ledger slow = open(sample, sample.disk, sample.outside);
        sample.add(DELIVERY, Sample.rows(0, 10));
        assertEquals(
                "expected a ledger that nobody else has changed meanwhile, but somebody has; try again",
                assertThrows(Busy.class, () -> slow.amend(next -> next, List.of(Sample.ADMIN), Sample.LOG))
                        .getMessage());
        sample.tick();
        assertEquals(
                "vendor-a/1",
                Sample.add(slow, DELIVERY, Sample.rows(5, 20))
                        .batch()
                        .manifest()
                        .name());
        assertThrows(Busy.class, () -> sample.amend(next -> next));
        sample.tick();
        Batch batch = slow.history().batches().getFirst();
        sample.ledger.state(
                List.of(Attestations.activity(
                        List.of(new io.bezoar.ledger.sign.Statement.Subject(
                                "x",
                                Map.of(Manifest.ROOT, batch.manifest().root().hex()))),
                        "scan",
                        new io.bezoar.ledger.json.JsonValue.Building().done(),
                        "test",
                        sample.now,
                        sample.now)),
                List.of(Sample.ALICE),
                Sample.LOG);
        Ledger.Checked checked = open(sample, sample.disk, sample.outside).check();
        assertEquals(2, checked.batches());
        assertEquals(5, checked.entries());
    }

    /// A rolled-back ledger is not taken for one that others have written to.
    @Test
    void anOldCopyBetweenOpeningAndAdding() throws IOException {
        Sample sample = Sample.copy();
        CrashDisk old = sample.disk.copy();
        sample.add(DELIVERY, Sample.rows(0, 10));
        for (String name : List.of("log/checkpoint")) {
            sample.disk.tamper(name, old.read(name).orElseThrow());
        }
        assertThrows(Broken.class, () -> sample.add(DELIVERY, Sample.rows(0, 10)));
    }

    /// Whoever cannot remember is told that the batch is in all the same, and does not add it twice.
    @Test
    void memoryThatCannotBeWritten() throws IOException {
        Sample sample = Sample.copy();
        Disk full = with(sample.outside, (method, _) -> {
            if (method.getName().equals("create")) {
                throw new IOException("No space left on device");
            }
        });
        Ledger ledger = open(sample, sample.disk, full);
        sample.tick();
        assertEquals(
                "what was added is safe in the log, now of 3 entries, and must not be added again, but that it was seen"
                        + " could not be remembered: No space left on device",
                assertThrows(IOException.class, () -> Sample.add(ledger, DELIVERY, Sample.rows(0, 10)))
                        .getMessage());
        assertEquals(
                1, open(sample, sample.disk, sample.outside).history().batches().size());
    }

    @Test
    void waitsForAnother(@TempDir Path folder) throws Exception {
        Disk one = new FolderDisk(folder);
        Disk other = new FolderDisk(folder, Duration.ofMillis(40));
        try (AutoCloseable _ = one.lock()) {
            assertEquals(
                    "expected to write \"" + folder + "\" alone, but another process does; wait for it",
                    assertThrows(Busy.class, other::lock).getMessage());
        }
        other.lock().close();
        AutoCloseable held = other.lock();
        Thread soon = Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(60);
                held.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        one.lock().close();
        soon.join();
    }

    /// A file that somebody blew up is named, not read.
    @Test
    void aFileFarTooLarge(@TempDir Path folder) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("charter").toFile(), "rw")) {
            file.setLength(6L << 30);
        }
        String said = assertThrows(Broken.class, () -> new FolderDisk(folder).read("charter"))
                .getMessage();
        assertTrue(
                said.startsWith("expected files of at most 257 MiB in \"" + folder + "\", came \"charter\" of"), said);
    }
}
