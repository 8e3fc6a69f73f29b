package io.bezoar.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The most memory this process has held so far, heap and all else, as Linux counts it.
public final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private PeakMemory() {}

    /// A line to print.
    public static String line() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .map(kilobytes -> String.format(
                            Locale.ROOT,
                            "peak memory of the process %d MB, heap of at most %d MB",
                            Long.parseLong(kilobytes) / 1024,
                            Runtime.getRuntime().maxMemory() >> 20))
                    .findFirst()
                    .orElse("peak memory unknown");
        } catch (IOException e) {
            return "peak memory unknown: this system has no " + STATUS;
        }
    }
}
