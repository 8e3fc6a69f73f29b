package io.bezoar.evaluate.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bezoar.evaluate.statistics.Binomial;
import io.bezoar.learn.evidence.Discoveries;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final double LEVEL = 0.05;
    private static final int DAYS = 365;
    private static final int PEOPLE = 1_000;

    /// Three standard deviations above `LEVEL` among `PEOPLE`: less than one test in seven hundred
    /// fails by chance.
    private static final double LIMIT = LEVEL + 3 * Math.sqrt(LEVEL * (1 - LEVEL) / PEOPLE);

    @Test
    void averagesToAtMostOneIfTheHypothesisHolds() {
        for (double most : new double[] {0.01, 0.1, 0.5, 0.9}) {
            for (int trials : new int[] {1, 5, 40}) {
                double mean = 0;
                double chance = Math.pow(1 - most, trials);
                for (int hits = 0; hits <= trials; hits++) {
                    mean += chance * Math.exp(new Evidence.Rate(most, hits, trials).logValue());
                    chance *= most / (1 - most) * (trials - hits) / (hits + 1.0);
                }
                assertEquals(1, mean, 1e-9, "a fair game at " + most + " after " + trials);
            }
        }
        for (double margin : new double[] {0, 0.01, 0.2}) {
            double broken = 0.3 + margin / 2;
            double fixed = 0.3 - margin / 2;
            double mean = broken * Math.exp(new Evidence.Difference(margin, 1, 0, 0).logValue())
                    + fixed * Math.exp(new Evidence.Difference(margin, 0, 1, 0).logValue())
                    + (1 - broken - fixed) * Math.exp(new Evidence.Difference(margin, 0, 0, 1).logValue());
            assertEquals(1, mean, 1e-12);
        }
    }

    /// The chance of any false alarm in a year of daily looks; a test meant for one look alarms far too
    /// often.
    @Test
    void lookingEveryDayForAYearStaysUnderTheBound() {
        for (double most : new double[] {0.01, 0.1}) {
            SplittableRandom random = new SplittableRandom(7);
            int alarmed = 0;
            int fooled = 0;
            for (int person = 0; person < PEOPLE; person++) {
                Evidence.Rate evidence = new Evidence.Rate(most, 0, 0);
                boolean alarm = false;
                boolean once = false;
                for (int day = 0; day < DAYS; day++) {
                    int hits = 0;
                    for (int i = 0; i < 20; i++) {
                        hits += random.nextDouble() < most ? 1 : 0;
                    }
                    evidence = evidence.and(hits, 20);
                    alarm |= evidence.logValue() >= Math.log(1 / LEVEL);
                    if (!once && day % 7 == 0) {
                        once = new Binomial((int) evidence.hits(), (int) evidence.trials()).chanceOfMore(most) <= LEVEL;
                    }
                }
                alarmed += alarm ? 1 : 0;
                fooled += once ? 1 : 0;
            }
            assertTrue(alarmed <= LIMIT * PEOPLE, alarmed + " false alarms of " + PEOPLE + " at " + most);
            assertTrue(fooled > 3 * LEVEL * PEOPLE, "the plain test, looked at weekly: " + fooled);
        }
    }

    @Test
    void pairedDifferencesStayUnderTheBoundToo() {
        SplittableRandom random = new SplittableRandom(8);
        for (double margin : new double[] {0, 0.01}) {
            int alarmed = 0;
            for (int person = 0; person < PEOPLE; person++) {
                Evidence.Difference evidence = new Evidence.Difference(margin, 0, 0, 0);
                boolean alarm = false;
                for (int day = 0; day < DAYS && !alarm; day++) {
                    int broken = 0;
                    int fixed = 0;
                    for (int i = 0; i < 20; i++) {
                        double u = random.nextDouble();
                        broken += u < 0.05 + margin ? 1 : 0;
                        fixed += u > 0.95 ? 1 : 0;
                    }
                    evidence = evidence.and(broken, fixed, 20 - broken - fixed);
                    alarm = evidence.logValue() >= Math.log(1 / LEVEL);
                }
                alarmed += alarm ? 1 : 0;
            }
            assertTrue(alarmed <= LIMIT * PEOPLE, alarmed + " false alarms of " + PEOPLE);
        }
    }

    /// Twelve monitors that share their days: if nothing departs, any alarm at any time is a false one.
    @Test
    void manyMonitorsTogetherStayUnderTheBound() {
        SplittableRandom random = new SplittableRandom(9);
        int teams = 400;
        int monitors = 12;
        int alarmed = 0;
        for (int team = 0; team < teams; team++) {
            Evidence.Rate[] all = new Evidence.Rate[monitors];
            java.util.Arrays.fill(all, new Evidence.Rate(0.1, 0, 0));
            boolean alarm = false;
            for (int day = 0; day < DAYS && !alarm; day++) {
                int shared = count(random, 10, 0.1);
                double[] logs = new double[monitors];
                for (int m = 0; m < monitors; m++) {
                    all[m] = all[m].and(shared + count(random, 10, 0.1), 20);
                    logs[m] = all[m].logValue();
                }
                for (boolean one : Discoveries.of(logs, LEVEL)) {
                    alarm |= one;
                }
            }
            alarmed += alarm ? 1 : 0;
        }
        assertTrue(
                alarmed <= (LEVEL + 3 * Math.sqrt(LEVEL * (1 - LEVEL) / teams)) * teams,
                alarmed + " false alarms of " + teams);
    }

    /// Where some do depart, the share of false ones among the alarms is bounded on the day of the
    /// first alarm, and the departing ones are found.
    @Test
    void falseAlarmsAmongAlarmsStayUnderTheBound() {
        SplittableRandom random = new SplittableRandom(10);
        int teams = 200;
        double share = 0;
        long days = 0;
        for (int team = 0; team < teams; team++) {
            Evidence.Rate[] all = new Evidence.Rate[12];
            java.util.Arrays.fill(all, new Evidence.Rate(0.1, 0, 0));
            int right = 0;
            int wrong = 0;
            for (int day = 0; day < DAYS && right + wrong == 0; day++) {
                days++;
                double[] logs = new double[12];
                for (int m = 0; m < 12; m++) {
                    all[m] = all[m].and(count(random, 20, m < 3 ? 0.2 : 0.1), 20);
                    logs[m] = all[m].logValue();
                }
                boolean[] raised = Discoveries.of(logs, LEVEL);
                for (int m = 0; m < 12; m++) {
                    right += raised[m] && m < 3 ? 1 : 0;
                    wrong += raised[m] && m >= 3 ? 1 : 0;
                }
            }
            share += right + wrong == 0 ? 0 : (double) wrong / (right + wrong);
            assertTrue(right + wrong > 0, "a doubled rate is found within a year");
        }
        assertTrue(share / teams <= LEVEL, "a share of " + share / teams);
        assertTrue(days / (double) teams < 30, "found after " + days / (double) teams + " days of 20 questions");
    }

    private static int count(SplittableRandom random, int trials, double chance) {
        int hits = 0;
        for (int i = 0; i < trials; i++) {
            hits += random.nextDouble() < chance ? 1 : 0;
        }
        return hits;
    }

    @Test
    void alarmsFollowTheProcedure() {
        double[] values = {Math.log(100), 0, Math.log(45), Math.log(19)};
        assertArrayEquals(new boolean[] {true, false, true, false}, Discoveries.of(values, 0.05));
        assertArrayEquals(new boolean[] {true}, Discoveries.of(new double[] {Math.log(20) + 1e-12}, 0.05));
        assertArrayEquals(new boolean[] {}, Discoveries.of(new double[] {}, 0.05));
        // each alone would not do, all together do
        assertArrayEquals(new boolean[] {true, true, true}, Discoveries.of(new double[] {3.1, 3.0, 3.2}, 0.05));
        assertThrows(IllegalArgumentException.class, () -> Discoveries.of(values, 0));
    }

    @Test
    void theEdgesOfTheBound() {
        assertEquals(Double.POSITIVE_INFINITY, new Evidence.Rate(0, 1, 10).logValue());
        assertEquals(0, new Evidence.Rate(0, 0, 10).logValue());
        assertEquals(0, new Evidence.Rate(1, 10, 10).logValue());
        assertEquals(0, new Evidence.Rate(0.3, 0, 0).logValue());
        assertEquals(0, new Evidence.Difference(1, 9, 0, 0).logValue());
        assertTrue(new Evidence.Rate(0.01, 0, 100_000_000).logValue() > -1e9);
        assertTrue(new Evidence.Difference(0, 20, 0, 100).logValue() > Math.log(20));
        assertThrows(IllegalArgumentException.class, () -> new Evidence.Rate(0.5, 3, 2));
        assertThrows(IllegalArgumentException.class, () -> new Evidence.Rate(Double.NaN, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> new Evidence.Difference(-1, 0, 0, 2));
    }
}
