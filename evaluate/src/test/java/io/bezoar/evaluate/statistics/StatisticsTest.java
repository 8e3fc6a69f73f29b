package io.bezoar.evaluate.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void noHitInThreeHundredTrialsIsAtMostOnePercent() {
        assertTrue(new Binomial(0, 298).upper(0.95) > 0.01);
        assertTrue(new Binomial(0, 299).upper(0.95) <= 0.01);
        assertTrue(new Binomial(0, 59).upper(0.95) <= 0.05);
        assertTrue(new Binomial(0, 598).upper(0.95) <= 0.005);
        assertEquals(1 - Math.pow(0.05, 1 / 10.0), new Binomial(0, 10).upper(0.95), 1e-10);
    }

    @Test
    void theEndsAreTheEnds() {
        assertEquals(0, new Binomial(0, 0).lower(0.95));
        assertEquals(1, new Binomial(0, 0).upper(0.95));
        assertEquals(0, new Binomial(0, 5).lower(0.95));
        assertEquals(1, new Binomial(5, 5).upper(0.95));
        assertThrows(IllegalArgumentException.class, () -> new Binomial(6, 5));
    }

    /// A bound that holds with a chance of 95 % must hold at least as often whatever the share.
    @Test
    void theBoundsHoldAsOftenAsTheySay() {
        SplittableRandom random = new SplittableRandom(3);
        for (double share : new double[] {0.01, 0.2, 0.5, 0.93}) {
            int low = 0;
            int high = 0;
            for (int run = 0; run < 2000; run++) {
                int hits = (int) IntStream.range(0, 60)
                        .filter(i -> random.nextDouble() < share)
                        .count();
                low += new Binomial(hits, 60).lower(0.95) <= share ? 1 : 0;
                high += new Binomial(hits, 60).upper(0.95) >= share ? 1 : 0;
            }
            assertTrue(low >= 1880 && high >= 1880, share + ": " + low + " and " + high + " of 2000");
        }
    }

    @Test
    void tailsAddUp() {
        for (int hits = 0; hits <= 7; hits++) {
            Binomial counts = new Binomial(hits, 7);
            double here = hits == 0
                    ? counts.chanceOfFewer(0.3)
                    : counts.chanceOfFewer(0.3) - new Binomial(hits - 1, 7).chanceOfFewer(0.3);
            assertEquals(1, counts.chanceOfMore(0.3) + counts.chanceOfFewer(0.3) - here, 1e-12);
        }
    }

    @Test
    void mcNemarNeedsSixDiscordantPairs() {
        assertEquals(1, Paired.mcNemar(0, 0));
        assertEquals(2 * Math.pow(0.5, 5), Paired.mcNemar(5, 0), 1e-12);
        assertTrue(Paired.mcNemar(5, 0) > 0.05);
        assertTrue(Paired.mcNemar(0, 6) < 0.05);
        assertEquals(1, Paired.mcNemar(8, 8), 1e-12);
        assertEquals(0.0021, Paired.mcNemar(9, 31), 0.0022);
    }

    @Test
    void holmAndBenjaminiHochbergAreAsPublished() {
        double[] p = {0.01, 0.04, 0.03, 0.005};
        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, Many.holm(p), 1e-12);
        assertArrayEquals(new double[] {0.02, 0.04, 0.04, 0.02}, Many.benjaminiHochberg(p), 1e-12);
        assertArrayEquals(new double[0], Many.holm(new double[0]));
        assertArrayEquals(new double[] {1, 1}, Many.holm(new double[] {1, 0.9}), 1e-12);
    }

    /// 20 tests of which 5 have an effect: the share of false alarms among all stays below what was asked.
    @Test
    void benjaminiHochbergKeepsItsRate() {
        SplittableRandom random = new SplittableRandom(11);
        double falseShare = 0;
        int runs = 3000;
        for (int run = 0; run < runs; run++) {
            double[] p = new double[20];
            for (int i = 0; i < 20; i++) {
                p[i] = i < 5 ? random.nextDouble() * 0.005 : random.nextDouble();
            }
            double[] q = Many.benjaminiHochberg(p);
            int alarms = 0;
            int wrong = 0;
            for (int i = 0; i < 20; i++) {
                if (q[i] <= 0.1) {
                    alarms++;
                    wrong += i < 5 ? 0 : 1;
                }
            }
            falseShare += alarms == 0 ? 0 : (double) wrong / alarms;
        }
        assertTrue(falseShare / runs <= 0.1 * 15 / 20 + 0.01, "false share " + falseShare / runs);
    }

    private static void assertInterval(double low, double high, Paired.Difference difference, double within) {
        assertEquals(low, difference.low(), within);
        assertEquals(high, difference.high(), within);
    }

    /// Bentur et al. 2009 and Newcombe 1998 (36, 12, 2, 0) as published; the others computed without the closed form,
    /// by searching the largest likelihood and halving.
    @Test
    void theScoreIntervalIsThePublishedOne() {
        assertInterval(-0.517, -0.026, Paired.score(7, 1, 21), 5e-4);
        assertInterval(0.0611124073, 0.3447087475, Paired.score(2, 12, 50), 1e-7);
        assertInterval(-0.0713475991, 0.0713475991, Paired.score(0, 0, 50), 1e-7);
        assertInterval(-0.1049544359, 0.0527745512, Paired.score(1, 0, 50), 1e-7);
        assertInterval(-0.0307045269, -0.0113951414, Paired.score(15, 0, 800), 1e-7);
        assertInterval(-0.2064437051, 0.7844174652, Paired.score(3, 7, 10), 1e-7);
        assertInterval(-1, -0.6777496839, Paired.score(20, 0, 20), 1e-7);
        assertEquals(new Paired.Difference(0, -1, 1), Paired.score(0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Paired.score(3, 3, 5));
    }

    @Test
    void theScoreIntervalHoldsTheTruthAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(5);
        for (double[] shares : new double[][] {{0.01, 0}, {0.05, 0}, {0.02, 0.02}, {0.2, 0.1}}) {
            for (int items : new int[] {50, 200, 1000}) {
                int above = 0;
                int below = 0;
                for (int run = 0; run < 2000; run++) {
                    int broken = 0;
                    int fixed = 0;
                    for (int i = 0; i < items; i++) {
                        double drawn = random.nextDouble();
                        broken += drawn < shares[0] ? 1 : 0;
                        fixed += drawn >= shares[0] && drawn < shares[0] + shares[1] ? 1 : 0;
                    }
                    Paired.Difference difference = Paired.score(broken, fixed, items);
                    above += difference.low() > shares[1] - shares[0] ? 1 : 0;
                    below += difference.high() < shares[1] - shares[0] ? 1 : 0;
                }
                String told = items + " items, " + above + " above and " + below + " below of 2000";
                assertTrue(above <= 70 && below <= 110, told);
            }
        }
    }
}
