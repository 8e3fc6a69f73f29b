package io.bezoar.attack;

/// An attack and a data set that do not go together. The message is one sentence: what was expected, what
/// came.
public final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence
    public Misfit(String message) {
        super(message);
    }
}
