package io.bezoar.evaluate.monitor;

import io.bezoar.learn.evidence.EValues;

/// Evidence against a hypothesis that may be looked at after every observation: an e-process.
///
/// Its value is the money of a gambler who started with 1 and bets against the hypothesis. If the
/// hypothesis holds, the money is worth at most 1 on average whenever one stops, and the chance that it
/// ever reaches `1/alpha` is at most `alpha` (Ville 1939), however often one looks and whatever makes
/// one stop. Ramdas, Grünwald, Vovk & Shafer 2023, "Game-theoretic statistics and safe anytime-valid
/// inference", section 2.
///
/// The gambler splits the first money over several bets of fixed size and adds up what they win: a
/// mixture. The sizes are spread evenly in logarithms, so that small and large departures are both
/// found with little loss, and the value depends on the counts alone, not on the order within them.
/// What is assumed: given all that came before, the next observation keeps the hypothesis on average.
/// Observations need not be independent or alike, but the same observation put in twice is no new one.
public sealed interface Evidence {
    /// Natural logarithm of the value; higher speaks more against the hypothesis; 0 without observations.
    double logValue();

    /// Against "a hit comes with a chance of at most `most`".
    ///
    /// Each bet is a likelihood ratio for a higher chance; the odds are those of `most` times e to the
    /// power of 1/32 up to 8, seventeen of them.
    ///
    /// @param most the chance the hypothesis allows, 0 to 1
    /// @param hits 0 to `trials`
    record Rate(double most, long hits, long trials) implements Evidence {
        private static final int BETS = 17;

        public Rate {
            if (!(most >= 0 && most <= 1) || hits < 0 || hits > trials) {
                throw new IllegalArgumentException(
                        "a rate needs a chance of 0 to 1 and 0 to " + trials + " hits, not " + most + " and " + hits);
            }
        }

        /// With further observations.
        public Rate and(long moreHits, long moreTrials) {
            return new Rate(most, hits + moreHits, trials + moreTrials);
        }

        @Override
        public double logValue() {
            if (most == 0) {
                return hits > 0 ? Double.POSITIVE_INFINITY : 0;
            }
            if (most == 1 || trials == 0) {
                return 0;
            }
            double odds = most / (1 - most);
            double[] bets = new double[BETS];
            for (int j = 0; j < BETS; j++) {
                double raised = odds * StrictMath.exp(StrictMath.pow(2, j / 2.0) / 32);
                double chance = raised / (1 + raised);
                bets[j] = hits * StrictMath.log(chance / most)
                        + (trials - hits) * StrictMath.log((1 - chance) / (1 - most));
            }
            return EValues.mean(bets);
        }
    }

    /// Against "an item breaks at most `margin` more often than one is fixed".
    ///
    /// Each bet puts a share of the money on every item: it wins where one broke, loses where one was
    /// fixed, and pays the margin (Waudby-Smith & Ramdas 2024, "Estimating means of bounded random
    /// variables by betting", section 4; with bets of fixed size in place of predictable ones).
    ///
    /// @param margin of the mean difference, 0 to 1
    /// @param broken items that were right and are wrong
    /// @param fixed items that were wrong and are right
    /// @param same items that stayed as they were
    record Difference(double margin, long broken, long fixed, long same) implements Evidence {
        private static final int BETS = 16;

        public Difference {
            if (!(margin >= 0 && margin <= 1) || broken < 0 || fixed < 0 || same < 0) {
                throw new IllegalArgumentException("a difference needs a margin of 0 to 1 and counts of 0 or more");
            }
        }

        /// With further observations.
        public Difference and(long moreBroken, long moreFixed, long moreSame) {
            return new Difference(margin, broken + moreBroken, fixed + moreFixed, same + moreSame);
        }

        @Override
        public double logValue() {
            if (margin == 1) {
                return 0;
            }
            double[] bets = new double[BETS];
            for (int j = 0; j < BETS; j++) {
                double share = StrictMath.pow(2, -(j + 1) / 2.0) / (1 + margin);
                bets[j] = broken * StrictMath.log1p(share * (1 - margin))
                        + fixed * StrictMath.log1p(-share * (1 + margin))
                        + same * StrictMath.log1p(-share * margin);
            }
            return EValues.mean(bets);
        }
    }
}
