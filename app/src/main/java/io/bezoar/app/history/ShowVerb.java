package io.bezoar.app.history;

import io.bezoar.app.report.TerminalText;
import io.bezoar.data.BadInput;
import io.bezoar.history.Entry;
import io.bezoar.history.History;
import io.bezoar.history.LabelMove;
import io.bezoar.history.Run;
import io.bezoar.history.Tally;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar runs show`: everything known about a run.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows everything known about a run.",
        footer = {"", "Example:", "  bezoar runs show production"})
final class ShowVerb implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "First characters of its id, #NUMBER or a label.")
    private String run = "";

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (History runs = history.read(spec.commandLine())) {
            Entry entry = found(runs, run);
            List<LabelMove> moves = runs.moves(Optional.empty()).stream()
                    .filter(move -> move.run().equals(entry.id()))
                    .toList();
            Said.print(spec, json, text(entry, moves), out -> {
                out.writeStartObject();
                out.writeStringField("schema", "bezoar.run-shown/1");
                out.writeFieldName("run");
                EntryJson.write(entry, out);
                out.writeArrayFieldStart("labels");
                for (LabelMove move : moves) {
                    EntryJson.write(move, out);
                }
                out.writeEndArray();
                out.writeEndObject();
            });
        }
        return 0;
    }

    /// The run a user named.
    static Entry found(History runs, String name) throws IOException {
        try {
            return runs.find(name);
        } catch (IllegalArgumentException e) {
            throw new BadInput(e.getMessage() + "; bezoar runs list shows them", e);
        }
    }

    private static TerminalText text(Entry entry, List<LabelMove> moves) {
        TerminalText text = Said.text();
        Run run = entry.run();
        Said.line(text, "Run", "#" + entry.number() + " " + entry.id());
        Said.line(text, "What", run.kind() + ", " + run.state());
        Said.line(text, "When", run.started() + ", " + String.format(Locale.ROOT, "%.1f s", run.seconds()));
        Said.line(text, "Bezoar", run.version() + ", seed " + run.seed());
        run.subject().data().ifPresent(data -> Said.line(text, "Data", data));
        run.subject().model().ifPresent(model -> Said.line(text, "Model", model));
        run.subject().modelDigest().ifPresent(digest -> Said.line(text, "Model digest", digest));
        run.subject().prompt().ifPresent(prompt -> Said.line(text, "Prompt", prompt));
        run.settings().forEach((name, value) -> Said.line(text, "Setting", name + " = " + value));
        run.measures().forEach((name, value) -> Said.line(text, "Measure", name + " = " + value));
        run.tallies().forEach(tally -> Said.line(text, "Count", words(tally)));
        run.files().forEach(file -> Said.line(text, "File", file.name() + " " + file.sha256()));
        moves.forEach(move -> Said.line(
                text, "Label", move.name() + ", " + move.moved() + " by " + move.mover() + ": " + move.reason()));
        Said.line(text, "Chain", entry.chain());
        return text;
    }

    /// A tally in words.
    static String words(Tally tally) {
        return switch (tally) {
            case Tally.Share(String name, long hits, long trials, double bound, boolean good) ->
                name + ": " + hits + " of " + trials + ", " + (good ? "at least " : "at most ") + bound;
            case Tally.Change(String name, long broken, long fixed, long items, double margin) ->
                name + ": " + broken + " broken, " + fixed + " fixed of " + items + ", margin " + margin;
        };
    }
}
