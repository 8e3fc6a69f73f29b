package io.bezoar.app.ledger;

import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.disk.FolderDisk;
import io.bezoar.ledger.fault.Broken;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.log.Checkpoint;
import io.bezoar.ledger.log.TileLog;
import io.bezoar.ledger.log.Witness;
import io.bezoar.ledger.sign.NamedKey;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar ledger witness`: cosigns the current checkpoint if the log has only grown since the last one.
@Command(
        name = "witness",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Cosigns the checkpoint of a ledger that has only grown since this witness last saw it.",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger keys new w1 --witness",
            "  bezoar ledger witness --key w1 --state w1-state",
            "",
            "The state belongs to the witness: another machine, another person. Whoever can",
            "write to both the ledger and the state can undo what the witness saw."
        })
final class WitnessVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Option(names = "--key", required = true, paramLabel = "KEY", description = "The witness's cosignature key.")
    private String key = "";

    @Option(names = "--state", required = true, paramLabel = "DIR", description = "Folder of what the witness saw.")
    private Path state = Path.of("");

    @Option(
            names = "--log",
            paramLabel = "LOGKEY",
            description = "Public key of the log (default: as the ledger says, which a witness should not rely on).")
    private String log = "";

    @Override
    public Integer call() throws IOException {
        SigningKey mine = place.key(key);
        if (mine.named().type() != NamedKey.Type.COSIGNATURE) {
            throw new Unusable(
                    "expected a witness's key, came one that signs; make one with bezoar ledger keys new NAME"
                            + " --witness");
        }
        Ledger ledger = place.open();
        TileLog tiles = ledger.log();
        NamedKey trusted = log.isEmpty() ? tiles.key() : place.publicKey(log);
        Witness witness = new Witness(new FolderDisk(state), mine, List.of(trusted), InstantSource.system());
        long old = witness.last(trusted.name()).map(Checkpoint::size).orElse(0L);
        if (old > tiles.size()) {
            throw new Broken("expected a log of at least " + old + " entries, as this witness has seen, came one of "
                    + tiles.size() + ": it was rolled back; restore the newest copy");
        }
        Witness.Answer answer = witness.add(
                old, tiles.tree().consistency(old, tiles.size()), tiles.note().bytes());
        if (answer.status() != 200) {
            throw new Broken("expected a checkpoint that continues what this witness has seen, came one that does not"
                    + " (" + answer.status() + "); the refused one is kept in the witness's state as evidence");
        }
        ledger.cosigned(answer.note().orElseThrow(), mine.named());
        new Answer("bezoar.ledger-witness/1")
                .line("Cosigned", tiles.size() + " entries, by " + mine.name())
                .field("size", tiles.size())
                .field("witness", mine.named().text())
                .print(spec, place.json());
        return 0;
    }
}
