package io.bezoar.data;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One set of a split folder of texts: a folder with copies of files, in folders of the same names.
final class FolderOutput implements SetFile {
    private final Path path;
    private final Path aside;
    private boolean any;
    private boolean done;
    private Path last;

    /// @param aside where it is written, to be moved to `path`
    /// @param always is it made even if no file goes there?
    FolderOutput(Path aside, Path path, boolean always) throws IOException {
        this.path = path;
        this.aside = aside;
        last = aside;
        if (always) {
            Files.createDirectory(aside);
            any = true;
        }
    }

    /// A file of those bytes.
    ///
    /// @param within its path in the folder
    void file(String within, byte[] bytes) throws IOException {
        Files.write(place(within), bytes);
    }

    /// A copy of a file.
    void copy(String within, Path file) throws IOException {
        Files.copy(file, place(within));
    }

    private Path place(String within) throws IOException {
        Path place = aside.resolve(within);
        Path around = place.getParent();
        if (around != null && !(any && around.equals(last))) {
            Files.createDirectories(around);
            last = around;
            any = true;
        }
        return place;
    }

    @Override
    public void complete() {}

    @Override
    public Optional<Path> written() {
        return any ? Optional.of(aside) : Optional.empty();
    }

    @Override
    public Optional<Path> move() throws IOException {
        delete(path); // of an earlier split
        if (!any) {
            return Optional.empty();
        }
        Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE);
        done = true;
        return Optional.of(path);
    }

    @Override
    public void discard() {
        if (done || !any) {
            return;
        }
        try {
            delete(aside);
        } catch (IOException _) {
            aside.toFile().deleteOnExit();
        }
    }

    /// Deletes a folder, and nothing that links in it lead to; a file is deleted as well.
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inside, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(inside);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
