package io.bezoar.detect.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogisticCurveTest {
    /// Two normal densities of deviation 1 around -1 and 1: the logarithm of their ratio is twice the
    /// figure.
    @Test
    void theRatioOfTwoDensitiesIsFound() {
        Random random = new Random(1);
        double[] against = IntStream.range(0, 40_000)
                .mapToDouble(_ -> random.nextGaussian() - 1)
                .toArray();
        double[] on = IntStream.range(0, 10_000)
                .mapToDouble(_ -> random.nextGaussian() + 1)
                .toArray();
        LogisticCurve curve = LogisticCurve.of(against, on);
        assertEquals(2, curve.slope(), 0.1);
        assertEquals(0, curve.level(), 0.1);
        assertEquals(-1, curve.odds(-0.5), 0.15);
    }

    @Test
    void ofOneKindAloneNothingIsSaid() {
        assertEquals(LogisticCurve.FLAT, LogisticCurve.of(new double[0], new double[] {1, 2}));
        assertEquals(LogisticCurve.FLAT, LogisticCurve.of(new double[] {1, 2}, new double[0]));
    }

    /// Where nothing stands between the kinds the likelihood has no greatest value.
    @Test
    void kindsThatLieApartGiveFiniteOdds() {
        LogisticCurve curve = LogisticCurve.of(new double[] {-2, -1}, new double[] {1, 2});
        assertTrue(Double.isFinite(curve.odds(8)) && curve.odds(1) > 3 && curve.odds(-1) < -3, curve.toString());
    }
}
