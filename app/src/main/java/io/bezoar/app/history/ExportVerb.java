package io.bezoar.app.history;

import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.Words;
import io.bezoar.history.Entry;
import io.bezoar.history.History;
import io.bezoar.history.Query;
import io.bezoar.history.RunText;
import io.bezoar.history.mlflow.MlflowExport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar runs export`: runs for another place.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes runs to a file, or to an MLflow tracking server.",
        footer = {
            "",
            "Examples:",
            "  bezoar runs export --to runs.jsonl",
            "  bezoar runs export production --mlflow http://localhost:5000",
            "",
            "What the server asks for comes from MLFLOW_TRACKING_TOKEN, or from",
            "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD. A run that is there",
            "already is not written twice."
        })
final class ExportVerb implements Callable<Integer> {
    private static final int PAGE = 1_000;

    @Parameters(arity = "0..*", paramLabel = "RUN", description = "Only these runs (default: all).")
    private List<String> names = List.of();

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    /// Where they go.
    static final class Target {
        @Option(names = "--to", paramLabel = "FILE", description = "A file, a run a line.")
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
        if (target.file.isPresent()) {
            OutputPlace.replacing(target.file.get(), "--to", "{\"schema\":\"" + RunText.SCHEMA + "\"");
        }
        List<Entry> entries = new ArrayList<>();
        try (History runs = history.read(spec.commandLine())) {
            for (String name : names) {
                entries.add(ShowVerb.found(runs, name));
            }
            if (names.isEmpty()) {
                Query query = new Query(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Long.MAX_VALUE,
                        PAGE);
                for (List<Entry> page = runs.page(query);
                        !page.isEmpty();
                        page = runs.page(query.before(page.getLast().number()))) {
                    entries.addAll(page);
                }
                entries.sort((a, b) -> Long.compare(a.number(), b.number()));
            }
        }
        int written = target.file.isPresent()
                ? write(entries, target.file.get())
                : new MlflowExport(MlflowOptions.server(spec, target.server), mlflow.experiment()).write(entries);
        var text = Said.text();
        Said.line(text, "Written", Words.count(written, "run") + " of " + entries.size());
        Said.print(spec, json, text, out -> {
            out.writeStartObject();
            out.writeStringField("schema", "bezoar.runs-exported/1");
            out.writeNumberField("written", written);
            out.writeNumberField("runs", entries.size());
            out.writeEndObject();
        });
        return 0;
    }

    private static int write(List<Entry> entries, Path file) throws IOException {
        Path name = file.getFileName();
        Path aside = file.resolveSibling(name + ".new");
        try {
            try (BufferedWriter out = Files.newBufferedWriter(aside, StandardCharsets.US_ASCII)) {
                for (Entry entry : entries) {
                    out.write(RunText.of(entry.run()));
                    out.write('\n');
                }
            }
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
        return entries.size();
    }
}
