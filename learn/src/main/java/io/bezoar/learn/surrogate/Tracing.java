package io.bezoar.learn.surrogate;

import io.bezoar.core.Example;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Rows;
import io.bezoar.learn.influence.Influence;
import io.bezoar.learn.influence.Representer;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The answer to one question: which training rows made the model answer this?
///
/// *Credit* is what a row taught of the evidence for the answer. Evidence is what each feature of the
/// deciding words ([DecidingWords]; all features where there are none) adds to the lead of the answer
/// over the other answer, and each feature counts as much as it adds: what decided the answer outweighs
/// what a rare word happened to add. By the representer theorem ([Representer]) the evidence is a sum
/// over the training rows. Of a pair the score itself is traced.
///
/// Departure from plain influence: of a thousand rows that taught the same word, none by itself changes
/// the answer, so leave-one-out effects of a planted trigger drown in those of honest rows; credit does
/// not.
///
/// @param scores the scores of the query
/// @param answer the class traced; of a pair 0
/// @param other the class it is compared with; of a pair 1
/// @param deciding the words or numbers on which it hangs
/// @param credits one a training row, positive for supporters; the positive and negative ones together
///     add up to 1
/// @param order of the rows by falling credit, ties by row number
public record Tracing(double[] scores, int answer, int other, DecidingWords deciding, double[] credits, int[] order) {

    private static final double TOLERANCE = 1e-2;

    /// Traces.
    ///
    /// @param problem of the training rows, as the surrogate was fitted to it
    /// @param answer the class to trace
    public static Tracing of(Surrogate surrogate, Problem problem, Example query, int answer) {
        Task task = surrogate.task();
        Problem one = task.problem(List.of(query), surrogate.penalty());
        double[] model = surrogate.weights();
        int outputs = task.loss().outputs();
        double[] scores = new double[outputs];
        one.scores(0, model, scores);
        DecidingWords deciding = DecidingWords.of(surrogate, query, answer);
        double[] features = new double[one.rows().columns()];
        one.rows().add(0, 1, features, 0);
        int other = outputs == 1 ? 1 : deciding.few() ? deciding.without() : next(scores, answer);
        double[] direction = outputs == 1
                ? direction(features, model)
                : direction(features, rest(task, deciding, features), model, outputs, answer, other);
        double[] credits = Representer.credits(problem, model, direction);
        double sum = IntStream.range(0, direction.length)
                .mapToDouble(i -> direction[i] * model[i])
                .sum();
        if (sum > 0) {
            for (int row = 0; row < credits.length; row++) {
                credits[row] /= sum;
            }
        }
        return new Tracing(scores, answer, other, deciding, credits, order(credits));
    }

    /// The same question, its rows ranked by other scores: each is divided by the sum of all their sizes.
    public Tracing by(double[] others) {
        return new Tracing(scores, answer, other, deciding, shares(others), order(others));
    }

    /// Rows ranked by scores for which no model was asked.
    public static Tracing unasked(double[] others) {
        return new Tracing(
                new double[0], 0, 0, new DecidingWords(new int[0], 0, new int[0]), shares(others), order(others));
    }

    private static double[] shares(double[] scores) {
        double sizes = 0;
        for (double score : scores) {
            sizes += Math.abs(score);
        }
        double all = Math.max(Double.MIN_NORMAL, sizes);
        return IntStream.range(0, scores.length)
                .mapToDouble(row -> scores[row] / all)
                .toArray();
    }

    private static int[] order(double[] credits) {
        return IntStream.range(0, credits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -credits[row])
                        .thenComparingInt(row -> row))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// By how much the loss of the answer is expected to rise when each row alone is left out, in nats;
    /// see [Influence].
    public static double[] effects(Surrogate surrogate, Problem problem, Example query, int answer) {
        Problem one = surrogate.task().problem(List.of(query), surrogate.penalty());
        Problem asked = one.loss().outputs() == 1
                ? one
                : new Problem(one.rows(), new double[] {answer}, one.loss(), surrogate.penalty());
        Influence influence = Influence.at(problem, surrogate.weights(), TOLERANCE);
        return influence.effects(influence.gradient(asked, 0));
    }

    /// What is left of the features without the deciding words or numbers; nothing if there are none.
    private static double[] rest(Task task, DecidingWords deciding, double[] features) {
        double[] rest = new double[features.length];
        if (!deciding.few()) {
            return rest;
        }
        return switch (task) {
            case Task.Labels labels -> {
                Rows rows = labels.rows(List.of(deciding.rest()));
                rows.add(0, 1, rest, 0);
                rest[features.length - 1] = 0;
                yield rest;
            }
            case Task.Vectors _ -> {
                System.arraycopy(features, 0, rest, 0, features.length - 1);
                for (int number : deciding.tokens()) {
                    rest[number] = 0;
                }
                yield rest;
            }
            case Task.Preferences _ -> rest;
        };
    }

    /// The evidence of the features that go with the deciding words, of all features but the intercept
    /// if there are none.
    private static double[] direction(
            double[] features, double[] rest, double[] model, int outputs, int answer, int other) {
        double[] direction = new double[model.length];
        for (int f = 0; f + 1 < features.length; f++) {
            if (features[f] != 0 && rest[f] == 0) {
                double adds = features[f] * (model[f * outputs + answer] - model[f * outputs + other]);
                if (adds > 0) {
                    direction[f * outputs + answer] += adds * features[f];
                    direction[f * outputs + other] -= adds * features[f];
                }
            }
        }
        return direction;
    }

    private static double[] direction(double[] features, double[] model) {
        double[] direction = new double[model.length];
        for (int f = 0; f < features.length; f++) {
            double adds = features[f] * model[f];
            direction[f] = adds > 0 ? adds * features[f] : 0;
        }
        return direction;
    }

    private static int next(double[] scores, int answer) {
        int best = answer == 0 ? 1 : 0;
        for (int c = 0; c < scores.length; c++) {
            best = c != answer && scores[c] > scores[best] ? c : best;
        }
        return best;
    }

    /// The rows with the most credit, above 0.
    public int[] supporters(int most) {
        return IntStream.of(order).filter(row -> credits[row] > 0).limit(most).toArray();
    }

    /// The rows with the most negative credit.
    public int[] opponents(int most) {
        return IntStream.range(0, order.length)
                .map(k -> order[order.length - 1 - k])
                .filter(row -> credits[row] < 0)
                .limit(most)
                .toArray();
    }

    /// The credit of some rows together.
    public double credit(int[] rows) {
        double sum = 0;
        for (int row : rows) {
            sum += credits[row];
        }
        return sum;
    }

    /// What a model answers that was trained without some rows, fitted to its optimum.
    ///
    /// @param chances of the classes
    /// @param rows how many rows were left out
    public record Retrained(double[] chances, int rows) {}

    /// Trains without `gone` and asks again.
    public static Retrained without(Surrogate surrogate, Problem problem, Example query, int[] gone) {
        Surrogate again = surrogate.again(problem.without(gone));
        return new Retrained(again.chances(query), gone.length);
    }

    /// How many of the first supporters must go until a model trained without them answers otherwise,
    /// sought by doubling from `from` on: enough, not necessarily least. Empty if `most` are not
    /// enough.
    ///
    /// @param tried takes what each model answered
    public OptionalInt enough(
            Surrogate surrogate, Problem problem, Example query, int from, int most, List<Retrained> tried) {
        int before = 0;
        for (int count = from; ; count = Math.min(2 * count, most)) {
            int[] gone = supporters(count);
            if (gone.length == before) {
                return OptionalInt.empty();
            }
            before = gone.length;
            Retrained retrained = without(surrogate, problem, query, gone);
            tried.add(retrained);
            if (Surrogate.best(retrained.chances()) != answer) {
                return OptionalInt.of(gone.length);
            }
            if (count >= most) {
                return OptionalInt.empty();
            }
        }
    }
}
