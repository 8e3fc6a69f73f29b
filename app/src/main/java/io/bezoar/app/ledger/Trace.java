package io.bezoar.app.ledger;

import io.bezoar.app.report.Words;
import io.bezoar.ledger.Attestations;
import io.bezoar.ledger.Batch;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Lineage;
import io.bezoar.ledger.Origins;
import io.bezoar.ledger.RowLookup;
import io.bezoar.ledger.json.JsonValue;
import io.bezoar.ledger.sign.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar ledger trace ROW`: from a row to its batch, its signers, its source and what was made of it.
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tells where a row came from and what was made of it.",
        footer = {
            "",
            "Examples:",
            "  bezoar ledger trace 3fa94c01                       by its SHA-256",
            "  bezoar ledger trace T-1004 --data tickets.jsonl    by its own id",
            "  bezoar ledger trace --data train.jsonl             how many rows have a known origin",
            "  bezoar ledger trace --like \"pay the invoice\" --data train.jsonl"
        })
final class Trace implements Callable<Integer> {
    private static final int SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Place place = new Place();

    @Parameters(
            arity = "0..1",
            paramLabel = "ROW",
            description = "SHA-256 of the row or 8 digits of it, stream/batch/row, or its id with --data.")
    private String id = "";

    @Option(names = "--data", paramLabel = "FILE", description = "Look the row's own id up in these files.")
    private List<Path> data = List.of();

    @Option(
            names = "--like",
            paramLabel = "TEXT",
            description = "Rows of the files that look like this text, whatever letters it is written in.")
    private Optional<String> like = Optional.empty();

    @Override
    public Integer call() throws IOException {
        Ledger ledger = place.open();
        if (id.isEmpty() && like.isEmpty()) {
            return coverage(ledger);
        }
        Answer answer = new Answer("bezoar.ledger-trace/1");
        List<JsonValue> places = new ArrayList<>();
        Set<String> withdrawn = ledger.history().withdrawn();
        List<Origins.Origin> found =
                like.isPresent() ? Rows.alike(ledger, like.get(), data) : Rows.find(ledger, id, data);
        for (Origins.Origin origin : found) {
            Batch batch = origin.batch();
            String digest = RowLookup.digest(ledger, origin).hex();
            boolean gone = withdrawn.contains(batch.manifest().name());
            answer.line("Row", digest)
                    .line(
                            "Batch",
                            batch.manifest().name() + ", row " + (origin.index() + 1) + " of "
                                    + Words.count(batch.manifest().rows()) + ", from "
                                    + batch.manifest().file()
                                    + (gone ? "; taken out since" : ""))
                    .line(
                            "Signed",
                            String.join(", ", batch.signers().stream().sorted().toList()) + " at "
                                    + batch.manifest().createdAt()
                                    + batch.manifest()
                                            .reviewer()
                                            .map(name -> "; reviewed by " + name)
                                            .orElse(""))
                    .line(
                            "Source",
                            batch.manifest().source().text("kind") + " "
                                    + batch.manifest().stream()
                                    + (batch.manifest().source().text("licence").isEmpty()
                                            ? ""
                                            : ", " + batch.manifest().source().text("licence")))
                    .line(
                            "Log",
                            "entry " + batch.entry() + " of " + ledger.log().size());
            List<JsonValue> steps = new ArrayList<>();
            for (Lineage.Step step : Lineage.of(ledger, batch)) {
                List<String> subjects = step.statement().subjects().stream()
                        .map(Statement.Subject::name)
                        .toList();
                answer.line(
                        "Then",
                        then(step) + " (entry " + step.deed().entry() + ", signed "
                                + String.join(
                                        ", ",
                                        step.deed().signers().stream().sorted().toList()) + ")");
                steps.add(new JsonValue.Building()
                        .with("entry", step.deed().entry())
                        .with("kind", step.kind().name().toLowerCase(Locale.ROOT))
                        .with("type", step.statement().predicateType())
                        .with("subjects", JsonValue.texts(subjects))
                        .with(
                                "digests",
                                JsonValue.texts(step.statement().subjects().stream()
                                        .map(subject -> subject.digests().getOrDefault("sha256", ""))
                                        .toList()))
                        .with(
                                "signers",
                                JsonValue.texts(
                                        step.deed().signers().stream().sorted().toList()))
                        .done());
            }
            places.add(new JsonValue.Building()
                    .with("row", digest)
                    .with("index", origin.index())
                    .with("batch", Batches.json(batch))
                    .with("withdrawn", new JsonValue.Truth(gone))
                    .with("then", new JsonValue.Elements(steps))
                    .done());
        }
        answer.field("places", new JsonValue.Elements(places)).print(spec, place.json());
        return 0;
    }

    private int coverage(Ledger ledger) throws IOException {
        Origins.Tally tally = Origins.of(ledger).tally(Set.of());
        Answer answer = new Answer("bezoar.ledger-coverage/1");
        List<JsonValue> files = new ArrayList<>();
        for (DataFiles file : DataFiles.of(data)) {
            try (InputStream in = file.open()) {
                Origins.Coverage coverage = tally.cover(in);
                JsonValue.Building byStream = new JsonValue.Building();
                coverage.byStream().forEach(byStream::with);
                answer.line(
                        "Known",
                        file.name() + ": " + Words.count(coverage.known()) + " of "
                                + Words.count(coverage.rows(), "row") + " came with a batch that was not taken out"
                                + (coverage.repeated() == 0
                                        ? ""
                                        : "; " + Words.count(coverage.repeated(), "row")
                                                + " more are copies beyond those that were signed"));
                coverage.byStream()
                        .forEach((stream, rows) -> answer.line("", stream + ": " + Words.count(rows, "row")));
                files.add(new JsonValue.Building()
                        .with("file", file.name())
                        .with("rows", coverage.rows())
                        .with("known", coverage.known())
                        .with("repeated", coverage.repeated())
                        .with("byStream", byStream.done())
                        .done());
            }
        }
        answer.field("files", new JsonValue.Elements(files)).print(spec, place.json());
        return 0;
    }

    private static String then(Lineage.Step step) {
        Statement statement = step.statement();
        List<String> names =
                statement.subjects().stream().map(Statement.Subject::name).toList();
        String subjects = String.join(", ", names.stream().limit(SHOWN).toList())
                + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
        return switch (step.kind()) {
            case FOUND -> "found in: " + subjects + ", by a scan";
            case MADE -> "made into: " + subjects + verb(statement);
            case WITHDRAWN -> "taken out: " + subjects;
            case STATED -> stated(statement) + ": " + subjects;
        };
    }

    private static String verb(Statement statement) {
        String type = statement.predicate().members("buildDefinition").text("buildType");
        return type.startsWith(Attestations.BUILD_TYPE)
                ? ", by " + type.substring(Attestations.BUILD_TYPE.length())
                : "";
    }

    private static String stated(Statement statement) {
        String type = statement.predicateType();
        if (type.equals(Attestations.SUMMARY)) {
            return "gate " + statement.predicate().text("verificationResult").toLowerCase(Locale.ROOT);
        }
        return type.startsWith(Attestations.ACTIVITY) && type.endsWith("/v1")
                ? type.substring(Attestations.ACTIVITY.length(), type.length() - 3)
                : "stated about";
    }
}
