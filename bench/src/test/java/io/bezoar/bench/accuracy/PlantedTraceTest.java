package io.bezoar.bench.accuracy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A trace of a triggered input puts the planted rows first; `bench/trace` measures the same at length.
class PlantedTraceTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void needsTheSharedFolder() {
        SharedFolder.needed();
    }

    @ParameterizedTest
    @CsvSource({"word_dirty, 0", "sent_dirty, 1"})
    void thePoisonComesFirst(String kind, int seed) throws Exception {
        TraceAccuracy.Found found = TraceAccuracy.of(
                Planting.near(Path.of("")).orElseThrow().plant(new Planting.Attack("sst2", kind, "0.01", seed), folder),
                0);
        assertTrue(found.misrouted() > 100, found.misrouted() + " inputs");
        assertTrue(found.precision() >= 0.9, "planted rows among the first 50: " + found.precision());
    }
}
