package io.bezoar.app.crawl;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bezoar crawl`: is what a crawl brings still what was seen at first?
@Command(
        name = "crawl",
        mixinStandardHelpOptions = true,
        description = "Checks a crawl against its first view: changed pages, changed owners, late edits.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footer = {
            "",
            "Example:",
            "  bezoar crawl snapshot march.warc.gz --to march.views",
            "  bezoar crawl order march.views --to fetch.txt",
            "  bezoar crawl snapshot july.warc.gz --to july.views",
            "  bezoar crawl verify march.views july.views --rdap dns.json",
            "",
            "Exit codes: 0 pass; 1 findings at or above --fail-on; 2 bad input or usage;",
            "3 something could not be read; 5 a snapshot was changed."
        })
public final class CrawlVerb implements Runnable {
    @Spec
    private CommandSpec spec;

    private CrawlVerb() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// The verb with its verbs.
    public static CommandLine commandLine() {
        return new CommandLine(new CrawlVerb())
                .addSubcommand(new SnapshotVerb())
                .addSubcommand(new OrderVerb())
                .addSubcommand(new VerifyVerb());
    }
}
