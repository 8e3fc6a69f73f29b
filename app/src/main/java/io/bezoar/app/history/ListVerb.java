package io.bezoar.app.history;

import io.bezoar.app.report.TerminalText;
import io.bezoar.data.BadInput;
import io.bezoar.history.Entry;
import io.bezoar.history.History;
import io.bezoar.history.Query;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar runs list`: a page of runs, newest first.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists runs, newest first, a page at a time.",
        footer = {
            "",
            "Examples:",
            "  bezoar runs list --kind gate --state closed",
            "  bezoar runs list --model mine --limit 20 --before 480"
        })
final class ListVerb implements Callable<Integer> {
    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "scan, audit, evaluation, comparison, gate or another.")
    private Optional<String> kind = Optional.empty();

    @Option(names = "--state", paramLabel = "STATE", description = "What came of it: pass, closed, …")
    private Optional<String> state = Optional.empty();

    @Option(names = "--data", paramLabel = "DIGEST", description = "First characters of the data's SHA-256.")
    private Optional<String> data = Optional.empty();

    @Option(names = "--model", paramLabel = "NAME", description = "Name of the model, or its SHA-256.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--prompt", paramLabel = "DIGEST", description = "First characters of the prompt's SHA-256.")
    private Optional<String> prompt = Optional.empty();

    @Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "Runs on a page (default: 50).")
    private int limit = 50;

    @Option(names = "--before", paramLabel = "NUMBER", description = "Go on before the run with this number.")
    private long before = Long.MAX_VALUE;

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Query query;
        try {
            query = new Query(kind, state, data, model, prompt, before, limit);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--limit: " + e.getMessage(), e);
        }
        try (History runs = history.read(spec.commandLine())) {
            List<Entry> page = runs.page(query);
            TerminalText text = Said.text();
            for (Entry entry : page) {
                Said.line(text, Said.brief(entry.id()), "#" + entry.number() + " " + Said.brief(entry));
            }
            if (page.isEmpty()) {
                text.line("No such run.", TerminalText.Style.PLAIN);
            } else if (page.size() == limit && page.getLast().number() > 1) {
                text.blank().line("More with --before " + page.getLast().number() + ".", TerminalText.Style.PLAIN);
            }
            Said.print(spec, json, text, out -> {
                out.writeStartObject();
                out.writeStringField("schema", "bezoar.runs/1");
                out.writeArrayFieldStart("runs");
                for (Entry entry : page) {
                    EntryJson.write(entry, out);
                }
                out.writeEndArray();
                out.writeEndObject();
            });
        }
        return 0;
    }
}
