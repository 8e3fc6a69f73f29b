package io.bezoar.detect.vectors;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.learn.robust.LabelClusters;

/// Finds rows in one of two clusters of their label that would belong to another label, were the cluster not
/// there: activation clustering with exclusionary reclassification (Chen et al. 2018, sections 4 and 5).
///
/// Each label's rows are reduced to ten principal axes and split by two means. Without a cluster, its rows are
/// classified again; the cluster more of whose rows then go to another label is the suspect, be it the
/// smaller or the larger one (if most rows of both do, the smaller, or of two of nearly one size the wider). A row
/// stands as far as the other label is nearer than the rest of its own.
/// Departures: the classifier is linear discriminants instead of the network trained again, principal
/// instead of independent components, a fixed start; the label and the cut are those of [OddLabels], with its
/// null.
///
/// @param alpha chance, in honest data, that any label is told of
/// @param leastRows labels with fewer rows are not judged, at least 20
@AutoService(Detector.class)
public record ActivationClustering(double alpha, int leastRows) implements SecondOpinion {

    public ActivationClustering() {
        this(0.01, 50);
    }

    public ActivationClustering {
        OddLabels.check("activation-clustering", alpha, leastRows);
    }

    @Override
    public String name() {
        return "activation-clustering";
    }

    @Override
    public String purpose() {
        return "vectors in a cluster of their label that is another label once the cluster is left out";
    }

    @Override
    public Standing fit(double[][][] rows) {
        LabelClusters clusters = LabelClusters.reclassified(rows);
        return clusters::margin;
    }
}
