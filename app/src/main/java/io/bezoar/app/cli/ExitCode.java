package io.bezoar.app.cli;

/// What a verb's exit code says; see `docs/exit-codes.md`. Reports are written before the code is set.
final class ExitCode {
    static final int PASS = 0;
    /// Findings at or above `--fail-on`.
    static final int VIOLATED = 1;
    /// Nothing was done: the data or the command line are wrong.
    static final int BAD_INPUT = 2;
    /// Something could not be read, measured or written.
    static final int INCOMPLETE = 3;
    /// People have not decided yet.
    static final int PENDING = 4;
    /// The data are not the ones that were scanned, or a result was changed.
    static final int BROKEN = 5;
    /// A fault of Bezoar's own (`EX_SOFTWARE` of sysexits.h).
    static final int FAULT = 70;

    private ExitCode() {}
}
