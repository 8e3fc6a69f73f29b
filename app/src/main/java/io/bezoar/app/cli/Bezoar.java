package io.bezoar.app.cli;

import io.bezoar.app.crawl.CrawlVerb;
import io.bezoar.app.history.RunsVerb;
import io.bezoar.app.history.Surroundings;
import io.bezoar.app.ledger.LedgerVerb;
import io.bezoar.app.report.RunRecord;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /// The verbs that every installation has, in the order of the help.
    private static final List<String> VERBS = List.of(
            "scan", "apply", "explain", "ledger", "crawl", "train", "ask", "trace", "unlearn", "value", "certify",
            "review", "gate", "eval", "compare", "report", "runs", "probe", "retrain", "rules", "doctor", "version");

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
    public Set<String> verbs() {
        return Set.copyOf(VERBS);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Starts the command line and exits with the verb's code.
    public static void main(String[] arguments) {
        System.exit(commandLine(System.getenv(), arguments).execute(arguments));
    }

    private static Object verb(String name) {
        return switch (name) {
            case "scan" -> new Scan();
            case "apply" -> new Apply();
            case "explain" -> new Explain();
            case "ledger" -> LedgerVerb.commandLine();
            case "crawl" -> CrawlVerb.commandLine();
            case "train" -> new Train();
            case "ask" -> new Ask();
            case "trace" -> new Trace();
            case "unlearn" -> new Unlearn();
            case "value" -> new Value();
            case "certify" -> new Certify();
            case "review" -> Review.commandLine(InstantSource.system());
            case "gate" -> new GateVerb(InstantSource.system());
            case "eval" -> new Eval();
            case "compare" -> new Compare();
            case "report" -> ReportVerb.commandLine();
            case "runs" -> RunsVerb.commandLine(InstantSource.system());
            case "probe" -> new ProbeVerb();
            case "retrain" -> Retrain.commandLine();
            case "rules" -> new Rules();
            case "doctor" -> new Doctor();
            case "version" -> new Version();
            default -> throw new IllegalArgumentException("there is no verb \"" + name + "\"");
        };
    }

    /// The whole command line with all verbs.
    static CommandLine commandLine() {
        return commandLine(System.getenv());
    }

    /// The whole command line in an environment.
    static CommandLine commandLine(Map<String, String> environment) {
        return commandLine(environment, new String[0]);
    }

    /// The command line for some arguments. Where the first names a verb, the others are not made: to read what
    /// they say of themselves takes longer than many of them run.
    static CommandLine commandLine(Map<String, String> environment, String[] arguments) {
        Failing failing = new Failing(environment);
        CommandLine bezoar = new CommandLine(new Bezoar(environment));
        if (arguments.length > 0 && VERBS.contains(arguments[0])) {
            bezoar.addSubcommand(verb(arguments[0]));
        } else {
            VERBS.forEach(name -> bezoar.addSubcommand(verb(name)));
            Joined.verbs().forEach(bezoar::addSubcommand);
        }
        return bezoar.registerConverter(Path.class, Bezoar::path)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(failing)
                .setParameterExceptionHandler(failing);
    }

    /// A path that was typed; an empty one would be the working folder, which nobody means by
    /// nothing.
    private static Path path(String typed) {
        if (typed.isBlank()) {
            throw new CommandLine.TypeConversionException("expected a path, came an empty one");
        }
        return Path.of(typed);
    }

    /// The version of this installation.
    static String version() {
        return RunRecord.installed();
    }

    static final class Versioned implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"bezoar " + version()};
        }
    }
}
