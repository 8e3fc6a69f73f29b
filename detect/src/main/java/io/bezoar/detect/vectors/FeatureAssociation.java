package io.bezoar.detect.vectors;

import com.google.auto.service.AutoService;
import io.bezoar.core.Detector;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Outcome;
import io.bezoar.detect.survey.Foundation;
import io.bezoar.detect.survey.Surveyed;
import java.util.List;
import java.util.Set;

/// Finds values in vectors (a patch of pixels, a mark in an embedding) tied to one label although the
/// rest of the same vectors points elsewhere.
///
/// A row counts as contradicted if most of its ten nearest rows agree on another label: a patch moves a
/// picture little among thousands, so a patched picture still lies among those it was made from. The
/// contradicted rows of each label are compared with what chance would give: value by value, with the
/// rows of the labels that their neighbours name, and with the other rows of their own label. Honest
/// mistakes and doubtful rows look like one or the other, or like something in between; rows with a
/// planted pattern share values that neither has. Where a pattern is so large that its rows are each
/// other's neighbours, it is found from the other end: values that nearly only one label has are put
/// back to the ordinary, and the rows' neighbours are asked again.
///
/// The idea is that of `trigger-association` (decision 4) carried over to vectors: Gu, Dolan-Gavitt &
/// Garg 2017 (BadNets) is what it is for. Unlike activation clustering and spectral signatures it needs
/// no trained network, and says which values are the trigger.
///
/// @param excess least difference between the share of a label's contradicted rows that have a value
///     and the share that honest rows explain, 0 to 1
/// @param deviations the same in standard deviations
@AutoService(Detector.class)
public record FeatureAssociation(double excess, double deviations) implements Surveyed {

    public FeatureAssociation() {
        this(0.25, 6);
    }

    public FeatureAssociation {
        if (!(excess > 0) || excess > 1 || !(deviations > 0)) {
            throw new IllegalArgumentException(
                    "feature-association needs an excess above 0 and at most 1, and deviations" + " above 0, not "
                            + excess + " and " + deviations);
        }
    }

    @Override
    public String name() {
        return "feature-association";
    }

    @Override
    public String purpose() {
        return "values in vectors tied to one label although the rest of the vector points elsewhere";
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.LABELS, Need.VECTORS);
    }

    @Override
    public Family family() {
        return Family.ASSOCIATION;
    }

    @Override
    public Outcome given(Foundation foundation) {
        List<ValuePattern> found = foundation
                .vectors()
                .map(task -> new FeatureSearch(this, task).run())
                .orElse(List.of());
        return VectorGathering.after(this, found);
    }
}
