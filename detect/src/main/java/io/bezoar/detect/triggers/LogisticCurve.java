package io.bezoar.detect.triggers;

import java.io.Serializable;

/// The logarithm of the odds that a figure is of one kind rather than of another, as a straight line:
/// logistic regression on one figure, both kinds with the same weight (Platt 1999).
///
/// @param level at the figure 0, in nats
/// @param slope by how much they rise with the figure
record LogisticCurve(double level, double slope) implements Serializable {
    private static final long serialVersionUID = 1L;

    /// The figure says nothing.
    static final LogisticCurve FLAT = new LogisticCurve(0, 0);

    private static final int STEPS = 100;
    private static final double NEAR = 1e-9;

    /// Fits a curve by Newton's steps.
    ///
    /// @param against figures of the kind it speaks against
    /// @param on figures of the kind it speaks for
    /// @return [#FLAT] if there is nothing of one kind
    static LogisticCurve of(double[] against, double[] on) {
        double level = 0;
        double slope = 0;
        double moved = against.length == 0 || on.length == 0 ? 0 : 1;
        for (int step = 0; step < STEPS && moved > NEAR; step++) {
            Sums sums = new Sums();
            sums.add(against, 0, level, slope);
            sums.add(on, 1, level, slope);
            double determinant = Math.max(NEAR, sums.bend * sums.bendSquare - sums.bendFigure * sums.bendFigure);
            double up = Math.clamp(
                    (sums.bendSquare * sums.wrong - sums.bendFigure * sums.wrongFigure) / determinant, -1, 1);
            double steeper =
                    Math.clamp((sums.bend * sums.wrongFigure - sums.bendFigure * sums.wrong) / determinant, -1, 1);
            level += up;
            slope += steeper;
            moved = Math.abs(up) + Math.abs(steeper);
        }
        return new LogisticCurve(level, slope);
    }

    /// Gradient and curvature of the likelihood.
    private static final class Sums {
        double wrong;
        double wrongFigure;
        double bend;
        double bendFigure;
        double bendSquare;

        void add(double[] figures, int truth, double level, double slope) {
            double weight = 1.0 / figures.length;
            for (double figure : figures) {
                double p = 1 / (1 + StrictMath.exp(-level - slope * figure));
                double w = weight * p * (1 - p);
                wrong += weight * (truth - p);
                wrongFigure += weight * (truth - p) * figure;
                bend += w;
                bendFigure += w * figure;
                bendSquare += w * figure * figure;
            }
        }
    }

    /// In nats, were both kinds as frequent.
    double odds(double figure) {
        return level + slope * figure;
    }
}
