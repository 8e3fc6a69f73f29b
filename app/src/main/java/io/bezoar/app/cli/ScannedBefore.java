package io.bezoar.app.cli;

import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.WholeResult;
import io.bezoar.core.ScanResult;
import io.bezoar.data.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;

/// The result of a scan that another verb is told to go by.
final class ScannedBefore {
    private ScannedBefore() {}

    /// The result in a folder.
    ///
    /// @param option that names the folder
    static ScanResult read(Path folder, String option) throws FindingsReader.UnreadableResult {
        check(folder, option);
        ScanResult result = FindingsReader.read(folder.resolve("findings.json"));
        WholeResult.checkIfKnown(folder);
        return result;
    }

    /// Refuses a folder that holds no result.
    static void check(Path folder, String option) {
        if (!Files.isRegularFile(folder.resolve("findings.json"))) {
            throw new BadInput("expected the findings of a scan in \"" + SafeText.plain(folder.toString(), 200)
                    + "\", found no findings.json; run bezoar scan first or name the folder of its result with "
                    + option);
        }
    }
}
