/// Measures what judging a trained model finds: evaluation, the search for triggers, drift under
/// training again.
@NullMarked
package io.bezoar.bench.judge;

import org.jspecify.annotations.NullMarked;
