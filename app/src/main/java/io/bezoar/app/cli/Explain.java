package io.bezoar.app.cli;

import io.bezoar.app.report.Explanation;
import io.bezoar.app.report.FindingsReader;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar explain ID`: everything a scan found out about one row or one campaign.
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Tells everything known about one row or campaign of the last scan.",
        footer = {
            "",
            "Examples:",
            "  bezoar explain C1               the worst campaign",
            "  bezoar explain b-1004           one row, by its id",
            "  bezoar explain C1 --out june    of the scan whose result is in june/"
        })
public final class Explain implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "Id of a row or of a campaign, as the report shows it.")
    private String id = "";

    @Option(names = "--row", description = "The id is of a row, also if a campaign has it.")
    private boolean row;

    @Mixin
    private ResultOptions results = new ResultOptions();

    @Spec
    private CommandSpec spec;

    Explain() {}

    @Override
    public Integer call() {
        PrintWriter output = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        try {
            Explanation explanation = Explanation.of(results.folder(), id, row);
            Terminal terminal = Terminal.of(spec.commandLine());
            output.print(results.json() ? explanation.json() : explanation.text(terminal.width(), terminal.colour()));
            output.flush();
            return 0;
        } catch (FindingsReader.UnreadableResult | Explanation.UnknownId e) {
            errors.println("bezoar explain: " + e.getMessage());
            errors.flush();
            return 2;
        }
    }
}
