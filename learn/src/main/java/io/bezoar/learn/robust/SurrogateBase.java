package io.bezoar.learn.robust;

import io.bezoar.learn.Features;
import io.bezoar.learn.SoftmaxRegression;
import io.bezoar.learn.SparseRows;

/// Fits the surrogate of short texts. It answers rows that were made with the same vocabulary.
///
/// @param how the surrogate's settings
public record SurrogateBase(SoftmaxRegression.Settings how) implements BaseTrainer {
    @Override
    public Fitted fit(TrainingSet set, int[] use) {
        SoftmaxRegression model = SoftmaxRegression.train(text(set.rows()), set.labels(), set.classes(), use, how);
        return SoftmaxBase.fitted(set, new Surrogate(model));
    }

    private static SparseRows text(Features rows) {
        if (rows instanceof SparseRows text) {
            return text;
        }
        throw new IllegalArgumentException("expected the n-grams of texts for the surrogate, came vectors");
    }

    private record Surrogate(SoftmaxRegression model) implements Classifier {
        @Override
        public int classes() {
            return model.classes();
        }

        @Override
        public void score(Features rows, int row, double[] scores) {
            float[] logits = model.logits(text(rows), row);
            for (int c = 0; c < logits.length; c++) {
                scores[c] = logits[c];
            }
        }
    }
}
