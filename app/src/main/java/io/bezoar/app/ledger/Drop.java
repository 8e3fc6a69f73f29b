package io.bezoar.app.ledger;

import io.bezoar.app.report.RunRecord;
import io.bezoar.app.report.Words;
import io.bezoar.ledger.Batch;
import io.bezoar.ledger.DroppedSet;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.fault.Unusable;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.sign.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
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

/// `bezoar ledger drop`: takes the batches of a stream out of a data set.
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Plans the removal of a stream's batches; with --into writes the data without their rows and says"
                + " so in the log.",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger drop --stream vendor-b --from 2026-05-01 --to 2026-06-01",
            "  bezoar ledger drop train.jsonl --stream vendor-b --from 2026-05-01 --to 2026-06-01 --into clean",
            "",
            "Times are when batches were made; --to is the first day that stays. Rows that",
            "another batch has as well stay, and are counted."
        })
final class Drop implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Parameters(arity = "0..*", paramLabel = "DATA", description = "The data set: files, plain or .gz, or folders.")
    private List<Path> data = List.of();

    @Option(names = "--stream", required = true, paramLabel = "NAME", description = "Whose batches go.")
    private String stream = "";

    @Option(names = "--from", paramLabel = "TIME", description = "From then on (default: the beginning).")
    private String from = "1970-01-01";

    @Option(names = "--to", paramLabel = "TIME", description = "Until then, without it (default: the end).")
    private String to = "9999-12-31";

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "Folder for the data without the rows; without it nothing is written.")
    private Optional<Path> into = Optional.empty();

    @Option(names = "--reason", paramLabel = "WORDS", description = "Why, for those who read the log.")
    private String reason = "";

    @Option(names = "--admin", paramLabel = "KEY", description = "Keys of administrators (default: admin).")
    private List<String> admins = List.of("admin");

    @Override
    public Integer call() throws IOException {
        Instant started = Instant.now();
        Ledger ledger = place.open();
        List<SigningKey> signers = into.isEmpty() ? List.of() : place.keys(admins); // before anything is written
        DroppedSet dropped = new DroppedSet(ledger, stream, time(from), time(to));
        Answer answer = new Answer("bezoar.ledger-drop/1");
        List<JsonValue> batches = new ArrayList<>();
        for (Batch batch : dropped.batches()) {
            answer.line(
                    into.isEmpty() ? "Would drop" : "Dropped",
                    batch.manifest().name() + ": "
                            + Words.count(batch.manifest().rows(), "row") + " of "
                            + batch.manifest().author() + ", "
                            + batch.manifest().createdAt());
            batches.add(Batches.json(batch));
        }
        List<String> written = new ArrayList<>();
        if (!data.isEmpty()) {
            for (DataFiles file : DataFiles.of(data)) {
                copy(dropped, file, written);
            }
        }
        answer.line(
                "Rows",
                Words.count(dropped.rows(), "row") + " in these batches"
                        + (data.isEmpty()
                                ? ""
                                : "; of the data " + Words.count(dropped.dropped()) + " go and "
                                        + Words.count(dropped.kept()) + " stay, "
                                        + Words.count(dropped.shared())
                                        + " of them because another batch has them, too, "
                                        + Words.count(dropped.unknown()) + " unknown to the ledger"));
        if (into.isPresent()) {
            var deed = dropped.record(reason, RunRecord.installed(), started, Instant.now(), signers, place.logKey());
            written.forEach(each -> answer.line("Written", each));
            answer.line("Stated", deed.name() + ", entry " + deed.entry()).field("entry", deed.entry());
        } else {
            answer.line("Next", "the same with the data and --into DIR to do it");
        }
        answer.field("batches", new JsonValue.Elements(batches))
                .field("rows", dropped.rows())
                .field("dropped", dropped.dropped())
                .field("kept", dropped.kept())
                .field("shared", dropped.shared())
                .field("unknown", dropped.unknown())
                .field("written", JsonValue.texts(written))
                .print(spec, place.json());
        return 0;
    }

    private void copy(DroppedSet dropped, DataFiles file, List<String> written) throws IOException {
        String name = file.name().endsWith(".gz")
                ? file.name().substring(0, file.name().length() - 3)
                : file.name();
        if (into.isEmpty()) {
            try (InputStream in = file.open()) {
                dropped.copy(name, in, OutputStream.nullOutputStream());
            }
            return;
        }
        Path target = into.get().resolve(name).normalize();
        if (!target.startsWith(into.get().normalize()) || Files.exists(target)) {
            throw new Unusable("expected a new file at \"" + target + "\", but one is there; name another folder");
        }
        Files.createDirectories(Optional.ofNullable(target.getParent()).orElse(into.get()));
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            try (InputStream in = file.open();
                    OutputStream out = Files.newOutputStream(unfinished)) {
                dropped.copy(name, in, out);
            }
            Files.move(unfinished, target);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        written.add(target.toString());
    }

    private static Instant time(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException _) {
            throw new Unusable("expected a day like 2026-05-31 or a time like 2026-05-31T12:00:00Z, came \"" + text
                    + "\"; write it so");
        }
    }
}
