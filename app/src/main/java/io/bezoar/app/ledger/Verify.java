package io.bezoar.app.ledger;

import io.bezoar.app.report.Words;
import io.bezoar.ledger.Comparison;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.RowProof;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.log.Policy;
import io.bezoar.ledger.sign.NamedKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar ledger verify`: does all of it hold, and are these the rows that were signed?
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Verifies the ledger and, if files are named, that their rows are those that were signed.",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger verify                          signatures, log, batches, row digests",
            "  bezoar ledger verify tickets.jsonl            the same, and these rows",
            "  bezoar ledger verify --proof row.json --log LOGKEY   a proof, without the ledger"
        })
final class Verify implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Parameters(arity = "0..*", paramLabel = "DATA", description = "Files, plain or .gz, or folders of them.")
    private List<Path> data = List.of();

    @Option(names = "--proof", paramLabel = "FILE", description = "Verify a proof that bezoar ledger prove wrote.")
    private Optional<Path> proof = Optional.empty();

    @Option(names = "--log", paramLabel = "LOGKEY", description = "Public key of the log, for a proof.")
    private Optional<String> log = Optional.empty();

    @Option(names = "--policy", paramLabel = "FILE", description = "Which witnesses a proof must show.")
    private Optional<Path> policy = Optional.empty();

    @Override
    public Integer call() throws IOException {
        if (proof.isPresent()) {
            return proof(proof.get());
        }
        Ledger ledger = place.open();
        Ledger.Checked checked = ledger.check();
        Answer answer = new Answer("bezoar.ledger-verify/1")
                .line(
                        "Verified",
                        checked.entries() + (checked.entries() == 1 ? " entry" : " entries") + ", "
                                + checked.batches() + (checked.batches() == 1 ? " batch" : " batches") + ", "
                                + Words.count(checked.rows(), "row") + " of the corpus "
                                + ledger.charter().corpus())
                .field("entries", checked.entries())
                .field("batches", checked.batches())
                .field("rows", checked.rows());
        List<JsonValue> files = new ArrayList<>();
        if (!data.isEmpty()) {
            for (DataFiles file : DataFiles.of(data)) {
                try (InputStream rows = file.open()) {
                    Comparison.Same same = Comparison.of(ledger, file.name(), rows)
                            .orElseThrow(() -> new Unusable("expected a file that a batch came under, but the ledger"
                                    + " knows none named \"" + file.name()
                                    + "\"; bezoar ledger log lists all, bezoar ledger trace looks a row up"));
                    answer.line(
                            "Same",
                            file.name() + ": " + Words.count(same.rows(), "row") + ", as signed in batch "
                                    + same.batch().manifest().name()
                                    + (same.heldBack() == 0
                                            ? ""
                                            : "; " + Words.count(same.heldBack(), "row") + " are held back"));
                    files.add(Batches.json(same.batch(), same.heldBack()));
                }
            }
        }
        answer.line(
                        "Checkpoint",
                        ledger.log().size() + " entries, root "
                                + ledger.log().checkpoint().root())
                .field("files", new JsonValue.Elements(files))
                .field("root", ledger.log().checkpoint().root().hex())
                .print(spec, place.json());
        return 0;
    }

    private int proof(Path file) throws IOException {
        NamedKey key = log.isPresent()
                ? place.publicKey(log.get())
                : place.open().charter().log();
        Policy witnesses = policy.isPresent() ? Policy.of(Files.readString(policy.get())) : Policy.NONE;
        RowProof.Shown shown;
        RowProof read;
        try {
            read = RowProof.read(Files.readAllBytes(file));
            shown = read.verify(key, witnesses);
        } catch (Malformed e) {
            throw new Broken(e.getMessage() + "; ask for the proof again");
        }
        new Answer("bezoar.ledger-proof/1")
                .line("Row", read.content() + ", row " + (read.index() + 1) + " of its batch")
                .line(
                        "Batch",
                        shown.manifest().name() + " of " + shown.manifest().corpus() + ", by "
                                + shown.manifest().author())
                .line(
                        "Log",
                        shown.checkpoint().origin() + ", " + shown.checkpoint().size() + " entries")
                .field("row", read.content().hex())
                .field("index", read.index())
                .field("batch", shown.manifest().name())
                .field("corpus", shown.manifest().corpus())
                .field("author", shown.manifest().author())
                .field("size", shown.checkpoint().size())
                .print(spec, place.json());
        return 0;
    }
}
