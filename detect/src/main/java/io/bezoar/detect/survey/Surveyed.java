package io.bezoar.detect.survey;

import io.bezoar.core.Detector;
import io.bezoar.core.Example;
import io.bezoar.core.Outcome;

/// A detector that starts from a [Survey] and the surrogates trained on its sample. A scan surveys and trains
/// once for all of them and hands each the same [Foundation]; alone, such a detector does both itself.
public interface Surveyed extends Detector<Survey.Summary> {

    /// The detector's work after the survey; it may need further passes.
    Outcome given(Foundation foundation);

    @Override
    default Survey.Summary start() {
        return new Survey().start();
    }

    @Override
    default void add(Survey.Summary summary, Example example) {
        new Survey().add(summary, example);
    }

    @Override
    default Outcome finish(Survey.Summary summary) {
        return given(Foundation.of(summary));
    }
}
