package io.bezoar.detect.triggers;

import io.bezoar.core.Example;
import io.bezoar.learn.SoftmaxRegression;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Tells the honest rows among those that hold a trigger and carry its label.
///
/// A trigger that is a word of the language stands in rows that nobody touched, too. What is left of
/// these without it agrees with their label; what is left of planted rows speaks for another. How surely
/// it does is the row's doubt ([RestDisagreement#doubt]). Two densities of the doubt are known: of the
/// rows of the label, and of the rows of all others, had they this one. Their ratio is a logistic curve.
/// How a trigger stands in its text tells as much, and nothing of the label: [Placement]. The two are
/// independent of each other in planted rows and in honest ones, so their odds add up. The share of
/// planted rows follows by expectation and maximisation (Dempster, Laird & Rubin 1977), and with it, by
/// Bayes' rule, the chance that a row is planted.
///
/// @param doubt odds that a row is planted, by its doubt alone; infinite if every row is
/// @param placement odds by its place that come to them
/// @param judge the surrogate that doubts; null for the task's own
record HonestRows(
        LogisticCurve doubt, Placement placement, @Nullable SoftmaxRegression judge) implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Every row that holds the trigger is planted.
    static final HonestRows NONE = new HonestRows(new LogisticCurve(Double.POSITIVE_INFINITY, 0), Placement.NONE, null);

    /// Doubt is cut here, in nats.
    private static final double CLIP = 8;
    /// A flatter curve tells nothing.
    private static final double FLAT = 0.05;
    /// There are honest rows if the likelihood says so by as many nats (Wilks 1938: one pure group of
    /// 100 is cut).
    private static final double SURE = 2.7;
    /// And by the doubts alone by this.
    private static final double HINT = 1;

    /// Rows with a lesser chance to be planted are held to be honest: a planted row let through costs as
    /// much as four honest ones held back.
    private static final double PLANTED = 0.2;

    private static final int STEPS = 100;

    /// Rows with less doubt than this are honest.
    static HonestRows below(double least) {
        return new HonestRows(
                new LogisticCurve(StrictMath.log(PLANTED / (1 - PLANTED)) - least, 1), Placement.NONE, null);
    }

    /// Nothing was found: every row that holds the trigger is planted.
    boolean none() {
        return Double.isInfinite(doubt.level());
    }

    /// Looks for honest rows.
    ///
    /// @param doubts of the rows that hold the trigger and carry its label, in nats
    /// @param rows these rows, in the same order
    /// @param even odds that a row is planted by its doubt, were half of them
    /// @param places how the trigger stands in them; asked only if the doubts show some
    /// @param least share of them that must be planted by the doubts alone, 0 to 1; of groups with less
    ///     nothing is said
    /// @param judge the surrogate that doubts
    /// @return [#NONE] if chance explains that some look honest
    static HonestRows among(
            double[] doubts,
            List<Example> rows,
            LogisticCurve even,
            Supplier<Placement> places,
            double least,
            SoftmaxRegression judge) {
        if (even.slope() < FLAT) {
            return NONE;
        }
        Mixture alone = Mixture.of(odds(even, doubts, rows, Placement.NONE));
        if (alone.share() < least || alone.gain() < HINT) {
            return NONE; // places refine what doubts show: a trigger written into sentences by hand stands well
        }
        Placement placement = places.get();
        Mixture both = Mixture.of(odds(even, doubts, rows, placement));
        boolean placed = both.share() >= least;
        Mixture mixture = placed ? both : alone;
        return mixture.gain() < SURE
                ? NONE
                : new HonestRows(
                        new LogisticCurve(
                                even.level() + StrictMath.log(mixture.share() / (1 - mixture.share())), even.slope()),
                        placed ? placement : Placement.NONE,
                        judge);
    }

    private static double[] odds(LogisticCurve even, double[] doubts, List<Example> rows, Placement placement) {
        return IntStream.range(0, doubts.length)
                .mapToDouble(row -> even.odds(cut(doubts[row]))
                        + placement.odds(rows.get(row).tokens()))
                .toArray();
    }

    /// Planted rows among others.
    ///
    /// @param share of them, 0 to 1
    /// @param gain by how much, in nats, the likelihood is greater than were all planted
    private record Mixture(double share, double gain) {
        /// The likeliest share.
        ///
        /// @param odds that a row is planted, were half of them, in nats
        static Mixture of(double[] odds) {
            double[] ratios = Arrays.stream(odds).map(StrictMath::exp).toArray();
            double share = 0.5;
            for (int step = 0; step < STEPS; step++) {
                double planted = 0;
                for (double ratio : ratios) {
                    planted += share * ratio / (share * ratio + 1 - share);
                }
                share = planted / ratios.length;
            }
            double gain = 0;
            for (double ratio : ratios) {
                gain += StrictMath.log(share * ratio + 1 - share) - StrictMath.log(ratio);
            }
            return new Mixture(share, gain);
        }
    }

    /// The chance that a row is planted, 0 to 1.
    ///
    /// @param without doubt of what is left of it, in nats
    /// @param text its tokens, which hold the trigger
    double planted(double without, int[] text) {
        return 1 / (1 + StrictMath.exp(-doubt.odds(cut(without)) - placement.odds(text)));
    }

    /// Is a row with such a chance to be planted held to be honest?
    static boolean honest(double planted) {
        return planted <= PLANTED;
    }

    /// A doubt as the curves are given it.
    static double cut(double doubt) {
        return Math.clamp(doubt, -CLIP, CLIP);
    }
}
