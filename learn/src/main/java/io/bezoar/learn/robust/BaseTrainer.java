package io.bezoar.learn.robust;

/// A plain way to fit a model to some rows of a set, which the robust ones build on. Equal rows give
/// equal models.
public interface BaseTrainer {
    /// Fits to the rows `use`, none twice.
    Fitted fit(TrainingSet set, int[] use);

    /// A model and what its loss says of rows.
    interface Fitted {
        /// The model.
        Classifier classifier();

        /// The loss on a row of the set it was fitted to, 0 or more; higher is worse.
        double loss(int row);

        /// What the row's gradient is apart from its features: one factor an output of the model.
        double[] gradient(int row);
    }
}
