package io.bezoar.ledger.fault;

/// Somebody else is at work, and did not finish while there was patience. The message is one sentence:
/// what was expected, what came, what to do.
public final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence
    public Busy(String message) {
        super(message);
    }
}
