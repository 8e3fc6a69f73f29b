/// What a model does otherwise after it was trained again.
@NullMarked
package io.bezoar.evaluate.drift;

import org.jspecify.annotations.NullMarked;
