package io.bezoar.app.cli;

import io.bezoar.app.report.FindingsReader;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.ScannedCampaigns;
import io.bezoar.app.report.TraceRecord;
import io.bezoar.app.report.TraceText;
import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.surrogate.Attribution;
import io.bezoar.learn.surrogate.FreeAnswers;
import io.bezoar.learn.surrogate.Method;
import io.bezoar.learn.surrogate.ModelFile;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Tracing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
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
            "        of a model of preferences: why is the first answer preferred?",
            "  bezoar trace --data chats.jsonl --input PROMPT --output ANSWER",
            "        rows that answer in free words: which of them taught this answer?"
        })
public final class Trace implements Callable<Integer> {
    private static final int MOST_TOP = 10_000;
    private static final int MOST_CORRECTED = 200; // rows whose leave-one-out is solved for one by one

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder that bezoar train wrote; leave it out for rows that answer in free words.")
    private Optional<Path> model = Optional.empty();

    @Mixin
    private QueryOptions asking = new QueryOptions();

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "credit",
            description =
                    "By what rows are ranked: credit (what each taught of the evidence), influence or alo (the effect"
                            + " of leaving it out), representer, tracin, datainf, trak, ek-fac (of a network, vectors"
                            + " alone), bm25 (likeness of texts) (default: ${DEFAULT-VALUE}).")
    private String method = "credit";

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
        try (ForkJoinPool pool = workers.pool();
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
        Method by = Method.of(method)
                .orElseThrow(() -> usage("--method must be one of "
                        + Arrays.stream(Method.values()).map(Method::word).collect(Collectors.joining(", "))
                        + ", not \""
                        + method + "\""));
        scan.ifPresent(folder -> ScannedBefore.check(folder, "--scan"));
        Map<String, String> campaigns = scan.isPresent() ? ScannedCampaigns.of(scan.get()) : Map.of();
        try {
            return model.isPresent() ? trace(model.get(), by, campaigns, progress) : free(by, campaigns, progress);
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    private TraceRecord trace(Path folder, Method by, Map<String, String> campaigns, Progress progress) {
        ModelFile file = TrainedModel.file(folder);
        Surrogate surrogate = file.surrogate();
        Example query = asking.query(surrogate.task(), reading.settings(file.reading(), folder));
        int answer = asking.answer(surrogate, query);
        progress.accept("Reading the training data");
        TrainedModel trained = TrainedModel.of(file, data, reading.settings(file.reading(), folder), workers.count());
        progress.accept("Tracing");
        return traced(
                new TraceWords.Asked(surrogate, trained.problem()),
                trained.rows(),
                query,
                answer,
                by,
                campaigns,
                progress,
                folder.toString(),
                List.of());
    }

    private TraceRecord traced(
            TraceWords.Asked asked,
            TrainingRows rows,
            Example query,
            int answer,
            Method by,
            Map<String, String> campaigns,
            Progress progress,
            String folder,
            List<String> remarks) {
        Tracing tracing = Tracing.of(asked.surrogate(), asked.problem(), query, answer);
        double[] effects = Tracing.effects(asked.surrogate(), asked.problem(), query, answer);
        if (by == Method.INFLUENCE) {
            tracing = tracing.by(effects);
        } else if (by != Method.CREDIT) {
            tracing = tracing.by(
                    new Attribution(asked.surrogate(), asked.problem(), rows.examples(), query, answer, tracing.other())
                            .scores(by, Math.min(MOST_CORRECTED, 2 * top)));
        }
        return new TraceWords(Optional.of(asked), rows, campaigns, query, tracing, effects, top, progress)
                .record(folder, rows.digest(), by, remarks);
    }

    /// Traces rows that answer in free words, by a surrogate of their own or none.
    private TraceRecord free(Method by, Map<String, String> campaigns, Progress progress) {
        if (data.isEmpty()) {
            throw usage("name the model with --model DIR, or with --data DATA the rows that answer in free words");
        }
        ReadSettings settings = reading.settings(Map.of(), Path.of(""));
        QueryOptions.Free asked = asking.free(settings);
        progress.accept("Reading the training data");
        TrainingRows rows = TrainingRows.read(data, settings, workers.count());
        if (!rows.examples().stream().allMatch(row -> row.target() instanceof Target.Response)) {
            throw new BadInput("expected rows that answer in free words, came " + rows.layout()
                    + "; train a model of them with bezoar train and name it with --model");
        }
        Example query = asked.query();
        progress.accept("Tracing");
        Optional<FreeAnswers> learned =
                by == Method.BM25 ? Optional.empty() : FreeAnswers.of(rows.examples(), query.input(), asked.answer());
        if (learned.isPresent()) {
            FreeAnswers free = learned.get();
            return traced(
                    new TraceWords.Asked(free.surrogate(), free.problem()),
                    rows,
                    query,
                    0,
                    by,
                    campaigns,
                    progress,
                    "",
                    List.of("Of the answer, “" + SafeText.plain(free.phrase().words(), 100)
                            + "” goes most with this input: that is what is traced. To trace another part give it"
                            + " alone as --output."));
        }
        if (by != Method.BM25 && by != Method.CREDIT) {
            throw new BadInput(
                    "expected an answer that shares words with those of the data that go with the input, for "
                            + by.word() + "; take bm25");
        }
        double[] likeness = FreeAnswers.likeness(rows.examples(), query.input(), asked.answer());
        return new TraceWords(
                        Optional.empty(),
                        rows,
                        campaigns,
                        query,
                        Tracing.unasked(likeness),
                        new double[likeness.length],
                        top,
                        progress)
                .record(
                        "",
                        rows.digest(),
                        Method.BM25,
                        by == Method.BM25
                                ? List.of()
                                : List.of("No words of the answer go with the input: rows are ranked by likeness"
                                        + " alone."));
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
