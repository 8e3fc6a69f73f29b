package io.bezoar.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The files that a user's paths name: files as they are, folders and globs as what they hold, sorted, each file once.
final class Inputs {
    private static final Set<String> ENDINGS = Set.of("jsonl", "ndjson", "json", "csv", "tsv", "parquet");
    private static final Set<String> PACKED = Set.of("gz", "gzip", "zst", "zstd");

    private static final int HEAD = 256;
    private static final Pattern FINDINGS = Pattern.compile("\\s*\\{\\s*\"schema\"\\s*:\\s*\"bezoar\\.findings/");

    /// What may be wrong with a name that cannot be read.
    private static final String LOCALE = "; check it, or the locale (LC_ALL=C.UTF-8)";

    static final String NO_TEXT = "expected a file that can be read, came: a name that is no text" + LOCALE;

    /// The format of folders whose files are one text each.
    static final String FOLDERS = "folders";

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
    private final List<String> results = new ArrayList<>();
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
        this.except = except(except);
        paths.forEach(this::add);
    }

    /// The folder that is not looked into, as paths are compared here; empty for none.
    static Optional<Path> except(String folder) {
        return folder.isEmpty() ? Optional.empty() : Optional.of(plain(Path.of(folder)));
    }

    private static Path plain(Path path) {
        return path.toAbsolutePath().normalize();
    }

    List<Named> files() {
        return List.copyOf(found.values());
    }

    /// Files in the folders that are not read because of their names.
    List<String> skipped() {
        return skipped;
    }

    /// Folders in the folders that are not read because they hold the results of a scan.
    List<String> results() {
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
            throw new BadInput("expected a file, a folder or a glob, came a name no file can have" + LOCALE, e);
        }
        if (name.equals("-")) {
            found.put(path, new Named(name, path));
        } else if (Files.isDirectory(path)) {
            folder(name, path);
        } else if (format.equals(FOLDERS)) {
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
        if (named(path)) {
            found.putIfAbsent(plain(path), new Named(name, path));
        } else {
            unreadable.put(name, NO_TEXT);
        }
    }

    /// Does the path come back from its text? Not if its name holds what the locale cannot write.
    static boolean named(Path path) {
        try {
            return Path.of(path.toString()).equals(path);
        } catch (InvalidPathException _) {
            return false;
        }
    }

    private void folder(String name, Path folder) {
        boolean told = format.equals(FOLDERS);
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
        Path plain = plain(folder);
        if (!named(folder)) {
            unreadable.put(name, NO_TEXT);
        } else if (found.values().stream()
                .noneMatch(other -> other.texts().isPresent() && plain.startsWith(plain(other.path())))) {
            found.values()
                    .removeIf(other ->
                            other.texts().isPresent() && plain(other.path()).startsWith(plain));
            found.put(plain, new Named(name, folder, Optional.of(new TextFolder(folder, except, told))));
        }
    }

    private void walk(String name, Path folder) {
        int before = found.size() + unreadable.size();
        for (Path file : under(folder)) {
            if (data(file)) {
                put(file.toString(), file);
            } else {
                skipped.add(file.toString());
            }
        }
        if (found.size() + unreadable.size() == before) {
            throw new BadInput("expected data files ("
                    + String.join(", ", ENDINGS.stream().sorted().toList()) + ", plain or .gz or .zst) in the folder \""
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
            for (Path file : under(folder)) {
                if (matcher.matches(file)) {
                    put(file.toString(), file);
                }
            }
        }
        if (found.size() + unreadable.size() == before) {
            throw new BadInput("expected files that match \"" + name + "\", but there is none; check the glob");
        }
    }

    /// Regular files under a folder, hidden ones left out, by path.
    private List<Path> under(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            Path start = start(folder);
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path real, BasicFileAttributes attributes) {
                    if (real.equals(start)) {
                        return FileVisitResult.CONTINUE;
                    }
                    Path visited = named(folder, start, real);
                    if (passed(visited, except)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    if (!holdsResults(visited)) {
                        return FileVisitResult.CONTINUE;
                    }
                    if (!results.contains(visited.toString())) {
                        results.add(visited.toString());
                    }
                    return FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    boolean regular =
                            attributes.isSymbolicLink() ? Files.isRegularFile(file) : attributes.isRegularFile();
                    if (regular && !hidden(file)) {
                        files.add(named(folder, start, file));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    unreadable.put(
                            named(folder, start, file).toString(),
                            "expected a folder that may be read, came: " + why(e));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            unreadable.put(folder.toString(), "expected a folder that may be read, came: " + why(e));
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }

    /// Where the walk through a folder begins: there, or where the link leads that was named.
    static Path start(Path folder) throws IOException {
        return Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
    }

    /// A path met on the walk, as one in the folder that was named.
    static Path named(Path folder, Path start, Path met) {
        return start.equals(folder) ? met : folder.resolve(start.relativize(met));
    }

    /// Is a folder in a folder passed by without a word?
    static boolean passed(Path folder, Optional<Path> except) {
        return hidden(folder) || except.filter(plain(folder)::equals).isPresent();
    }

    static boolean hidden(Path path) {
        Path last = path.getFileName();
        return last != null
                && last.toString().startsWith(".")
                && !last.toString().matches("\\.+");
    }

    /// Whether a folder holds what a scan wrote: a `findings.json` that begins with the name of its format.
    static boolean holdsResults(Path folder) {
        Path findings = folder.resolve("findings.json");
        if (!Files.isRegularFile(findings)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(findings)) {
            String start = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return FINDINGS.matcher(start).lookingAt();
        } catch (IOException _) {
            return false; // its files are read, and tell why they cannot be
        }
    }

    /// Does its name say that a file is read?
    static boolean data(Path file) {
        Path last = file.getFileName();
        if (last == null) {
            return false;
        }
        String[] pieces = last.toString().toLowerCase(Locale.ROOT).split("\\.");
        int end = pieces.length - 1;
        if (end > 1 && PACKED.contains(pieces[end])) {
            end--;
        }
        return end > 0 && ENDINGS.contains(pieces[end]);
    }

    /// What the operating system said, in a few words.
    static String why(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException _ -> "no permission to read it";
            case java.nio.file.NoSuchFileException _ -> "no such file";
            case java.nio.file.FileSystemLoopException _ -> "a folder that holds itself";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
