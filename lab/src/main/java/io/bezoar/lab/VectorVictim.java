package io.bezoar.lab;

import io.bezoar.core.Example;
import io.bezoar.learn.DenseSoftmax;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The model under attack for vectors: a linear classifier of numbers scaled to 0 to 1 by the least and most of each
/// in the rows it is trained on. Numbers that are not finite count as 0. Immutable once trained.
final class VectorVictim implements Model {
    private final float[] low;
    private final float[] range;
    private final DenseSoftmax model;

    private VectorVictim(float[] low, float[] range, DenseSoftmax model) {
        this.low = low;
        this.range = range;
        this.model = model;
    }

    /// Trains on all rows, in their order.
    ///
    /// @param labels class of each row, 0 to `classes - 1`
    static VectorVictim train(List<Example> rows, int[] labels, int classes) {
        int length = rows.getFirst().vector().length;
        float[] low = new float[length];
        float[] high = new float[length];
        Arrays.fill(low, Float.POSITIVE_INFINITY);
        Arrays.fill(high, Float.NEGATIVE_INFINITY);
        for (Example row : rows) {
            for (int k = 0; k < length && k < row.vector().length; k++) {
                if (Float.isFinite(row.vector()[k])) {
                    low[k] = Math.min(low[k], row.vector()[k]);
                    high[k] = Math.max(high[k], row.vector()[k]);
                }
            }
        }
        float[] range = new float[length];
        for (int k = 0; k < length; k++) {
            range[k] = high[k] > low[k] ? high[k] - low[k] : 1;
            low[k] = high[k] >= low[k] ? low[k] : 0;
        }
        float[][] scaled = rows.stream().map(row -> scaled(row, low, range)).toArray(float[][]::new);
        return new VectorVictim(
                low,
                range,
                DenseSoftmax.train(
                        scaled,
                        labels,
                        classes,
                        IntStream.range(0, labels.length).toArray(),
                        new DenseSoftmax.Settings()));
    }

    private static float[] scaled(Example row, float[] low, float[] range) {
        float[] scaled = new float[low.length];
        for (int k = 0; k < scaled.length && k < row.vector().length; k++) {
            float value = (row.vector()[k] - low[k]) / range[k];
            scaled[k] = Float.isFinite(value) ? value : 0;
        }
        return scaled;
    }

    @Override
    public int answer(Example row) {
        float[] logits = model.logits(scaled(row, low, range));
        int best = 0;
        for (int c = 1; c < logits.length; c++) {
            if (logits[c] > logits[best]) {
                best = c;
            }
        }
        return best;
    }
}
