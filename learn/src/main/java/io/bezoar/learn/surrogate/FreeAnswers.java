package io.bezoar.learn.surrogate;

import io.bezoar.core.Example;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.influence.Bm25;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Rows that answer in free words, asked which of them taught one answer. There is no list of answers to
/// choose from, so the surrogate learns the one thing asked about: does an input call for an answer that
/// holds the [AnswerPhrase] of this one? Rows with and without it count equally much together, so that a
/// rare phrase is answered where the input calls for it: its chance is one at even odds.
///
/// @param surrogate of two labels, the first with the phrase, the second without
/// @param problem whose optimum it is
/// @param phrase of the answer
public record FreeAnswers(Surrogate surrogate, Problem problem, AnswerPhrase phrase) {

    /// Learns; empty if no phrase of the answer goes with the input, or every row has it.
    ///
    /// @param rows each with a response
    public static Optional<FreeAnswers> of(List<Example> rows, String input, String answer) {
        Optional<AnswerPhrase> found = AnswerPhrase.of(rows, input, answer);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        AnswerPhrase phrase = found.get();
        String with = "an answer with “" + phrase.words() + "”";
        List<Example> labelled = IntStream.range(0, rows.size())
                .mapToObj(row -> new Example(
                        rows.get(row).input(),
                        new Target.Label(phrase.holds()[row] ? with : "another answer"),
                        rows.get(row).origin(),
                        rows.get(row).position(),
                        ""))
                .toList();
        if (IntStream.range(0, rows.size()).allMatch(row -> phrase.holds()[row])) {
            return Optional.empty();
        }
        Task task = Task.of(labelled).orElseThrow();
        double penalty = Surrogate.penalty(rows.size());
        Problem plain = task.problem(labelled, penalty);
        int holding = (int) IntStream.range(0, rows.size())
                .filter(row -> phrase.holds()[row])
                .count();
        double[] counts = IntStream.range(0, rows.size())
                .mapToDouble(row -> rows.size() / (2.0 * (phrase.holds()[row] ? holding : rows.size() - holding)))
                .toArray();
        Problem problem = new Problem(plain.rows(), plain.answers(), counts, plain.loss(), penalty);
        double[] weights = new Newton().to(Surrogate.PRECISION).fit(problem);
        return Optional.of(new FreeAnswers(new Surrogate(task, penalty, weights), problem, phrase));
    }

    /// How like each row is to an input and its answer (BM25; see [Bm25]): the likeness of the inputs and
    /// that of the answers, each as a share of the largest, added.
    public static double[] likeness(List<Example> rows, String input, String answer) {
        double[] inputs = shares(new Bm25(rows.stream().map(Example::tokens).toList()).scores(Tokenizer.tokens(input)));
        double[] answers = shares(new Bm25(rows.stream()
                        .map(row -> Tokenizer.tokens(AnswerPhrase.text(row)))
                        .toList())
                .scores(Tokenizer.tokens(answer)));
        for (int row = 0; row < inputs.length; row++) {
            inputs[row] += answers[row];
        }
        return inputs;
    }

    private static double[] shares(double[] scores) {
        double most = Math.max(
                Double.MIN_NORMAL,
                IntStream.range(0, scores.length)
                        .mapToDouble(i -> scores[i])
                        .max()
                        .orElse(1));
        for (int row = 0; row < scores.length; row++) {
            scores[row] /= most;
        }
        return scores;
    }
}
