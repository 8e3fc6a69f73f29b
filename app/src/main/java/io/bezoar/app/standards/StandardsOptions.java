package io.bezoar.app.standards;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option of every verb that writes ids of standards.
public final class StandardsOptions {
    @Option(
            names = "--standards",
            paramLabel = "FILE",
            description = "Ids of standards to put on findings and checks (default: the installation's).")
    private Optional<Path> file = Optional.empty();

    public StandardsOptions() {}

    /// The standards.
    public Standards standards() throws IOException {
        return file.isPresent() ? StandardsFile.read(file.get()) : StandardsFile.own();
    }
}
