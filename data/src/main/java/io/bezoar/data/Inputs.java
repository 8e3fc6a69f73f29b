package io.bezoar.data;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The files that a user's paths name: files as they are, folders and globs as what they hold, sorted, each file once.
final class Inputs {
    /// Files in order; the name is as the user would write it, `-` for standard input.
    ///
    /// @param texts the folder that is one data set, if it is no file
    record Named(String name, Path path, Optional<TextFolder> texts) {
        Named(String name, Path path) {
            this(name, path, Optional.empty());
        }
    }

    private final Map<Path, Named> found = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();
    private final List<String> skipped = new ArrayList<>();
    private final Set<String> results = new LinkedHashSet<>();
    private final List<Path> folders = new ArrayList<>(); // that are named, their real paths
    private final Optional<Path> except;
    private final String format;

    /// @param except a folder that is not looked into unless it is named; empty for none
    /// @param format one of [ReadSettings#FORMATS]
    Inputs(List<String> paths, String except, String format) {
        this.format = format;
        if (paths.isEmpty()) {
            throw new BadInput(
                    "expected a file, a folder, a glob or - for standard input, came nothing; name the data");
        }
        this.except = FolderRules.except(except);
        paths.forEach(this::named);
        paths.forEach(this::add);
    }

    private void named(String name) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                folders.add(path.toRealPath());
            }
        } catch (InvalidPathException | IOException _) {
            // told when it is looked into
        }
    }

    List<Named> files() {
        return List.copyOf(found.values());
    }

    /// Files in the folders that are not read because of their names.
    List<String> skipped() {
        return skipped;
    }

    /// Folders in which the results of a scan lie, which are not read.
    Set<String> results() {
        return results;
    }

    /// Names that could not be looked into, and why.
    Map<String, String> unreadable() {
        return unreadable;
    }

    private void add(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new BadInput(
                    "expected a file, a folder or a glob, came a name no file can have" + FolderRules.LOCALE, e);
        }
        if (name.equals("-")) {
            found.put(path, new Named(name, path));
        } else if (Files.isDirectory(path)) {
            folder(name, path);
        } else if (format.equals(ReadSettings.FOLDERS)) {
            throw new BadInput("expected a folder whose files are one text each, came \"" + name
                    + "\", which is none; name the folder, or leave --format out");
        } else if (Files.exists(path)) {
            put(name, path);
        } else if (name.matches(".*[*?\\[{].*")) {
            glob(name);
        } else {
            throw new BadInput("expected a file, a folder or a glob, but there is no \"" + name + "\"; check the path");
        }
    }

    private void put(String name, Path path) {
        if (FolderRules.named(path)) {
            found.putIfAbsent(FolderRules.plain(path), new Named(name, path));
        } else {
            unreadable.put(name, FolderRules.NO_TEXT);
        }
    }

    private void folder(String name, Path folder) {
        boolean told = format.equals(ReadSettings.FOLDERS);
        boolean texts;
        try {
            texts = told || format.equals("auto") && TextFolder.shows(folder, except);
        } catch (IOException _) {
            texts = false; // told by whoever reads it
        }
        if (texts) {
            texts(name, folder, told);
        } else {
            walk(name, folder);
        }
    }

    /// Takes a folder of texts as one; what lies in another that was named is read there.
    private void texts(String name, Path folder, boolean told) {
        Path plain = FolderRules.plain(folder);
        if (!FolderRules.named(folder)) {
            unreadable.put(name, FolderRules.NO_TEXT);
        } else if (found.values().stream()
                .noneMatch(other -> other.texts().isPresent() && plain.startsWith(FolderRules.plain(other.path())))) {
            found.values()
                    .removeIf(other -> other.texts().isPresent()
                            && FolderRules.plain(other.path()).startsWith(plain));
            found.put(plain, new Named(name, folder, Optional.of(new TextFolder(folder, except, told))));
        }
    }

    private void walk(String name, Path folder) {
        int before = found.size() + unreadable.size();
        for (Path file : under(folder, true)) {
            if (FolderRules.data(file)) {
                put(file.toString(), file);
            } else {
                skipped.add(file.toString());
            }
        }
        if (found.size() + unreadable.size() == before) {
            throw new BadInput("expected data files ("
                    + String.join(", ", FolderRules.endings()) + ", plain or .gz or .zst) in the folder \""
                    + name + "\", but there is none; "
                    + (skipped.isEmpty()
                            ? "name a file"
                            : "name a file whose lines are rows, or where each file is one text and its folder the"
                                    + " label, say so with --format folders"));
        }
    }

    private void glob(String name) {
        int fixed =
                name.substring(0, name.replaceFirst("[*?\\[{].*", "").length()).lastIndexOf('/');
        Path folder = fixed < 0 ? Path.of("") : fixed == 0 ? Path.of("/") : Path.of(name.substring(0, fixed));
        PathMatcher matcher;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
        } catch (IllegalArgumentException e) {
            throw new BadInput("expected a glob, came \"" + name + "\", which is none: " + e.getMessage(), e);
        }
        int before = found.size() + unreadable.size();
        if (Files.isDirectory(folder)) {
            for (Path file : under(folder, false)) {
                if (matcher.matches(file)) {
                    put(file.toString(), file);
                }
            }
        }
        if (found.size() + unreadable.size() == before) {
            throw new BadInput("expected files that match \"" + name + "\", but there is none; check the glob");
        }
    }

    /// Regular files under a folder, by path; hidden ones and the results of scans are left out.
    ///
    /// @param links are links to folders told, which nobody follows?
    private List<Path> under(Path folder, boolean links) {
        List<Path> files = new ArrayList<>();
        try {
            Path start = FolderRules.start(folder);
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path real, BasicFileAttributes attributes) {
                    if (real.equals(start)) {
                        return FileVisitResult.CONTINUE;
                    }
                    Path visited = FolderRules.named(folder, start, real);
                    if (FolderRules.passed(visited, except)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    if (FolderRules.applied(visited)) {
                        result(visited);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (FolderRules.hidden(file)) {
                        return FileVisitResult.CONTINUE;
                    }
                    Path named = FolderRules.named(folder, start, file);
                    boolean link = attributes.isSymbolicLink();
                    if (link && Files.isDirectory(file)) {
                        if (links) {
                            link(named);
                        }
                    } else if (link ? Files.isRegularFile(file) : attributes.isRegularFile()) {
                        if (FolderRules.result(named)) {
                            result(named);
                        } else {
                            files.add(named);
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    unreadable.put(
                            FolderRules.named(folder, start, file).toString(),
                            "expected a folder that may be read, came: " + BadInput.why(e));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            unreadable.put(folder.toString(), "expected a folder that may be read, came: " + BadInput.why(e));
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }

    /// Notes the folder of what a scan wrote, if it is not where this one will write.
    private void result(Path path) {
        Path parent = path.getParent();
        Path folder = parent == null ? Path.of(".") : parent;
        if (!FolderRules.passed(folder, except)) {
            results.add(folder.toString());
        }
    }

    private void link(Path link) {
        String why =
                "expected a folder, came a symbolic link to one, which is not followed; name what it leads to, too";
        try {
            if (FolderRules.readAnyway(link.toRealPath(), folders)) {
                return;
            }
        } catch (IOException e) {
            why = "expected a folder that may be read, came: " + BadInput.why(e);
        }
        unreadable.put(link.toString(), why);
    }
}
