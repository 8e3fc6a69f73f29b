package io.bezoar.detect.vectors;

import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.robust.PositiveSystem;
import io.bezoar.learn.robust.RobustCovariance;
import io.bezoar.learn.robust.Whitening;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The squared Mahalanobis distance from the middle of a label's densest rows, by the covariance that the densest
/// rows of all labels share, in units of the median over all labels.
///
/// @param whitening by the shared covariance along the first axes; of no axes where no label's densest rows have one
/// @param middles of each label's densest rows, whitened; empty for a label that is not judged
/// @param median squared length of a whitened row
record Distance(Whitening whitening, double[][] middles, double median) implements Standing {
    private static final int AXES = 24;
    private static final int ROWS = 10; // for every axis
    private static final double LEFT_OUT = 0.25;

    /// @param rows by label
    static Distance of(double[][][] rows) {
        int fewest = Arrays.stream(rows)
                .mapToInt(of -> of.length)
                .filter(length -> length > 0)
                .min()
                .orElse(0);
        int given = Arrays.stream(rows)
                .flatMap(Arrays::stream)
                .mapToInt(row -> row.length)
                .findFirst()
                .orElse(0);
        int axes = Math.min(given, Math.min(AXES, fewest / ROWS));
        double[][][] cut = Arrays.stream(rows)
                .map(of ->
                        Arrays.stream(of).map(row -> Arrays.copyOf(row, axes)).toArray(double[][]::new))
                .toArray(double[][][]::new);
        List<Optional<RobustCovariance.Kept>> dense =
                Arrays.stream(cut).parallel().map(Distance::densest).toList();
        double[] covariance = new double[axes * axes];
        for (int label = 0; label < cut.length; label++) {
            int count = cut[label].length;
            dense.get(label).ifPresent(kept -> {
                for (int i = 0; i < covariance.length; i++) {
                    covariance[i] += count * kept.covariance()[i];
                }
            });
        }
        Whitening whitening = Whitening.of(new double[axes], covariance);
        double[][] middles = new double[cut.length][];
        for (int label = 0; label < cut.length; label++) {
            middles[label] =
                    dense.get(label).map(kept -> whitening.of(kept.mean())).orElse(new double[0]);
        }
        Distance raw = new Distance(whitening, middles, 1);
        double[] distances = IntStream.range(0, cut.length)
                .boxed()
                .flatMapToDouble(label -> Arrays.stream(cut[label]).mapToDouble(row -> raw.of(row, label)))
                .sorted()
                .toArray();
        double median = distances.length == 0 ? 0 : distances[distances.length / 2];
        return new Distance(whitening, middles, median > 0 ? median : 1);
    }

    /// The densest rows of a label; none if they lie in a plane.
    private static Optional<RobustCovariance.Kept> densest(double[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RobustCovariance(LEFT_OUT).of(DenseFeatures.of(rows)));
        } catch (PositiveSystem.SingularCurvature inAPlane) {
            return Optional.empty();
        }
    }

    /// Is there a distance for this label?
    boolean judges(int label) {
        return middles[label].length > 0;
    }

    /// The row from the middle of its label, turned and scaled so that of most rows the numbers are of the order of 1;
    /// none for a label without a distance.
    double[] whitened(double[] point, int label) {
        double[] middle = middles[label];
        double[] white = middle.length == 0 ? middle.clone() : whitening.of(Arrays.copyOf(point, middle.length));
        double scale = Math.sqrt(white.length / median);
        for (int j = 0; j < white.length; j++) {
            white[j] = (white[j] - middle[j]) * scale;
        }
        return white;
    }

    @Override
    public double of(double[] point, int label) {
        double sum = 0;
        double[] white = whitened(point, label);
        for (double place : white) {
            sum += place * place;
        }
        return sum / Math.max(1, white.length);
    }
}
