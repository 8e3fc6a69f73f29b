package io.bezoar.learn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/// Turns pairs of answers into differences of features: words, pairs of words ([FeatureWeights] says
/// what each is worth) and the length.
///
/// @param vocabulary the features that are known
/// @param worth what they are worth
public record PairFeatures(Vocabulary vocabulary, FeatureWeights worth) implements Serializable {
    /// A feature in fewer answers is not known.
    private static final int LEAST = 4;
    /// What a factor of e in the answers' lengths is worth.
    private static final float LENGTH = 0.3f;

    /// The features that occur in enough of these answers.
    public static PairFeatures of(List<int[]> answers) {
        Vocabulary vocabulary = Vocabulary.of(
                answers.parallelStream()
                        .map(tokens -> NGrams.WORDS.of(tokens, ""))
                        .toList(),
                LEAST);
        return new PairFeatures(vocabulary, new FeatureWeights(vocabulary));
    }

    /// Number of features; the last is the length.
    public int columns() {
        return vocabulary.size() + 1;
    }

    /// Differences of pairs of answers, given as tokens.
    public SparseVectors of(List<int[]> chosen, List<int[]> rejected) {
        SparseVectors.Builder builder = new SparseVectors.Builder();
        for (int i = 0; i < chosen.size(); i++) {
            add(builder, chosen.get(i), rejected.get(i));
        }
        return builder.build(columns());
    }

    private void add(SparseVectors.Builder builder, int[] chosen, int[] rejected) {
        int[] a = features(chosen);
        int[] b = features(rejected);
        float[] forA = new float[a.length];
        float[] forB = new float[b.length];
        worth.values(a, 0, a.length, forA);
        worth.values(b, 0, b.length, forB);
        int[] index = new int[a.length + b.length + 1];
        float[] value = new float[index.length];
        int n = 0;
        for (int i = 0, j = 0; i < a.length || j < b.length; ) {
            boolean left = j == b.length || i < a.length && a[i] <= b[j];
            boolean right = i == a.length || j < b.length && b[j] <= a[i];
            index[n] = left ? a[i] : b[j];
            value[n++] = (left ? forA[i] : 0) - (right ? forB[j] : 0);
            i += left ? 1 : 0;
            j += right ? 1 : 0;
        }
        index[n] = vocabulary.size();
        value[n++] = LENGTH * (float) (StrictMath.log1p(chosen.length) - StrictMath.log1p(rejected.length));
        builder.add(Arrays.copyOf(index, n), Arrays.copyOf(value, n));
    }

    private int[] features(int[] tokens) {
        return Arrays.stream(vocabulary.numbers(NGrams.WORDS.of(tokens, "")))
                .sorted()
                .distinct()
                .toArray();
    }
}
