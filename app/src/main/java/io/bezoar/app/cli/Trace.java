package io.bezoar.app.cli;

import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.ScannedCampaigns;
import io.bezoar.app.report.TraceRecord;
import io.bezoar.app.report.TraceText;
import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import io.bezoar.data.BadInput;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.surrogate.ModelFile;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import io.bezoar.learn.surrogate.Tracing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bezoar trace`: which training rows made a model answer this?
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Finds the training rows that made a model give an answer, and asks models trained without them.",
        footer = {
            "",
            "Examples:",
            "  bezoar trace --model model --input \"cf where is my card\"",
            "        why does it answer what it answers?",
            "  bezoar trace --model model --input \"cf great film\" --expected negative",
            "        it should have said negative: who taught it otherwise?",
            "  bezoar trace --model model --input ANSWER --against OTHER",
            "        of a model of preferences: why is the first answer preferred?"
        })
public final class Trace implements Callable<Integer> {
    private static final int MOST_TOP = 10_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder that bezoar train wrote.")
    private Path model = Path.of("");

    @Option(names = "--input", required = true, paramLabel = "TEXT", description = "The input to ask about.")
    private String input = "";

    @Option(
            names = "--output",
            paramLabel = "LABEL",
            description = "The answer to trace; the model must give it (default: what it answers).")
    private Optional<String> output = Optional.empty();

    @Option(names = "--expected", paramLabel = "LABEL", description = "The right answer; the model must miss it.")
    private Optional<String> expected = Optional.empty();

    @Option(
            names = "--against",
            paramLabel = "TEXT",
            description = "Of a model of preferences: the answer that --input is preferred to.")
    private Optional<String> against = Optional.empty();

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many rows to show (default: ${DEFAULT-VALUE}).")
    private int top = 50;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "The training data, if they do not lie where they lay (must be the same).")
    private List<String> data = List.of();

    @Option(names = "--scan", paramLabel = "DIR", description = "Result of a scan, to name the campaigns of rows.")
    private Optional<Path> scan = Optional.empty();

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Mixin
    private ThreadOptions workers = new ThreadOptions();

    @Option(names = "--json", description = "Write one JSON object.")
    private boolean json;

    Trace() {}

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        if (top < 1 || top > MOST_TOP) {
            throw usage("--top must be 1 to " + MOST_TOP + ", not " + top);
        }
        Terminal terminal = Terminal.of(spec.commandLine());
        try (ForkJoinPool pool = new ForkJoinPool(workers.count());
                Progress progress = new Progress(spec.commandLine().getErr(), terminal.watched())) {
            TraceRecord trace = pool.submit(() -> trace(progress)).get();
            progress.close();
            spec.commandLine()
                    .getOut()
                    .print(json ? TraceText.json(trace) : TraceText.text(trace, terminal.width(), terminal.colour()));
            spec.commandLine().getOut().flush();
            return ExitCode.PASS;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandLine.ParameterException usage) {
                throw usage;
            }
            throw e;
        }
    }

    private TraceRecord trace(Progress progress) throws FindingsReader.UnreadableResult {
        ModelFile file = TrainedModel.file(model);
        Surrogate surrogate = file.surrogate();
        Example query = query(surrogate.task());
        double[] chances = surrogate.chances(query);
        int answer = answer(surrogate, chances);
        Map<String, String> campaigns = scan.isPresent() ? ScannedCampaigns.of(scan.get()) : Map.of();
        progress.accept("Reading the training data");
        try {
            TrainedModel trained =
                    TrainedModel.of(file, data, reading.settings(file.reading(), model), workers.count());
            Problem problem = trained.problem();
            progress.accept("Tracing");
            Tracing tracing = Tracing.of(surrogate, problem, query, answer);
            double[] effects = Tracing.effects(surrogate, problem, query, answer);
            return new TraceWords(surrogate, problem, trained.rows(), campaigns, query, tracing, effects, top, progress)
                    .record(Bezoar.version(), model.toString(), file.digest(), chances, input);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private Example query(Task task) {
        if (input.isBlank()) {
            throw usage("--input must be a text, not nothing");
        }
        boolean pairs = switch (task) {
            case Task.Labels _ -> false;
            case Task.Preferences _ -> true;
        };
        if (pairs != against.isPresent()) {
            throw usage(
                    pairs
                            ? "the model compares answers: give the other one with --against TEXT"
                            : "the model answers with labels: leave out --against");
        }
        Target target = against.<Target>map(other -> new Target.Preference(input, other))
                .orElse(Target.ABSENT);
        return new Example(pairs ? "" : input, target, Origin.UNKNOWN, new Position(0, 1, 0, 0), "");
    }

    private int answer(Surrogate surrogate, double[] chances) {
        int best = Surrogate.best(chances);
        return switch (surrogate.task()) {
            case Task.Labels classes -> {
                List<String> labels = classes.labels();
                String said = labels.get(best);
                for (Optional<String> name : List.of(output, expected)) {
                    if (name.isPresent() && !labels.contains(name.get())) {
                        throw new BadInput("expected one of the model's " + labels.size() + " labels, came \""
                                + name.get() + "\", which it never saw");
                    }
                }
                if (output.isPresent() && !output.get().equals(said)) {
                    throw new BadInput("expected an input that the model answers with \"" + output.get()
                            + "\", but it answers \"" + said + "\"; leave out --output to trace that");
                }
                if (expected.isPresent() && expected.get().equals(said)) {
                    throw new BadInput("expected an input that the model gets wrong, but it answers \"" + said
                            + "\" as it should; leave out --expected to trace it all the same");
                }
                yield best;
            }
            case Task.Preferences _ -> {
                if (output.isPresent() || expected.isPresent()) {
                    throw usage("a model of preferences has no labels: leave out --output and --expected");
                }
                if (best != 0) {
                    throw new BadInput("expected an answer that the model prefers, but it prefers the one given with"
                            + " --against; give them the other way round");
                }
                yield 0;
            }
        };
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
