package io.bezoar.app.ledger;

import io.bezoar.app.report.Words;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.json.JsonValue;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bezoar ledger fsck`: reads every file again.
@Command(
        name = "fsck",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Reads every file of the ledger and names those that the log does not speak of.",
        footer = {"", "Example:", "  bezoar ledger fsck"})
final class Fsck implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Override
    public Integer call() throws IOException {
        Ledger ledger = place.open();
        Ledger.Checked checked = ledger.check();
        Answer answer = new Answer("bezoar.ledger-fsck/1")
                .line(
                        "Sound",
                        Words.count(checked.files(), "file") + ", " + Words.count(checked.entries())
                                + " entries of the log, " + Words.count(checked.rows(), "row"));
        checked.leftovers()
                .forEach(name -> answer.line("Left over", name + ": not in the log; the next addition may replace it"));
        answer.field("files", checked.files())
                .field("entries", checked.entries())
                .field("rows", checked.rows())
                .field("leftovers", JsonValue.texts(checked.leftovers()))
                .print(spec, place.json());
        return 0;
    }
}
