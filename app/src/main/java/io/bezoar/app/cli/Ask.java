package io.bezoar.app.cli;

import io.bezoar.app.report.Json;
import io.bezoar.core.Example;
import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.certify.Certificate;
import io.bezoar.learn.certify.VotingFile;
import io.bezoar.learn.certify.VotingModel;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar ask`: what a trained model answers to rows.
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Asks a trained model; writes a line {id, output} for each row.",
        footer = {
            "",
            "Examples:",
            "  bezoar ask --model model held-out.jsonl > answers.jsonl",
            "        one {id, output} line a row",
            "  bezoar eval --suite suite.yaml --emit questions.jsonl",
            "  bezoar ask --model model questions.jsonl > answers.jsonl",
            "  bezoar eval --suite suite.yaml --outputs answers.jsonl",
            "        all that a suite asks, inputs with triggers as well"
        })
public final class Ask implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DATA", description = "Rows to answer; labels are not looked at.")
    private List<String> data = List.of();

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder that bezoar train wrote.")
    private Path model = Path.of("");

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Mixin
    private ThreadOptions workers = new ThreadOptions();

    Ask() {}

    @Override
    public Integer call() throws IOException {
        ReadSettings settings = reading.settings(Map.of(), model);
        Path file = Train.file(model);
        if (VotingFile.is(file)) {
            VotingModel voting = voting(file);
            TrainingRows rows = TrainingRows.read(data, settings, workers.count());
            Certificate[] answers;
            try {
                answers = voting.answers(
                        new LabelledRows("the rows asked", rows.examples(), rows.ids()).features(voting.input()));
            } catch (IllegalArgumentException e) {
                throw new BadInput(String.valueOf(e.getMessage()), e);
            }
            for (int row = 0; row < answers.length; row++) {
                line(rows.ids().get(row), voting.labels().get(answers[row].answer()));
            }
        } else {
            Surrogate surrogate = TrainedModel.file(model).surrogate();
            if (surrogate.task() instanceof Task.Preferences) {
                throw new BadInput("expected a model that answers with labels, came one that compares answers;"
                        + " ask it by bezoar trace --input ANSWER --against OTHER");
            }
            TrainingRows rows = TrainingRows.read(data, settings, workers.count());
            for (int row = 0; row < rows.ids().size(); row++) {
                Example example = rows.examples().get(row);
                line(rows.ids().get(row), surrogate.task().labels().get(Surrogate.best(surrogate.chances(example))));
            }
        }
        spec.commandLine().getOut().flush();
        return ExitCode.PASS;
    }

    private static VotingModel voting(Path file) {
        try {
            return VotingFile.read(file);
        } catch (IOException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private void line(String id, String output) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.line(bytes, json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeStringField("output", output);
            json.writeEndObject();
        });
        spec.commandLine().getOut().print(bytes.toString(StandardCharsets.UTF_8));
    }
}
