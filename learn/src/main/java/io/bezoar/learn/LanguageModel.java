package io.bezoar.learn;

import java.util.Optional;

/// A causal language model that reads what a row teaches: a prompt, then its answer.
///
/// Equal rows get equal readings, whatever was read before, and by however many threads at once.
public interface LanguageModel {

    /// What it is, in a few words, for people who read a report.
    String words();

    /// Tokens of a row read at most.
    int most();

    /// What fine-tuning on a row would do to the model's last layer.
    ///
    /// @param prompt of any length, raw and hostile
    /// @param answer of any length, raw and hostile
    /// @param part of the rows and columns of the gradient the first 1 in so many are kept, at least 1
    Reading of(String prompt, String answer, int part);

    /// What was read of a row.
    ///
    /// @param gradient of the answer; empty if no token of it follows another, or the model gave numbers
    ///     that are none
    /// @param whole was all of the row read? If not, the beginning of the answer and the end of the prompt
    ///     were
    record Reading(Optional<LayerGradient> gradient, boolean whole) {}
}
