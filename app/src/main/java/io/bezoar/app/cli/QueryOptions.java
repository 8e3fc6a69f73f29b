package io.bezoar.app.cli;

import io.bezoar.app.report.SafeText;
import io.bezoar.app.report.Words;
import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import io.bezoar.data.BadInput;
import io.bezoar.data.ReadSettings;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options that say what is asked about: an input, and which answer to it.
final class QueryOptions {
    private static final Position NOWHERE = new Position(0, 1, 0, 0);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "TEXT",
            description = "The input to ask about; of a model of vectors its numbers, between commas or spaces.")
    private Optional<String> input = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "DATA",
            description = "Or a file that holds it, with --row ID unless it is the only row.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--row", paramLabel = "ID", description = "Which row of --from.")
    private Optional<String> row = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "LABEL",
            description =
                    "The answer to trace; the model must give it (default: what it answers); of rows that answer in"
                            + " free words the whole answer.")
    private Optional<String> output = Optional.empty();

    @Option(names = "--expected", paramLabel = "LABEL", description = "The right answer; the model must miss it.")
    private Optional<String> expected = Optional.empty();

    @Option(
            names = "--against",
            paramLabel = "TEXT",
            description = "Of a model of preferences: the answer that --input is preferred to.")
    private Optional<String> against = Optional.empty();

    QueryOptions() {}

    /// An input and the free answer to it.
    record Free(Example query, String answer) {}

    /// What a model of some task is asked.
    Example query(Task task, ReadSettings settings) {
        Example asked = asked(settings);
        return switch (task) {
            case Task.Vectors vectors -> {
                refuseAgainst();
                float[] numbers = asked.vector().length > 0
                        ? asked.vector()
                        : numbers(asked.input(), vectors.numbers().length());
                yield new Example("", numbers, Target.ABSENT, Origin.UNKNOWN, NOWHERE, "");
            }
            case Task.Labels _ -> {
                refuseAgainst();
                if (asked.input().isBlank()) {
                    throw new BadInput("expected a text, which the model answers, came a row without one");
                }
                yield new Example(asked.input(), Target.ABSENT, Origin.UNKNOWN, NOWHERE, "");
            }
            case Task.Preferences _ -> {
                if (asked.target() instanceof Target.Preference pair && against.isEmpty()) {
                    yield new Example("", pair, Origin.UNKNOWN, NOWHERE, "");
                }
                yield new Example(
                        "",
                        new Target.Preference(
                                asked.input(),
                                against.orElseThrow(() ->
                                        usage("the model compares answers: give the other one with --against TEXT"))),
                        Origin.UNKNOWN,
                        NOWHERE,
                        "");
            }
        };
    }

    private void refuseAgainst() {
        if (against.isPresent()) {
            throw usage("the model answers with labels: leave out --against");
        }
    }

    /// What rows that answer in free words are asked.
    Free free(ReadSettings settings) {
        if (against.isPresent() || expected.isPresent()) {
            throw usage("--against and --expected go with --model; rows that answer in free words are asked by --input"
                    + " and --output");
        }
        Example asked = asked(settings);
        String answer = output.orElseGet(() -> asked.target() instanceof Target.Response(String text) ? text : "");
        if (answer.isBlank()) {
            throw usage("--output must be the answer in question: without --model none can be asked for");
        }
        return new Free(new Example(asked.input(), Target.ABSENT, Origin.UNKNOWN, NOWHERE, ""), answer);
    }

    private Example asked(ReadSettings settings) {
        if (input.isPresent() == from.isPresent()) {
            throw usage("ask with --input TEXT or with --from DATA, one of them");
        }
        if (row.isPresent() && from.isEmpty()) {
            throw usage("--row goes with --from");
        }
        if (input.isPresent()) {
            if (input.get().isBlank()) {
                throw usage("--input must be a text, not nothing");
            }
            return new Example(input.get(), Target.ABSENT, Origin.UNKNOWN, NOWHERE, "");
        }
        TrainingRows rows = TrainingRows.read(List.of(from.get()), settings, 1);
        if (row.isEmpty() && rows.ids().size() > 1) {
            throw new BadInput("expected one row to ask about, came "
                    + Words.count(rows.ids().size()) + "; say which with --row ID");
        }
        int place = row.map(rows.ids()::indexOf).orElse(0);
        if (place < 0) {
            throw new BadInput("expected a row with the id \"" + SafeText.plain(row.orElseThrow(), 80) + "\" in \""
                    + from.get() + "\", which has none");
        }
        return rows.examples().get(place);
    }

    private static float[] numbers(String text, int length) {
        String[] pieces = text.replaceAll("[\\[\\],;]", " ").strip().split("\\s+");
        if (pieces.length != length) {
            throw new BadInput("expected " + length + " numbers, as the model's rows have, came " + pieces.length);
        }
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            try {
                numbers[i] = Float.parseFloat(pieces[i]);
            } catch (NumberFormatException e) {
                throw new BadInput("expected numbers, came \"" + SafeText.plain(pieces[i], 40) + "\"", e);
            }
            if (!Float.isFinite(numbers[i])) {
                throw new BadInput("expected finite numbers, but number " + (i + 1) + " is " + pieces[i]);
            }
        }
        return numbers;
    }

    /// The number of the answer to trace.
    ///
    /// @throws BadInput if the model does not give it, or is right
    int answer(Surrogate surrogate, Example query) {
        int best = Surrogate.best(surrogate.chances(query));
        if (surrogate.task() instanceof Task.Preferences) {
            if (output.isPresent() || expected.isPresent()) {
                throw usage("a model of preferences has no labels: leave out --output and --expected");
            }
            if (best != 0) {
                throw new BadInput("expected an answer that the model prefers, but it prefers the one given with"
                        + " --against; give them the other way round");
            }
            return 0;
        }
        List<String> labels = surrogate.task().labels();
        String said = labels.get(best);
        for (Optional<String> name : List.of(output, expected)) {
            if (name.isPresent() && !labels.contains(name.get())) {
                throw new BadInput("expected one of the model's " + labels.size() + " labels, came \"" + name.get()
                        + "\", which it never saw");
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
        return best;
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
