package io.bezoar.evaluate.model;

import io.bezoar.core.Example;
import io.bezoar.core.Origin;
import io.bezoar.core.Position;
import io.bezoar.core.Target;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.surrogate.Surrogate;
import io.bezoar.learn.surrogate.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A surrogate that `bezoar train` wrote: it answers the label with the highest score.
///
/// Questions are answered on the caller's fork-join pool; the answers do not depend on how many threads
/// it has.
///
/// @param name who it is, for the record
/// @param surrogate a model of labels
public record SurrogateModel(String name, Surrogate surrogate) implements Model {
    private static final int CHUNK = 2048;
    private static final Position NOWHERE = new Position(0, 1, 0, 0);

    public SurrogateModel {
        if (!(surrogate.task() instanceof Task.Labels)) {
            throw new IllegalArgumentException("expected a model that answers texts with labels, came one of "
                    + (surrogate.task() instanceof Task.Vectors
                            ? "vectors"
                            : "preferences, which answers nothing to an input"));
        }
    }

    /// What it can answer, in its own order.
    public List<String> labels() {
        return surrogate.task().labels();
    }

    @Override
    public Optional<List<String>> known() {
        return Optional.of(labels());
    }

    @Override
    public Map<String, Answer> answer(List<Question> questions) {
        int[] best = best(questions.stream().map(Question::input).toList());
        Map<String, Answer> answers = LinkedHashMap.newLinkedHashMap(best.length);
        for (int i = 0; i < best.length; i++) {
            answers.put(questions.get(i).id(), new Answer.Given(labels().get(best[i])));
        }
        return answers;
    }

    private int[] best(List<String> inputs) {
        int[] best = new int[inputs.size()];
        each(inputs, (row, scores) -> best[row] = Surrogate.best(scores));
        return best;
    }

    /// The chance of each label for each input, 0 to 1.
    public double[][] chances(List<String> inputs) {
        double[][] chances = new double[inputs.size()][];
        each(inputs, (row, scores) -> chances[row] = Surrogate.chances(scores));
        return chances;
    }

    private interface Taker {
        void take(int row, double[] scores);
    }

    private void each(List<String> inputs, Taker taker) {
        int chunks = (inputs.size() + CHUNK - 1) / CHUNK;
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            List<Example> examples = inputs.subList(from, Math.min(inputs.size(), from + CHUNK)).stream()
                    .map(input -> new Example(input, Target.ABSENT, Origin.UNKNOWN, NOWHERE, ""))
                    .toList();
            Problem problem = surrogate.task().problem(examples, surrogate.penalty());
            double[] scores = new double[labels().size()];
            for (int row = 0; row < examples.size(); row++) {
                problem.scores(row, surrogate.weights(), scores);
                taker.take(from + row, scores);
            }
        });
    }
}
