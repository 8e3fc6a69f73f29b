package io.bezoar.bench.accuracy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a scan advises takes a planted backdoor out of the model that is trained next.
class RobustTrainingsTest {
    private static final int THREADS = 2;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsTheSharedFolder() {
        SharedFolder.needed();
    }

    @ParameterizedTest
    @CsvSource({"banking77, word_dirty", "sst2, sent_dirty"})
    void aBackdoorIsGone(String base, String kind) throws Exception {
        Planting.Planted planted =
                Planting.near(Path.of("")).orElseThrow().plant(new Planting.Attack(base, kind, "0.01", 0), folder);
        RobustTrainings trainings = RobustTrainings.of(planted, Scanned.of(planted.train(), THREADS));
        assertAll(
                () -> assertEquals("drop", trainings.choice().method()),
                () -> assertTrue(
                        trainings.auto().success() <= trainings.clean().success() + 0.05,
                        () -> "attack success " + trainings),
                () -> assertTrue(
                        trainings.auto().accuracy() >= trainings.clean().accuracy() - 0.02,
                        () -> "accuracy " + trainings));
    }
}
