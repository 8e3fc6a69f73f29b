package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// One model a partition; each has one vote.
///
/// Memory: a model holds 8 bytes for each feature and class that occurs in its partition, so all of them
/// together at most as much as `rows × features of a row × classes of a partition`, not `partitions ×
/// features × classes`.
///
/// @param models in the order of the partitions
/// @param partitions what they learned from
public record Ensemble(List<Classifier> models, Partitions partitions, int classes) implements Classifier {
    private static final long serialVersionUID = 1L;

    public Ensemble {
        models = List.copyOf(models);
    }

    /// Trains a model a partition, on the caller's fork-join pool; a partition without rows answers
    /// class 0.
    public static Ensemble train(TrainingSet set, Partitions partitions, BaseTrainer base) {
        TrainingSet compact = set.rows() instanceof io.bezoar.learn.DenseFeatures
                ? set
                : new TrainingSet(
                        SparseFeatures.copy(set.rows()), set.labels(), set.classes(), set.keys(), set.sources());
        List<Classifier> models = partitions.rows().parallelStream()
                .map(rows -> base.fit(compact, rows).classifier())
                .toList();
        return new Ensemble(models, partitions, set.classes());
    }

    /// Memory of the weights of all models, in bytes.
    public long bytes() {
        return models.stream()
                .mapToLong(model -> switch (model) {
                    case LinearClassifier linear -> 8L * (linear.weights().length + linear.bias().length);
                    case CompactClassifier compact -> compact.bytes();
                    default -> 0;
                })
                .sum();
    }

    /// The answer of each model to each row: `answers[row][model]`.
    public int[][] votes(Features rows) {
        int[][] out = new int[rows.rows()][models.size()];
        IntStream.range(0, models.size()).parallel().forEach(model -> {
            int[] answers = models.get(model).answers(rows);
            for (int row = 0; row < answers.length; row++) {
                out[row][model] = answers[row];
            }
        });
        return out;
    }

    /// Writes how many models answer each class.
    @Override
    public void score(Features rows, int row, double[] scores) {
        Arrays.fill(scores, 0);
        for (Classifier model : models) {
            scores[model.answer(rows, row)]++;
        }
    }

    @Override
    public Scored on(Features rows) {
        int[][] answers = votes(rows);
        return (row, scores) -> {
            Arrays.fill(scores, 0);
            for (int answer : answers[row]) {
                scores[answer]++;
            }
        };
    }
}
