package io.bezoar.evaluate.model;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A model under test.
public interface Model {
    /// Who it is, for the record.
    String name();

    /// The answers by question id: one for every question, in the order of the questions.
    ///
    /// @throws IOException if the model cannot be asked at all
    Map<String, Answer> answer(List<Question> questions) throws IOException;
}
