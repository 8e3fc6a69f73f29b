package io.bezoar.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.stream.Stream;

/// A folder of temporary files that only its user may read.
///
/// It goes away on [#close], on SIGINT and SIGTERM, and, where a process was killed outright, when that user's next one
/// is made in the same place: a lock in it tells whether its process lives.
final class Scratch implements AutoCloseable {
    private static final String PREFIX = "bezoar-";
    private static final String LOCK = ".lock";
    /// What the lock is called until it is held: a lock that stands there and is free is a dead process's.
    private static final String UNHELD = ".unheld";
    /// Times that a folder is emptied whose files still come: the threads that write them end with the process.
    private static final int TRIES = 20;

    private final Path folder;
    private final FileChannel lock;
    private final Thread hook;

    private Scratch(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
        this.hook = new Thread(this::remove, "bezoar-scratch");
    }

    /// Makes a folder in `parent`.
    ///
    /// @throws ScratchFailure if none can be made there
    static Scratch in(String parent) {
        try {
            Path folder = Files.createTempDirectory(Path.of(parent), own());
            sweep(folder);
            Scratch scratch = new Scratch(folder, locked(folder));
            Runtime.getRuntime().addShutdownHook(scratch.hook);
            return scratch;
        } catch (IOException e) {
            throw new ScratchFailure(
                    "expected a folder for temporary files at \"" + parent + "\", but none can be made there", e);
        }
    }

    /// What the names of this process's folders begin with. It never looks at the lock of one of these:
    /// on POSIX systems a process that closes a file gives up all its locks on it, whichever channel
    /// holds them.
    private static String own() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    Path folder() {
        return folder;
    }

    /// Deletes the folder and what is in it.
    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return; // the machine is going down: the hook has run or will
        }
    }

    private synchronized void remove() {
        for (int i = 0; i < TRIES && !delete(folder); i++) {
            Thread.onSpinWait();
        }
        try {
            lock.close();
        } catch (IOException _) {
            return; // the lock goes with the process
        }
    }

    private static FileChannel locked(Path folder) throws IOException {
        Path unheld = folder.resolve(UNHELD);
        FileChannel channel = FileChannel.open(unheld, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.lock();
        } catch (IOException _) {
            return channel; // a file system without locks: nobody may sweep the folder away
        }
        Files.move(unheld, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        return channel;
    }

    /// Removes the folders beside `own` whose processes are dead.
    private static void sweep(Path own) throws IOException {
        UserPrincipal user = Files.getOwner(own, LinkOption.NOFOLLOW_LINKS);
        Path parent = own.getParent();
        if (parent == null) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (!String.valueOf(folder.getFileName()).startsWith(own())
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
                        && owned(folder, user)
                        && dead(folder)) {
                    delete(folder);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// Is it the user's? Nobody's, if its process has taken it away meanwhile.
    private static boolean owned(Path folder, UserPrincipal user) {
        try {
            return user.equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean dead(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            return taken != null;
        } catch (OverlappingFileLockException | IOException _) {
            return false;
        }
    }

    static boolean delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
            return true;
        } catch (IOException _) {
            return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
