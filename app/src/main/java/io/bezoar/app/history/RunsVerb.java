package io.bezoar.app.history;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bezoar runs`: what was run, with what, and what came of it.
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "The history: every scan, audit, evaluation and decision of the gate.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footer = {
            "",
            "Examples:",
            "  bezoar runs list --kind evaluation",
            "  bezoar runs label production 3f9a --reason \"release 4\"",
            "  bezoar runs compare production 81c0",
            "  bezoar runs watch",
            "",
            "A run is named by the first characters of its id, by #NUMBER or by a label.",
            "Exit codes: 0 done; 1 watch raises an alarm; 2 bad input or usage, or a",
            "history of another program or a newer version; 3 the history cannot be",
            "read or written; 5 it was changed."
        })
public final class RunsVerb implements Runnable {
    @Spec
    private CommandSpec spec;

    private RunsVerb() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// The verb with its verbs.
    ///
    /// @param clock tells when a label is moved
    public static CommandLine commandLine(InstantSource clock) {
        return new CommandLine(new RunsVerb())
                .addSubcommand(new ListVerb())
                .addSubcommand(new ShowVerb())
                .addSubcommand(new LabelVerb(clock))
                .addSubcommand(new CompareVerb())
                .addSubcommand(new WatchVerb())
                .addSubcommand(new VerifyVerb())
                .addSubcommand(new ExportVerb())
                .addSubcommand(new ImportVerb());
    }
}
