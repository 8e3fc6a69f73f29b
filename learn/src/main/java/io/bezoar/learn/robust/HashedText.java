package io.bezoar.learn.robust;

import io.bezoar.learn.NGrams;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/// Features of a text that depend on the text alone: its words and pairs of words, by hash.
///
/// A vocabulary, or a measure of how rare a word is, would be learned from all rows, the poisoned ones
/// included; one row could then change every partition, and a certificate that counts partitions would
/// be void. Two hashes that meet add up. The words of a row have length 0.8, its pairs of words 0.6,
/// however long the text.
public final class HashedText {
    /// Number of features.
    public static final int COLUMNS = 1 << 18;

    private static final double[] LENGTH = {0.8, 0.6};

    private HashedText() {}

    /// The features of texts.
    ///
    /// @param tokens of each text
    public static SparseFeatures of(List<int[]> tokens) {
        return of(tokens, COLUMNS);
    }

    /// The same with another number of features, a power of two up to [#COLUMNS].
    public static SparseFeatures of(List<int[]> tokens, int columns) {
        if (columns < 1 || columns > COLUMNS || Integer.bitCount(columns) != 1) {
            throw new IllegalArgumentException(
                    "expected a power of two up to " + COLUMNS + " of features, came " + columns);
        }
        int[][] features = new int[tokens.size()][];
        double[][] values = new double[tokens.size()][];
        for (int row = 0; row < features.length; row++) {
            TreeMap<Integer, Double> held = held(tokens.get(row), columns);
            features[row] = held.keySet().stream().mapToInt(Integer::intValue).toArray();
            values[row] =
                    held.values().stream().mapToDouble(Double::doubleValue).toArray();
        }
        return SparseFeatures.of(columns, features, values);
    }

    private static TreeMap<Integer, Double> held(int[] tokens, int columns) {
        TreeMap<Integer, Double> held = new TreeMap<>();
        for (int n = 1; n <= LENGTH.length; n++) {
            long[] hashes = new long[Math.max(0, tokens.length - n + 1)];
            for (int i = 0; i < hashes.length; i++) {
                hashes[i] = NGrams.word(tokens, i, n);
            }
            long[] distinct = Arrays.stream(hashes).sorted().distinct().toArray();
            double each = LENGTH[n - 1] / Math.sqrt(Math.max(1, distinct.length));
            for (long hash : distinct) {
                held.merge((int) (hash >>> 8) & columns - 1, each, Double::sum);
            }
        }
        return held;
    }
}
