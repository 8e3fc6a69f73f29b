package io.bezoar.data;

/// Nothing can be read from what was given. The message is one sentence: what was expected, what came, what to do.
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence
    public BadInput(String message) {
        super(message);
    }

    /// @param message one sentence
    /// @param cause what the operating system or a parser said
    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
