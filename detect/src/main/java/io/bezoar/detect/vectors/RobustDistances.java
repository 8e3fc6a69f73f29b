package io.bezoar.detect.vectors;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;

/// Finds rows far from the middle of their label by the covariance of its densest three quarters: the
/// minimum covariance determinant from fixed starts (Hubert, Rousseeuw & Verdonck 2012;
/// [io.bezoar.learn.robust.RobustCovariance]).
///
/// Departures: rows are seen along at most 24 axes, one for every ten rows of the smallest label; labels have
/// a middle of their own and share one covariance, the mean of what each would have, for by its own
/// covariance a label of two kinds of rows has tails that no other has; the cut is that of [OddLabels], with
/// its null, instead of a quantile of the chi-squared distribution, for honest rows are not normal.
///
/// @param alpha chance, in honest data, that any label is told of
/// @param leastRows labels with fewer rows are not judged, at least 20
@AutoService(Detector.class)
public record RobustDistances(double alpha, int leastRows) implements SecondOpinion {

    public RobustDistances() {
        this(0.01, 50);
    }

    public RobustDistances {
        OddLabels.check("robust-distances", alpha, leastRows);
    }

    @Override
    public String name() {
        return "robust-distances";
    }

    @Override
    public String purpose() {
        return "vectors far from the densest rows of their label, by a robust Mahalanobis distance";
    }

    @Override
    public Standing fit(double[][][] rows) {
        return Distance.of(rows);
    }
}
