package io.bezoar.detect.counting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Known values come from exact rational arithmetic, rounded once at the end.
class ExactTestsTest {

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, 1e-12 * Math.max(1, Math.abs(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 10, 0.25, -0.745689262684909297645",
        "10, 10, 0.5, -6.931471805599453094172",
        "1, 10, 0.5, -0.000977039647826612785",
        "60, 100, 0.25, -29.65081004734852089920",
        "20, 100, 0.25, -0.104838885181011306789",
        "900, 1000, 0.125, -1562.921259780112979208",
        "130, 1000, 0.125, -1.108727445326797154600",
        "90, 1000, 0.125, -0.000200186863708763716",
        "2, 1000, 0.0009765625, -1.364080916570348547479",
        "999, 1000, 0.5, -686.2384257806300888320"
    })
    void binomialTailsAreExact(long k, long n, double p, double expected) {
        assertClose(expected, ExactTests.logBinomialTail(k, n, p));
    }

    @ParameterizedTest
    @CsvSource({
        "8, 10, 10, 20, -4.464793755700561201360",
        "3, 10, 30, 100, -0.466580047369048673229",
        "30, 40, 300, 1000, -19.76995153502587172768",
        "12, 40, 300, 1000, -0.577401381018650548338",
        "5, 40, 300, 1000, -0.002191067266027980702",
        "40, 40, 300, 1000, -50.09070740411280110585",
        "90, 100, 5000, 100000, -240.3976012830512953680",
        "1, 1, 1, 2, -0.693147180559945309417"
    })
    void hypergeometricTailsAreExact(long k, long draws, long marked, long population, double expected) {
        assertClose(expected, ExactTests.logHypergeometricTail(k, draws, marked, population));
    }

    /// Closed forms: one degree of freedom is Cauchy's distribution, two are algebraic.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.3, 1, 2.5, 10, 300, 1e5})
    void studentTailsMeetTheirClosedForms(double t) {
        assertClose(Math.log(Math.atan2(1, t) / Math.PI), ExactTests.logStudentTail(t, 1));
        assertClose(Math.log(1 / (Math.sqrt(2 + t * t) * (Math.sqrt(2 + t * t) + t))), ExactTests.logStudentTail(t, 2));
        double angle = Math.atan2(t, 2);
        double four = 0.5 - 0.5 * (Math.sin(angle) * (1 + 0.5 * Math.cos(angle) * Math.cos(angle)));
        if (t < 5) {
            assertClose(Math.log(four), ExactTests.logStudentTail(t, 4));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "2, 0",
        "0.5, 0.572364942924700087072",
        "10, 12.80182748008146961121",
        "100, 359.1342053695753987760",
        "1e6, 12815504.56914761166683"
    })
    void logGammaMeetsKnownValues(double x, double expected) {
        assertClose(expected, ExactTests.logGamma(x));
    }

    @Test
    void edgesAreCertainOrImpossible() {
        assertEquals(0, ExactTests.logBinomialTail(0, 0, 0.5));
        assertEquals(Double.NEGATIVE_INFINITY, ExactTests.logBinomialTail(1, 0, 0.5));
        assertEquals(0, ExactTests.logBinomialTail(7, 7, 1));
        assertEquals(Double.NEGATIVE_INFINITY, ExactTests.logBinomialTail(1, 7, 0));
        assertEquals(0, ExactTests.logHypergeometricTail(0, 0, 0, 0));
        assertEquals(0, ExactTests.logHypergeometricTail(3, 5, 8, 10));
        assertEquals(Double.NEGATIVE_INFINITY, ExactTests.logHypergeometricTail(6, 5, 8, 10));
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertEquals(
                "a binomial needs n >= 0 and p from 0 to 1, not 3 and NaN",
                assertThrows(IllegalArgumentException.class, () -> ExactTests.logBinomialTail(1, 3, Double.NaN))
                        .getMessage());
        assertEquals(
                "cannot draw 5 of 4 items of which 2 are marked",
                assertThrows(IllegalArgumentException.class, () -> ExactTests.logHypergeometricTail(1, 5, 2, 4))
                        .getMessage());
    }

    @Property
    void tailsFallAndStepByTheSingleProbability(
            @ForAll @IntRange(min = 1, max = 400) int n, @ForAll @DoubleRange(min = 0.01, max = 0.99) double p) {
        double before = 0;
        for (int k = 1; k <= n; k++) {
            double tail = ExactTests.logBinomialTail(k, n, p);
            assertTrue(tail <= before);
            double single = Math.exp(before) - Math.exp(tail);
            assertEquals(Math.exp(ExactTests.logBinomial(k - 1, n, p)), single, 1e-12);
            before = tail;
        }
    }

    @Property
    void fisherIsSymmetricInDrawsAndMarks(
            @ForAll @IntRange(max = 60) int draws,
            @ForAll @IntRange(max = 60) int marked,
            @ForAll @IntRange(max = 30) int k) {
        int population = 90;
        double one = ExactTests.logHypergeometricTail(k, draws, marked, population);
        double other = ExactTests.logHypergeometricTail(k, marked, draws, population);
        if (Double.isInfinite(one)) {
            assertEquals(one, other);
        } else {
            assertClose(one, other);
        }
    }

    @Test
    void aMillionTrialsStayExactAndFast() {
        // normal approximation with the third cumulant is good to 1e-3 here; the exact sum must lie beside it
        double tail = ExactTests.logBinomialTail(505_000, 1_000_000, 0.5);
        assertEquals(Math.log(7.7e-24), tail, 0.05);
    }
}
