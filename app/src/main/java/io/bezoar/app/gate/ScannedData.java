package io.bezoar.app.gate;

import io.bezoar.app.report.BrokenResult;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.SameData;
import io.bezoar.app.report.ScanPlace;
import io.bezoar.app.report.Words;
import io.bezoar.core.ScanResult.DataFile;
import io.bezoar.data.BadInput;
import io.bezoar.data.DataSet;
import io.bezoar.data.ReadSettings;
import io.bezoar.history.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The scanned files as they lie there now. A file that the scan could not read has no digest and is left out.
///
/// @param files how many were scanned
/// @param absent names of those that are not there, so that nobody can tell whether they are still the same
public record ScannedData(int files, List<String> absent) {
    /// A scan of no file.
    public static final ScannedData NONE = new ScannedData(0, List.of());

    public ScannedData {
        absent = List.copyOf(absent);
    }

    /// Holds the files against what a scan says of them, and looks for others where the scan looked.
    ///
    /// @param scanned as the scan names them
    /// @param settings of the scan, by which folders of texts are read
    /// @throws BrokenResult if one is there and is not what was scanned, or was not there then
    public static ScannedData of(List<DataFile> scanned, ScanPlace place, ReadSettings settings) {
        List<String> paths = place.data(scanned);
        List<DataFile> then = new ArrayList<>();
        List<DataFile> now = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        int files = 0;
        for (int i = 0; i < scanned.size(); i++) {
            DataFile file = scanned.get(i);
            if (file.sha256().isEmpty()) {
                continue;
            }
            files++;
            List<DataFile> found = file.folder() ? texts(paths.get(i), settings) : file(paths.get(i));
            if (found.isEmpty()) {
                absent.add(file.name());
            } else {
                then.add(file);
                now.addAll(found);
            }
        }
        SameData.check(then, now);
        nothingElse(paths, place.given(), settings);
        return new ScannedData(files, absent);
    }

    /// Would a scan of the same folders and globs read no other file now?
    private static void nothingElse(List<String> scanned, List<String> given, ReadSettings settings) {
        List<Path> now;
        try {
            now = given.isEmpty() ? List.of() : DataSet.named(given, settings);
        } catch (BadInput _) {
            return; // what was named is gone, which is told of the files
        }
        Set<Path> then = scanned.stream().flatMap(ScannedData::path).collect(Collectors.toSet());
        now.stream().filter(path -> !then.contains(plain(path))).findFirst().ifPresent(path -> {
            throw new BrokenResult("expected the files that were scanned and no other, but now there is \""
                    + SafeText.plain(path.toString(), 200) + "\" as well; scan again");
        });
    }

    /// None of a name that no file can have: the result may be anybody's.
    private static Stream<Path> path(String name) {
        try {
            return Stream.of(plain(Path.of(name)));
        } catch (InvalidPathException _) {
            return Stream.empty();
        }
    }

    private static Path plain(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static List<DataFile> file(String name) {
        try {
            Path path = Path.of(name);
            return Files.isRegularFile(path)
                    ? List.of(new DataFile(name, Files.size(path), Digest.of(path)))
                    : List.of(); // standard input, a pipe
        } catch (IOException | InvalidPathException _) {
            return List.of();
        }
    }

    private static List<DataFile> texts(String name, ReadSettings settings) {
        if (!Files.isDirectory(Path.of(name))) {
            return List.of();
        }
        try (DataSet folder = DataSet.open(List.of(name), settings)) {
            return folder.files();
        } catch (BadInput e) {
            throw new BrokenResult("expected a folder of texts as it was scanned, but " + e.getMessage());
        }
    }

    Check check(GatePolicy.Reading asked) {
        if (absent.isEmpty()) {
            return new Check(
                    "scan", "data", Check.State.PASS, "the data are the ones that were scanned, by their SHA-256");
        }
        String which = Words.count(absent.size()) + " of " + Words.count(files, "scanned file")
                + " not there, the first \""
                + SafeText.plain(absent.getFirst(), 200) + "\", so nobody can tell whether the data are the ones that"
                + " were scanned";
        return asked.absentData()
                ? new Check(
                        "scan", "data", Check.State.PASS, which + "; scan.allow_absent_data in the policy allows it")
                : new Check(
                        "scan",
                        "data",
                        Check.State.UNMEASURED,
                        which + "; put them where they were, or allow it with scan.allow_absent_data in the policy");
    }
}
