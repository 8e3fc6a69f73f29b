package io.bezoar.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the process that runs the tests does with signals, which the processes it starts inherit.
public final class Signals {
    private static final int INTERRUPT = 2;

    private Signals() {}

    /// Are interrupts ignored? A shell that is no terminal's has what it starts in the background
    /// ignore them, and so does everything that is started by that.
    public static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) >>> INTERRUPT - 1 & 1) == 1);
    }
}
