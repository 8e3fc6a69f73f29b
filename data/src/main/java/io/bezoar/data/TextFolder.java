package io.bezoar.data;

import io.bezoar.core.ScanResult.Malformed;
import io.bezoar.data.Layout.Numbers;
import io.bezoar.data.Layout.Shape;
import io.bezoar.data.Problems.Found;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder in which every file is one text and the folder around it its label: `train/pos/12.txt`.
///
/// A row's id is the path of its file from here.
///
/// @param path where it lies
/// @param except a folder in it that is not looked into; empty for none
/// @param all are all files texts? Else those are in a folder without folders whose names say so
record TextFolder(Path path, Optional<Path> except, boolean all) {
    static final String ID = "id";
    static final String TEXT = "text";
    static final String LABEL = "label";

    /// What the rows are.
    static final Layout LAYOUT = new Layout(
            Shape.LABELLED,
            Map.of(Role.ID, ID, Role.TEXT, TEXT, Role.LABEL, LABEL),
            Numbers.NONE,
            0,
            List.of(),
            List.of(),
            Choice.NOTHING,
            "",
            Template.NONE,
            Set.of(ID, TEXT, LABEL),
            "text -> label");

    /// Texts that may lie beside folders: more say that the folders are no labels, or not alone.
    private static final int BESIDE = 16;

    private static final int HEAD = 4096;
    /// Names of the parts of a data set, which are no labels.
    private static final Set<String> PARTS = Set.of(
            "train", "training", "test", "testing", "dev", "val", "valid", "validation", "eval", "heldout", "holdout");
    /// Names of folders of texts that nobody has labelled.
    private static final Set<String> UNLABELLED = Set.of("unsup", "unlabeled", "unlabelled", "unsupervised");

    /// Takes the texts of a folder.
    interface Taker {
        /// @param label empty for none
        void text(Path file, String id, String label) throws IOException;
    }

    /// Does a folder show that it is one? It holds no other data, and two folders or more of different
    /// names, none of them a part's, that hold texts alone.
    ///
    /// @param except a folder in it that is not looked into; empty for none
    static boolean shows(Path path, Optional<Path> except) throws IOException {
        Path start = FolderRules.start(path);
        Look look = new Look(path, start, except);
        Files.walkFileTree(start, look);
        return !look.refuted && look.labels.size() > 1;
    }

    /// Goes through a folder until something says that it is none. Owned by one thread.
    private static final class Look extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Path start;
        private final Optional<Path> except;
        private final Deque<Level> levels = new ArrayDeque<>();
        private final Set<String> labels = new HashSet<>(); // two at most
        private boolean refuted;

        /// What lies in a folder, beside what lies in folders there.
        private static final class Level {
            private int texts;
            private boolean others;
            private boolean folders;
        }

        Look(Path root, Path start, Optional<Path> except) {
            this.root = root;
            this.start = start;
            this.except = except;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            Path named = FolderRules.named(root, start, folder);
            if (!folder.equals(start) && (FolderRules.passed(named, except) || FolderRules.applied(folder))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Level around = levels.peek();
            if (around != null) {
                around.folders = true;
            }
            levels.push(new Level());
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Level level = levels.peek();
            if (level == null || FolderRules.hidden(file) || !attributes.isRegularFile() || FolderRules.result(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (FolderRules.data(file)) {
                return refute();
            }
            if (!named(file)) {
                level.others = true;
            } else if (level.texts++ == 0 && !begins(file)) {
                return refute();
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // told by whoever reads the folder
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            Level level = levels.pop();
            if (level.folders ? level.texts > BESIDE : level.texts > 0 && (level.others || part(folder))) {
                return refute();
            }
            if (!level.folders && level.texts > 0 && labels.size() < 2) {
                labels.add(last(folder));
            }
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult refute() {
            refuted = true;
            return FileVisitResult.TERMINATE;
        }

        private static boolean part(Path folder) {
            return PARTS.contains(last(folder).toLowerCase(Locale.ROOT));
        }
    }

    /// Does a name say that the file is a text? It ends in `.txt` or has no ending.
    private static boolean named(Path file) {
        String name = last(file).toLowerCase(Locale.ROOT);
        return name.indexOf('.') < 0 || name.endsWith(".txt") || name.endsWith(".text");
    }

    /// Does a file begin as texts do?
    private static boolean begins(Path file) {
        byte[] head = new byte[HEAD];
        int length;
        try (InputStream in = Files.newInputStream(file)) {
            length = in.readNBytes(head, 0, HEAD);
        } catch (IOException _) {
            return true; // told by whoever reads it
        }
        Encoding encoding = Encoding.of(head, length);
        return encoding.wide()
                || Packing.of(head, length) == Packing.PLAIN
                        && encoding != Encoding.BINARY
                        && encoding != Encoding.UTF32
                        && (Utf8.inspect(head, 0, length) & Utf8.NUL) == 0;
    }

    private static String last(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }

    /// The folder's own name; empty for the root of a file system.
    String name() {
        return last(path);
    }

    /// Gives away all texts in the order of their paths.
    ///
    /// @param found takes what is left out
    void each(Taker taker, Found found) throws IOException {
        FilesByPath.walk(path, new Each(taker, found));
    }

    private final class Each implements FilesByPath.Visitor {
        private final Taker taker;
        private final Found found;
        private final Set<Path> results = new HashSet<>(); // folders in which those of a scan lie

        Each(Taker taker, Found found) {
            this.taker = taker;
            this.found = found;
        }

        @Override
        public boolean enters(Path folder) {
            if (FolderRules.passed(folder, except)) {
                return false;
            }
            if (FolderRules.applied(folder)) {
                result(folder);
                return false;
            }
            return true;
        }

        private void result(Path path) {
            Path folder = path.resolveSibling("");
            if (!FolderRules.passed(folder, except) && results.add(folder)) {
                tell(Problems.Kind.RESULTS, folder, "");
            }
        }

        @Override
        public void file(Path file, String within, boolean alone) throws IOException {
            if (FolderRules.hidden(file)) {
                return;
            }
            if (FolderRules.result(file)) {
                result(file);
            } else if (!all && !alone) {
                tell(Problems.Kind.BESIDE, file, "");
            } else if (!all && !named(file)) {
                tell(Problems.Kind.SKIPPED, file, "");
            } else {
                int slash = within.lastIndexOf('/');
                String label = slash < 0 ? name() : within.substring(within.lastIndexOf('/', slash - 1) + 1, slash);
                taker.text(
                        file,
                        slash < 0 ? name() + "/" + within : within,
                        UNLABELLED.contains(label.toLowerCase(Locale.ROOT)) ? "" : label);
            }
        }

        @Override
        public void link(Path link, String within, boolean alone) throws IOException {
            if (FolderRules.hidden(link)) {
                return;
            }
            Path to;
            try {
                to = link.toRealPath();
            } catch (IOException e) {
                failed(link, "expected a file that can be read, came: " + BadInput.why(e));
                return;
            }
            if (Files.isRegularFile(to) && to.startsWith(path.toRealPath())) {
                file(link, within, alone);
            } else {
                failed(
                        link,
                        "expected a file, came a symbolic link "
                                + (Files.isDirectory(to) ? "to a folder" : "that leads out of the folder")
                                + "; copy what it leads to");
            }
        }

        @Override
        public void failed(Path where, String why) {
            tell(Problems.Kind.UNREAD, where, why);
        }

        private void tell(Problems.Kind kind, Path where, String why) {
            found.add(kind, new Malformed(where.toString(), 1, why, ""));
        }
    }
}
