package io.bezoar.app.history;

import io.bezoar.app.report.Words;
import io.bezoar.history.History;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar runs verify`: was anything changed?
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Checks that no run and no move of a label was changed, moved or taken out.",
        footer = {
            "",
            "Example:",
            "  bezoar runs verify",
            "",
            "Keep the chain it prints elsewhere: a history that was cut at its end fits",
            "in itself. Exit code 5: something was changed."
        })
final class VerifyVerb implements Callable<Integer> {
    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (History runs = history.read(spec.commandLine())) {
            String chain = runs.verify();
            long size = runs.size();
            var text = Said.text();
            Said.line(text, "Unchanged", Words.count(size, "run"));
            Said.line(text, "Chain", chain);
            Said.print(spec, json, text, out -> {
                out.writeStartObject();
                out.writeStringField("schema", "bezoar.runs-verified/1");
                out.writeNumberField("runs", size);
                out.writeStringField("chain", chain);
                out.writeEndObject();
            });
        }
        return 0;
    }
}
