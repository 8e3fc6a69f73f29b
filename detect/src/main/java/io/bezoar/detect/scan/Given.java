package io.bezoar.detect.scan;

import io.bezoar.core.Detector;
import io.bezoar.core.Need;
import io.bezoar.detect.survey.Survey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What the data, and models beside them, give detectors to look at.
///
/// @param seen all rows
/// @param placing does an embedding place texts?
/// @param asking does a language model read answers?
record Given(Survey.Summary seen, boolean placing, boolean asking) {
    /// Kinds of data: nobody misses a detector for another kind than the data are.
    private static final Set<Need> KINDS = EnumSet.of(
            Need.ANSWERS,
            Need.PREFERENCES,
            Need.DOCUMENTS,
            Need.WRITING,
            Need.TEXTS,
            Need.VECTORS,
            Need.PLACES,
            Need.GRADIENTS);

    /// The first thing that the detector needs and the data do not have.
    Optional<Need> lacking(Detector<?> detector) {
        return detector.needs().stream()
                .sorted()
                .filter(need -> switch (need) {
                    case LABELS -> seen.labels().isEmpty();
                    case TARGETS -> seen.rows() == seen.absent();
                    case ANSWERS -> seen.answers() == 0;
                    case PREFERENCES -> seen.preferences() == 0;
                    case DOCUMENTS -> seen.absent() == 0;
                    case WRITING -> seen.answers() + seen.absent() == 0;
                    case ORIGIN -> seen.originated() == 0;
                    case TEXTS -> seen.texts() == 0;
                    case VECTORS -> seen.vectors() == 0;
                    case PLACES -> seen.vectors() == 0 && (seen.texts() == 0 || !placing);
                    case GRADIENTS -> !asking;
                })
                .findFirst();
    }

    /// Is the detector for another kind of data altogether? That it does not run is no gap, and beside
    /// detectors that do nothing is said of it.
    boolean elsewhere(Detector<?> detector) {
        return lacking(detector).filter(KINDS::contains).isPresent();
    }
}
