package io.bezoar.ledger.fault;

/// What the user gave cannot be used. The message is one sentence: what was expected, what came, what to
/// do.
public final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence
    public Unusable(String message) {
        super(message);
    }
}
