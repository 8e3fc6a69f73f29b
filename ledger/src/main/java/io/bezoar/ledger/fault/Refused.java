package io.bezoar.ledger.fault;

/// A batch that breaks the rules of its stream; nothing of it was added. The message is one sentence.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence
    public Refused(String message) {
        super(message);
    }
}
