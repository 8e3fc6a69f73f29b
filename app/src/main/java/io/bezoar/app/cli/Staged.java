package io.bezoar.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder of files that appears under its name only when all of them are complete; whatever goes wrong
/// before leaves nothing behind. A folder that is there keeps its other files.
final class Staged implements AutoCloseable {
    private final Path folder;
    private final Path aside;
    private final Thread hook;

    private Staged(Path folder, Path aside) {
        this.folder = folder;
        this.aside = aside;
        this.hook = new Thread(() -> delete(aside), "bezoar-staged");
    }

    /// @param folder where the files are to be
    static Staged open(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        if (parent == null || Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException("\"" + folder + "\" cannot be a folder");
        }
        Files.createDirectories(parent);
        Staged staged = new Staged(folder, Files.createTempDirectory(parent, ".bezoar-tmp-"));
        Runtime.getRuntime().addShutdownHook(staged.hook);
        return staged;
    }

    /// Where the files are written.
    Path aside() {
        return aside;
    }

    /// Moves the files into place; their paths, by name.
    List<Path> commit() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(aside)) {
            List<Path> moved = files.sorted().toList();
            for (Path file : moved) {
                Files.move(
                        file,
                        folder.resolve(file.getFileName()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return moved.stream()
                    .map(file -> folder.resolve(file.getFileName()))
                    .toList();
        }
    }

    @Override
    public void close() {
        delete(aside);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return; // the machine is going down and the hook has run or will
        }
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException _) {
            tree.toFile().deleteOnExit();
        }
    }
}
