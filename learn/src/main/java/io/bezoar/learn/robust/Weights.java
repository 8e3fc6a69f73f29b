package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import java.util.List;

/// Filters as row weights: 1 for a row that is kept, 0 for one that is dropped.
final class Weights {
    private Weights() {}

    /// The set as the filters want it, in compressed form.
    static TrainingSet set(Features rows, int[] labels, int classes, long[] keys) {
        return new TrainingSet(SparseFeatures.copy(rows), labels, classes, keys, new int[0]);
    }

    /// What the filters fit.
    static BaseTrainer base() {
        return new SoftmaxBase(new SoftmaxTrainer());
    }

    static RowWeighting.Weighed of(int rows, int[] kept, String why) {
        double[] weights = new double[rows];
        for (int row : kept) {
            weights[row] = 1;
        }
        return new RowWeighting.Weighed(weights, List.of(why));
    }
}
