package io.bezoar.detect.vectors;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.learn.robust.LabelClusters;

/// Finds labels that are a mixture of two kinds of rows, more so than other labels: statistical contamination
/// analysis (Tang, Wang, Tang & Zhang 2021, SCAn).
///
/// The variation that all labels share is estimated first ([io.bezoar.learn.robust.LabelVariation]), along
/// twenty principal axes; in units of it each label is split by two means, and what the split explains is
/// compared over labels. The smaller kind is the suspect, or, of two of nearly one size, the wider. Departures: the
/// split starts from the first principal axis; instead of the published cut at 7.39 robust deviations, which
/// assumes normal values and has no level, the label and the cut are those of [OddLabels], with its null.
///
/// @param alpha chance, in honest data, that any label is told of
/// @param leastRows labels with fewer rows are not judged, at least 20
@AutoService(Detector.class)
public record LabelMixtures(double alpha, int leastRows) implements SecondOpinion {

    public LabelMixtures() {
        this(0.01, 50);
    }

    public LabelMixtures {
        OddLabels.check("label-mixtures", alpha, leastRows);
    }

    @Override
    public String name() {
        return "label-mixtures";
    }

    @Override
    public String purpose() {
        return "vectors of a label that is better explained by two kinds of rows than any other label is";
    }

    @Override
    public Standing fit(double[][][] rows) {
        LabelClusters clusters = LabelClusters.mixed(rows);
        return clusters::side;
    }
}
