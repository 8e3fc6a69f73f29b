package io.bezoar.app.cli;

import io.bezoar.data.BadInput;
import io.bezoar.embed.MiniLm;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which embedding places texts by what they mean, if any.
final class EmbedOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--embed",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Look at what texts mean, too: minilm, a model of English that lies in the application. Up to"
                    + " 20,000 rows are placed, at some milliseconds each.")
    private String name = "";

    EmbedOptions() {}

    /// Refuses a name that no embedding has.
    void check() {
        if (!name.isEmpty() && !name.equals(MiniLm.NAME)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--embed must be " + MiniLm.NAME + ", not \"" + name + "\"");
        }
    }

    /// The name; empty if none was asked for.
    String name() {
        return name;
    }

    /// Loads the embedding, if one was asked for; its classes and those of its runtime are not touched otherwise.
    ///
    /// @throws BadInput if this machine cannot run it
    Placing load() {
        try {
            return new Placing(name.isEmpty() ? Optional.empty() : Optional.of(MiniLm.load()));
        } catch (IOException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }
}
