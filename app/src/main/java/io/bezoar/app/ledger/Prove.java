package io.bezoar.app.ledger;

import io.bezoar.app.report.OutputPlace;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Origins;
import io.bezoar.ledger.RowProof;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar ledger prove ROW`: the proof that a row is in the ledger.
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes the proof that a row is in the ledger, to be verified without it.",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger prove 3fa94c01 --to row.json",
            "  bezoar ledger prove T-1004 --data tickets.jsonl > row.json"
        })
final class Prove implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Parameters(
            paramLabel = "ROW",
            description = "SHA-256 of the row or 8 digits of it, stream/batch/row, or its id with --data.")
    private String id = "";

    @Option(names = "--data", paramLabel = "FILE", description = "Look the row's own id up in these files.")
    private List<Path> data = List.of();

    @Option(names = "--to", paramLabel = "FILE", description = "File for the proof (default: standard output).")
    private Optional<Path> to = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (to.isPresent()) {
            OutputPlace.file(to.get(), "--to", data.stream().map(Path::toString).toList());
            OutputPlace.replacing(to.get(), "--to", "{\"entry\":\"");
        }
        Ledger ledger = place.open();
        Origins.Origin origin = Rows.find(ledger, id, data).getFirst();
        RowProof proof = RowProof.of(ledger, origin.batch(), origin.index());
        proof.verify(ledger.log().key(), io.bezoar.ledger.log.Policy.NONE);
        byte[] bytes = proof.bytes();
        if (to.isEmpty()) {
            spec.commandLine().getOut().println(new String(bytes, StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
            return 0;
        }
        Files.write(to.get(), bytes);
        new Answer("bezoar.ledger-prove/1")
                .line("Row", proof.content().hex())
                .line("Batch", origin.batch().manifest().name() + ", row " + (origin.index() + 1))
                .line("Written", to.get().toString())
                .field("row", proof.content().hex())
                .field("batch", Batches.json(origin.batch()))
                .field("index", origin.index())
                .field("proof", bytes.length < 1 << 20 ? StrictJson.read(bytes) : new JsonValue.Nothing())
                .print(spec, place.json());
        return 0;
    }
}
