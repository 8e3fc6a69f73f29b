package io.bezoar.evaluate.model;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A model under test.
public interface Model {
    /// Who it is, for the record.
    String name();

    /// All it can answer, where that is known: a classifier knows, a language model may say
    /// anything.
    default Optional<List<String>> known() {
        return Optional.empty();
    }

    /// The answers by question id: one for every question, in the order of the questions.
    ///
    /// @throws IOException if the model cannot be asked at all
    Map<String, Answer> answer(List<Question> questions) throws IOException;
}
