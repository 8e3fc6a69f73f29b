package io.bezoar.core;

/// What a [Detector] needs the data to have. A detector whose needs are not met is left out, and the
/// report says so.
public enum Need {
    /// Rows whose target is a class.
    LABELS("class labels"),
    /// Rows with a target of any kind.
    TARGETS("targets"),
    /// Rows with an answer in free text, or two.
    ANSWERS("answers in free text"),
    /// Rows with two answers of which one is preferred.
    PREFERENCES("preference pairs"),
    /// Rows without a target: documents.
    DOCUMENTS("documents without a target"),
    /// Rows that teach a model to write: answers in free text, or documents.
    WRITING("answers in free text or documents"),
    /// Rows that name the source, the annotator or the time they came from.
    ORIGIN("source, annotator or time column"),
    /// Rows whose input is a text.
    TEXTS("texts"),
    /// Rows whose input is a vector.
    VECTORS("vectors"),
    /// Rows that lie somewhere: their input is a vector, or an embedding gives their text one.
    PLACES("vectors, nor was an embedding asked for"),
    /// A language model that the user gave, to ask for the gradients of answers.
    GRADIENTS("language model beside them (--language-model)");

    private final String words;

    Need(String words) {
        this.words = words;
    }

    /// The need in words, to complete "the data have no …".
    public String words() {
        return words;
    }
}
