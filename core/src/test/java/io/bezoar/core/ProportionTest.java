package io.bezoar.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTest {

    /// Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3.
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void wilsonIntervalMeetsThePublishedOnes(long hits, long trials, double low, double high) {
        Proportion proportion = new Proportion(hits, trials);
        assertEquals(low, proportion.low(), 5e-5);
        assertEquals(high, proportion.high(), 5e-5);
    }

    @Property
    void theIntervalHoldsTheShare(@ForAll @IntRange(max = 5000) int hits, @ForAll @IntRange(max = 5000) int misses) {
        Proportion proportion = new Proportion(hits, hits + misses);
        assertTrue(0 <= proportion.low() && proportion.low() <= proportion.share() + 1e-15);
        assertTrue(proportion.share() <= proportion.high() + 1e-15 && proportion.high() <= 1);
    }

    @Test
    void nothingTriedIsNothingKnown() {
        Proportion none = new Proportion(0, 0);
        assertEquals(0, none.share());
        assertEquals(0, none.low());
        assertEquals(1, none.high());
    }

    @Test
    void moreHitsThanTrialsCannotBe() {
        assertEquals(
                "3 hits in 2 trials cannot be",
                assertThrows(IllegalArgumentException.class, () -> new Proportion(3, 2))
                        .getMessage());
    }
}
