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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "  bezoar ledger verify --proof row.json --log LOGKEY --author ALICE",
            "                                                a proof, without the ledger"
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

    @Option(
            names = "--author",
            paramLabel = "KEY",
            description = "Public keys of those who must have signed the batch of a proof.")
    private List<String> authors = List.of();

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
        Optional<Ledger> ledger = log.isPresent() ? Optional.empty() : Optional.of(place.open());
        NamedKey key = log.isPresent()
                ? place.publicKey(log.get())
                : ledger.orElseThrow().charter().log();
        Policy witnesses = policy.isPresent()
                ? Policy.of(new String(Given.bytes(policy.get(), "a policy"), StandardCharsets.UTF_8))
                : Policy.NONE;
        List<NamedKey> asked = new ArrayList<>();
        for (String author : authors) {
            asked.add(place.publicKey(author));
        }
        byte[] bytes = Given.bytes(file, "a proof");
        RowProof.Shown shown;
        RowProof read;
        try {
            read = RowProof.read(bytes);
            shown = read.verify(key, witnesses);
        } catch (Malformed e) {
            throw new Broken(e.getMessage() + "; ask for the proof again");
        }
        List<String> signers = signers(read, asked, ledger);
        Answer answer = new Answer("bezoar.ledger-proof/1")
                .line("Row", read.content() + ", row " + (read.index() + 1) + " of its batch")
                .line(
                        "Batch",
                        shown.manifest().name() + " of " + shown.manifest().corpus() + ", by "
                                + shown.manifest().author());
        if (signers.isEmpty()) {
            answer.line("Not checked", "Whether its author signed the batch: name his public key with --author.");
        } else {
            answer.line("Signed", String.join(", ", signers));
        }
        answer.line(
                        "Log",
                        shown.checkpoint().origin() + ", " + shown.checkpoint().size() + " entries")
                .field("row", read.content().hex())
                .field("index", read.index())
                .field("batch", shown.manifest().name())
                .field("corpus", shown.manifest().corpus())
                .field("author", shown.manifest().author())
                .field("signers", JsonValue.texts(signers))
                .field("size", shown.checkpoint().size())
                .print(spec, place.json());
        return 0;
    }

    /// Who signed the batch of a proof, as far as that can be told: those who were asked for, else
    /// those whom the ledger at hand knows.
    private static List<String> signers(RowProof proof, List<NamedKey> asked, Optional<Ledger> ledger) {
        Set<NamedKey> signed = proof.signedBy(asked);
        for (NamedKey key : asked) {
            if (!signed.contains(key)) {
                throw new Broken("expected a batch signed by \"" + key.name() + "\", came one without that signature;"
                        + " ask for the proof again");
            }
        }
        return Stream.concat(
                        asked.stream().map(NamedKey::name),
                        ledger.stream()
                                .flatMap(known -> known.history().batches().stream())
                                .filter(batch ->
                                        batch.digest().equals(proof.envelope().digest()))
                                .flatMap(batch -> batch.signers().stream()))
                .distinct()
                .sorted()
                .toList();
    }
}
