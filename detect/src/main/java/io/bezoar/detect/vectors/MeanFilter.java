package io.bezoar.detect.vectors;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.robust.RobustMean;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Finds rows far out in one of the directions that a robust mean has to filter: Diakonikolas, Kamath, Kane,
/// Li, Moitra & Stewart 2017, section 3.1 ([RobustMean]).
///
/// The rows of a label are whitened by the covariance that the densest three quarters of all labels share.
/// While they vary in some direction by more than such rows with a tenth of poison can, the rows farthest out
/// are dropped. A row stands as far as it does in the worst of these directions, in standard deviations;
/// without any, along the axes themselves. Departure: the label and the cut are those of [OddLabels], with its
/// null; the filter's own cut takes honest rows for normal.
///
/// @param alpha chance, in honest data, that any label is told of
/// @param leastRows labels with fewer rows are not judged, at least 20
@AutoService(Detector.class)
public record MeanFilter(double alpha, int leastRows) implements SecondOpinion {
    private static final RobustMean FILTER = new RobustMean(0.1);

    public MeanFilter() {
        this(0.01, 50);
    }

    public MeanFilter {
        OddLabels.check("mean-filter", alpha, leastRows);
    }

    @Override
    public String name() {
        return "mean-filter";
    }

    @Override
    public String purpose() {
        return "vectors far out in a direction in which their label varies more than honest rows can";
    }

    @Override
    public Standing fit(double[][][] rows) {
        Distance distance = Distance.of(rows);
        return new Filtered(
                distance,
                IntStream.range(0, rows.length)
                        .parallel()
                        .mapToObj(label -> filtered(distance, rows[label], label))
                        .toList());
    }

    /// The directions that a label's rows were filtered along; none of one that is not judged.
    private static List<double[]> filtered(Distance distance, double[][] rows, int label) {
        return rows.length == 0 || !distance.judges(label)
                ? List.of()
                : FILTER.of(DenseFeatures.of(Arrays.stream(rows)
                                .map(row -> distance.whitened(row, label))
                                .toArray(double[][]::new)))
                        .directions();
    }

    /// @param directions of each label, in the whitened space
    private record Filtered(Distance distance, List<List<double[]>> directions) implements Standing {
        @Override
        public double of(double[] point, int label) {
            double[] white = distance.whitened(point, label);
            double most = 0;
            for (double[] direction : directions.get(label)) {
                double along = 0;
                for (int j = 0; j < white.length; j++) {
                    along += direction[j] * white[j];
                }
                most = Math.max(most, Math.abs(along));
            }
            for (int j = 0; j < white.length && directions.get(label).isEmpty(); j++) {
                most = Math.max(most, Math.abs(white[j]));
            }
            return most;
        }
    }
}
