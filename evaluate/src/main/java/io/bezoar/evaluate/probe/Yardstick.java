package io.bezoar.evaluate.probe;

import io.bezoar.evaluate.model.Model;

/// What the movements of a model are held against.
public sealed interface Yardstick {
    /// A model of clean data: the same search is made on it.
    ///
    /// @param model trained on data nobody could poison
    record Clean(Model model) implements Yardstick {}

    /// The rows the model was trained on: what the rest of their text says.
    ///
    /// @param contradiction of those rows
    record TrainingRows(Contradiction contradiction) implements Yardstick {}

    /// Nothing: movements are listed and nothing is decided.
    record Nothing() implements Yardstick {}
}
