package io.bezoar.learn.surrogate;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import io.bezoar.core.Target;
import io.bezoar.core.Tokenizer;
import io.bezoar.learn.convex.Curvature;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Newton;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.Vectors;
import io.bezoar.learn.influence.Bm25;
import io.bezoar.learn.influence.GradientMethods;
import io.bezoar.learn.influence.Influence;
import io.bezoar.learn.influence.Representer;
import io.bezoar.learn.influence.Trak;
import io.bezoar.learn.network.OneHiddenLayer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// One score a training row for one answer of a surrogate: above 0 the row supports the answer, below
/// it opposes it. What the numbers are depends on the [Method]; only their order can be compared.
///
/// @param problem of the training rows, as the surrogate was fitted to it
/// @param rows the training rows
/// @param query whose target is ignored, but for a preference
/// @param answer the class asked about; of a pair 0
/// @param other the class it is compared with
public record Attribution(
        Surrogate surrogate, Problem problem, List<Example> rows, Example query, int answer, int other) {
    private static final double TOLERANCE = 1e-2;
    private static final int CHECKPOINTS = 20; // one in so many
    private static final int DESCENT = 200;
    private static final int PROJECTION = 512;
    private static final int MODELS = 3;
    private static final int WIDEST = 1000;
    private static final int HIDDEN = 32;
    private static final int STEPS = 100;

    /// The scores by a method other than credit.
    ///
    /// @param first of a model too large to factor, ALO corrects the influence of so many rows, those
    ///     with most of it
    /// @throws IllegalArgumentException in one sentence if the method does not fit the model
    public double[] scores(Method method, int first) {
        return switch (method) {
            case CREDIT -> throw new IllegalArgumentException("expected a method other than credit");
            case INFLUENCE -> influence().effects(gradient());
            case ALO -> leaveOneOut(first);
            case EK_FAC -> network();
            case TRAC_IN -> GradientMethods.tracIn(problem, asked(), DESCENT, CHECKPOINTS);
            case DATA_INF -> weighed(GradientMethods.dataInf(problem, surrogate.weights(), gradient()));
            case TRAK -> trak();
            case REPRESENTER -> Representer.credits(problem, surrogate.weights(), lead());
            case BM25 -> likeness();
        };
    }

    private Influence influence() {
        return Influence.at(problem, surrogate.weights(), TOLERANCE);
    }

    /// The query, which is to answer what is asked about.
    private Problem asked() {
        Problem one = surrogate.task().problem(List.of(query), surrogate.penalty());
        return one.loss().outputs() == 1
                ? one
                : new Problem(one.rows(), new double[] {answer}, one.loss(), surrogate.penalty());
    }

    private double[] gradient() {
        return GradientMethods.gradient(asked(), surrogate.weights());
    }

    private double[] leaveOneOut(int first) {
        Influence influence = influence();
        double[] gradient = gradient();
        if (problem.size() <= Curvature.EXACT) {
            return influence.corrected(gradient, influence.correctedResiduals());
        }
        double[] effects = influence.effects(gradient);
        IntStream.range(0, effects.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -Math.abs(effects[row]))
                        .thenComparingInt(row -> row))
                .limit(first)
                .forEach(row -> effects[row] = influence.corrected(gradient, row));
        return effects;
    }

    /// Rows that do not count have no score.
    private double[] weighed(double[] scores) {
        for (int row = 0; row < scores.length; row++) {
            scores[row] *= problem.weights()[row];
        }
        return scores;
    }

    /// By the lead over the other answer, all features together.
    private double[] lead() {
        Problem one = asked();
        int outputs = one.loss().outputs();
        double[] towards = new double[outputs];
        towards[answer] = 1;
        if (outputs > 1) {
            towards[other] = -1;
        }
        double[] direction = new double[surrogate.weights().length];
        one.rows().addOuter(0, towards, outputs, direction);
        return direction;
    }

    /// Each model is trained on half of the rows, drawn by a hash of their places.
    private double[] trak() {
        double[] sum = new double[rows.size()];
        for (int m = 1; m <= MODELS; m++) {
            int seed = m;
            int[] gone = IntStream.range(0, rows.size())
                    .filter(row -> (Hashing.combine(seed, row) & 1) == 0)
                    .toArray();
            double[] model = new Newton().to(10 * Surrogate.PRECISION).fit(problem.without(gone), surrogate.weights());
            Vectors.add(sum, 1.0 / MODELS, new Trak(problem, model, PROJECTION, seed).scores(asked(), 0));
        }
        return weighed(sum);
    }

    private double[] network() {
        if (!(surrogate.task() instanceof Task.Vectors task)
                || task.numbers().length() > WIDEST
                || !(problem.loss() instanceof Loss.Softmax)) {
            throw new IllegalArgumentException("expected a model of vectors of at most " + WIDEST
                    + " numbers, whose rows a network can learn, for ek-fac; take influence instead");
        }
        int[] labels =
                Arrays.stream(problem.answers()).mapToInt(label -> (int) label).toArray();
        OneHiddenLayer network = OneHiddenLayer.train(
                problem.rows(),
                labels,
                problem.weights(),
                task.labels().size(),
                new OneHiddenLayer.Settings(HIDDEN, surrogate.penalty(), STEPS, 1));
        Problem one = asked();
        int said = Surrogate.best(network.chances(one.rows(), 0));
        if (said != answer) {
            throw new IllegalArgumentException("expected an answer that a network of one hidden layer gives, too, but"
                    + " it answers \"" + task.labels().get(said) + "\"; take influence instead");
        }
        OneHiddenLayer.LayerCurvature curvature = network.curvature(problem.rows());
        double[] towards = curvature.inverse(0.1 * curvature.mean(), network.gradient(one.rows(), 0, answer));
        double[] scores = new double[rows.size()];
        double total = problem.total();
        IntStream.range(0, scores.length)
                .parallel()
                .forEach(row -> scores[row] = Vectors.dot(network.gradient(problem.rows(), row, labels[row]), towards)
                        * problem.weights()[row]
                        / total);
        return scores;
    }

    /// How like the texts of the rows are to the query's, negative where a row teaches another answer.
    private double[] likeness() {
        return switch (surrogate.task()) {
            case Task.Vectors _ ->
                throw new IllegalArgumentException(
                        "expected rows of text for bm25, came vectors; take credit or" + " influence instead");
            case Task.Labels labels -> {
                double[] scores = new Bm25(rows.stream().map(Example::tokens).toList()).scores(query.tokens());
                for (int row = 0; row < scores.length; row++) {
                    boolean same = labels.labels()
                            .get((int) problem.answers()[row])
                            .equals(labels.labels().get(answer));
                    scores[row] *= same ? 1 : -1;
                }
                yield weighed(scores);
            }
            case Task.Preferences _ -> {
                int[] tokens = query.target() instanceof Target.Preference(String chosen, String _)
                        ? Tokenizer.tokens(chosen)
                        : new int[0];
                double[] scores = new Bm25(side(true)).scores(tokens);
                Vectors.add(scores, -1, new Bm25(side(false)).scores(tokens));
                yield weighed(scores);
            }
        };
    }

    private List<int[]> side(boolean chosen) {
        return rows.stream()
                .map(row -> row.target() instanceof Target.Preference pair
                        ? Tokenizer.tokens(chosen ? pair.chosen() : pair.rejected())
                        : new int[0])
                .toList();
    }
}
