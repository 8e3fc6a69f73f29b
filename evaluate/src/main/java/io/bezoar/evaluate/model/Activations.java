package io.bezoar.evaluate.model;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What goes on inside a model when it reads a prompt.
public interface Activations {
    /// The activations by question id, all of one length.
    ///
    /// @throws IOException if the model cannot be asked at all
    Map<String, double[]> activations(List<Question> questions) throws IOException;
}
