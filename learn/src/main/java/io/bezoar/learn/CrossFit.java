package io.bezoar.learn;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A surrogate classifier fitted so that no row is judged by a model that saw it.
///
/// The rows are dealt into folds by group (near-duplicates share a group, or the answer would leak across), one
/// model is trained per fold on the other folds, and every row is scored by the model of its own fold. A row
/// outside the fitted sample is scored by the model its key picks.
///
/// Folds run on the caller's fork-join pool; the result does not depend on how many threads it has.
public final class CrossFit implements Serializable {
    private static final long serialVersionUID = 1L;

    /// How many folds.
    public static final int FOLDS = 5;

    private final List<Example> examples;
    private final int[] labels;
    private final int classes;
    private final NGrams features;
    private final Vocabulary vocabulary;
    private final SparseRows rows;
    private final int[] fold;
    private final SoftmaxRegression[] models;
    private final float[][] logits;
    private final Map<Long, Integer> place;

    private CrossFit(
            List<Example> examples,
            int[] labels,
            int classes,
            NGrams features,
            Vocabulary vocabulary,
            SparseRows rows,
            int[] fold,
            SoftmaxRegression[] models,
            float[][] logits,
            Map<Long, Integer> place) {
        this.examples = examples;
        this.labels = labels;
        this.classes = classes;
        this.features = features;
        this.vocabulary = vocabulary;
        this.rows = rows;
        this.fold = fold;
        this.models = models;
        this.logits = logits;
        this.place = place;
    }

    /// Fits.
    ///
    /// @param examples the rows, in an order that depends on their keys alone
    /// @param labels class of each row
    /// @param classes number of classes, at least 1
    /// @param groups rows with equal numbers share a fold; a group's number must not depend on row order
    public static CrossFit fit(
            List<Example> examples,
            int[] labels,
            int classes,
            long[] groups,
            NGrams features,
            SoftmaxRegression.Settings how) {
        List<long[]> hashed = examples.parallelStream()
                .map(example -> features.of(example.tokens(), example.input()))
                .toList();
        Vocabulary vocabulary = Vocabulary.of(hashed, 2);
        SparseRows.Builder builder = new SparseRows.Builder();
        for (long[] row : hashed) {
            int[] numbers = vocabulary.numbers(row);
            builder.add(numbers, numbers.length);
        }
        SparseRows rows = builder.build(vocabulary);
        int n = examples.size();
        int[] fold = new int[n];
        Map<Long, Integer> place = HashMap.newHashMap(n);
        for (int r = 0; r < n; r++) {
            fold[r] = foldOf(groups[r]);
            place.putIfAbsent(examples.get(r).key(), r);
        }
        return fit(examples, labels, classes, features, vocabulary, rows, fold, place, how);
    }

    private static CrossFit fit(
            List<Example> examples,
            int[] labels,
            int classes,
            NGrams features,
            Vocabulary vocabulary,
            SparseRows rows,
            int[] fold,
            Map<Long, Integer> place,
            SoftmaxRegression.Settings how) {
        int n = examples.size();
        SoftmaxRegression[] models = IntStream.range(0, FOLDS)
                .parallel()
                .mapToObj(f -> SoftmaxRegression.train(
                        rows,
                        labels,
                        classes,
                        IntStream.range(0, n).filter(r -> fold[r] != f).toArray(),
                        how))
                .toArray(SoftmaxRegression[]::new);
        float[][] logits = IntStream.range(0, n)
                .parallel()
                .mapToObj(r -> models[fold[r]].logits(rows, r))
                .toArray(float[][]::new);
        return new CrossFit(examples, labels, classes, features, vocabulary, rows, fold, models, logits, place);
    }

    /// Fits other classes to the same rows, features and folds.
    ///
    /// @param labels class of each fitted row
    /// @param classes number of classes, at least 1
    public CrossFit again(int[] labels, int classes, SoftmaxRegression.Settings how) {
        return fit(examples, labels, classes, features, vocabulary, rows, fold, place, how);
    }

    private static int foldOf(long group) {
        return (int) Long.remainderUnsigned(Hashing.mix(group), FOLDS);
    }

    /// The fitted rows.
    public List<Example> examples() {
        return examples;
    }

    /// Number of fitted rows.
    public int size() {
        return labels.length;
    }

    /// Number of classes.
    public int classes() {
        return classes;
    }

    /// The fold of fitted row `row`, 0 to `FOLDS - 1`.
    public int fold(int row) {
        return fold[row];
    }

    /// The class of fitted row `row`.
    public int label(int row) {
        return labels[row];
    }

    /// The features of fitted row `row`.
    public SparseRows rows() {
        return rows;
    }

    /// The numbered features.
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /// What the features are.
    public NGrams features() {
        return features;
    }

    /// The out-of-fold logits of fitted row `row`; the caller must not change the array.
    public float[] logits(int row) {
        return logits[row];
    }

    /// The model that judges fitted row `row`.
    public SoftmaxRegression judge(int row) {
        return models[fold[row]];
    }

    /// The number of an example among the fitted rows, or -1.
    public int place(Example example) {
        return place.getOrDefault(example.key(), -1);
    }

    /// The model that judges any example.
    public SoftmaxRegression judge(Example example) {
        Integer row = place.get(example.key());
        return models[row == null ? foldOf(example.key()) : fold[row]];
    }

    /// Out-of-fold logits of any example.
    public float[] logits(Example example) {
        Integer row = place.get(example.key());
        return row == null ? judge(example).logits(numbers(example)) : logits[row].clone();
    }

    /// The known features of an example, ascending without repeats.
    public int[] numbers(Example example) {
        int[] numbers = vocabulary.numbers(features.of(example.tokens(), example.input()));
        Arrays.sort(numbers);
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (i == 0 || numbers[i] != numbers[i - 1]) {
                numbers[count++] = numbers[i];
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    /// The share of fitted rows whose class the out-of-fold model answers, 0 to 1.
    public double accuracy() {
        if (labels.length == 0) {
            return 0;
        }
        int right = 0;
        for (int r = 0; r < labels.length; r++) {
            if (SoftmaxRegression.best(logits[r]) == labels[r]) {
                right++;
            }
        }
        return (double) right / labels.length;
    }
}
