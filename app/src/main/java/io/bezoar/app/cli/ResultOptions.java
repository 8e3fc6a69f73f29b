package io.bezoar.app.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The options of every verb that writes or reads the result of a scan: where it lies, and how the verb answers.
final class ResultOptions {
    @Option(
            names = "--out",
            defaultValue = "bezoar-out",
            paramLabel = "DIR",
            description = "Folder of the scan's result (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("bezoar-out");

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ResultOptions() {}

    /// Where the result lies.
    Path folder() {
        return folder;
    }

    /// Is the answer for a program?
    boolean json() {
        return json;
    }
}
