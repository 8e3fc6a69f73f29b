package io.bezoar.learn.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EValuesTest {
    /// The formula as it stands in the paper, where its digits hold.
    private static double published(double p) {
        double log = Math.log(p);
        return (1 - p + p * log) / (p * log * log);
    }

    @Test
    void isThePublishedCalibrator() {
        for (double p : new double[] {0.9, 0.5, 0.05, 0.01, 1e-3, 1e-6, 1e-12}) {
            assertEquals(1, Math.exp(EValues.ofChance(Math.log(p))) / published(p), 1e-9, "p = " + p);
        }
        assertEquals(20.8, Math.exp(EValues.ofChance(Math.log(1e-3))), 0.05);
        assertEquals(0.5, Math.exp(EValues.ofChance(0)), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, EValues.ofChance(Double.NEGATIVE_INFINITY));
        assertEquals(4000 - 2 * Math.log(4000), EValues.ofChance(-4000), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> EValues.ofChance(0.1));
        assertThrows(IllegalArgumentException.class, () -> EValues.ofChance(Double.NaN));
    }

    /// What makes it an e-value: of a p-value that is uniform, its mean is one. Summed over equal steps
    /// of the logarithm.
    @Test
    void isOneOnAverage() {
        double mean = 0;
        double step = 1e-3;
        for (double x = step / 2; x < 600; x += step) {
            mean += Math.exp(EValues.ofChance(-x) - x) * step;
        }
        // what lies beyond e^-600 is 1/600 of the whole, nearly
        assertEquals(1, mean + 1.0 / 600, 1e-4);
    }

    @Test
    void fallsWithThePValue() {
        double last = Double.POSITIVE_INFINITY;
        for (double x = 50; x >= 0; x -= 1e-3) {
            double next = EValues.ofChance(-x);
            assertTrue(next <= last + 1e-9, "at " + x);
            last = next;
        }
    }

    @Test
    void theMeanOfLogarithms() {
        assertEquals(Math.log(2), EValues.mean(Math.log(1), Math.log(3)), 1e-15);
        assertEquals(1000 - Math.log(2), EValues.mean(1000, Double.NEGATIVE_INFINITY), 1e-12);
        assertEquals(Double.NEGATIVE_INFINITY, EValues.mean(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY));
        assertEquals(Double.POSITIVE_INFINITY, EValues.mean(Double.POSITIVE_INFINITY, 0));
    }
}
