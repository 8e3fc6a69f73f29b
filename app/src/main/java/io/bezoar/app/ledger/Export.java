package io.bezoar.app.ledger;

import io.bezoar.app.report.Words;
import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar ledger export`: for each batch the signed manifest and the proof that it is in the log.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes each batch's signed manifest, its log entry and its .tlog-proof, for other tools.",
        footer = {"", "Example:", "  bezoar ledger export --to proofs"})
final class Export implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder for the files.")
    private Path to = Path.of("");

    @Override
    public Integer call() throws IOException {
        Ledger ledger = place.open();
        List<String> written = new ArrayList<>();
        for (Batch batch : ledger.history().batches()) {
            String name = batch.manifest().name();
            byte[] envelopes = place.disk()
                    .read("batches/" + name + ".intoto.jsonl")
                    .orElseThrow(() -> new Unusable("expected the manifest of " + name + ", found none"));
            written.add(write(name + ".intoto.jsonl", envelopes));
            written.add(write(name + ".entry.json", ledger.log().entry(batch.entry())));
            written.add(write(
                    name + ".tlog-proof", ledger.log().prove(batch.entry()).bytes()));
        }
        new Answer("bezoar.ledger-export/1")
                .line("Written", Words.count(written.size(), "file") + " into " + to)
                .field("files", JsonValue.texts(written))
                .print(spec, place.json());
        return 0;
    }

    private String write(String name, byte[] bytes) throws IOException {
        Path file = to.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, bytes);
        return name;
    }
}
