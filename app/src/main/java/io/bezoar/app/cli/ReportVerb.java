package io.bezoar.app.cli;

import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.standards.Standards;
import io.bezoar.app.standards.StandardsOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar report`: what Bezoar does, for those who ask by the words of a standard.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Says what of public standards is covered.",
        synopsisSubcommandLabel = "WHAT",
        commandListHeading = "%nWhat:%n",
        footer = {"", "Example:", "  bezoar report controls"})
public final class ReportVerb implements Runnable {
    @Spec
    private CommandSpec spec;

    private ReportVerb() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// The verb with its verbs.
    static CommandLine commandLine() {
        return new CommandLine(new ReportVerb()).addSubcommand(new Controls());
    }

    /// `bezoar report controls`: the demands of AISVS, and what of them is met.
    @Command(
            name = "controls",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = "Lists the demands of OWASP AISVS 1.x on data and models, and what meets them.",
            footer = {
                "",
                "Example:",
                "  bezoar report controls --standards ours.json",
                "",
                "What Bezoar can do is listed, not what was done: whether data or a model",
                "pass is the gate's to say."
            })
    static final class Controls implements Callable<Integer> {
        private static final int INDENT = 15;

        @Mixin
        private StandardsOptions naming = new StandardsOptions();

        @Option(names = "--json", description = "Write one JSON object.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            Standards standards = naming.standards();
            spec.commandLine().getOut().print(json ? json(standards) : text(standards));
            spec.commandLine().getOut().flush();
            return ExitCode.PASS;
        }

        private String text(Standards standards) {
            Terminal terminal = Terminal.of(spec.commandLine());
            TerminalText text = new TerminalText(terminal.width(), terminal.colour());
            for (Standards.Control control : standards.controls()) {
                text.entry(
                        SafeText.plain(control.id(), 10) + " " + word(control.covered()),
                        control.covered() == Standards.Coverage.NO ? TerminalText.Style.FAINT : TerminalText.Style.BOLD,
                        SafeText.plain(control.says(), 300)
                                + (control.by().isEmpty()
                                        ? ""
                                        : ": " + SafeText.plain(String.join(", ", control.by()), 200))
                                + (control.note().isEmpty() ? "" : " (" + SafeText.plain(control.note(), 300) + ")"),
                        INDENT,
                        TerminalText.Style.PLAIN);
            }
            text.blank()
                    .line(
                            "Of " + standards.controls().size() + " demands listed, "
                                    + count(standards, Standards.Coverage.YES) + " are covered, "
                                    + count(standards, Standards.Coverage.PARTLY) + " partly, "
                                    + count(standards, Standards.Coverage.NO) + " not.",
                            TerminalText.Style.BOLD);
            standards
                    .catalogs()
                    .forEach(catalog -> text.line(
                            SafeText.plain(catalog.name(), 100) + ", version " + SafeText.plain(catalog.version(), 40),
                            TerminalText.Style.FAINT));
            return text.toString();
        }

        private static long count(Standards standards, Standards.Coverage coverage) {
            return standards.controls().stream()
                    .filter(control -> control.covered() == coverage)
                    .count();
        }

        private static String word(Standards.Coverage coverage) {
            return coverage.name().toLowerCase(Locale.ROOT);
        }

        private static String json(Standards standards) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Json.write(bytes, out -> {
                out.writeStartObject();
                out.writeStringField("schema", "bezoar.controls/1");
                out.writeNumberField("covered", count(standards, Standards.Coverage.YES));
                out.writeNumberField("partly", count(standards, Standards.Coverage.PARTLY));
                out.writeNumberField("not", count(standards, Standards.Coverage.NO));
                out.writeArrayFieldStart("controls");
                for (Standards.Control control : standards.controls()) {
                    out.writeStartObject();
                    out.writeStringField("id", control.id());
                    out.writeNumberField("level", control.level());
                    out.writeStringField("says", control.says());
                    out.writeStringField("covered", word(control.covered()));
                    out.writeArrayFieldStart("by");
                    for (String by : control.by()) {
                        out.writeString(by);
                    }
                    out.writeEndArray();
                    out.writeStringField("note", control.note());
                    out.writeEndObject();
                }
                out.writeEndArray();
                out.writeEndObject();
            });
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
