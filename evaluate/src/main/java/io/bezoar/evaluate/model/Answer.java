package io.bezoar.evaluate.model;

/// What came of a question. A question without an answer counts as a failure, never as a pass.
public sealed interface Answer {
    /// The model said this.
    ///
    /// @param text raw text
    record Given(String text) implements Answer {}

    /// The model said nothing that could be used.
    ///
    /// @param reason one sentence
    record Missing(String reason) implements Answer {}
}
