package io.bezoar.ledger.fault;

/// A promise of the ledger does not hold: something was changed, lost, forged or rolled back. The message
/// is one sentence: what was expected, what came, what to do.
public final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence
    public Broken(String message) {
        super(message);
    }
}
