package io.bezoar.bench.accuracy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/// The folder with real sets, and what plants poison in them; users do not have it.
final class SharedFolder {
    private SharedFolder() {}

    /// Skips the tests that need it, with a message, where it is missing.
    static void needed() {
        assumeTrue(
                Planting.near(Path.of("")).isPresent(),
                "skipped: there is no folder shared/ with bench/plant.py and data/ beside the checkout");
        assumeTrue(Planting.pythonRuns(), "skipped: python3, which plants the poison, does not run here");
    }
}
