package io.bezoar.app.report;

import io.bezoar.history.Digest;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The folder of a result. Files are written aside, in `.bezoar-tmp-…` within it, and move into place together when all
/// are complete; a result that was there stays whole until then.
///
/// ```java
/// try (var folder = OutputFolder.open(Path.of("bezoar-out"))) {
///     folder.write("findings.json", out -> FindingsFile.write(result, run, out));
///     folder.commit();
/// }
/// ```
///
/// What is aside goes away on [#close], on SIGINT and SIGTERM, and, where a process was killed outright, at the next
/// scan into the folder. Every failure is an [UnwritableFolder] with one sentence.
public final class OutputFolder implements AutoCloseable {
    /// Every file a result may hold, in the order of moving: who waits for `run.json` finds the rest complete.
    private static final List<String> NAMES =
            List.of("scores.csv", "scores.parquet", "findings.json", "results.sarif", "report.html", "run.json");

    private static final String ASIDE = ".bezoar-tmp-";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final List<String> names;
    private final boolean created;
    private final Path aside;
    private final FileChannel lock;
    private final UnaryOperator<OutputStream> through;
    private final Thread hook;
    private final List<String> written = new ArrayList<>();
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final List<FileChannel> channels = new ArrayList<>();
    private boolean closed;

    private OutputFolder(
            Path folder,
            List<String> names,
            boolean created,
            Path aside,
            FileChannel lock,
            UnaryOperator<OutputStream> through) {
        this.folder = folder;
        this.names = List.copyOf(names);
        this.created = created;
        this.aside = aside;
        this.lock = lock;
        this.through = through;
        this.hook = new Thread(this::remove, "bezoar-out");
    }

    /// Names of the files a scan's result may hold.
    public static List<String> names() {
        return NAMES;
    }

    /// Opens the folder, which is made if it is missing.
    public static OutputFolder open(Path folder) throws UnwritableFolder {
        return open(folder, NAMES);
    }

    /// Opens the folder for the result of another verb, whose files have these names.
    ///
    /// @param names in the order of moving
    public static OutputFolder open(Path folder, List<String> names) throws UnwritableFolder {
        return open(folder, names, UnaryOperator.identity());
    }

    /// Opens the folder; each file is written through `through`, which a test may let fail.
    static OutputFolder open(Path folder, UnaryOperator<OutputStream> through) throws UnwritableFolder {
        return open(folder, NAMES, through);
    }

    private static OutputFolder open(Path folder, List<String> names, UnaryOperator<OutputStream> through)
            throws UnwritableFolder {
        boolean created = !Files.exists(folder);
        try {
            Files.createDirectories(folder);
            sweep(folder);
            Path aside = Files.createTempDirectory(folder, ASIDE);
            FileChannel lock = lock(aside);
            OutputFolder out = new OutputFolder(folder, names, created, aside, lock, through);
            Runtime.getRuntime().addShutdownHook(out.hook);
            return out;
        } catch (IOException e) {
            throw new UnwritableFolder(folder, e);
        }
    }

    /// Takes the lock that tells later scans that this one lives.
    private static FileChannel lock(Path aside) throws IOException {
        FileChannel channel =
                FileChannel.open(aside.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.lock();
        } catch (IOException e) {
            // a file system without locks: no other scan can take the lock either, so none sweeps this one away
            return channel;
        }
        return channel;
    }

    /// What writes one file.
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /// Writes one file aside.
    public void write(String name, Content content) throws UnwritableFolder {
        try (OutputStream out = file(name)) {
            content.write(out);
        } catch (UnwritableFolder e) {
            throw e;
        } catch (UncheckedIOException e) {
            IOException cause = e.getCause();
            throw new UnwritableFolder(folder, cause == null ? new IOException(e) : cause);
        } catch (IOException e) {
            throw new UnwritableFolder(folder, e);
        }
    }

    /// Opens one file aside, for a writer that takes its content over time; the caller closes it before [#commit].
    public synchronized OutputStream file(String name) throws UnwritableFolder {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("expected one of " + names + ", got " + name);
        }
        try {
            FileChannel channel =
                    FileChannel.open(aside.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channels.add(channel);
            written.add(name);
            return new Told(name, new BufferedOutputStream(through.apply(new Synced(channel)), 1 << 16));
        } catch (IOException e) {
            throw new UnwritableFolder(folder, e);
        }
    }

    /// The SHA-256 of every file that is complete, lower-case hex, by name in the order in which they were completed.
    public synchronized Map<String, String> digests() {
        return new LinkedHashMap<>(digests);
    }

    private synchronized void complete(String name, MessageDigest digest) {
        digests.computeIfAbsent(name, _ -> HexFormat.of().formatHex(digest.digest()));
    }

    /// Moves every written file into place and removes those of an earlier result that this one lacks.
    public synchronized void commit() throws UnwritableFolder {
        if (closed) {
            throw new IllegalStateException("the folder is closed already");
        }
        try {
            for (String name : names) {
                if (Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileAlreadyExistsException(name, null, "is a folder");
                }
            }
            // a result without its run.json is known to be half replaced
            if (names.contains("run.json")) {
                Files.deleteIfExists(folder.resolve("run.json"));
            }
            for (String name : names) {
                if (written.contains(name)) {
                    Files.move(aside.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
            written.clear();
        } catch (FileAlreadyExistsException e) {
            throw new UnwritableFolder(folder, e);
        } catch (IOException e) {
            throw new UnwritableFolder(folder, e, "the files in it may be of two runs, scan again");
        }
    }

    /// Removes whatever is still aside.
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the machine is going down and the hook has run or will: nothing is left for it
            return;
        }
    }

    private synchronized void remove() {
        if (closed) {
            return;
        }
        closed = true;
        channels.add(lock);
        for (FileChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                // it goes with the process
            }
        }
        delete(aside);
        if (created) {
            try (Stream<Path> left = Files.list(folder)) {
                if (left.findAny().isEmpty()) {
                    Files.deleteIfExists(folder);
                }
            } catch (IOException e) {
                // an empty folder stays; nobody is misled by it
            }
        }
    }

    /// Removes what processes left aside that no longer live: their locks are free.
    private static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, ASIDE + "*")) {
            for (Path leftover : leftovers) {
                Path file = leftover.resolve(LOCK);
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                boolean dead;
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                        FileLock taken = channel.tryLock()) {
                    dead = taken != null;
                } catch (OverlappingFileLockException | IOException e) {
                    dead = false;
                }
                if (dead) {
                    delete(leftover);
                }
            }
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // what cannot be deleted is swept by the next scan
        }
    }

    /// Whatever fails in a file is a failure of this folder. Takes the digest of what goes through.
    private final class Told extends FilterOutputStream {
        private final String name;
        private final MessageDigest digest = Digest.sha256();

        Told(String name, OutputStream through) {
            super(through);
            this.name = name;
        }

        @Override
        public void write(int b) throws IOException {
            digest.update((byte) b);
            try {
                out.write(b);
            } catch (IOException e) {
                throw new UnwritableFolder(folder, e);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            digest.update(bytes, from, length);
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new UnwritableFolder(folder, e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw new UnwritableFolder(folder, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
                complete(name, digest);
            } catch (UnwritableFolder e) {
                throw e;
            } catch (IOException e) {
                throw new UnwritableFolder(folder, e);
            }
        }
    }

    /// Writes to a channel and brings it to the disk before it closes, so that a move never outruns the content.
    private static final class Synced extends OutputStream {
        private final FileChannel channel;

        Synced(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes, from, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        public void close() throws IOException {
            try (channel) {
                if (channel.isOpen()) {
                    channel.force(true);
                }
            }
        }
    }

    /// A folder that a result cannot be written to; the message is one sentence for the user.
    public static final class UnwritableFolder extends IOException {
        private static final long serialVersionUID = 1L;

        UnwritableFolder(Path folder, IOException cause) {
            this(folder, cause, "what was there before is unchanged");
        }

        UnwritableFolder(Path folder, IOException cause, String state) {
            super(
                    "cannot write the result into " + SafeText.plain(folder.toString(), 200) + ": " + reason(cause)
                            + "; " + state,
                    cause);
        }

        private static String reason(IOException cause) {
            String told = Optional.ofNullable(
                            cause instanceof FileSystemException file ? file.getReason() : cause.getMessage())
                    .orElse("");
            String lower = told.toLowerCase(Locale.ROOT);
            if (lower.contains("no space left") || lower.contains("not enough space") || lower.contains("quota")) {
                return "the disk is full; free some space or name another folder with --out";
            }
            if (cause instanceof AccessDeniedException || lower.contains("read-only")) {
                return "it may not be written; name another folder with --out";
            }
            if (cause instanceof FileAlreadyExistsException exists) {
                return (lower.contains("is a folder")
                                ? SafeText.plain(String.valueOf(exists.getFile()), 100) + " in it is a folder"
                                : "a file of that name exists")
                        + "; name another folder with --out";
            }
            return told.isEmpty()
                    ? "the system gave no reason; name another folder with --out"
                    : SafeText.plain(told, 200) + "; name another folder with --out";
        }
    }
}
