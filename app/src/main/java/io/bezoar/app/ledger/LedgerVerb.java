package io.bezoar.app.ledger;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bezoar ledger`: who delivered which rows, in a log that cannot be rewritten unnoticed.
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = "Records which rows came from whom, in signed batches and a log that only grows.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footer = {
            "",
            "Example:",
            "  bezoar ledger init --corpus tickets",
            "  bezoar ledger keys new alice",
            "  bezoar ledger keys allow alice --stream vendor-b --kind vendor",
            "  bezoar ledger add tickets.jsonl --stream vendor-b --key alice",
            "  bezoar ledger verify tickets.jsonl",
            "",
            "Exit codes: 0 pass; 1 a batch breaks the rules of its stream; 2 bad input or",
            "usage; 3 incomplete: a file could not be written, another is at work;",
            "5 integrity broken."
        })
public final class LedgerVerb implements Runnable {
    @Spec
    private CommandSpec spec;

    private LedgerVerb() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// The verb with its verbs.
    public static CommandLine commandLine() {
        return new CommandLine(new LedgerVerb())
                .addSubcommand(new Init())
                .addSubcommand(new Add())
                .addSubcommand(new Verify())
                .addSubcommand(new Prove())
                .addSubcommand(new Trace())
                .addSubcommand(new Drop())
                .addSubcommand(new LogVerb())
                .addSubcommand(new CheckpointVerb())
                .addSubcommand(Keys.commandLine())
                .addSubcommand(new WitnessVerb())
                .addSubcommand(new Export())
                .addSubcommand(new FolderVerbs.Sign())
                .addSubcommand(new FolderVerbs.Verify())
                .addSubcommand(new Fsck());
    }
}
