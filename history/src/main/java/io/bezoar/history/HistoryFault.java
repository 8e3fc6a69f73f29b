package io.bezoar.history;

import java.io.IOException;

/// Why a history cannot be used, in one sentence: what was expected, what came, what to do.
public final class HistoryFault extends IOException {
    private static final long serialVersionUID = 1L;

    /// What kind of trouble it is.
    public enum Kind {
        /// There is none at the place.
        ABSENT,
        /// The place holds something else.
        FOREIGN,
        /// A newer version of the program wrote it.
        NEWER,
        /// Somebody else is writing.
        LOCKED,
        /// It may not be written.
        READ_ONLY,
        /// There is no room left.
        FULL,
        /// A record was changed, taken out or put in.
        BROKEN,
        /// The database does not answer.
        UNREACHABLE
    }

    private final Kind kind;

    /// @param message the whole sentence
    HistoryFault(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// What kind of trouble it is.
    public Kind kind() {
        return kind;
    }
}
