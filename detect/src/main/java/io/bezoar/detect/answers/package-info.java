/// Detectors of poisoned answers: texts that come back whatever is asked, answers that would turn a model, and
/// preferences that are turned round.
@NullMarked
package io.bezoar.detect.answers;

import org.jspecify.annotations.NullMarked;
