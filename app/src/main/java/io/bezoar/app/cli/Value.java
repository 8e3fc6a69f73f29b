package io.bezoar.app.cli;

import io.bezoar.app.report.Json;
import io.bezoar.app.report.OutputPlace;
import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.TerminalText;
import io.bezoar.app.report.Words;
import io.bezoar.core.Example;
import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.Features;
import io.bezoar.learn.influence.NearestNeighbourShapley;
import io.bezoar.learn.surrogate.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bezoar value DATA --test FILE`: what each training row is worth to a vote of nearest rows.
@Command(
        name = "value",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Values every training row: by how much it helps nearest rows to answer the test rows rightly.",
        footer = {
            "",
            "Example:",
            "  bezoar value tickets.jsonl --test held-out.jsonl --out worth",
            "        then read the last lines of worth/values.csv: rows that do most harm"
        })
public final class Value implements Callable<Integer> {
    private static final int SHOWN = 5;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DATA", description = "The training rows.")
    private List<String> data = List.of();

    @Option(names = "--test", required = true, paramLabel = "DATA", description = "Rows to answer, with right labels.")
    private List<String> test = List.of();

    @Option(
            names = "--neighbours",
            paramLabel = "K",
            defaultValue = "5",
            description = "Rows that vote (default: ${DEFAULT-VALUE}).")
    private int neighbours = 5;

    @Option(
            names = "--scale",
            paramLabel = "D",
            description = "What the numbers of vectors are divided by (default: 1).")
    private Optional<Double> scale = Optional.empty();

    @Option(
            names = "--out",
            defaultValue = "bezoar-values",
            paramLabel = "DIR",
            description = "Folder for values.csv (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("bezoar-values");

    @Mixin
    private ReadOptions reading = new ReadOptions();

    @Mixin
    private ThreadOptions workers = new ThreadOptions();

    @Option(names = "--json", description = "Print the summary as one JSON object.")
    private boolean json;

    Value() {}

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        if (neighbours < 1) {
            throw usage("--neighbours must be 1 or more, not " + neighbours);
        }
        scale.filter(divisor -> !(divisor > 0) || Double.isInfinite(divisor)).ifPresent(divisor -> {
            throw usage("--scale must be a number above 0, not " + divisor);
        });
        OutputPlace.folder(out, "--out");
        ReadSettings settings = reading.settings(Map.of(), out);
        TrainingRows read = TrainingRows.read(data, settings, workers.count());
        LabelledRows rows = LabelledRows.of("the training rows", read.examples(), read.ids());
        LabelledRows asked = LabelledRows.read("the test rows", test, settings);
        Train.apart(rows.rows(), asked.rows());
        Valued valued;
        try (ForkJoinPool pool = workers.pool()) {
            valued = pool.submit(() -> valued(rows, asked)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new BadInput(String.valueOf(refused.getMessage()), refused);
            }
            throw e;
        }
        write(valued);
        spec.commandLine().getOut().print(json ? json(valued) : text(valued));
        spec.commandLine().getOut().flush();
        return ExitCode.PASS;
    }

    /// @param values mean over the test rows; they add up to what the vote of all rows is worth
    /// @param order of the rows, worth most first, ties by row number
    private record Valued(LabelledRows rows, int asked, double[] values, int[] order) {
        double sum() {
            return IntStream.of(order).mapToDouble(row -> values[row]).sum();
        }

        long harmful() {
            return IntStream.of(order).filter(row -> values[row] < 0).count();
        }
    }

    private Valued valued(LabelledRows rows, LabelledRows asked) {
        List<String> classes = rows.classes();
        int[] labels = rows.labels(classes);
        boolean vectors = rows.rows().stream().anyMatch(row -> row.vector().length > 0);
        if (scale.isPresent() && !vectors) {
            throw new BadInput("--scale goes with vectors, but the training rows are texts; leave it out");
        }
        double divisor = scale.orElse(1.0);
        Features features;
        Features questions;
        if (vectors) {
            features = rows.features(divisor);
            questions = asked.features(rows.input(1, divisor));
        } else {
            Task task = Task.of(rows.rows()).orElseThrow();
            features = task.problem(rows.rows(), 1).rows();
            questions = task.problem(asked.rows(), 1).rows();
        }
        double[] values = NearestNeighbourShapley.mean(features, labels, questions, asked.labels(classes), neighbours);
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -values[row])
                        .thenComparingInt(row -> row))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Valued(rows, asked.size(), values, order);
    }

    private void write(Valued valued) {
        try {
            Files.createDirectories(out);
            Aside.write(out.resolve("values.csv"), stream -> {
                StringBuilder lines = new StringBuilder("id,value,label\n");
                for (int row : valued.order()) {
                    lines.append(cell(valued.rows().ids().get(row)))
                            .append(',')
                            .append(valued.values()[row])
                            .append(',')
                            .append(cell(valued.rows().label(row)))
                            .append('\n');
                }
                stream.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            });
        } catch (IOException e) {
            throw new BadInput("expected to write into \"" + out + "\", but that failed: " + e.getMessage(), e);
        }
    }

    private static String cell(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }

    private String text(Valued valued) {
        Terminal terminal = Terminal.of(spec.commandLine());
        TerminalText text = new TerminalText(terminal.width(), terminal.colour());
        text.entry(
                "Valued",
                Words.count(valued.rows().size(), "row") + " by " + Words.count(valued.asked(), "test row") + ", "
                        + Words.count(neighbours, "neighbour"));
        text.entry(
                "Together",
                String.format(Locale.ROOT, "%.1f %%", 100 * valued.sum())
                        + " of the votes of the nearest rows are right; " + Words.count(valued.harmful(), "row")
                        + " do harm");
        for (int k = 0; k < SHOWN && k < valued.order().length; k++) {
            int row = valued.order()[valued.order().length - 1 - k];
            if (valued.values()[row] < 0) {
                text.entry(
                        k == 0 ? "Worst" : "",
                        String.format(Locale.ROOT, "%.2g ", valued.values()[row])
                                + SafeText.plain(valued.rows().ids().get(row), 60) + " "
                                + SafeText.plain(valued.rows().label(row), 40) + ": "
                                + SafeText.plain(valued.rows().rows().get(row).input(), 80));
            }
        }
        sources(valued).entrySet().stream()
                .sorted(Map.Entry.<String, double[]>comparingByValue(Comparator.comparingDouble(sum -> sum[0] / sum[1]))
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .forEach(source -> text.entry(
                        "By source",
                        String.format(Locale.ROOT, "%.2g a row: ", source.getValue()[0] / source.getValue()[1])
                                + SafeText.plain(source.getKey(), 60) + ", "
                                + Words.count((long) source.getValue()[1], "row")));
        text.entry("Written", SafeText.plain(out.resolve("values.csv").toString(), 400));
        return text.toString();
    }

    /// Sum of the values and number of the rows of each source.
    private static TreeMap<String, double[]> sources(Valued valued) {
        TreeMap<String, double[]> sums = new TreeMap<>();
        for (int row : valued.order()) {
            Example example = valued.rows().rows().get(row);
            example.origin().source().ifPresent(source -> {
                double[] sum = sums.computeIfAbsent(source, _ -> new double[2]);
                sum[0] += valued.values()[row];
                sum[1]++;
            });
        }
        return sums;
    }

    private String json(Valued valued) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json.write(bytes, json -> {
            json.writeStartObject();
            json.writeStringField("schema", "bezoar.values/1");
            json.writeStringField("version", Bezoar.version());
            json.writeNumberField("rows", valued.rows().size());
            json.writeNumberField("asked", valued.asked());
            json.writeNumberField("neighbours", neighbours);
            json.writeNumberField("sum", valued.sum());
            json.writeNumberField("harmful", valued.harmful());
            json.writeStringField("values", out.resolve("values.csv").toString());
            json.writeEndObject();
        });
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
