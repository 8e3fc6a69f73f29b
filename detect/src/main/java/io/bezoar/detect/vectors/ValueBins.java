package io.bezoar.detect.vectors;

import io.bezoar.detect.survey.VectorTask;
import java.io.Serializable;
import java.util.Arrays;
import java.util.TreeSet;

/// Cuts the values of each number of a vector into bins: below, at and between edges. Edges are the
/// eighths of its values, the ends that one row in 64 is beyond, and the values that most rows share
/// exactly: a rare value and a value that a pattern sets are bins of their own, wherever they stand.
///
/// @param edges the distinct edges of each number, ascending
record ValueBins(float[][] edges) implements Serializable {
    /// Bins of one number at most.
    static final int MOST = 27;

    private static final int PIECES = 64;
    private static final int[] CUTS = {1, 8, 16, 24, 32, 40, 48, 56, 63};
    /// Values that many rows share exactly, and how many rows at least.
    private static final int SHARED = 4;
    private static final int LEAST_SHARED = 8;
    private static final int LOOKED_AT = 4000;

    static ValueBins of(VectorTask task) {
        int n = Math.min(task.size(), LOOKED_AT);
        float[][] edges = new float[task.length()][];
        float[] column = new float[n];
        for (int j = 0; j < edges.length; j++) {
            for (int i = 0; i < n; i++) {
                column[i] = task.vector((int) ((long) i * task.size() / n))[j];
            }
            Arrays.sort(column);
            edges[j] = edges(column);
        }
        return new ValueBins(edges);
    }

    /// @param column values, ascending
    private static float[] edges(float[] column) {
        int n = column.length;
        TreeSet<Float> edges = new TreeSet<>();
        for (int cut : CUTS) {
            edges.add(column[(int) ((long) n * cut / PIECES)]);
        }
        float[] values = new float[SHARED];
        int[] rows = new int[SHARED];
        for (int from = 0; from < n; ) {
            int to = from;
            while (to < n && column[to] == column[from]) {
                to++;
            }
            int count = to - from;
            float value = column[from];
            for (int s = 0; s < SHARED && count >= LEAST_SHARED; s++) {
                if (count > rows[s]) {
                    int less = rows[s];
                    float other = values[s];
                    rows[s] = count;
                    values[s] = value;
                    count = less;
                    value = other;
                }
            }
            from = to;
        }
        for (int s = 0; s < SHARED && rows[s] > 0; s++) {
            edges.add(values[s]);
        }
        float[] out = new float[edges.size()];
        int at = 0;
        for (float edge : edges) {
            out[at++] = edge;
        }
        return out;
    }

    /// The bin of a value of number `j`, 0 to [#MOST] - 1.
    int of(int j, float value) {
        int bin = 0;
        for (float edge : edges[j]) {
            bin += edge < value ? 2 : edge == value ? 1 : 0;
        }
        return bin;
    }
}
