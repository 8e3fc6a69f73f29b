package io.bezoar.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bezoar version`: which version this is.
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Prints the version.",
        footer = {"", "Example:", "  bezoar version"})
public final class Version implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    Version() {}

    @Override
    public Integer call() {
        spec.commandLine().getOut().println("bezoar " + Bezoar.version());
        spec.commandLine().getOut().flush();
        return ExitCode.PASS;
    }
}
