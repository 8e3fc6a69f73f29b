package io.bezoar.ledger.disk;

import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Busy;
import io.bezoar.ledger.fault.Malformed;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// A folder of this machine's file system. Names cannot lead out of it, neither by `..` nor by a symbolic
/// link.
public final class FolderDisk implements Disk {
    private static final int AT_ONCE = 8;
    private static final long MOST_BYTES = (256L << 20) + (1 << 20); // a quarantine file has no more
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path root;
    private final Duration patience;

    /// @param root the folder; made when the first file is
    public FolderDisk(Path root) {
        this(root, Duration.ofSeconds(10));
    }

    /// @param root the folder; made when the first file is
    /// @param patience how long to wait for another writer
    public FolderDisk(Path root, Duration patience) {
        this.root = root.toAbsolutePath().normalize();
        this.patience = patience;
    }

    /// Where a name lies.
    ///
    /// @throws Malformed if it could lie elsewhere
    /// @throws Broken if a symbolic link is on the way
    public Path path(String name) {
        Path path = root;
        if (!name.isEmpty()) {
            for (String step : name.split("/", -1)) {
                if (step.isEmpty()
                        || step.equals(".")
                        || step.equals("..")
                        || step.indexOf('\\') >= 0
                        || step.indexOf('\0') >= 0) {
                    throw new Malformed("expected a relative name without \"..\", came another");
                }
                path = path.resolve(step);
                if (Files.isSymbolicLink(path)) {
                    throw new Broken("expected files and folders in \"" + root + "\", came a symbolic link at \"" + name
                            + "\", which could lead anywhere; put back what it stands for");
                }
            }
        }
        return path;
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        Path path = path(name);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (Files.size(path) > MOST_BYTES) {
            throw new Broken("expected files of at most 257 MiB in \"" + root + "\", came \"" + name + "\" of "
                    + Files.size(path) + " bytes; restore it from a copy");
        }
        return Optional.of(Files.readAllBytes(path));
    }

    @Override
    public byte[] read(String name, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from + bytes.position()) < 0) {
                    throw new EOFException("\"" + name + "\" ends early");
                }
            }
        }
        return bytes.array();
    }

    @Override
    public Optional<Long> size(String name) throws IOException {
        Path path = path(name);
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Optional.of(Files.size(path)) : Optional.empty();
    }

    @Override
    public OutputStream create(String name) throws IOException {
        Path path = path(name);
        make(parent(path));
        return new BufferedOutputStream(
                Files.newOutputStream(
                        path,
                        LinkOption.NOFOLLOW_LINKS,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING),
                1 << 16);
    }

    private Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? root : parent;
    }

    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.getParent();
            if (parent != null) {
                make(parent);
            }
            Files.createDirectories(folder);
            if (parent != null) {
                force(parent);
            }
        }
    }

    @Override
    public void sync(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void syncAll(List<String> names) throws IOException {
        together(names, this::sync);
    }

    @Override
    public void syncFolders(List<String> folders) throws IOException {
        together(folders, this::syncFolder);
    }

    private interface Waiting {
        void on(String name) throws IOException;
    }

    /// File systems write one journal for all that wait at the same time.
    private static void together(List<String> names, Waiting waiting) throws IOException {
        if (names.size() < 2) {
            for (String name : names) {
                waiting.on(name);
            }
            return;
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, names.size()))) {
            List<Future<?>> all = new ArrayList<>();
            for (String name : names) {
                all.add(threads.submit(() -> {
                    waiting.on(name);
                    return name;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while files were made safe");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw new IOException(e.getCause());
        }
    }

    @Override
    public void move(String from, String to) throws IOException {
        Path target = path(to);
        make(parent(target));
        Files.move(path(from), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void syncFolder(String folder) throws IOException {
        force(path(folder));
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<String> list(String folder) throws IOException {
        Path from = path(folder);
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(from)) {
            return files.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void delete(String name) throws IOException {
        try {
            Files.deleteIfExists(path(name));
        } catch (NoSuchFileException _) {
            // gone already
        }
    }

    @Override
    public AutoCloseable lock() throws IOException {
        make(root);
        FileChannel channel = FileChannel.open(
                path("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(PAUSE)) {
            if (locked(channel)) {
                return channel;
            }
            if (waited.compareTo(patience) >= 0) {
                channel.close();
                throw new Busy("expected to write \"" + root + "\" alone, but another process does; wait for it");
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException _) {
                channel.close();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while another process wrote");
            }
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false; // another thread of this process has it
        }
    }
}
