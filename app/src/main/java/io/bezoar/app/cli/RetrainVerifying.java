package io.bezoar.app.cli;

import io.bezoar.app.report.Json;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.app.retrain.Records;
import io.bezoar.app.retrain.RetrainPlan;
import io.bezoar.app.retrain.Retraining;
import io.bezoar.learn.surrogate.ModelFile;
import io.bezoar.ledger.Ledger;
import io.bezoar.ledger.Origins;
import io.bezoar.ledger.disk.FolderDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
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

/// `bezoar retrain verify`: which rows a new model did not see, and how far that is proved.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Proves from plan, record, model and data which rows the new model did not see.",
        footer = {
            "",
            "Examples:",
            "  bezoar retrain verify again",
            "  bezoar retrain verify again --ledger bezoar-ledger",
            "",
            "A model that retrain fitted is trained again: without the rows left out it",
            "must come out the same to the byte, which is the proof. Of a model trained",
            "elsewhere only the data it is said to be trained on can be looked at.",
            "Exit codes: 0 proved; 2 bad input or usage; 3 said but not proved;",
            "5 a record, a model or the data were changed, or a row was seen."
        })
final class RetrainVerifying implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of plan and record.")
    private Path folder = Path.of("bezoar-retrain");

    @Option(
            names = "--ledger",
            paramLabel = "DIR",
            description = "A ledger that every row of the training data must have come through.")
    private Optional<Path> ledger = Optional.empty();

    @Option(
            names = "--seen",
            paramLabel = "DIR",
            description = "Folder that remembers the ledger's largest checkpoint (default: its name with .seen).")
    private Optional<Path> seen = Optional.empty();

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Option(names = "--json", description = "Write one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    RetrainVerifying() {}

    /// What came of one check.
    ///
    /// @param code an exit code
    private record Check(int code, String words) {}

    @Override
    public Integer call() throws IOException {
        RetrainPlan plan = RetrainPlan.read(folder.resolve(Retrain.PLAN));
        Retraining record = Retraining.read(folder.resolve(Retrain.RECORD));
        List<Check> checks = new ArrayList<>();
        checks.add(same("The plan", folder.resolve(Retrain.PLAN), record.plan()));
        checks.add(same("The old model", model(record.before()), record.before().sha256()));
        checks.add(same("The new model", model(record.after()), record.after().sha256()));
        if (record.trainedOn().isEmpty()) {
            checks.add(new Check(
                    ExitCode.INCOMPLETE,
                    "What the new model was trained on is not recorded; record it with --trained-on."));
        } else {
            checks.addAll(data(plan, record));
        }
        int code = checks.stream().mapToInt(Check::code).max().orElse(ExitCode.INCOMPLETE);
        spec.commandLine().getOut().print(json ? json(plan, checks, code) : text(plan, checks, code));
        spec.commandLine().getOut().flush();
        return code;
    }

    private static Path model(Retraining.Model model) {
        return Train.file(Path.of(model.file()));
    }

    private static Check same(String what, Path file, String recorded) throws IOException {
        String name = SafeText.plain(file.toString(), 200);
        if (!Files.isRegularFile(file)) {
            return new Check(ExitCode.INCOMPLETE, what + " is not at " + name + ".");
        }
        return Records.digest(file).equals(recorded)
                ? new Check(ExitCode.PASS, what + " is the one recorded.")
                : new Check(ExitCode.BROKEN, what + " at " + name + " was changed since it was recorded.");
    }

    private List<Check> data(RetrainPlan plan, Retraining record) throws IOException {
        List<Check> checks = new ArrayList<>();
        TrainingRows rows = TrainingRows.read(record.trainedOn(), reading.settings(plan.reading(), folder), 1);
        Set<Long> gone = plan.keys();
        long there =
                rows.examples().stream().filter(row -> gone.contains(row.key())).count();
        Path after = model(record.after());
        boolean fitted = after.equals(folder.resolve(Train.FILE));
        if (fitted) {
            checks.add(
                    rows.digest().equals(plan.digest())
                            ? new Check(ExitCode.PASS, "The data are those of the plan.")
                            : new Check(ExitCode.BROKEN, "The data were changed since the plan."));
            checks.add(again(plan, rows, after, gone.size()));
        } else {
            checks.add(
                    there == 0
                            ? new Check(
                                    ExitCode.INCOMPLETE,
                                    "None of the " + Words.count(gone.size(), "row")
                                            + " left out is in the data that the"
                                            + " new model is said to be trained on; that it was cannot be proved.")
                            : new Check(
                                    ExitCode.BROKEN,
                                    Words.count(there, "row") + " that should be left out "
                                            + (there == 1 ? "is" : "are") + " in the data of the new model."));
        }
        if (ledger.isPresent()) {
            checks.add(known(record.trainedOn(), ledger.get()));
        }
        return checks;
    }

    /// Trains once more: what a row left out could have changed, it would change here.
    private static Check again(RetrainPlan plan, TrainingRows rows, Path after, int rowsOut) throws IOException {
        ModelFile model = Retrain.fit(plan, rows);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        model.write(bytes);
        return Files.isRegularFile(after) && Arrays.equals(bytes.toByteArray(), Files.readAllBytes(after))
                ? new Check(
                        ExitCode.PASS,
                        "Trained again without the " + Words.count(rowsOut, "row")
                                + " left out, the model is the same to the byte: it has not seen them.")
                : new Check(
                        ExitCode.BROKEN,
                        "Trained again without the rows left out, another model comes out: the recorded one was made in"
                                + " another way.");
    }

    private Check known(List<String> data, Path place) throws IOException {
        Path plain = place.toAbsolutePath().normalize();
        Ledger open = Ledger.open(
                new FolderDisk(place),
                new FolderDisk(seen.orElse(plain.resolveSibling(plain.getFileName() + ".seen"))),
                InstantSource.system());
        Origins.Tally tally = Origins.of(open).tally(Set.of());
        long all = 0;
        long came = 0;
        for (String path : data) {
            try (InputStream in = Files.newInputStream(Path.of(path))) {
                Origins.Coverage coverage = tally.cover(in);
                all += coverage.rows();
                came += coverage.known();
            }
        }
        return new Check(
                came == all ? ExitCode.PASS : ExitCode.INCOMPLETE,
                Words.count(came) + " of " + Words.count(all, "row")
                        + " of the data came with a batch of the ledger that was not taken out.");
    }

    private static String verdict(int code) {
        return switch (code) {
            case ExitCode.PASS -> "proved";
            case ExitCode.INCOMPLETE -> "not proved";
            default -> "broken";
        };
    }

    private String text(RetrainPlan plan, List<Check> checks, int code) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        checks.forEach(check -> text.entry(
                verdict(check.code()),
                check.code() == ExitCode.PASS ? TerminalText.Style.FAINT : TerminalText.Style.BOLD,
                check.words(),
                11,
                TerminalText.Style.PLAIN));
        text.line(
                Words.count(plan.leftOut().size(), "row") + " not seen: " + verdict(code) + ".",
                TerminalText.Style.BOLD);
        return text.toString();
    }

    private static String json(RetrainPlan plan, List<Check> checks, int code) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> {
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.retraining-proof/1");
            json.writeStringField("state", verdict(code).toLowerCase(Locale.ROOT));
            json.writeArrayFieldStart("checks");
            for (Check check : checks) {
                json.writeStartObject();
                json.writeStringField("state", verdict(check.code()));
                json.writeStringField("words", check.words());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notSeen");
            for (RetrainPlan.LeftOut row : plan.leftOut()) {
                json.writeString(row.id());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
