package io.bezoar.detect;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.robust.OwnAxes;
import io.bezoar.learn.robust.PositiveSystem;
import io.bezoar.learn.robust.RobustCovariance;
import io.bezoar.learn.robust.Whitening;
import java.util.Arrays;

/// The robust Mahalanobis distance from a label's densest rows, squared, in units of its median.
///
/// @param axes the label's principal axes; none if its rows do not vary
/// @param whitening by the covariance of the densest rows along these axes
/// @param median squared length of a whitened row; 0 if the densest rows lie in a plane
record Distance(OwnAxes axes, Whitening whitening, double median) implements Standing.OfOne {
    private static final int AXES = 24;
    private static final int ROWS = 10; // for every axis
    private static final double LEFT_OUT = 0.25;

    static Distance of(double[][] rows) {
        OwnAxes axes = OwnAxes.of(rows, Math.min(AXES, rows.length / ROWS));
        if (axes.count() == 0) {
            return none(axes);
        }
        double[][] places = axes.of(rows);
        try {
            RobustCovariance.Kept kept = new RobustCovariance(LEFT_OUT).of(DenseFeatures.of(places));
            Whitening whitening = Whitening.of(kept.mean(), kept.covariance());
            double[] distances = kept.distances().clone();
            Arrays.sort(distances);
            return new Distance(axes, whitening, distances[distances.length / 2]);
        } catch (PositiveSystem.SingularCurvature densestInAPlane) {
            return none(axes);
        }
    }

    private static Distance none(OwnAxes axes) {
        return new Distance(
                new OwnAxes(axes.mean(), new double[0][], new double[0]),
                new Whitening(new double[0], new double[0]),
                0);
    }

    /// The row, turned and scaled so that of most rows the numbers are of the order of 1.
    double[] whitened(double[] point) {
        double[] white = whitening.of(axes.of(point));
        double scale = median > 0 ? Math.sqrt(white.length / median) : 0;
        for (int j = 0; j < white.length; j++) {
            white[j] *= scale;
        }
        return white;
    }

    double[][] whitened(double[][] points) {
        return Arrays.stream(points).map(this::whitened).toArray(double[][]::new);
    }

    @Override
    public double of(double[] point) {
        double sum = 0;
        for (double place : whitened(point)) {
            sum += place * place;
        }
        return axes.count() == 0 ? 0 : sum / axes.count();
    }
}
