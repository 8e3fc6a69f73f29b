package io.bezoar.detect;

import com.google.auto.service.AutoService;
import io.bezoar.core.Calibration;
import io.bezoar.core.Detector;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import java.util.Set;

/// Finds rows far from the middle of their label by the covariance of its densest three quarters: the
/// minimum covariance determinant from fixed starts (Hubert, Rousseeuw & Verdonck 2012; [RobustCovariance]).
///
/// The distance is in units of the label's median distance. Departure: rows are projected on at most 24
/// principal axes of their label, one for every ten rows; the cut is that of [OddLabels], with its null,
/// instead of a quantile of the chi-squared distribution, for honest rows are not normal.
///
/// @param alpha chance, in honest data, that any label is told of
/// @param leastRows labels with fewer rows are not judged, at least 20
@AutoService(Detector.class)
public record RobustDistances(double alpha, int leastRows) implements Surveyed {

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
                .after(foundation, rows -> Standing.Each.of(rows, label -> Distance.of(rows[label])));
    }
}
