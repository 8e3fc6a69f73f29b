package io.bezoar.app.report;

/// A scan's result that does not fit together, or does not fit the data; the message is one sentence for the user.
public final class BrokenResult extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message what was expected, what came, what to do
    public BrokenResult(String message) {
        super(message);
    }
}
