package io.bezoar.learn;

import java.io.Serializable;

/// Joins what several models say of one row.
@FunctionalInterface
public interface Join extends Serializable {
    /// The joined logits.
    ///
    /// @param answers the logits of each model, in the order in which the models were joined
    float[] row(float[][] answers);
}
