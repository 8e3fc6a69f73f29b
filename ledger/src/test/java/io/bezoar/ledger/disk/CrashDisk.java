package io.bezoar.ledger.disk;

import io.bezoar.ledger.fault.Unusable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A disk in memory from which the power can be taken before any of its steps. What was synced is there
/// afterwards; of what was not, each file keeps a random beginning or none of its bytes, and each change
/// of a name happens or does not.
public final class CrashDisk implements Disk {
    /// The power went.
    public static final class PowerFailure extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class File {
        private byte[] bytes = {};
        private byte[] safe = {};
    }

    private Map<String, File> names = new TreeMap<>();
    private Map<String, File> safeNames = new TreeMap<>();
    private boolean locked;
    private long steps;
    private long last = Long.MAX_VALUE;

    /// How many steps that change something were taken.
    public long steps() {
        return steps;
    }

    /// Takes the power away before the step of that number.
    public void failAt(long step) {
        last = step;
    }

    private void step() throws IOException {
        if (steps >= last) {
            throw new PowerFailure();
        }
        steps++;
    }

    /// What is there when the power is back.
    public CrashDisk restarted(Random random) {
        CrashDisk disk = new CrashDisk();
        Map<String, File> after = new HashMap<>();
        Set<String> all = new HashSet<>(names.keySet());
        all.addAll(safeNames.keySet());
        for (String name : all) {
            File now = names.get(name);
            File before = safeNames.get(name);
            File kept = now == before || random.nextBoolean() ? now : before;
            if (kept != null) {
                after.put(name, kept);
            }
        }
        after.forEach((name, file) -> {
            File copy = new File();
            if (Arrays.equals(file.bytes, file.safe)) {
                copy.bytes = file.bytes.clone();
            } else {
                byte[] of = random.nextBoolean() ? file.bytes : file.safe;
                copy.bytes = Arrays.copyOf(of, random.nextInt(of.length + 1));
            }
            copy.safe = copy.bytes.clone();
            disk.names.put(name, copy);
        });
        disk.safeNames = new TreeMap<>(disk.names);
        return disk;
    }

    /// The same files, on a disk of its own: what an attacker restores later.
    public CrashDisk copy() {
        CrashDisk disk = new CrashDisk();
        names.forEach((name, file) -> {
            File copy = new File();
            copy.bytes = file.bytes.clone();
            copy.safe = copy.bytes.clone();
            disk.names.put(name, copy);
        });
        disk.safeNames = new TreeMap<>(disk.names);
        return disk;
    }

    /// Changes a file behind the ledger's back.
    public void tamper(String name, byte[] bytes) {
        File file = new File();
        file.bytes = bytes.clone();
        file.safe = bytes.clone();
        names.put(name, file);
        safeNames.put(name, file);
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(names.get(name)).map(file -> file.bytes.clone());
    }

    @Override
    public byte[] read(String name, long from, int length) throws IOException {
        File file = names.get(name);
        if (file == null || from + length > file.bytes.length) {
            throw new IOException("\"" + name + "\" ends early");
        }
        return Arrays.copyOfRange(file.bytes, (int) from, (int) from + length);
    }

    @Override
    public Optional<Long> size(String name) {
        return Optional.ofNullable(names.get(name)).map(file -> (long) file.bytes.length);
    }

    @Override
    public OutputStream create(String name) throws IOException {
        step();
        File file = new File();
        names.put(name, file);
        return new ByteArrayOutputStream() {
            @Override
            public void close() throws IOException {
                step();
                file.bytes = toByteArray();
            }
        };
    }

    @Override
    public void sync(String name) throws IOException {
        step();
        File file = names.get(name);
        file.safe = file.bytes.clone();
    }

    @Override
    public void move(String from, String to) throws IOException {
        step();
        names.put(to, names.remove(from));
    }

    @Override
    public void syncFolder(String folder) throws IOException {
        step();
        for (String name : names.keySet()) {
            if (Disk.folder(name).equals(folder)) {
                safeNames.put(name, names.get(name));
            }
        }
        safeNames.keySet().removeIf(name -> Disk.folder(name).equals(folder) && !names.containsKey(name));
    }

    @Override
    public List<String> list(String folder) {
        return names.keySet().stream()
                .filter(name -> folder.isEmpty() || name.startsWith(folder + "/"))
                .toList();
    }

    @Override
    public void delete(String name) throws IOException {
        step();
        names.remove(name);
    }

    @Override
    public AutoCloseable lock() {
        if (locked) {
            throw new Unusable("expected to write alone");
        }
        locked = true;
        return () -> locked = false;
    }
}
