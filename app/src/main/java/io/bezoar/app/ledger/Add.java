package io.bezoar.app.ledger;

import io.bezoar.app.report.Words;
import io.bezoar.ledger.Delivery;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Manifest;
import io.bezoar.ledger.Parcel;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar ledger add`: takes batches in.
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Takes in the rows of files, one batch a file; a row is a line.",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger add tickets.jsonl --stream vendor-b --key alice",
            "  bezoar ledger add june/ --stream vendor-b --key alice --reviewer bob",
            "",
            "Rows that break the contract of the stream are held back in the ledger's",
            "quarantine file of the batch."
        })
final class Add implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Parameters(arity = "1..*", paramLabel = "DATA", description = "Files, plain or .gz, or folders of them.")
    private List<Path> data = List.of();

    @Option(names = "--stream", required = true, paramLabel = "NAME", description = "Stream of the corpus.")
    private String stream = "";

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "Key of the author; again for further writers, where the stream asks for several.")
    private List<String> keys = List.of();

    @Option(names = "--reviewer", paramLabel = "KEY", description = "Key of who looked at the rows, not the author.")
    private Optional<String> reviewer = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "Threads (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        List<SigningKey> writers = place.keys(keys);
        Optional<SigningKey> second = reviewer.isEmpty() ? Optional.empty() : Optional.of(place.key(reviewer.get()));
        List<DataFiles> files = DataFiles.of(data);
        Ledger ledger = place.open();
        SigningKey logKey = place.logKey();
        Answer answer = new Answer("bezoar.ledger-add/1");
        List<JsonValue> batches = new ArrayList<>();
        List<Parcel> parcels = files.stream()
                .map(file -> new Parcel(
                        new Delivery(
                                stream,
                                file.name(),
                                writers.getFirst(),
                                second,
                                writers.subList(1, writers.size()),
                                Delivery.VALIDITY),
                        file::open))
                .toList();
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, threads))) {
            for (Ledger.Added added : ledger.add(parcels, logKey, workers)) {
                Manifest manifest = added.batch().manifest();
                batches.add(Batches.json(added.batch(), added.heldBack()));
                answer.line(
                        "Batch",
                        manifest.name() + ": " + Words.count(manifest.rows(), "row") + " of " + manifest.file()
                                + (added.heldBack() == 0
                                        ? ""
                                        : "; " + Words.count(added.heldBack(), "row") + " held back, see "
                                                + place.folder()
                                                        .resolve("batches/" + manifest.name() + ".quarantine.jsonl")));
            }
        }
        answer.line(
                        "Checkpoint",
                        ledger.log().size() + " entries, root "
                                + ledger.log().checkpoint().root())
                .field("batches", new JsonValue.Elements(batches))
                .field("size", ledger.log().size())
                .field("root", ledger.log().checkpoint().root().hex())
                .print(spec, place.json());
        return 0;
    }
}
