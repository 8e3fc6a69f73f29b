package io.bezoar.app.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;

/// Says on one line of a terminal what is being done; silent elsewhere and for the first second.
final class Progress implements Consumer<String>, AutoCloseable {
    private static final long QUIET_NANOS = 1_000_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private final long start = System.nanoTime();
    private boolean shown;

    Progress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public synchronized void accept(String step) {
        long now = System.nanoTime();
        if (terminal && now - start > QUIET_NANOS) {
            err.print("\r\u001b[K" + step + " … " + (now - start) / 1_000_000_000L + " s");
            err.flush();
            shown = true;
        }
    }

    /// Clears the line.
    @Override
    public synchronized void close() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }
}
