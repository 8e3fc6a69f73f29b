package io.bezoar.app.ledger;

import io.bezoar.app.report.Words;
import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Charter;
import io.bezoar.ledger.Deed;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.json.JsonValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `bezoar ledger log`: what is in the ledger.
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists the batches, and what was done with them.",
        footer = {"", "Example:", "  bezoar ledger log"})
final class LogVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Override
    public Integer call() throws IOException {
        Ledger ledger = place.open();
        Answer answer = new Answer("bezoar.ledger-log/1");
        List<JsonValue> batches = new ArrayList<>();
        Set<String> withdrawn = ledger.history().withdrawn();
        for (Charter charter : ledger.history().charters()) {
            answer.line("Charter", charter.version() + ", " + charter.createdAt());
        }
        for (Batch batch : ledger.history().batches()) {
            boolean gone = withdrawn.contains(batch.manifest().name());
            answer.line(
                    batch.manifest().name(),
                    Words.count(batch.manifest().rows(), "row") + ", "
                            + batch.manifest().author() + ", "
                            + batch.manifest().createdAt() + ", "
                            + batch.manifest().file()
                            + (gone ? "; taken out since" : ""));
            batches.add(Batches.json(batch));
        }
        List<JsonValue> deeds = new ArrayList<>();
        for (Deed deed : ledger.history().deeds()) {
            answer.line("Statement", deed.name() + ", by " + String.join(", ", deed.signers()));
            deeds.add(new JsonValue.Building()
                    .with("entry", deed.entry())
                    .with("name", deed.name())
                    .with(
                            "types",
                            JsonValue.texts(deed.statements().stream()
                                    .map(each -> each.predicateType())
                                    .toList()))
                    .done());
        }
        answer.field("size", ledger.log().size())
                .field("charters", ledger.history().charters().size())
                .field("batches", new JsonValue.Elements(batches))
                .field("withdrawn", JsonValue.texts(withdrawn.stream().sorted().toList()))
                .field("statements", new JsonValue.Elements(deeds))
                .print(spec, place.json());
        return 0;
    }
}
