package io.bezoar.app.cli;

import io.bezoar.app.crawl.CrawlVerb;
import io.bezoar.app.history.RunsVerb;
import io.bezoar.app.history.Surroundings;
import io.bezoar.app.ledger.LedgerVerb;
import java.time.InstantSource;
import java.util.Map;
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
public final class Bezoar implements Runnable, Surroundings {
    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    /// @param environment of the process
    Bezoar(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

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
        return commandLine(System.getenv());
    }

    /// The whole command line in an environment.
    static CommandLine commandLine(Map<String, String> environment) {
        Failing failing = new Failing(environment);
        CommandLine bezoar = new CommandLine(new Bezoar(environment))
                .addSubcommand(new Scan())
                .addSubcommand(new Apply())
                .addSubcommand(new Explain())
                .addSubcommand(LedgerVerb.commandLine())
                .addSubcommand(CrawlVerb.commandLine())
                .addSubcommand(new Train())
                .addSubcommand(new Ask())
                .addSubcommand(new Trace())
                .addSubcommand(new Unlearn())
                .addSubcommand(new Value())
                .addSubcommand(new Certify())
                .addSubcommand(Review.commandLine(InstantSource.system()))
                .addSubcommand(new GateVerb(InstantSource.system()))
                .addSubcommand(new Eval())
                .addSubcommand(new Compare())
                .addSubcommand(ReportVerb.commandLine())
                .addSubcommand(RunsVerb.commandLine(InstantSource.system()))
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
