package io.bezoar.bench.robust;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bezoar.bench.accuracy.Planting;
import io.bezoar.learn.robust.RobustMean;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Robust fits of published data against published numbers.
class SeverOraclesTest {
    @BeforeAll
    static void needsTheSharedFolder() {
        assumeTrue(
                Planting.near(Path.of("")).isPresent(),
                "skipped: there is no folder shared/ with data/ beside the checkout");
    }

    private static Path folder() {
        return Planting.near(Path.of("")).orElseThrow().folder().resolve("data/poison-sever-enron/derived");
    }

    /// The attack's noise is drawn by another generator than the authors', hence the tolerances.
    @ParameterizedTest
    @CsvSource({"1, 0.05, 1.2178, 0.0001", "3, 0.05, 1.2252, 0.001", "8, 0.1, 1.2298, 0.02"})
    void drugActivity(double strength, double epsilon, double sever, double tolerance) throws IOException {
        QsarAttacks qsar = new QsarAttacks(folder());
        QsarAttacks.Errors errors = qsar.errors(epsilon, strength, 1, 0);
        assertAll(
                () -> assertEquals(1.2310, qsar.clean(), 0.00005),
                () -> assertEquals(sever, errors.sever(), tolerance),
                () -> assertTrue(errors.corrupted() > 1.3));
    }

    /// Attacks and errors as published; SEVER may be worse by 0.006.
    @ParameterizedTest
    @CsvSource({"10, 32, .1681, .1594, .0367", "20, 22, .2464, .2377, .0435"})
    void spam(int perMille, int number, double none, double loss, double sever) throws IOException {
        EnronAttacks enron = new EnronAttacks(folder());
        EnronAttacks.Errors errors = enron.errors(enron.attacks(perMille), number, perMille / 1000.0);
        assertAll(
                () -> assertEquals(0.0300, enron.clean(), 0.00005),
                () -> assertEquals(none, errors.none(), 0.001),
                () -> assertEquals(loss, errors.loss(), 0.001),
                () -> assertTrue(errors.sever() <= sever + 0.006, () -> "SEVER " + errors.sever()),
                () -> assertEquals(0, errors.left()));
    }

    @Test
    void normalMixture() {
        // one draw of the noise differs from another by .005; the mean of several meets the table
        double error = 0;
        double share = 0;
        for (int seed = 0; seed < 4; seed++) {
            RobustMean.Kept kept =
                    new RobustMean(0.1).of(NormalMixture.of(49_990, 50, seed).rows());
            error += NormalMixture.error(kept.mean()) / 4;
            share += kept.rows().length / 49_990.0 / 4;
        }
        double mean = error;
        double left = share;
        assertAll(() -> assertEquals(0.1754, mean, 0.006), () -> assertEquals(0.884, left, 0.005));
    }
}
