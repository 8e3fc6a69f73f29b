/// Removal of rows from a trained model, and the proof that they are gone.
@NullMarked
package io.bezoar.learn.unlearn;

import org.jspecify.annotations.NullMarked;
