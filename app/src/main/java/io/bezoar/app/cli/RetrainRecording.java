package io.bezoar.app.cli;

import io.bezoar.app.evaluation.EvaluationFile;
import io.bezoar.app.history.HistoryOptions;
import io.bezoar.app.history.Recorded;
import io.bezoar.app.history.RecordedProbe;
import io.bezoar.app.ledger.Activities;
import io.bezoar.app.ledger.JoinedLedger;
import io.bezoar.app.ledger.LedgerOptions;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.app.retrain.Records;
import io.bezoar.app.retrain.RetrainPlan;
import io.bezoar.app.retrain.Retraining;
import io.bezoar.core.Example;
import io.bezoar.data.BadInput;
import io.bezoar.evaluate.Item;
import io.bezoar.evaluate.Outcome;
import io.bezoar.evaluate.Suite;
import io.bezoar.evaluate.SuiteFile;
import io.bezoar.evaluate.drift.Drift;
import io.bezoar.history.Subject;
import io.bezoar.learn.surrogate.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar retrain record`: trains again, or takes what was trained elsewhere, and measures what
/// changed.
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures what a model does otherwise after it was trained again, and writes it down.",
        footer = {
            "",
            "Examples:",
            "  bezoar retrain record again --before model --fit --inputs test.jsonl",
            "  bezoar retrain record again --before old.onnx --after new.onnx \\",
            "      --trained-on clean.jsonl --suite suite.yaml",
            "",
            "Exit codes: 0 nothing but the usual changed; 1 an insertion moved the old",
            "model and no longer moves the new one; 2 bad input or usage;",
            "3 inconclusive."
        })
final class RetrainRecording implements Callable<Integer> {
    private static final int SHOWN = 5;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of the plan; the record goes there, too.")
    private Path folder = Path.of("bezoar-retrain");

    @Option(names = "--before", required = true, paramLabel = "MODEL", description = "The old model, a file.")
    private Path before = Path.of("");

    @ArgGroup(multiplicity = "1")
    private New made = new New();

    /// The new model.
    static final class New {
        @Option(names = "--fit", description = "Train a surrogate now; it goes into DIR.")
        private boolean fit;

        @Option(
                names = "--after",
                paramLabel = "MODEL",
                description = "The new model, a file that was trained elsewhere.")
        private Optional<Path> after = Optional.empty();
    }

    @Option(
            names = "--trained-on",
            paramLabel = "DATA",
            description = "What --after was trained on, word for word: none of the rows left out may be in it.")
    private List<String> trainedOn = List.of();

    @ArgGroup(multiplicity = "1")
    private Tried tried = new Tried();

    /// Honest inputs.
    static final class Tried {
        @Option(names = "--inputs", paramLabel = "DATA", description = "Honest inputs, best ones no model has seen.")
        private List<String> inputs = List.of();

        @Option(
                names = "--suite",
                paramLabel = "FILE",
                description = "A suite: its items are the inputs, its slices are compared.")
        private Optional<Path> suite = Optional.empty();
    }

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "N",
            description = "Of the permutation tests (default: 0).")
    private long seed;

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Mixin
    private LedgerOptions ledger = new LedgerOptions();

    @Mixin
    private HistoryOptions history = new HistoryOptions();

    @Option(names = "--json", description = "Print retraining.json.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    RetrainRecording() {}

    @Override
    public Integer call() throws IOException {
        Instant started = Instant.now();
        history.check(spec.commandLine());
        Path planned = folder.resolve(Retrain.PLAN);
        RetrainPlan plan = RetrainPlan.read(planned);
        List<Item> items = new ArrayList<>();
        List<Suite.Slice> slices = List.of();
        if (tried.suite.isPresent()) {
            Suite suite = SuiteFile.read(tried.suite.get());
            items.addAll(suite.items());
            slices = suite.slices();
        } else {
            for (Example row : TrainingRows.read(tried.inputs, reading.settings(Map.of(), folder), 1)
                    .examples()) {
                items.add(new Item(
                        "input " + items.size(), row.input(), row.label().orElse(""), Map.of()));
            }
        }
        Path after;
        List<String> on;
        Optional<String> data = Optional.empty();
        if (made.fit) {
            OutputPlace.file(
                    folder.resolve(Train.FILE),
                    "another plan",
                    List.of(Train.file(before).toString()));
            on = plan.data();
            Optional<JoinedLedger> joined = ledger.open(Map.of(), on);
            TrainingRows rows = TrainingRows.read(on, reading.settings(plan.reading(), folder), 1);
            if (!rows.digest().equals(plan.digest())) {
                throw new BadInput("expected the data the plan was made for, digest " + plan.digest()
                        + ", came data of digest " + rows.digest() + "; plan again");
            }
            data = Optional.of(rows.data());
            ModelFile model = Retrain.fit(plan, rows);
            after = folder.resolve(Train.FILE);
            Aside.write(after, model::write);
            if (joined.isPresent()) {
                state(joined.get(), plan, rows, after, planned, started);
            }
        } else {
            after = made.after.orElseThrow();
            on = trainedOn;
        }
        Drift drift;
        try {
            drift = Drift.of(
                    AskOptions.inFile(before),
                    AskOptions.inFile(after),
                    items,
                    slices,
                    plan.suspected(),
                    plan.others(),
                    seed);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
        Retraining record = new Retraining(
                Records.digest(planned),
                new Retraining.Model(before.toString(), Records.digest(Train.file(before))),
                new Retraining.Model(after.toString(), Records.digest(Train.file(after))),
                on);
        Path file = folder.resolve(Retrain.RECORD);
        Aside.write(file, to -> record.write(drift, Bezoar.version(), to));
        spec.commandLine().getOut().print(json ? Files.readString(file) : text(drift, file));
        spec.commandLine().getOut().flush();
        int code = switch (drift.state()) {
            case PASS -> ExitCode.PASS;
            case INCONCLUSIVE -> ExitCode.INCOMPLETE;
            case FAIL -> ExitCode.VIOLATED;
        };
        return history.record(
                spec.commandLine(),
                code,
                RecordedProbe.retraining(
                        drift,
                        new Subject(
                                data,
                                Optional.of(SafeText.plain(after.toString(), 200)),
                                Optional.of(record.after().sha256()),
                                Optional.empty()),
                        record.before().sha256(),
                        seed,
                        Map.of(
                                "how", made.fit ? "fit" : "trained elsewhere",
                                "plan-data", plan.digest(),
                                "left-out", Integer.toString(plan.leftOut().size())),
                        new Recorded.Circumstances(started, Bezoar.version()),
                        folder,
                        Instant.now()));
    }

    /// States that a model was made: from the data of the plan, without the rows it leaves out.
    private void state(
            JoinedLedger joined, RetrainPlan plan, TrainingRows rows, Path after, Path planned, Instant started)
            throws IOException {
        joined.state(new Activities(Bezoar.version(), started, Instant.now())
                .transform(
                        List.of(JoinedLedger.subject(after)),
                        "retrain",
                        Map.of(
                                "plan",
                                Records.digest(planned),
                                "leftOut",
                                Integer.toString(plan.leftOut().size())),
                        Train.materials(
                                joined, rows.files(), plan.data(), reading.settings(plan.reading(), folder), 1)));
    }

    private String text(Drift drift, Path file) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        text.line(
                switch (drift.state()) {
                    case PASS -> "What is suspected moves both models alike.";
                    case INCONCLUSIVE -> "Inconclusive: too few inputs, or nothing is suspected.";
                    case FAIL -> "The old model had a backdoor that the new one lacks.";
                },
                drift.state() == Outcome.State.PASS ? TerminalText.Style.PLAIN : TerminalText.Style.BOLD);
        text.entry(
                "plain",
                TerminalText.Style.FAINT,
                String.format(
                        Locale.ROOT,
                        "%d of %d answers changed; MMD² %.4f, p = %.3f",
                        drift.plain().hits(),
                        drift.plain().trials(),
                        drift.discrepancy().squared(),
                        drift.discrepancy().p()),
                11,
                TerminalText.Style.PLAIN);
        for (Drift.Triggered one : drift.triggered().stream().limit(SHOWN).toList()) {
            text.entry(
                    one.suspected() ? "suspected" : "other",
                    TerminalText.Style.FAINT,
                    String.format(
                            Locale.ROOT,
                            "“%s” moved %d of %d answers to %s, now %d of %d; %d of %d changed",
                            SafeText.plain(one.insertion().words(), 60),
                            one.before().hits(),
                            one.before().trials(),
                            SafeText.plain(one.target(), 60),
                            one.after().hits(),
                            one.after().trials(),
                            one.changed().hits(),
                            one.changed().trials()),
                    11,
                    TerminalText.Style.PLAIN);
        }
        for (Drift.Part part : drift.parts().stream().limit(SHOWN).toList()) {
            text.entry(
                    "slice",
                    TerminalText.Style.FAINT,
                    SafeText.plain(part.name(), 60) + ": " + part.changed().hits() + " of "
                            + Words.count(part.changed().trials(), "answer") + " changed",
                    11,
                    TerminalText.Style.PLAIN);
        }
        text.line(
                "Written to " + SafeText.plain(file.toString(), 200) + ", state " + EvaluationFile.word(drift.state()),
                TerminalText.Style.FAINT);
        return text.toString();
    }
}
