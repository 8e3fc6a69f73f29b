package io.bezoar.bench.accuracy;

import io.bezoar.core.Action;
import io.bezoar.core.Example;
import io.bezoar.learn.NGrams;
import io.bezoar.learn.SoftmaxRegression;
import io.bezoar.learn.SparseRows;
import io.bezoar.learn.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What a model learns from what is left of a poisoned set.
///
/// The model is the surrogate of `learn` on words and pairs of words, with its default settings, trained on the rows
/// that stay and asked about held-out rows the planter kept apart; a scan sees neither.
///
/// @param untouched trained on all rows
/// @param ideal trained without exactly the poison
/// @param scanned trained without exactly what the scan quarantines
public record Removal(Effect untouched, Effect ideal, Effect scanned) {

    /// @param success share of the triggered rows that get the attacker's label, 0 to 1; `NaN` without a trigger
    /// @param accuracy share of the clean rows that get their own label, 0 to 1
    public record Effect(double success, double accuracy) {}

    /// Trains three times and asks.
    public static Removal of(Planting.Planted planted, Scanned scanned) {
        List<Example> rows = planted.rows();
        List<Example> triggered = planted.triggered();
        List<Example> held = planted.held();
        Set<String> poison = planted.poison();
        return new Removal(
                effect(rows, triggered, held),
                effect(rows.stream().filter(row -> !poison.contains(id(row))).toList(), triggered, held),
                effect(rows.stream().filter(row -> kept(scanned, row)).toList(), triggered, held));
    }

    private static String id(Example row) {
        return row.declaredId().orElseThrow();
    }

    private static boolean kept(Scanned scanned, Example row) {
        Scanned.Row verdict = scanned.rows().get(id(row));
        if (verdict == null) {
            throw new IllegalStateException("the scan gave row " + id(row) + " no score");
        }
        return verdict.action() != Action.QUARANTINE;
    }

    /// Trains on some rows and asks.
    public static Effect effect(List<Example> train, List<Example> triggered, List<Example> held) {
        List<String> names = train.stream()
                .map(row -> row.label().orElseThrow())
                .distinct()
                .sorted()
                .toList();
        List<long[]> hashed = train.parallelStream().map(Removal::features).toList();
        Vocabulary vocabulary = Vocabulary.of(hashed, 2);
        SparseRows.Builder builder = new SparseRows.Builder();
        for (long[] row : hashed) {
            int[] numbers = vocabulary.numbers(row);
            builder.add(numbers, numbers.length);
        }
        int[] labels = train.stream()
                .mapToInt(row -> names.indexOf(row.label().orElseThrow()))
                .toArray();
        SoftmaxRegression model = SoftmaxRegression.train(
                builder.build(vocabulary),
                labels,
                names.size(),
                IntStream.range(0, labels.length).toArray(),
                new SoftmaxRegression.Settings());
        return new Effect(right(model, vocabulary, names, triggered), right(model, vocabulary, names, held));
    }

    private static long[] features(Example row) {
        return NGrams.WORDS.of(row.tokens(), row.input());
    }

    private static double right(
            SoftmaxRegression model, Vocabulary vocabulary, List<String> names, List<Example> asked) {
        return asked.parallelStream()
                .mapToInt(row -> {
                    int[] numbers = Arrays.stream(vocabulary.numbers(features(row)))
                            .sorted()
                            .distinct()
                            .toArray();
                    String answer = names.get(SoftmaxRegression.best(model.logits(numbers)));
                    return answer.equals(row.label().orElseThrow()) ? 1 : 0;
                })
                .average()
                .orElse(Double.NaN);
    }
}
