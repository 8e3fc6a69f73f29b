package io.bezoar.detect;

import com.google.auto.service.AutoService;
import io.bezoar.core.Calibration;
import io.bezoar.core.Detector;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.learn.DenseFeatures;
import io.bezoar.learn.robust.RobustMean;
import java.util.List;
import java.util.Set;

/// Finds rows far out in one of the directions that a robust mean has to filter: Diakonikolas, Kamath, Kane,
/// Li, Moitra & Stewart 2017, section 3.1 ([RobustMean]).
///
/// The rows of a label are whitened by the covariance of the densest three quarters. While they vary in some
/// direction by more than such rows with a tenth of poison can, the rows farthest out are dropped. A row
/// stands as far as it does in the worst of these directions, in standard deviations; without any,
/// by its length. Departure: the label and the cut are those of [OddLabels], with its null; the filter's own
/// cut takes honest rows for normal.
///
/// @param alpha chance, in honest data, that any label is told of
/// @param leastRows labels with fewer rows are not judged, at least 20
@AutoService(Detector.class)
public record MeanFilter(double alpha, int leastRows) implements Surveyed {
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
    public Set<Need> needs() {
        return Set.of(Need.LABELS, Need.VECTORS);
    }

    @Override
    public Family family() {
        return Family.GEOMETRY;
    }

    @Override
    public Calibration calibration() {
        return OddLabels.calibration(alpha);
    }

    @Override
    public Outcome given(Foundation foundation) {
        return new OddLabels(this, alpha, leastRows)
                .after(foundation, rows -> Standing.Each.of(rows, label -> Filtered.of(rows[label])));
    }

    /// @param directions in the whitened space
    private record Filtered(Distance distance, double[] mean, List<double[]> directions) implements Standing.OfOne {
        static Standing.OfOne of(double[][] rows) {
            Distance distance = Distance.of(rows);
            double[][] white = distance.whitened(rows);
            if (white[0].length == 0) {
                return distance;
            }
            RobustMean.Kept kept = FILTER.of(DenseFeatures.of(white));
            return new Filtered(distance, kept.mean(), kept.directions());
        }

        @Override
        public double of(double[] point) {
            double[] white = distance.whitened(point);
            double most = 0;
            double length = 0;
            for (int j = 0; j < white.length; j++) {
                white[j] -= mean[j];
                length += white[j] * white[j];
            }
            for (double[] direction : directions) {
                double along = 0;
                for (int j = 0; j < white.length; j++) {
                    along += direction[j] * white[j];
                }
                most = Math.max(most, Math.abs(along));
            }
            return directions.isEmpty() ? Math.sqrt(length / Math.max(1, white.length)) : most;
        }
    }
}
