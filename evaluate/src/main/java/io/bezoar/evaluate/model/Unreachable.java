package io.bezoar.evaluate.model;

import java.io.IOException;

/// A model that cannot be asked: nothing was measured, and nothing of the run can go on.
public class Unreachable extends IOException {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence for the user
    public Unreachable(String message) {
        super(message);
    }

    /// @param message one sentence for the user
    public Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
