package io.bezoar.app.history;

import io.bezoar.app.report.TerminalText;
import io.bezoar.data.BadInput;
import io.bezoar.history.History;
import io.bezoar.history.LabelMove;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar runs label`: moves a label, or shows where labels stood.
@Command(
        name = "label",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Moves a label to a run; without a run, shows every move.",
        footer = {
            "",
            "Examples:",
            "  bezoar runs label production 3f9a --reason \"release 4\"",
            "  bezoar runs label production        where it stood, oldest first",
            "  bezoar runs label                   every label"
        })
final class LabelVerb implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "LABEL", description = "A name, production.")
    private Optional<String> name = Optional.empty();

    @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = "The run it moves to.")
    private Optional<String> run = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why it moves; needed with RUN.")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--by", paramLabel = "NAME", description = "Who moves it (default: the user's name).")
    private Optional<String> by = Optional.empty();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final InstantSource clock;

    LabelVerb(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        if (run.isEmpty()) {
            try (History runs = history.read(spec.commandLine())) {
                print(runs.moves(name));
            }
            return 0;
        }
        String why = reason.filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadInput("expected --reason beside a run, came none"));
        String who = by.filter(text -> !text.isBlank()).orElse(System.getProperty("user.name", "unknown"));
        try (History runs = history.write(spec.commandLine())) {
            print(List.of(runs.move(name.orElse(""), run.get(), who, why, clock.instant())));
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
        return 0;
    }

    private void print(List<LabelMove> moves) throws IOException {
        TerminalText text = Said.text();
        moves.forEach(move -> Said.line(
                text,
                move.name(),
                Said.brief(move.run()) + " since " + move.moved() + " by " + move.mover() + ": " + move.reason()));
        if (moves.isEmpty()) {
            text.line("No label was moved.", TerminalText.Style.PLAIN);
        }
        Said.print(spec, json, text, out -> {
            out.writeStartObject();
            out.writeStringField("schema", "bezoar.labels/1");
            out.writeArrayFieldStart("moves");
            for (LabelMove move : moves) {
                EntryJson.write(move, out);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
