package io.bezoar.detect.survey;

import java.io.Serializable;
import java.util.Arrays;

/// Brings a vector's numbers to a size of about one, from the middle of what they are.
///
/// Numbers of one kind (pixels, an embedding) keep their sizes relative to each other: all are divided
/// by one spread. Where spreads differ more than tenfold (measurements in several units), each number
/// is divided by its own.
///
/// @param middle median of each number
/// @param factor what its distance from the middle is multiplied by; 0 for a number that is always the
///     same
record VectorScale(float[] middle, float[] factor) implements Serializable {
    private static final int LOOKED_AT = 1000;
    private static final double KINDS = 10;

    /// @param rows vectors of one length, at least one
    static VectorScale of(float[][] rows) {
        int length = rows[0].length;
        int n = Math.min(rows.length, LOOKED_AT);
        float[] middle = new float[length];
        float[] spread = new float[length];
        float[] column = new float[n];
        for (int j = 0; j < length; j++) {
            for (int i = 0; i < n; i++) {
                column[i] = rows[(int) ((long) i * rows.length / n)][j];
            }
            Arrays.sort(column);
            middle[j] = column[n / 2];
            for (int i = 0; i < n; i++) {
                column[i] = Math.abs(column[i] - middle[j]);
            }
            Arrays.sort(column);
            spread[j] = column[(int) (0.99 * (n - 1))];
        }
        float[] farthest = new float[length];
        for (float[] row : rows) {
            for (int j = 0; j < length; j++) {
                farthest[j] = Math.max(farthest[j], Math.abs(row[j] - middle[j]));
            }
        }
        for (int j = 0; j < length; j++) {
            spread[j] = Math.min(Float.MAX_VALUE, spread[j] > 0 ? spread[j] : farthest[j]);
        }
        float[] sorted = spread.clone();
        Arrays.sort(sorted);
        int zeros = 0;
        while (zeros < length && sorted[zeros] == 0) {
            zeros++;
        }
        float[] factor = new float[length];
        if (zeros < length) {
            float large = sorted[zeros + (length - zeros) * 9 / 10];
            boolean alike = large <= KINDS * sorted[zeros + (length - zeros) / 2];
            for (int j = 0; j < length; j++) {
                factor[j] = spread[j] == 0 ? 0 : 1 / (alike ? large : spread[j]);
            }
        }
        return new VectorScale(middle, factor);
    }

    /// The vector, brought to size; no number beyond 1000.
    float[] of(float[] vector) {
        float[] out = new float[vector.length];
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.clamp((vector[j] - middle[j]) * factor[j], -1000f, 1000f);
        }
        return out;
    }
}
