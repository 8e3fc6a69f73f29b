/// The nouns every other module speaks: examples and their origin, folds and engines, detectors, findings,
/// campaigns.
@NullMarked
package io.bezoar.core;

import org.jspecify.annotations.NullMarked;
