package io.bezoar.app.report;

import io.bezoar.core.ScanResult.DataFile;
import java.util.List;

/// Whether data are the ones that were scanned, by the SHA-256 of their files.
public final class SameData {
    private SameData() {}

    /// Makes sure that these are the files that were scanned, in the order in which they were.
    ///
    /// @throws BrokenResult if they are not
    public static void check(List<DataFile> scanned, List<DataFile> now) {
        if (scanned.size() != now.size()) {
            throw new BrokenResult("expected as many files as were scanned, " + scanned.size() + ", came "
                    + Words.count(now.size()) + "; name the same, or scan again");
        }
        List<String> before = scanned.stream().map(DataFile::sha256).toList();
        List<String> after = now.stream().map(DataFile::sha256).toList();
        if (before.equals(after)) {
            return;
        }
        if (before.stream().sorted().toList().equals(after.stream().sorted().toList())) {
            throw new BrokenResult("expected the files in the order in which they were scanned, came another;"
                    + " name them as in findings.json");
        }
        for (int i = 0; i < scanned.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                throw new BrokenResult("expected the data that were scanned, but \""
                        + now.get(i).name() + "\" is not \"" + scanned.get(i).name() + "\" as it was then ("
                        + told(now.get(i)) + "; then " + told(scanned.get(i)) + "); scan again");
            }
        }
    }

    private static String told(DataFile file) {
        return Words.count(file.bytes(), "byte") + ", SHA-256 "
                + (file.sha256().isEmpty()
                        ? "unknown"
                        : file.sha256().substring(0, Math.min(12, file.sha256().length())) + "…");
    }
}
