package io.bezoar.detect.groups;

import io.bezoar.core.Calibration;
import io.bezoar.core.Detector;
import io.bezoar.core.Family;
import io.bezoar.core.Need;
import io.bezoar.core.Summary;
import io.bezoar.core.Tier;
import java.util.Set;

/// A further pass of a detector: it has the name, the purpose and the needs of the detector that asked for it.
///
/// @param <S> what it remembers of the pass
public interface LaterPass<S extends Summary<S>> extends Detector<S> {

    /// The detector that asked for this pass.
    Detector<?> settings();

    @Override
    default String name() {
        return settings().name();
    }

    @Override
    default String purpose() {
        return settings().purpose();
    }

    @Override
    default Set<Need> needs() {
        return settings().needs();
    }

    @Override
    default Family family() {
        return settings().family();
    }

    @Override
    default Calibration calibration() {
        return settings().calibration();
    }

    @Override
    default Tier tier() {
        return settings().tier();
    }
}
