package io.bezoar.app.cli;

import io.bezoar.app.crawl.CrawlVerb;
import io.bezoar.app.ledger.LedgerVerb;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The `bezoar` command. Each verb is a subcommand with a class of its own.
@Command(
        name = "bezoar",
        mixinStandardHelpOptions = true,
        versionProvider = Bezoar.Versioned.class,
        header = "Finds, proves, blocks and traces data poisoning in training data.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footer = {
            "",
            "Example:",
            "  bezoar scan tickets.jsonl    then read bezoar-out/report.html",
            "",
            "bezoar VERB --help shows the options of a verb and examples."
        })
public final class Bezoar implements Runnable {
    @Spec
    private CommandSpec spec;

    Bezoar() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Starts the command line and exits with the verb's code.
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /// The whole command line with all verbs.
    static CommandLine commandLine() {
        Failing failing = new Failing(System.getenv());
        CommandLine bezoar = new CommandLine(new Bezoar())
                .addSubcommand(new Scan())
                .addSubcommand(new Apply())
                .addSubcommand(new Explain())
                .addSubcommand(LedgerVerb.commandLine())
                .addSubcommand(CrawlVerb.commandLine())
                .addSubcommand(new Train())
                .addSubcommand(new Trace())
                .addSubcommand(new Certify())
                .addSubcommand(Review.commandLine(InstantSource.system()))
                .addSubcommand(new GateVerb(InstantSource.system()))
                .addSubcommand(new Eval())
                .addSubcommand(new Compare())
                .addSubcommand(new ProbeVerb())
                .addSubcommand(Retrain.commandLine())
                .addSubcommand(new Rules())
                .addSubcommand(new Doctor())
                .addSubcommand(new Version());
        Joined.verbs().forEach(bezoar::addSubcommand);
        return bezoar.setUsageHelpAutoWidth(true).setExecutionStrategy(failing).setParameterExceptionHandler(failing);
    }

    /// The version of this installation.
    static String version() {
        String version = Bezoar.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    static final class Versioned implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"bezoar " + version()};
        }
    }
}
