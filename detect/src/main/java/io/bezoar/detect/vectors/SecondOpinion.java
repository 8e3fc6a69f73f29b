package io.bezoar.detect.vectors;

import io.bezoar.core.Calibration;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.core.Tier;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import java.util.Set;

/// A published method that says of each vector how far it stands from the others of its label; [OddLabels] then
/// tells of a label whose far rows stand out against every other label's.
///
/// It decides nothing by itself, and [FeatureAssociation] finds what it finds and more, so it runs with `--deep`.
interface SecondOpinion extends Surveyed {
    /// The chance, in honest data, that any label is told of.
    double alpha();

    /// Labels with fewer rows are not judged.
    int leastRows();

    /// Learns from the vectors of each label how far a vector stands.
    ///
    /// @param rows per label its vectors, none of a label that is not judged
    Standing fit(double[][][] rows);

    @Override
    default Set<Need> needs() {
        return Set.of(Need.LABELS, Need.PLACES);
    }

    @Override
    default Family family() {
        return Family.GEOMETRY;
    }

    @Override
    default Tier tier() {
        return Tier.DEEP;
    }

    @Override
    default Calibration calibration() {
        return OddLabels.calibration(alpha());
    }

    @Override
    default Outcome given(Foundation foundation) {
        return new OddLabels(this, alpha(), leastRows()).after(foundation, this::fit);
    }
}
