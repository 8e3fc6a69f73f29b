package io.bezoar.learn;

import io.bezoar.core.Example;
import io.bezoar.core.Hashing;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// A surrogate classifier fitted so that no row is judged by a model that saw it.
///
/// The rows are dealt into folds by group (near-duplicates share a group, or the answer would leak across), one
/// model is trained per fold on the other folds, and every row is scored by the model of its own fold. A row
/// outside the fitted sample, which none of them saw, is scored by the first.
///
/// Folds run on the caller's fork-join pool; the result does not depend on how many threads it has.
public final class CrossFit implements Serializable {
    private static final long serialVersionUID = 1L;

    /// How many folds.
    public static final int FOLDS = 5;

    private final Dealt dealt;
    private final int size; // of the rows that are told of; more may have been fitted
    private final int[] labels;
    private final int classes;
    private final SoftmaxRegression[] models;
    private final float[][] logits;

    private CrossFit(Dealt dealt, int size, int[] labels, int classes, SoftmaxRegression[] models, float[][] logits) {
        this.dealt = dealt;
        this.size = size;
        this.labels = labels;
        this.classes = classes;
        this.models = models;
        this.logits = logits;
    }

    /// The rows with their features, dealt into folds: what fits of other classes to the same rows share.
    ///
    /// @param fold of each row
    /// @param placeKeys open addressing; 0 is free
    /// @param places of the rows with these keys
    private record Dealt(
            List<Example> examples,
            NGrams features,
            Vocabulary vocabulary,
            SparseRows rows,
            long[] groups,
            int[] fold,
            long[] placeKeys,
            int[] places,
            long largestKey)
            implements Serializable {}

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
        return fit(examples, labels, classes, () -> groups, features, how);
    }

    /// The same, with groups that another thread may make meanwhile: they are asked for once the features are numbered.
    public static CrossFit fit(
            List<Example> examples,
            int[] labels,
            int classes,
            Supplier<long[]> grouped,
            NGrams features,
            SoftmaxRegression.Settings how) {
        IntFunction<long[]> hashed =
                row -> features.of(examples.get(row).tokens(), examples.get(row).input());
        Vocabulary vocabulary = Vocabulary.of(examples.size(), hashed, 2, SoftmaxRegression.features(classes));
        SparseRows rows = SparseRows.of(examples.size(), hashed, vocabulary);
        long[] groups = grouped.get();
        int n = examples.size();
        int[] fold = new int[n];
        long[] placeKeys = new long[Integer.highestOneBit(Math.max(8, n)) * 4];
        int[] places = new int[placeKeys.length];
        for (int r = 0; r < n; r++) {
            fold[r] = foldOf(groups[r]);
            int at = slot(placeKeys, examples.get(r).key());
            if (placeKeys[at] == 0) {
                placeKeys[at] = examples.get(r).key();
                places[at] = r;
            }
        }
        long largestKey = examples.stream().mapToLong(Example::key).max().orElse(Long.MIN_VALUE);
        return fit(
                new Dealt(examples, features, vocabulary, rows, groups, fold, placeKeys, places, largestKey),
                labels,
                classes,
                how);
    }

    private static CrossFit fit(Dealt dealt, int[] labels, int classes, SoftmaxRegression.Settings how) {
        int n = dealt.examples().size();
        int[] fold = dealt.fold();
        SparseRows rows = dealt.rows();
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
        return new CrossFit(dealt, n, labels, classes, models, logits);
    }

    private static int slot(long[] keys, long key) {
        int mask = keys.length - 1;
        int at = (int) (key >>> 20) & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /// Fits other classes to the same rows, features and folds.
    ///
    /// @param labels class of each fitted row
    /// @param classes number of classes, at least 1
    /// @throws IllegalArgumentException if there is not a label for each fitted row
    public CrossFit again(int[] labels, int classes, SoftmaxRegression.Settings how) {
        int rows = dealt.examples().size();
        if (labels.length != rows) {
            throw new IllegalArgumentException("expected a label for each of " + rows + " rows, got " + labels.length);
        }
        return fit(dealt, labels, classes, how);
    }

    /// The same models, of which only the first rows are told: [#examples] and [#size] know no others. Whatever else is
    /// asked of a row that was fitted is answered as before.
    ///
    /// @param rows how many at most, 0 or more
    public CrossFit first(int rows) {
        return new CrossFit(dealt, Math.min(rows, size), labels, classes, models, logits);
    }

    private static int foldOf(long group) {
        return (int) Long.remainderUnsigned(Hashing.mix(group), FOLDS);
    }

    /// The fitted rows.
    public List<Example> examples() {
        return dealt.examples().subList(0, size);
    }

    /// Number of fitted rows; see [#first].
    public int size() {
        return size;
    }

    /// Number of classes.
    public int classes() {
        return classes;
    }

    /// The fold of fitted row `row`, 0 to `FOLDS - 1`.
    public int fold(int row) {
        return dealt.fold()[row];
    }

    /// The fitted rows' groups: near-duplicates share a number.
    public long[] groups() {
        return dealt.groups().clone();
    }

    /// The class of fitted row `row`.
    public int label(int row) {
        return labels[row];
    }

    /// The features of fitted row `row`.
    public SparseRows rows() {
        return dealt.rows();
    }

    /// The numbered features.
    public Vocabulary vocabulary() {
        return dealt.vocabulary();
    }

    /// What the features are.
    public NGrams features() {
        return dealt.features();
    }

    /// The out-of-fold logits of fitted row `row`; the caller must not change the array.
    public float[] logits(int row) {
        return logits[row];
    }

    /// The model that judges fitted row `row`.
    public SoftmaxRegression judge(int row) {
        return models[dealt.fold()[row]];
    }

    /// The number of an example among the fitted rows, or -1.
    public int place(Example example) {
        if (example.key() > dealt.largestKey()) {
            return -1;
        }
        int at = slot(dealt.placeKeys(), example.key());
        return dealt.placeKeys()[at] == 0 ? -1 : dealt.places()[at];
    }

    /// The model that judges any example.
    public SoftmaxRegression judge(Example example) {
        int row = place(example);
        return models[row < 0 ? 0 : dealt.fold()[row]];
    }

    /// Out-of-fold logits of any example.
    public float[] logits(Example example) {
        int row = place(example);
        if (row >= 0) {
            return logits[row].clone();
        }
        SoftmaxRegression model = models[0];
        return dealt.features().longest() == 0 && dealt.features().words() == 2
                ? answer(model, example.tokens())
                : model.logits(distinct(example));
    }

    /// The same for words and word pairs alone, which is what a scan asks of every row of a large data set.
    private float[] answer(SoftmaxRegression model, int[] tokens) {
        Vocabulary vocabulary = dealt.vocabulary();
        int n = tokens.length;
        long[] hashes = new long[n];
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            hashes[i] = NGrams.word(tokens, i, 1);
        }
        int words = vocabulary.numbers(hashes, n, numbers);
        float[] out = model.start();
        model.add(out, numbers, distinct(numbers, words));
        for (int i = 0; i + 1 < n; i++) {
            hashes[i] = NGrams.word(tokens, i, 2);
        }
        int pairs = vocabulary.numbers(hashes, n - 1, numbers);
        model.add(out, numbers, distinct(numbers, pairs));
        return out;
    }

    /// Drops repeats; the first of equals stays where it is. Each number sets a bit, of 32 or more for every
    /// number: only where it is set already are those before looked through.
    private static int distinct(int[] numbers, int n) {
        long[] seen = new long[Integer.highestOneBit(Math.max(8, n))];
        int count = 0;
        for (int i = 0; i < n; i++) {
            int number = numbers[i];
            int mixed = number * 0x9e3779b1;
            int word = mixed >>> 16 & seen.length - 1;
            long bit = 1L << (mixed >>> 10);
            if ((seen[word] & bit) == 0 || !among(numbers, count, number)) {
                seen[word] |= bit;
                numbers[count++] = number;
            }
        }
        return count;
    }

    private static boolean among(int[] numbers, int count, int wanted) {
        for (int i = 0; i < count; i++) {
            if (numbers[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /// The known features of an example, ascending without repeats.
    public int[] numbers(Example example) {
        int[] numbers = distinct(example);
        Arrays.sort(numbers);
        return numbers;
    }

    /// The known features of an example, without repeats, kind by kind.
    private int[] distinct(Example example) {
        NGrams features = dealt.features();
        Vocabulary vocabulary = dealt.vocabulary();
        int[] tokens = example.tokens();
        long[] hashes = features.longest() == 0 ? new long[0] : features.of(tokens, example.input());
        int most = hashes.length + tokens.length * features.words();
        int[] seen = new int[Integer.highestOneBit(Math.max(16, most)) * 4]; // number + 1; 0 is free
        int[] numbers = new int[most];
        int count = 0;
        if (hashes.length > 0) {
            for (long hash : hashes) {
                count = add(numbers, count, seen, vocabulary.number(hash));
            }
        } else {
            for (int n = 1; n <= features.words(); n++) {
                for (int i = 0; i + n <= tokens.length; i++) {
                    count = add(numbers, count, seen, vocabulary.number(NGrams.word(tokens, i, n)));
                }
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private static int add(int[] numbers, int count, int[] seen, int number) {
        if (number < 0) {
            return count;
        }
        int at = number * 0x9e3779b1 >>> 7 & seen.length - 1;
        while (seen[at] != 0) {
            if (seen[at] == number + 1) {
                return count;
            }
            at = at + 1 & seen.length - 1;
        }
        seen[at] = number + 1;
        numbers[count] = number;
        return count + 1;
    }

    /// The share of fitted rows whose class the out-of-fold model answers, 0 to 1.
    public double accuracy() {
        if (size == 0) {
            return 0;
        }
        int right = 0;
        for (int r = 0; r < size; r++) {
            if (SoftmaxRegression.best(logits[r]) == labels[r]) {
                right++;
            }
        }
        return (double) right / size;
    }
}
