package io.bezoar.app.history;

import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.data.BadInput;
import io.bezoar.history.History;
import io.bezoar.history.Run;
import io.bezoar.history.RunText;
import io.bezoar.history.mlflow.MlflowImport;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar runs import`: runs from another place.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Adds runs from a file that export wrote, or from an MLflow tracking server.",
        footer = {
            "",
            "Examples:",
            "  bezoar runs import --from runs.jsonl",
            "  bezoar runs import --mlflow http://localhost:5000 --experiment churn",
            "",
            "All or none are added; a run that is there already is not added twice."
        })
final class ImportVerb implements Callable<Integer> {
    private static final long LARGEST = 1L << 30;

    @ArgGroup(multiplicity = "1")
    private Origin origin = new Origin();

    /// Where they come from.
    static final class Origin {
        @Option(names = "--from", paramLabel = "FILE", description = "A file, a run a line.")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--mlflow", paramLabel = "URL", description = "A tracking server.")
        private Optional<URI> server = Optional.empty();
    }

    @Mixin
    private MlflowOptions mlflow = new MlflowOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        List<Run> runs = origin.file.isPresent() ? read(origin.file.get()) : fetched();
        long added;
        try (History into = history.write(spec.commandLine())) {
            long before = into.size();
            into.record(runs);
            added = into.size() - before;
        }
        var text = Said.text();
        Said.line(text, "Added", Words.count(added, "run") + " of " + runs.size());
        Said.print(spec, json, text, out -> {
            out.writeStartObject();
            out.writeStringField("schema", "bezoar.runs-imported/1");
            out.writeNumberField("added", added);
            out.writeNumberField("runs", runs.size());
            out.writeEndObject();
        });
        return 0;
    }

    private List<Run> fetched() throws IOException {
        try {
            return new MlflowImport(MlflowOptions.server(spec, origin.server), mlflow.experiment()).read();
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Run> read(Path file) throws IOException {
        String name = SafeText.plain(file.toString(), 200);
        List<Run> runs = new ArrayList<>();
        try {
            if (Files.size(file) > LARGEST) {
                throw new BadInput("expected at most 1 GiB of runs in " + name + ", found more");
            }
            try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (!line.isBlank()) {
                        runs.add(RunText.read(line));
                    }
                }
            }
            return runs;
        } catch (NoSuchFileException e) {
            throw new BadInput("expected runs at " + name + ", found no such file");
        } catch (IllegalArgumentException e) {
            throw new BadInput("line " + (runs.size() + 1) + " of " + name + ": " + e.getMessage());
        } catch (MalformedInputException e) {
            throw new BadInput("expected ASCII in " + name + ", found other bytes; was it written by runs export?");
        }
    }
}
