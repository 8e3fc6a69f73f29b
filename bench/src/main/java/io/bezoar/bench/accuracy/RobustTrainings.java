package io.bezoar.bench.accuracy;

import io.bezoar.core.Example;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.SoftmaxRegression;
import io.bezoar.learn.SparseRows;
import io.bezoar.learn.Vocabulary;
import io.bezoar.learn.robust.BaseTrainer;
import io.bezoar.learn.robust.Classifier;
import io.bezoar.learn.robust.RobustChoice;
import io.bezoar.learn.robust.RobustTraining;
import io.bezoar.learn.robust.SurrogateBase;
import io.bezoar.learn.robust.TrainingSet;
import java.util.List;
import java.util.stream.IntStream;

/// What the surrogate learns from a poisoned set: plainly, robustly as a scan advises, and from the
/// honest rows alone.
///
/// @param choice what the scan advised
public record RobustTrainings(Effect plain, Effect auto, Effect clean, RobustChoice choice) {

    /// @param success share of the triggered rows that get the attacker's label, 0 to 1
    /// @param accuracy share of the clean rows that get their own label, 0 to 1
    public record Effect(double success, double accuracy) {}

    /// Trains three times and asks.
    public static RobustTrainings of(Planting.Planted planted, Scanned scanned) {
        List<Example> rows = planted.rows();
        List<String> names = rows.stream()
                .map(row -> row.label().orElseThrow())
                .distinct()
                .sorted()
                .toList();
        List<long[]> hashed = rows.parallelStream().map(RobustTrainings::features).toList();
        Vocabulary vocabulary = Vocabulary.of(hashed, 2);
        TrainingSet set = new TrainingSet(
                rows(hashed, vocabulary),
                labels(rows, names),
                names.size(),
                rows.stream().mapToLong(Example::key).toArray(),
                new int[0]);
        BaseTrainer base = new SurrogateBase(new SoftmaxRegression.Settings());
        long lone = scanned.result().findings().stream()
                        .filter(finding -> finding.campaign().isEmpty())
                        .count()
                + scanned.result().omittedFindings();
        RobustChoice choice = RobustChoice.of(scanned.result().campaigns(), lone, rows.size());
        int[] honest = IntStream.range(0, rows.size())
                .filter(row -> !planted.poison().contains(rows.get(row).declaredId().orElseThrow()))
                .toArray();
        Questions questions = new Questions(vocabulary, names, planted.triggered(), planted.held());
        return new RobustTrainings(
                questions.ask(base.fit(set, set.all()).classifier()),
                questions.ask(RobustTraining.auto(choice, set, base, 1).model()),
                questions.ask(base.fit(set, honest).classifier()),
                choice);
    }

    private record Questions(Vocabulary vocabulary, List<String> names, List<Example> triggered, List<Example> held) {
        Effect ask(Classifier model) {
            return new Effect(share(model, triggered), share(model, held));
        }

        private double share(Classifier model, List<Example> asked) {
            List<long[]> hashed = asked.parallelStream().map(RobustTrainings::features).toList();
            return model.accuracy(rows(hashed, vocabulary), labels(asked, names));
        }
    }

    private static long[] features(Example row) {
        return NGrams.WORDS.of(row.tokens(), row.input());
    }

    private static SparseRows rows(List<long[]> hashed, Vocabulary vocabulary) {
        SparseRows.Builder builder = new SparseRows.Builder();
        for (long[] row : hashed) {
            int[] numbers = vocabulary.numbers(row);
            builder.add(numbers, numbers.length);
        }
        return builder.build(vocabulary);
    }

    private static int[] labels(List<Example> rows, List<String> names) {
        return rows.stream()
                .mapToInt(row -> names.indexOf(row.label().orElseThrow()))
                .toArray();
    }
}
