package io.bezoar.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// All files below a folder in the order of their paths, with no more in memory than the names in the
/// folders that lead to the file of the moment.
final class FilesByPath {
    /// Ends the name of a folder, as it does in the path of what is in it: so names sort as paths do.
    private static final char FOLDER = '/';
    /// Ends the name of a symbolic link; no name holds it.
    private static final char LINK = '\0';

    private FilesByPath() {}

    /// Is shown what there is, in order.
    interface Visitor {
        /// Is the folder looked into? Asked before any file beside it is shown.
        boolean enters(Path folder);

        /// A regular file.
        ///
        /// @param within its path from the folder where the walk began, parted by `/`
        /// @param alone are there no folders beside it that are looked into?
        void file(Path file, String within, boolean alone) throws IOException;

        /// A symbolic link, to whatever.
        void link(Path link, String within, boolean alone) throws IOException;

        /// What cannot be looked at, and why.
        void failed(Path path, String why);
    }

    static void walk(Path folder, Visitor visitor) throws IOException {
        walk(folder, "", visitor);
    }

    private static void walk(Path folder, String prefix, Visitor visitor) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                name(path, names, visitor);
            }
        } catch (DirectoryIteratorException e) {
            IOException cause = e.getCause();
            visitor.failed(
                    folder,
                    "expected a folder that may be read, came: " + (cause == null ? "an end" : BadInput.why(cause)));
        } catch (IOException e) {
            visitor.failed(folder, "expected a folder that may be read, came: " + BadInput.why(e));
        }
        Collections.sort(names);
        boolean alone = names.stream().noneMatch(name -> name.charAt(name.length() - 1) == FOLDER);
        for (String marked : names) {
            int last = marked.length() - 1;
            switch (marked.charAt(last)) {
                case FOLDER -> walk(folder.resolve(marked.substring(0, last)), prefix + marked, visitor);
                case LINK -> {
                    String name = marked.substring(0, last);
                    visitor.link(folder.resolve(name), prefix + name, alone);
                }
                default -> visitor.file(folder.resolve(marked), prefix + marked, alone);
            }
        }
    }

    private static void name(Path path, List<String> names, Visitor visitor) {
        Path last = path.getFileName();
        if (last == null) {
            return;
        }
        if (!FolderRules.named(path)) {
            visitor.failed(path, FolderRules.NO_TEXT);
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            visitor.failed(path, "expected a file that can be read, came: " + BadInput.why(e));
            return;
        }
        if (attributes.isSymbolicLink()) {
            names.add(last.toString() + LINK);
        } else if (attributes.isRegularFile()) {
            names.add(last.toString());
        } else if (attributes.isDirectory() && visitor.enters(path)) {
            names.add(last.toString() + FOLDER);
        }
    }
}
