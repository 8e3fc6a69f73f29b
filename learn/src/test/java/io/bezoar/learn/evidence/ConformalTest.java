package io.bezoar.learn.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConformalTest {
    @Test
    void countsTrustedRowsNoLower() {
        Conformal measure = new Conformal(new double[] {0, 0, 0.5, 2});
        assertEquals(1, measure.chance(0));
        assertEquals(1, measure.chance(-1));
        assertEquals(3.0 / 5, measure.chance(0.5));
        assertEquals(2.0 / 5, measure.chance(1));
        assertEquals(2.0 / 5, measure.chance(2));
        assertEquals(1.0 / 5, measure.chance(3));
        assertEquals(1, measure.chance(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Conformal(new double[0]));
    }

    /// Benjamini and Hochberg by hand: 10 rows, p-values of 1/100 twice, 3/100, and large ones. At 10 %
    /// the third is allowed 3/100.
    @Test
    void discoveriesByHand() {
        double[] trusted = new double[99];
        for (int i = 0; i < trusted.length; i++) {
            trusted[i] = i;
        }
        Conformal measure = new Conformal(trusted);
        assertEquals(0, measure.discoveries(0.1));
        for (double score : new double[] {500, 400, 97, 3, 4, 5, 6, 7, 8, 9}) {
            measure.chance(score);
        }
        assertEquals(3, measure.discoveries(0.1));
        assertEquals(2, measure.discoveries(0.05));
        assertEquals(0, measure.discoveries(0.01));
    }

    /// 400 sets of 300 rows, a tenth of them outliers, measured by 500 trusted rows: on average at most a
    /// twentieth of the discoveries is no outlier, and hardly an outlier is missed.
    @Test
    void falseDiscoveriesStayUnderTheRate() {
        SplittableRandom random = new SplittableRandom(11);
        double share = 0;
        int found = 0;
        for (int set = 0; set < 400; set++) {
            double[] trusted = random.doubles(500).toArray();
            Conformal measure = new Conformal(trusted);
            for (int i = 0; i < 300; i++) {
                measure.chance(i < 30 ? 2 : random.nextDouble());
            }
            long all = measure.discoveries(0.05);
            share += Math.max(0, all - 30.0) / Math.max(1, all);
            found += all >= 30 ? 1 : 0;
        }
        assertTrue(share / 400 <= 0.05, "on average " + share / 400);
        assertTrue(share / 400 >= 0.02, "the bound is not idle: " + share / 400);
        assertTrue(found >= 390, "in " + found + " of 400 sets all outliers");
    }
}
