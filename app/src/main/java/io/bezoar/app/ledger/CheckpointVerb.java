package io.bezoar.app.ledger;

import io.bezoar.app.report.Words;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.fault.Malformed;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.log.Checkpoint;
import io.bezoar.ledger.log.Seen;
import io.bezoar.ledger.sign.Note;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar ledger checkpoint`: shows the signed checkpoint, or compares another with the log.
@Command(
        name = "checkpoint",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the signed checkpoint; with --compare says whether another one is of the same history.",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger checkpoint > checkpoint      to be sent to a colleague or a witness",
            "  bezoar ledger checkpoint --compare theirs  what a colleague has seen"
        })
final class CheckpointVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Option(names = "--compare", paramLabel = "FILE", description = "A checkpoint of this log from elsewhere.")
    private Optional<Path> other = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Ledger ledger = place.open();
        Checkpoint checkpoint = ledger.log().checkpoint();
        if (other.isPresent()) {
            Note note = note(other.get());
            new Seen(place.outside()).compare(note, ledger.log());
            Checkpoint theirs = Checkpoint.of(note);
            String relation = theirs.size() > checkpoint.size() ? "newer" : "same-history";
            new Answer("bezoar.ledger-compare/1")
                    .line(
                            "Same",
                            relation.equals("newer")
                                    ? "signed by the log, but newer than this copy: "
                                            + Words.count(theirs.size()) + " entries against "
                                            + Words.count(checkpoint.size())
                                    : "one history: " + Words.count(theirs.size()) + " of "
                                            + Words.count(checkpoint.size()) + " entries")
                    .field("relation", relation)
                    .field("theirs", theirs.size())
                    .field("ours", checkpoint.size())
                    .print(spec, place.json());
            return 0;
        }
        if (place.json()) {
            new Answer("bezoar.ledger-checkpoint/1")
                    .field("origin", checkpoint.origin())
                    .field("size", checkpoint.size())
                    .field("root", checkpoint.root().hex())
                    .field("note", new String(ledger.log().note().bytes(), StandardCharsets.UTF_8))
                    .print(spec, true);
        } else {
            spec.commandLine().getOut().print(new String(ledger.log().note().bytes(), StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private static Note note(Path file) throws IOException {
        try {
            return Note.read(Given.bytes(file, "a checkpoint"));
        } catch (Malformed e) {
            throw new Unusable(e.getMessage() + " in \"" + file + "\"; bezoar ledger checkpoint prints one");
        }
    }
}
