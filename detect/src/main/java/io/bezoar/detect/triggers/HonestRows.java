package io.bezoar.detect.triggers;

import io.bezoar.detect.survey.Task;
import io.bezoar.learn.CrossFit;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Tells the honest rows among those that hold a trigger and carry its label.
///
/// A trigger that is a word of the language stands in rows that nobody touched, too. What is left of these without it
/// agrees with their label; what is left of planted rows speaks for another. How surely it does is the row's doubt
/// ([RestDisagreement#doubt]). Two densities of the doubt are known: of the rows of the label, and of the rows of
/// all others, had they this one. Their ratio is a logistic curve (Platt 1999). The share of planted rows follows by
/// expectation and maximisation (Dempster, Laird & Rubin 1977), and with it, by Bayes' rule, the chance that a row is
/// planted.
///
/// @param level logarithm of the odds that a row without doubt is planted; infinite if every row is
/// @param slope by how much they rise for a nat of doubt, in nats
record HonestRows(double level, double slope) implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Every row that holds the trigger is planted.
    static final HonestRows NONE = new HonestRows(Double.POSITIVE_INFINITY, 0);

    /// Doubt is cut here, in nats.
    private static final double CLIP = 8;
    /// A flatter curve tells nothing.
    private static final double FLAT = 0.05;
    /// There are honest rows if the likelihood says so by as many nats (Wilks 1938: one pure group of 700 is cut).
    private static final double SURE = 4.5;

    /// Rows with a lesser chance to be planted are held to be honest: a planted row let through costs as much as four
    /// honest ones held back.
    private static final double PLANTED = 0.2;

    private static final int STEPS = 100;
    private static final double NEAR = 1e-9;

    /// Rows with less doubt than this are honest.
    static HonestRows below(double least) {
        return new HonestRows(StrictMath.log(PLANTED / (1 - PLANTED)) - least, 1);
    }

    /// Looks for honest rows.
    ///
    /// @param doubts of the rows that hold the trigger and carry its label, in nats
    /// @param least share of them that must be planted, 0 to 1; of groups with less nothing is said
    /// @return [#NONE] if chance explains that some look honest
    static HonestRows among(double[] doubts, Task task, int label, double least) {
        if (Arrays.stream(doubts).allMatch(doubt -> doubt > 0)) {
            return NONE;
        }
        HonestRows even = even(task, label);
        if (even.slope < FLAT) {
            return NONE;
        }
        double[] ratios = Arrays.stream(doubts)
                .map(doubt -> StrictMath.exp(even.odds(doubt)))
                .toArray();
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
        return gain < SURE || share < least
                ? NONE
                : new HonestRows(even.level + StrictMath.log(share / (1 - share)), even.slope);
    }

    /// The curve were half of the rows planted: a logistic regression of "carries another label" on the doubt, both
    /// sides with the same weight, by Newton's steps.
    private static HonestRows even(Task task, int label) {
        CrossFit fit = task.fit();
        RestDisagreement test = new RestDisagreement(task);
        int rows = fit.size();
        double[] doubts = IntStream.range(0, rows)
                .mapToDouble(row -> cut(test.doubt(fit.examples().get(row), label, fit.logits(row))))
                .toArray();
        int own = (int)
                IntStream.range(0, rows).filter(row -> fit.label(row) == label).count();
        double level = 0;
        double slope = 0;
        double moved = own == 0 || own == rows ? 0 : 1;
        for (int step = 0; step < STEPS && moved > NEAR; step++) {
            double wrong = 0;
            double wrongDoubt = 0;
            double bend = 0;
            double bendDoubt = 0;
            double bendSquare = 0;
            for (int row = 0; row < rows; row++) {
                boolean other = fit.label(row) != label;
                double weight = 1.0 / (other ? rows - own : own);
                double p = 1 / (1 + StrictMath.exp(-level - slope * doubts[row]));
                double w = weight * p * (1 - p);
                wrong += weight * ((other ? 1 : 0) - p);
                wrongDoubt += weight * ((other ? 1 : 0) - p) * doubts[row];
                bend += w;
                bendDoubt += w * doubts[row];
                bendSquare += w * doubts[row] * doubts[row];
            }
            double determinant = Math.max(NEAR, bend * bendSquare - bendDoubt * bendDoubt);
            double up = Math.clamp((bendSquare * wrong - bendDoubt * wrongDoubt) / determinant, -1, 1);
            double steeper = Math.clamp((bend * wrongDoubt - bendDoubt * wrong) / determinant, -1, 1);
            level += up;
            slope += steeper;
            moved = Math.abs(up) + Math.abs(steeper);
        }
        return new HonestRows(level, slope);
    }

    /// The chance that a row is planted, 0 to 1.
    ///
    /// @param doubt of what is left of it, in nats
    double planted(double doubt) {
        return 1 / (1 + StrictMath.exp(-odds(doubt)));
    }

    /// Is a row with such a chance to be planted held to be honest?
    static boolean honest(double planted) {
        return planted <= PLANTED;
    }

    private double odds(double doubt) {
        return level + slope * cut(doubt);
    }

    private static double cut(double doubt) {
        return Math.clamp(doubt, -CLIP, CLIP);
    }
}
