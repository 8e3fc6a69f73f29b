package io.bezoar.app.ledger;

import io.bezoar.app.report.RunRecord;
import io.bezoar.app.report.Words;
import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Origins;
import io.bezoar.ledger.export.Croissant;
import io.bezoar.ledger.export.CycloneDxBom;
import io.bezoar.ledger.export.OpenLineageEvents;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.CanonicalJson;
import io.bezoar.ledger.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar ledger export`: what the ledger knows, for other tools.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes what the ledger knows for other tools: proofs, Croissant, OpenLineage or CycloneDX.",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger export --to proofs",
            "        each batch's signed manifest, its log entry and its .tlog-proof",
            "  bezoar ledger export --to out --format croissant --data train --url https://example.org/tickets",
            "  bezoar ledger export --to out --format openlineage",
            "  bezoar ledger export --to out --format cyclonedx"
        })
final class Export implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder for the files.")
    private Path to = Path.of("");

    @Option(
            names = "--format",
            defaultValue = "proofs",
            paramLabel = "FORMAT",
            description = "proofs, croissant, openlineage or cyclonedx (default: ${DEFAULT-VALUE}).")
    private String format = "proofs";

    @Option(names = "--data", paramLabel = "FILE", description = "Files or folders of the data set, for croissant.")
    private List<Path> data = List.of();

    @Option(names = "--url", paramLabel = "URL", description = "Where the data set is at home, for croissant.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--creator",
            paramLabel = "NAME",
            description = "Who made the data set, for croissant (default: the name of the corpus).")
    private Optional<String> creator = Optional.empty();

    @Option(names = "--description", paramLabel = "WORDS", description = "What it is, for croissant.")
    private Optional<String> description = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Ledger ledger = place.open();
        List<String> written = new ArrayList<>();
        switch (format) {
            case "proofs" -> proofs(ledger, written);
            case "croissant" -> written.add(write("croissant.json", CanonicalJson.bytes(croissant(ledger))));
            case "openlineage" -> {
                ByteArrayOutputStream lines = new ByteArrayOutputStream();
                for (JsonValue event : OpenLineageEvents.of(ledger)) {
                    lines.writeBytes(CanonicalJson.bytes(event));
                    lines.write('\n');
                }
                written.add(write("openlineage.jsonl", lines.toByteArray()));
            }
            case "cyclonedx" -> {
                written.add(write("bom.cdx.json", CanonicalJson.bytes(CycloneDxBom.of(ledger, RunRecord.installed()))));
            }
            default ->
                throw new Unusable("expected the format proofs, croissant, openlineage or cyclonedx, came \"" + format
                        + "\"; choose one");
        }
        new Answer("bezoar.ledger-export/1")
                .line("Written", Words.count(written.size(), "file") + " into " + to)
                .field("files", JsonValue.texts(written))
                .print(spec, place.json());
        return 0;
    }

    private void proofs(Ledger ledger, List<String> written) throws IOException {
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
    }

    private JsonValue croissant(Ledger ledger) throws IOException {
        if (data.isEmpty() || url.isEmpty()) {
            throw new Unusable("expected the files of the data set and where it is at home, came "
                    + (data.isEmpty() ? "no files; name them with --data" : "no address; name it with --url"));
        }
        Origins origins = Origins.of(ledger);
        List<Croissant.DataFile> files = new ArrayList<>();
        for (DataFiles file : DataFiles.of(data)) {
            try (InputStream in = file.open()) {
                Origins.Coverage coverage = origins.tally(Set.of()).cover(in);
                files.add(new Croissant.DataFile(
                        file.name(),
                        Files.size(file.path()),
                        JoinedLedger.sha256(file.path()),
                        coverage.rows(),
                        coverage.byBatch()));
            }
        }
        String corpus = ledger.charter().corpus();
        return Croissant.of(
                ledger,
                files,
                new Croissant.Publication(description.orElse("Data set " + corpus), url.get(), creator.orElse(corpus)));
    }

    private String write(String name, byte[] bytes) throws IOException {
        Path file = to.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, bytes);
        return name;
    }
}
