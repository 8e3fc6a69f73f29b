package io.bezoar.ledger.fault;

/// Bytes that are not what they should be. Whoever knows whose bytes they are turns it into [Unusable] or
/// [Broken]. The message is one clause: what was expected, what came.
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message what was expected, what came
    public Malformed(String message) {
        super(message);
    }
}
